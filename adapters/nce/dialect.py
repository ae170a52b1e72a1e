"""How NCE-Campus speaks: a token in a header of its own, errors by code under any status, paging in the body."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import tzinfo
from typing import Any, ClassVar, get_origin

import msgspec
import orjson

from adapters.decoding import Mismatch, instant_of
from adapters.dialect import Dialect, Session, SessionRefused, SignIn
from adapters.errors import (
    BadInput,
    ErrorCode,
    UpstreamBadResponse,
    UpstreamError,
    UpstreamRejected,
    UpstreamUnauthenticated,
)
from adapters.exchange import Request, Response
from adapters.nce import access_approvals
from adapters.operation import Call, Operation
from adapters.record import Rows
from adapters.records import Dialect as DialectName
from adapters.redaction import scrubbed_text

CODES: dict[str, ErrorCode] = {
    "0x00c80035": ErrorCode.BAD_USER_INPUT,  # an illegal parameter
    "0x00c8003c": ErrorCode.CONFLICT,  # registered with another tenant
}
"""What the documented codes become; HTTP 400 is an id of a wrong form."""

TOKENS = "/controller/v2/tokens"
ROLES = ("ACC", "AGG", "CORE", "AP")
"""Roles that are sent where the setting `roles` says nothing else; the document shows the first alone."""

_PAGE_SIZE = 100
_LIVES = 0.8
"""The part of a token's life after which it is asked for again; there is no renewal."""
_LONGEST = 7 * 86_400.0
"""A life beyond this comes of a clock or a time zone that differ from ours."""


class Nce(Dialect):
    """A campus controller; `roles`, `header`, `token_path` and `language` are its settings."""

    name: ClassVar[DialectName] = DialectName.NCE

    def needs_session(self, operation: Operation[Any, Any]) -> bool:  # noqa: ARG002 - all or none
        """All calls, unless a token is configured."""
        return not self.settings.token

    def request(self, call: Call[Any]) -> Request:
        """The request of a call; a query always says its page, a role is one that the controller knows."""
        body = call.arguments.get("body")
        if call.operation is access_approvals.query_access_approvals:
            asked = (
                body if isinstance(body, access_approvals.ApprovalQuery) else access_approvals.ApprovalQuery()
            )
            paged = msgspec.structs.replace(
                asked,
                page_index=asked.page_index if asked.page_index is not None else 1,
                page_size=asked.page_size if asked.page_size is not None else _PAGE_SIZE,
            )
            call = replace(call, arguments={**call.arguments, "body": paged})
        if isinstance(body, access_approvals.ApprovalUpdate) and body.role is not None:
            roles = tuple(self.settings.option("roles", ROLES))
            if body.role not in roles:
                raise BadInput(f"role is one of {', '.join(roles)}", ("body", "role"))
        return super().request(call)

    def authorize(self, request: Request, session: Session | None) -> dict[str, str]:
        """The token, and the language that messages shall be in."""
        fixed = {
            "Accept": "application/json",
            "Accept-Language": str(self.settings.option("language", "en-US")),
        }
        token = {self._header: self.settings.token} if self.settings.token else {}
        return fixed | token | super().authorize(request, session)

    def sign_in(self, now: float, refresh: str | None) -> SignIn:  # noqa: ARG002 - tokens are not renewed
        """Asks for a token; it is good for the gateway's address alone."""
        settings = self.settings
        body = orjson.dumps({"userName": settings.username, "password": settings.password})
        request = Request(
            method="POST",
            target=str(settings.option("token_path", TOKENS)),
            headers={"Content-Type": "application/json"},
            body=body,
        )
        response = yield msgspec.structs.replace(request, headers=self.authorize(request, None))
        content = self.parsed(response)
        told: Mapping[str, Any] = content if isinstance(content, dict) else {}
        data = told.get("data")
        token = data.get("token_id") if isinstance(data, dict) else None
        code = told.get("errcode", told.get("errorCode"))
        if response.status >= 500:
            raise self._failure(told, response.status)
        if response.status >= 400 or (str(code or "0") != "0" and not token):
            raise UpstreamUnauthenticated(
                f"{settings.name} refused the gateway's account.",
                source=settings.name,
                upstream_code=None if code is None else str(code),
                upstream_message=_message(told),
                http_status=response.status,
            )
        if not isinstance(token, str) or not token:
            raise UpstreamBadResponse(
                f"{settings.name} signed in without giving a token.", source=settings.name
            )
        until = data.get("expiredDate") if isinstance(data, dict) else None
        return Session(headers={self._header: token}, renew_at=_renewal(until, now, settings.timezone))

    def answer(self, operation: Operation[Any, Any], response: Response) -> Any:
        """The rows of a page, what became of each device, or nothing; raises what the code tells of."""
        content = self.parsed(response)
        told: Mapping[str, Any] = content if isinstance(content, dict) else {}
        if response.status >= 400 or not self._succeeded(told):
            raise self._failure(told, response.status)
        if operation.answer is type(None):
            return None
        if get_origin(operation.answer) is not Rows:
            return content
        rows = told.get("deviceList")
        if not isinstance(rows, list):
            if "errorCode" in told:
                rows = []
            else:
                raise UpstreamBadResponse(f"{self.settings.name} sent no list.", source=self.settings.name)
        return Rows(rows=tuple(rows), total=_total(told.get("totalCounts")))

    def probe(self) -> Call[Any]:
        """One device, whichever."""
        return access_approvals.query_access_approvals(
            access_approvals.ApprovalQuery(page_index=1, page_size=1)
        )

    @property
    def _header(self) -> str:
        return str(self.settings.option("header", "X-ACCESS-TOKEN"))

    @staticmethod
    def _succeeded(told: Mapping[str, Any]) -> bool:
        """By code, or by what came along: rows, or devices let in and devices refused."""
        code = str(told.get("errorCode") or "0").strip()
        return code == "0" or any(told.get(name) for name in ("deviceList", "success", "fail"))

    def _failure(self, told: Mapping[str, Any], status: int) -> UpstreamError:
        source = self.settings.name
        code = told.get("errorCode", told.get("errcode"))
        message = _message(told)
        facts: dict[str, Any] = {
            "source": source,
            "upstream_code": None if code is None else str(code),
            "upstream_message": message,
            "http_status": status,
        }
        if status == 401:
            return SessionRefused(f"{source} refused the gateway's token.", **facts)
        mapped = CODES.get(str(code).lower()) if code is not None else None
        if mapped is None:
            mapped = {
                400: ErrorCode.BAD_USER_INPUT,
                403: ErrorCode.FORBIDDEN,
                404: ErrorCode.NOT_FOUND,
            }.get(status)
        return UpstreamRejected(
            f"{source} refused: {message or code or f'HTTP {status}'}", code=mapped, **facts
        )


def _message(told: Mapping[str, Any]) -> str | None:
    text = told.get("errorMessage") or told.get("errmsg")
    return scrubbed_text(str(text)) if text else None


def _total(value: Any) -> int | None:
    if isinstance(value, str) and value.strip().isdecimal():
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _renewal(until: Any, now: float, timezone: tzinfo) -> float | None:
    """When to ask for another token: early, for the expiry is the server's local time without a zone."""
    try:
        found = instant_of(until, timezone) if isinstance(until, str) else None
    except Mismatch:
        return None
    life = found.timestamp() - now if found else 0.0
    return now + life * _LIVES if 0 < life <= _LONGEST else None
