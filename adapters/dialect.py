"""How a vendor speaks, without any I/O: calls to requests, answers to values or errors, sign-in step by step."""

from abc import ABC, abstractmethod
from collections.abc import Generator
from typing import Any, ClassVar

import orjson
from msgspec import Struct

from adapters.encoding import request_of
from adapters.errors import RateLimited, UpstreamBadResponse, UpstreamError, UpstreamUnavailable
from adapters.exchange import Request, Response
from adapters.operation import Call, Operation
from adapters.records import Dialect as DialectName
from adapters.settings import SourceSettings


class Session(Struct, frozen=True, kw_only=True):
    """What signing in gave: the headers of every call, when it dies, and what renews it. Never printed."""

    headers: dict[str, str]
    renew_at: float | None = None
    """Seconds of the epoch; None where the vendor does not tell."""
    refresh: str | None = None

    def __repr__(self) -> str:
        return "Session(...)"


class SessionRefused(UpstreamError):
    """The account's session is no longer good: sign in again and send the call once more."""


SignIn = Generator[Request, Response, Session]
"""Yields requests, is sent their answers, returns the session."""


class Dialect(ABC):
    """One vendor's way of speaking, with the settings of one source."""

    name: ClassVar[DialectName]

    def __init__(self, settings: SourceSettings) -> None:
        self.settings = settings

    def path(self, operation: Operation[Any, Any]) -> str:
        """Where an operation really is; the documented path unless a setting moves it."""
        return operation.path

    def request(self, call: Call[Any]) -> Request:
        """The request of a call, without the account's headers; raises BadInput."""
        return request_of(call, self.path(call.operation), self.settings.timezone)

    def authorize(self, request: Request, session: Session | None) -> dict[str, str]:
        """All headers of a request that goes out under a session."""
        return request.headers | (session.headers if session else {})

    def needs_session(self, operation: Operation[Any, Any]) -> bool:  # noqa: ARG002 - a vendor decides by it
        """Whether a call goes out under the account at all."""
        return True

    @abstractmethod
    def sign_in(self, now: float, refresh: str | None) -> SignIn:
        """Gets a session, by renewing where `refresh` is given; raises UpstreamUnauthenticated."""

    @abstractmethod
    def answer(self, operation: Operation[Any, Any], response: Response) -> Any:
        """The payload of an answer, freed of its envelope; raises SessionRefused or an UpstreamError."""

    @abstractmethod
    def probe(self) -> Call[Any]:
        """The cheapest documented call that tells whether the source works."""

    def parsed(self, response: Response) -> Any:
        """The JSON of an answer; what is none is told apart: a web page, garbage, half an answer, a 5xx."""
        self.refuse_overload(response)
        try:
            return orjson.loads(response.body)
        except orjson.JSONDecodeError:
            pass
        if response.status >= 500:
            raise UpstreamUnavailable(
                f"{self.settings.name} answered HTTP {response.status}.",
                source=self.settings.name,
                http_status=response.status,
            )
        head = response.body[:200].lstrip().lower()
        what = "a web page" if head.startswith((b"<!doctype", b"<html")) else "something that is not JSON"
        raise UpstreamBadResponse(
            f"{self.settings.name} answered with {what if response.body else 'nothing'}.",
            source=self.settings.name,
            http_status=response.status,
        )

    def refuse_overload(self, response: Response) -> None:
        """Raises what a proxy or a busy source says by status alone: 429, 502, 503, 504."""
        if response.status not in (429, 502, 503, 504):
            return
        wait = response.headers.get("retry-after", "")
        if response.status == 429:
            raise TooBusy(
                f"{self.settings.name} asks for fewer calls.",
                source=self.settings.name,
                http_status=429,
                retry_after=float(wait) if wait.isdecimal() else None,
            )
        raise UpstreamUnavailable(
            f"{self.settings.name} answered HTTP {response.status}.",
            source=self.settings.name,
            http_status=response.status,
            retry_after=float(wait) if wait.isdecimal() else None,
        )


class TooBusy(UpstreamUnavailable):
    """The source limits the rate of calls; told to the caller as RATE_LIMITED."""

    code = RateLimited.code
