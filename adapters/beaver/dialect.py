"""How Beaver IoT speaks: tokens that renew each other, an envelope with status and code, lists in three forms."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, ClassVar, get_args, get_origin

import msgspec
import orjson

from adapters.beaver import roles, tokens, users
from adapters.beaver.failures import code_of, failure
from adapters.beaver.marks import PageSearch
from adapters.decoding import Decoding, Mismatch, decode, without_none
from adapters.dialect import Dialect, Session, SessionRefused, SignIn
from adapters.errors import UpstreamBadResponse, UpstreamError, UpstreamUnauthenticated
from adapters.exchange import Request, Response
from adapters.operation import Call, Operation, Parameter
from adapters.record import Rows
from adapters.records import Dialect as DialectName

PAGE_SIZE = 100
"""Rows a page where the caller asks for no number: unasked, the platform gives ten."""

_CLIENT = ("iab", "milesight*iab")
"""The client that every platform comes with and its document prints; settings replace it."""

_ENVELOPE = frozenset({"status", "request_id", "error_code", "error_message", "detail_message"})
_OPEN = frozenset(o.name for o in (tokens.oauth_token, users.register_user, users.get_user_status))
_LIVES = 0.8
"""The part of a token's life after which it is renewed."""


class Beaver(Dialect):
    """A Milesight Beaver IoT platform; `tenant_id`, `members_method` and `websocket_url` are its settings."""

    name: ClassVar[DialectName] = DialectName.BEAVER

    def needs_session(self, operation: Operation[Any, Any]) -> bool:
        """All calls but the sign-in, the registration and the platform's status."""
        return operation.name not in _OPEN

    def request(self, call: Call[Any]) -> Request:
        """The request of a call; a search always says which page and how many rows."""
        request = super().request(_paged(call))
        if call.operation is roles.list_role_members and self._members_by_post():
            # A platform that lists members by POST pages them, too.
            body = orjson.dumps({"page_number": 1, "page_size": 10_000})
            headers = request.headers | {"Content-Type": "application/json"}
            return Request(method="POST", target=request.target, headers=headers, body=body)
        return request

    def authorize(self, request: Request, session: Session | None) -> dict[str, str]:
        """The token, and the tenant where a setting names one."""
        tenant = self.settings.option("tenant_id")
        return super().authorize(request, session) | ({"TENANT-ID": str(tenant)} if tenant else {})

    def sign_in(self, now: float, refresh: str | None) -> SignIn:
        """By the refresh token where there is one, else by password, which ends the account's other sessions."""
        client_id = self.settings.client_id or _CLIENT[0]
        client_secret = self.settings.client_secret or _CLIENT[1]
        if refresh is not None:
            call = tokens.oauth_token(
                grant_type="refresh_token",
                refresh_token=refresh,
                client_id=client_id,
                client_secret=client_secret,
            )
        else:
            call = tokens.oauth_token(
                grant_type="password",
                username=self.settings.username,
                password=self.settings.password,
                client_id=client_id,
                client_secret=client_secret,
            )
        response = yield self._with_tenant(self.request(call))
        grant = self._grant(response)
        expires = grant.expires_in
        return Session(
            headers={"Authorization": f"Bearer {grant.access_token}"},
            renew_at=now + expires * _LIVES if expires else None,
            refresh=grant.refresh_token,
        )

    def answer(self, operation: Operation[Any, Any], response: Response) -> Any:
        """What the envelope holds, as the operation's answer wants it: a page, a list, an object, nothing."""
        if not response.body.strip() and response.status < 300 and operation.answer is type(None):
            return None
        content = self.parsed(response)
        if response.status >= 400 or _failed(content):
            raise self._failure(content, response.status)
        return _shaped(_data(content), operation.answer)

    def probe(self) -> Call[Any]:
        """Who the gateway's account is: one small object, and it needs the token."""
        return users.get_current_user()

    def _members_by_post(self) -> bool:
        return str(self.settings.option("members_method", "GET")).upper() == "POST"

    def _with_tenant(self, request: Request) -> Request:
        return msgspec.structs.replace(request, headers=self.authorize(request, None))

    def _grant(self, response: Response) -> tokens.TokenGrant:
        content = self.parsed(response)
        if response.status >= 400 or _failed(content):
            error = self._failure(content, response.status)
            if isinstance(error, SessionRefused) or response.status in (400, 401, 403):
                raise UpstreamUnauthenticated(
                    f"{self.settings.name} refused the gateway's account.",
                    source=self.settings.name,
                    upstream_code=error.upstream_code,
                    upstream_message=error.upstream_message,
                    http_status=response.status,
                )
            raise error
        try:
            grant: tokens.TokenGrant = decode(tokens.TokenGrant, _data(content), Decoding())
        except Mismatch:
            grant = tokens.TokenGrant()
        if not grant.access_token:
            raise UpstreamBadResponse(
                f"{self.settings.name} signed in without giving a token.", source=self.settings.name
            )
        return grant

    def _failure(self, content: Any, status: int) -> UpstreamError:
        told: Mapping[str, Any] = content if isinstance(content, dict) else {}
        return failure(self.settings.name, code_of(told), told, status)


def _failed(content: Any) -> bool:
    """Whether the envelope tells of a failure; one that is missing tells of none."""
    status = content.get("status") if isinstance(content, dict) else None
    return isinstance(status, str) and status.strip().lower() == "failed"


def _data(content: Any) -> Any:
    """What the envelope holds; an answer without an envelope is its own content."""
    if not isinstance(content, dict):
        return content
    if "data" in content:
        return content["data"]
    return None if content.keys() <= _ENVELOPE else content


def _shaped(data: Any, answer: Any) -> Any:
    if answer is type(None):
        return None
    origin = get_origin(answer)
    if origin in (list, Rows):
        rows, total = _rows(data)
        return rows if origin is list else Rows(rows=tuple(rows), total=total)
    # Nulls are left out on the wire, so an object without any value is not there at all.
    return {} if data is None else data


def _rows(data: Any) -> tuple[list[Any], int | None]:
    """The rows of a page object, an array, or a lone object."""
    if isinstance(data, dict) and ("content" in data or data.keys() >= {"page_number", "total"}):
        content, total = data.get("content"), data.get("total")
        if isinstance(total, str) and total.isdecimal():
            total = int(total)
        return content if isinstance(content, list) else [], total if isinstance(total, int) else None
    rows = data if isinstance(data, list) else [data] if data else []
    # Without a page around them these are all the rows that there are.
    return rows, len(rows)


def _paged(call: Call[Any]) -> Call[Any]:
    for parameter in call.operation.parameters:
        search = _search_of(parameter)
        if search is None:
            continue
        asked = call.arguments[parameter.name]
        asked = search() if asked is None else asked
        if not isinstance(asked, PageSearch):
            return call
        number = asked.page_number if asked.page_number is not None else 1
        size = asked.page_size if asked.page_size is not None else PAGE_SIZE
        paged = msgspec.structs.replace(asked, page_number=number, page_size=size)
        return replace(call, arguments={**call.arguments, parameter.name: paged})
    return call


def _search_of(parameter: Parameter) -> type[PageSearch] | None:
    if parameter.name != "body":
        return None
    kind = without_none(parameter.type)
    kind = get_args(kind)[0] if get_args(kind) else kind
    return kind if isinstance(kind, type) and issubclass(kind, PageSearch) else None
