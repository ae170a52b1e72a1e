"""Everything that can go wrong, as one tree, with the one public code of each.

EmsError
├── BadInput                  BAD_USER_INPUT            what the caller sent names nothing or is malformed
├── Unauthenticated           UNAUTHENTICATED           nobody is signed in, or no longer
├── Forbidden                 FORBIDDEN                 signed in, but lacks a permission
├── NotFound                  NOT_FOUND
├── Conflict                  CONFLICT
├── Unsupported               UNSUPPORTED               the source has no way to do this
├── RateLimited               RATE_LIMITED
├── TooComplex                QUERY_TOO_COMPLEX
├── CursorExpired             CURSOR_EXPIRED
├── Internal                  INTERNAL
└── UpstreamError                                       told by, or about, a source
    ├── UpstreamUnavailable       UPSTREAM_UNAVAILABLE      no connection, cut off, 5xx, circuit open
    ├── UpstreamTimeout           UPSTREAM_TIMEOUT
    ├── UpstreamRejected          UPSTREAM_REJECTED         the source said no (or a code of its own that maps here)
    ├── UpstreamBadResponse       UPSTREAM_BAD_RESPONSE     HTML, garbage, half an answer, another shape
    └── UpstreamUnauthenticated   UPSTREAM_UNAUTHENTICATED  the gateway's own account was refused
"""

from enum import Enum


class ErrorCode(Enum):
    """The public codes: `extensions.code` of an error, `code` of a failure or a user error."""

    BAD_USER_INPUT = "BAD_USER_INPUT"
    UNAUTHENTICATED = "UNAUTHENTICATED"
    FORBIDDEN = "FORBIDDEN"
    NOT_FOUND = "NOT_FOUND"
    CONFLICT = "CONFLICT"
    UNSUPPORTED = "UNSUPPORTED"
    RATE_LIMITED = "RATE_LIMITED"
    QUERY_TOO_COMPLEX = "QUERY_TOO_COMPLEX"
    CURSOR_EXPIRED = "CURSOR_EXPIRED"
    UPSTREAM_UNAVAILABLE = "UPSTREAM_UNAVAILABLE"
    UPSTREAM_TIMEOUT = "UPSTREAM_TIMEOUT"
    UPSTREAM_REJECTED = "UPSTREAM_REJECTED"
    UPSTREAM_BAD_RESPONSE = "UPSTREAM_BAD_RESPONSE"
    UPSTREAM_UNAUTHENTICATED = "UPSTREAM_UNAUTHENTICATED"
    INTERNAL = "INTERNAL"


class EmsError(Exception):
    """Something went wrong that a caller should be told about, in a sentence and a code."""

    code: ErrorCode = ErrorCode.INTERNAL

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class BadInput(EmsError):
    """What the caller sent is malformed; `field` is the path of the input that it is about."""

    code = ErrorCode.BAD_USER_INPUT

    def __init__(self, message: str, field: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.field = field


class Unauthenticated(EmsError):
    code = ErrorCode.UNAUTHENTICATED


class Forbidden(EmsError):
    code = ErrorCode.FORBIDDEN


class NotFound(EmsError):
    code = ErrorCode.NOT_FOUND


class Conflict(EmsError):
    code = ErrorCode.CONFLICT


class Unsupported(EmsError):
    code = ErrorCode.UNSUPPORTED


class RateLimited(EmsError):
    code = ErrorCode.RATE_LIMITED


class TooComplex(EmsError):
    code = ErrorCode.QUERY_TOO_COMPLEX


class CursorExpired(EmsError):
    code = ErrorCode.CURSOR_EXPIRED


class Internal(EmsError):
    code = ErrorCode.INTERNAL


class UpstreamError(EmsError):
    """Told by, or about, a source; carries the source's own code and text, never a token or a stack."""

    code: ErrorCode = ErrorCode.UPSTREAM_UNAVAILABLE

    def __init__(
        self,
        message: str,
        *,
        source: str = "",
        upstream_code: str | None = None,
        upstream_message: str | None = None,
        http_status: int | None = None,
        code: ErrorCode | None = None,
    ) -> None:
        super().__init__(message)
        self.source = source
        self.upstream_code = upstream_code
        self.upstream_message = upstream_message
        self.http_status = http_status
        if code is not None:
            self.code = code


class UpstreamUnavailable(UpstreamError):
    """No connection, cut off, a 5xx without an answer of its own, or the circuit is open."""

    code = ErrorCode.UPSTREAM_UNAVAILABLE

    def __init__(self, message: str, *, retry_after: float | None = None, **facts: object) -> None:
        super().__init__(message, **facts)  # type: ignore[arg-type]
        self.retry_after = retry_after


class UpstreamTimeout(UpstreamError):
    code = ErrorCode.UPSTREAM_TIMEOUT


class UpstreamRejected(UpstreamError):
    """The source said no; `code` is what its own code maps to (NOT_FOUND, CONFLICT, ...)."""

    code = ErrorCode.UPSTREAM_REJECTED


class UpstreamBadResponse(UpstreamError):
    code = ErrorCode.UPSTREAM_BAD_RESPONSE


class UpstreamUnauthenticated(UpstreamError):
    code = ErrorCode.UPSTREAM_UNAUTHENTICATED
