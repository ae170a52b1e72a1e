"""Errors as a client sees them: a sentence, a public code, the source's own code and text; never a stack."""

from typing import Any

import structlog
from graphql import GraphQLError, GraphQLSyntaxError

from adapters.errors import BadInput, EmsError, ErrorCode, Forbidden, Internal, UpstreamError
from adapters.redaction import scrubbed_text

_log = structlog.get_logger("gql_ems.errors")

LONGEST_MESSAGE = 1000
"""Characters of a message: what a client sent is not sent back to it by the megabyte."""

MASKED = "something went wrong inside of the gateway"


def formatted(error: GraphQLError, request_id: str) -> dict[str, Any]:
    """One error of an answer."""
    told: dict[str, Any] = {"message": error.message[:LONGEST_MESSAGE]}
    if error.locations:
        told["locations"] = [{"line": at.line, "column": at.column} for at in error.locations]
    if error.path is not None:
        told["path"] = list(error.path)
    original = error.original_error
    while isinstance(original, GraphQLError) and original.original_error is not None:
        original = original.original_error
    # Without a path nothing was run yet: a literal or a variable was no good, whatever its scalar raised.
    unread = error.path is None and not isinstance(original, EmsError)
    if original is None or isinstance(original, GraphQLError) or unread:
        told["extensions"] = {"code": ErrorCode.BAD_USER_INPUT.value, **(error.extensions or {})}
        if error.path is not None and not isinstance(error, GraphQLSyntaxError) and original is None:
            # Raised while completing a value: a source gave what the schema does not allow.
            told["extensions"]["code"] = (error.extensions or {}).get(
                "code", ErrorCode.UPSTREAM_BAD_RESPONSE.value
            )
        return told
    return told | _of(original, request_id)


def as_answer(error: EmsError) -> dict[str, Any]:
    """An answer that is nothing but an error."""
    return {"errors": [{"message": error.message[:LONGEST_MESSAGE], "extensions": extensions_of(error)}]}


def extensions_of(error: EmsError) -> dict[str, Any]:
    """The code of an error and what its source said."""
    told: dict[str, Any] = {"code": error.code.value}
    if isinstance(error, BadInput) and error.field:
        told["field"] = list(error.field)
    if isinstance(error, UpstreamError):
        upstream = {
            "source": error.source or None,
            "code": error.upstream_code,
            "message": scrubbed_text(error.upstream_message) if error.upstream_message else None,
            "httpStatus": error.http_status,
        }
        told["upstream"] = {key: value for key, value in upstream.items() if value is not None}
    return told


def _of(original: Exception, request_id: str) -> dict[str, Any]:
    if isinstance(original, EmsError) and not isinstance(original, Internal):
        return {"message": original.message[:LONGEST_MESSAGE], "extensions": extensions_of(original)}
    _log.error("resolver_failed", request_id=request_id, exc_info=original)
    return {"message": MASKED, "extensions": {"code": ErrorCode.INTERNAL.value, "requestId": request_id}}


def status_of(error: EmsError) -> int:
    """The HTTP status of a request that was refused before anything ran."""
    codes = {
        ErrorCode.UNAUTHENTICATED: 401,
        ErrorCode.FORBIDDEN: 403,
        ErrorCode.NOT_FOUND: 404,
        ErrorCode.RATE_LIMITED: 429,
        ErrorCode.INTERNAL: 500,
    }
    return 403 if isinstance(error, Forbidden) else codes.get(error.code, 400)
