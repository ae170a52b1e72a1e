"""How the OMC speaks: sign-in by token, two families of envelopes, codes under HTTP 200.

Console paths answer `{code, msg, ...}`: 1 is success, anything else a refusal, 401 a session that is over.
Paths below /api/rest answer `{data: ...}` or `{}`, and refuse with `{cause, status}` or `{detail, status, title}`.
"""

import base64
import binascii
import re
from collections.abc import Mapping
from typing import Any, ClassVar
from urllib.parse import urlsplit

import msgspec
import orjson

from adapters.dialect import Dialect, Session, SessionRefused, SignIn
from adapters.errors import (
    ErrorCode,
    UpstreamBadResponse,
    UpstreamError,
    UpstreamRejected,
    UpstreamUnauthenticated,
)
from adapters.exchange import Request, Response
from adapters.omc.account import get_current_user_info, login
from adapters.omc.rewriting import rewritten
from adapters.operation import Call, Effect, Operation
from adapters.record import Rows
from adapters.records import Dialect as DialectName
from adapters.redaction import scrubbed_text

CODES: Mapping[int, ErrorCode] = {
    404: ErrorCode.NOT_FOUND,
    409: ErrorCode.CONFLICT,
    429: ErrorCode.RATE_LIMITED,
}
"""The OMC's codes that say more than no; its texts are translated, so they are never looked at."""

PUBLIC = frozenset({"login", "get_captcha", "register_account", "get_system_config", "get_home"})
"""Works without a session, and must where the gateway's account does not."""

EMPTY_BODIES = frozenset(
    {
        "create_measure_task_smf",
        "create_measure_task_amf",
        "delete_trace_task",
        "activate_software",
        "delete_table_alarm",
    }
)
"""The document wants an empty object as the body of these."""

WITH_SCHEME = frozenset({"create_ne_info", "create_element_info"})
"""The document wants a Scheme header here, and nowhere else."""

MANNERS = {"Accept-Language": "en_US;q=0.9", "User-Agent": "gql-ems"}
RENEW_SECONDS = 30
"""A token is renewed that long before it ends."""

_TAG = re.compile(r"<[^<>]{0,200}>")


