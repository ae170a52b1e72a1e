"""How IDaaS speaks: an envelope with the text "200" for success, pages in a second envelope, tokens by a one-time code.

Settings of its own: `token_header` and `token_prefix` (how the token goes out), `path_prefix` (in the place of the
documented `/idaas/v1`, which 25 paths repeat), `tenant_url` (where codes and tokens are made, if not at the base
URL), `main_account` and `app_id` (to have a code made where none is given), `import_method` (POST where a server
takes no GET with a body).
"""

import re
from collections.abc import Generator, Mapping
from typing import Any, ClassVar, get_origin
from urllib.parse import parse_qs, urlsplit

import msgspec

from adapters.dialect import Dialect, Session, SessionRefused, SignIn
from adapters.errors import (
    ErrorCode,
    UpstreamBadResponse,
    UpstreamError,
    UpstreamRejected,
    UpstreamUnauthenticated,
)
from adapters.exchange import Request, Response
from adapters.idaas.groups import page_groups
from adapters.idaas.tokens import authorize_code, exchange_code
from adapters.operation import Call, Content, Effect, Operation
from adapters.record import Rows
from adapters.records import Dialect as DialectName
from adapters.redaction import scrubbed_text

CODES: Mapping[str, ErrorCode] = {
    "404": ErrorCode.NOT_FOUND,
    "409": ErrorCode.CONFLICT,
    "429": ErrorCode.RATE_LIMITED,
}
"""The document lists no codes; those that are HTTP's own are taken at their word."""

BARE_JSON = frozenset({"page_users", "get_user"})
"""The document wants the content type of JSON on these, which have no body."""

DROPPED = frozenset({"p6d", "c4tS4t"})
"""Passwords and secrets of applications, which the service sends along: nobody here has a use for them."""

RENEW_SECONDS = 30
"""A token is renewed that long before it ends."""

_PREFIX = re.compile(r"^(?:/idaas/v1)+")