class OmcDialect(Dialect):
    """The manners of one OMC."""

    name: ClassVar[DialectName] = DialectName.OMC

    def path(self, operation: Operation[Any, Any]) -> str:
        """The documented path; newer systems have moved /ne/udm (setting `udm_prefix`)."""
        prefix = str(self.settings.option("udm_prefix", "/ne/udm")).rstrip("/")
        if operation.path.startswith("/ne/udm/"):
            return prefix + operation.path.removeprefix("/ne/udm")
        return operation.path

    def request(self, call: Call[Any]) -> Request:
        """The request of a call; typed conditions become the SQL that the OMC wants."""
        request = super().request(rewritten(call, self.settings.timezone))
        name, headers, body = call.operation.name, request.headers, request.body
        if name in EMPTY_BODIES:
            headers, body = headers | {"Content-Type": "application/json"}, b"{}"
        if name in WITH_SCHEME:
            headers = headers | {"Scheme": urlsplit(self.settings.base_url).scheme}
        if headers is request.headers:
            return request
        return msgspec.structs.replace(request, headers=headers, body=body)

    def authorize(self, request: Request, session: Session | None) -> dict[str, str]:
        """All headers of a request: the token twice, and the Referer that the OMC checks."""
        return self._manners() | super().authorize(request, session)

    def needs_session(self, operation: Operation[Any, Any]) -> bool:
        """Whether a call goes out under the account."""
        return operation.name not in PUBLIC

    def sign_in(self, now: float, refresh: str | None) -> SignIn:  # noqa: ARG002 - the OMC renews nothing
        """One POST; a refusal comes as HTTP 200 with a code."""
        body = {"username": self.settings.username, "password": self.settings.password}
        headers = self._manners() | {"Content-Type": "application/json"}
        response = yield Request(
            method=login.method, target=login.path, headers=headers, body=orjson.dumps(body)
        )
        payload = self._unwrapped(login, response)
        token = payload.get("access_token") if isinstance(payload, dict) else None
        if not isinstance(token, str) or not token:
            raise UpstreamUnauthenticated(
                f"{self.settings.name} gave no token.",
                source=self.settings.name,
                http_status=response.status,
            )
        return Session(
            headers={"Authorization": f"Bearer {token}", "AccessToken": token},
            renew_at=renewal_of(token, now),
        )

    def answer(self, operation: Operation[Any, Any], response: Response) -> Any:
        """The payload of an answer, whichever of the envelopes it came in."""
        if operation.effect is Effect.SIGN_IN:
            return self._unwrapped(operation, response)
        if response.status == 401:
            raise self._refused_session(response, None)
        if 200 <= response.status < 300 and not response.body.strip() and operation.method != "GET":
            return None
        value = self.parsed(response)
        if not isinstance(value, dict):
            if response.status >= 400:
                raise self._rejected(response, response.status, None)
            return value
        if operation.envelope == "message" and code_of(value.get("code")) == 1:
            return str(value.get("msg") or "")
        return self._opened(value, response)

    def probe(self) -> Call[Any]:
        """Who the gateway is: small, and refused without a session."""
        return get_current_user_info()

    def _opened(self, value: dict[str, Any], response: Response) -> Any:
        code = code_of(value.get("code"))
        if "code" in value and ("msg" in value or code is not None):
            return self._of_console(value, code, response)
        status = code_of(value.get("status"))
        if "data" not in value and status is not None and value.keys() & {"cause", "detail", "title"}:
            text = value.get("cause") or value.get("detail") or value.get("title")
            raise self._rejected(response, status, text)
        error = value.get("error")
        if "data" not in value and isinstance(error, dict):
            raise self._rejected(response, error.get("errorCode"), error.get("errorInfo"))
        if response.status >= 400:
            raise self._rejected(response, response.status, value.get("msg") or value.get("message"))
        if "rows" in value:
            return self._rows(value, response)
        return value.get("data", value)

    def _of_console(self, value: dict[str, Any], code: int | None, response: Response) -> Any:
        if code == 401:
            raise self._refused_session(response, value.get("msg"))
        if code != 1:
            raise self._rejected(response, value.get("code"), value.get("msg"))
        if "rows" in value:
            return self._rows(value, response)
        data = value.get("data")
        if isinstance(data, dict) and "rows" in data and "total" in data:
            return self._rows(data, response)
        if "data" in value:
            return data
        # A captcha lies beside code and msg.
        return {key: inner for key, inner in value.items() if key not in ("code", "msg")} or None

    def _rows(self, value: dict[str, Any], response: Response) -> Rows[Any]:
        rows = value["rows"]
        if not isinstance(rows, list | None):
            raise UpstreamBadResponse(
                f"{self.settings.name} answered with rows that are no list.",
                source=self.settings.name,
                http_status=response.status,
            )
        return Rows(rows=tuple(rows or ()), total=code_of(value.get("total")))

    def _unwrapped(self, operation: Operation[Any, Any], response: Response) -> Any:
        """The payload of a sign-in; any refusal is about the account."""
        if response.status == 401 and not response.body.strip():
            raise UpstreamUnauthenticated(
                f"{self.settings.name} refused the account.", source=self.settings.name, http_status=401
            )
        value = self.parsed(response)
        if not isinstance(value, dict):
            value = {}
        if response.status < 400 and code_of(value.get("code")) == 1:
            return value.get("data")
        text = plain_text(value.get("msg"))
        raise UpstreamUnauthenticated(
            f"{self.settings.name} refused {operation.name}: {text or 'no reason given'}",
            source=self.settings.name,
            upstream_code=_shown(value.get("code")),
            upstream_message=text,
            http_status=response.status,
        )

    def _manners(self) -> dict[str, str]:
        return MANNERS | {"Referer": self.settings.base_url.rstrip("/") + "/"}

    def _refused_session(self, response: Response, text: Any) -> SessionRefused:
        message = plain_text(text)
        return SessionRefused(
            f"{self.settings.name} refused the session: {message or 'no reason given'}",
            source=self.settings.name,
            upstream_code="401",
            upstream_message=message,
            http_status=response.status,
        )

    def _rejected(self, response: Response, code: Any, text: Any) -> UpstreamError:
        number = code_of(code)
        if number == 401:
            return self._refused_session(response, text)
        message = plain_text(text)
        return UpstreamRejected(
            f"{self.settings.name} refused: {message or f'code {_shown(code)}'}",
            source=self.settings.name,
            upstream_code=_shown(code),
            upstream_message=message,
            http_status=response.status,
            code=CODES.get(number) if number is not None else None,
        )


def code_of(value: Any) -> int | None:
    """A code, status or total: a whole number, or the text of one."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, str) and re.fullmatch(r"\s*-?\d{1,18}\s*", value):
        return int(value)
    return None


def plain_text(value: Any) -> str | None:
    """What the OMC said, without its HTML and without any secret."""
    if not isinstance(value, str):
        return None
    return scrubbed_text(" ".join(_TAG.sub(" ", value).split()))[:1000] or None


def renewal_of(token: str, now: float) -> float | None:
    """When to sign in again, off the token's own end; None where it tells none that can be believed."""
    parts = token.split(".")
    if len(parts) != 3:
        return None
    try:
        claims = orjson.loads(base64.urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4)))
    except (binascii.Error, ValueError):
        return None
    end = claims.get("exp") if isinstance(claims, dict) else None
    if not isinstance(end, int | float) or isinstance(end, bool):
        return None
    # Some builds write seconds, others milliseconds.
    seconds = end / 1000 if end > 100_000_000_000 else float(end)
    return seconds - RENEW_SECONDS if seconds - RENEW_SECONDS > now else None


def _shown(code: Any) -> str | None:
    return None if code is None else str(code)[:64]