class IdaasDialect(Dialect):
    """The manners of one tenant's IDaaS."""

    name: ClassVar[DialectName] = DialectName.IDAAS

    def path(self, operation: Operation[Any, Any]) -> str:
        """The documented path, repetitions included, unless `path_prefix` names what the server really has."""
        prefix = self.settings.option("path_prefix")
        if prefix is None:
            return operation.path
        return _PREFIX.sub(lambda _: str(prefix).rstrip("/"), operation.path)

    def request(self, call: Call[Any]) -> Request:
        """The request of a call, with the documented content type where there is no body, too."""
        request = super().request(call)
        if call.operation.name in BARE_JSON:
            request = msgspec.structs.replace(
                request, headers=request.headers | {"Content-Type": Content.JSON.value}
            )
        if call.operation.name == "import_users":
            method = str(self.settings.option("import_method", request.method))
            request = msgspec.structs.replace(request, method=method)
        if not call.operation.path.startswith("/idaas/"):
            tenant = str(self.settings.option("tenant_url", self.settings.base_url)).rstrip("/")
            request = msgspec.structs.replace(request, target=tenant + request.target, absolute=True)
        return request

    def needs_session(self, operation: Operation[Any, Any]) -> bool:
        """Whether a call goes out under the token: all but those that make and check tokens."""
        return operation.path.startswith("/idaas/")

    def sign_in(self, now: float, refresh: str | None) -> SignIn:  # noqa: ARG002 - no refresh is documented
        """Takes the configured token, or exchanges a code for one; a code is used up by that."""
        settings = self.settings
        if settings.token:
            return Session(headers=self._carried(settings.token))
        code = settings.code
        if not code:
            code = yield from self._new_code()
        call = exchange_code("authorization_code", settings.client_id, settings.client_secret, code)
        answer = yield self.request(call)
        payload = self._opened(answer, about_account=True)
        payload = payload if isinstance(payload, dict) else {}
        token = payload.get("accessToken") or payload.get("access_token")
        if not isinstance(token, str) or not token:
            raise UpstreamUnauthenticated(
                f"{settings.name} gave no token.", source=settings.name, http_status=answer.status
            )
        seconds = payload.get("expiresIn") or payload.get("expires_in")
        renew_at = None
        if isinstance(seconds, int | float) and seconds > RENEW_SECONDS:
            renew_at = now + seconds - RENEW_SECONDS
        return Session(headers=self._carried(token), renew_at=renew_at)

    def answer(self, operation: Operation[Any, Any], response: Response) -> Any:
        """The payload of an answer; a page becomes rows with their count."""
        if operation.name == "authorize_code":
            return self._code_of(response)
        payload = self._opened(response, about_account=operation.effect is Effect.SIGN_IN)
        if isinstance(payload, dict) and isinstance(payload.get("data"), list) and "pageNo" in payload:
            return self._page(payload, response)
        shape = get_origin(operation.answer)
        if shape in (Rows, list) and not isinstance(payload, list):
            raise self._misshapen(response)
        if shape is Rows:
            # The document shows one of its pages as a bare list.
            return Rows(rows=tuple(_dropped(payload)))
        return _dropped(payload)

    def probe(self) -> Call[Any]:
        """One group: small, and refused without a token."""
        return page_groups(1, 1)

    def _carried(self, token: str) -> dict[str, str]:
        prefix = str(self.settings.option("token_prefix", "Bearer"))
        return {str(self.settings.option("token_header", "Authorization")): f"{prefix} {token}".strip()}

    def _new_code(self) -> Generator[Request, Response, str]:
        account, app = self.settings.option("main_account"), self.settings.option("app_id")
        if not account or not app:
            raise UpstreamUnauthenticated(
                f"{self.settings.name} has neither a token nor a code.", source=self.settings.name
            )
        answer = yield self.request(authorize_code(str(account), str(app)))
        return self._code_of(answer)

    def _code_of(self, response: Response) -> str:
        """The code in a redirection to the application."""
        asked = parse_qs(urlsplit(response.headers.get("location", "")).query)
        if response.status in (301, 302, 303, 307) and asked.get("code"):
            return asked["code"][0]
        if response.headers.get("content-type", "").partition(";")[0].strip().endswith("json"):
            self._opened(response, about_account=True)
        raise UpstreamUnauthenticated(
            f"{self.settings.name} gave no code; it wants somebody to sign in at its own page.",
            source=self.settings.name,
            http_status=response.status,
        )

    def _opened(self, response: Response, *, about_account: bool) -> Any:
        """What the envelope holds; a token that is bare has none."""
        if response.status == 401 and not response.body.lstrip().startswith(b"{"):
            raise self._refused(response, "401", None, about_account=about_account)
        value = self.parsed(response)
        if not isinstance(value, dict):
            raise self._misshapen(response)
        code = value.get("code")
        if code is None or isinstance(code, dict | list | bool):
            if response.status >= 400:
                raise self._refused(
                    response, str(response.status), value.get("message"), about_account=about_account
                )
            if about_account and response.status < 300:
                return value.get("data") or value
            raise self._misshapen(response)
        if str(code) != "200" or response.status >= 400:
            number = str(response.status) if str(code) == "200" else str(code)
            raise self._refused(response, number, value.get("message"), about_account=about_account)
        return value.get("data")

    def _page(self, page: dict[str, Any], response: Response) -> Rows[Any]:
        code, total = page.get("code"), page.get("totalCount")
        if code is not None and str(code) not in ("1", "200"):
            raise self._refused(response, str(code), page.get("msg"), about_account=False)
        rows = tuple(_dropped(row) for row in page["data"])
        counted = isinstance(total, int) and not isinstance(total, bool) and total >= len(rows)
        return Rows(rows=rows, total=total if counted else None)

    def _refused(self, response: Response, code: str, message: Any, *, about_account: bool) -> UpstreamError:
        text = scrubbed_text(" ".join(message.split()))[:1000] if isinstance(message, str) else None
        said = f"{self.settings.name} refused: {text or f'code {code}'}"
        facts: dict[str, Any] = {
            "source": self.settings.name,
            "upstream_code": code[:64],
            "upstream_message": text,
            "http_status": response.status,
        }
        if about_account:
            return UpstreamUnauthenticated(said, **facts)
        if code == "401":
            return SessionRefused(said, **facts)
        return UpstreamRejected(said, **facts, code=CODES.get(code))

    def _misshapen(self, response: Response) -> UpstreamBadResponse:
        return UpstreamBadResponse(
            f"{self.settings.name} answered in another shape than documented.",
            source=self.settings.name,
            http_status=response.status,
        )


def _dropped(value: Any) -> Any:
    """A payload without the secrets in it."""
    if isinstance(value, dict):
        return {name: inner for name, inner in value.items() if name not in DROPPED}
    if isinstance(value, list):
        return [_dropped(inner) for inner in value]
    return value
