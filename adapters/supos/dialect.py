"""How supOS speaks: signed requests, bare bodies, errors of code and message."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, ClassVar, get_origin
from urllib.parse import parse_qsl, unquote, urlsplit
from uuid import uuid4

import msgspec

from adapters.dialect import Dialect, Session, SessionRefused, SignIn
from adapters.errors import (
    ErrorCode,
    Unsupported,
    UpstreamBadResponse,
    UpstreamError,
    UpstreamRejected,
    UpstreamUnauthenticated,
)
from adapters.exchange import Request, Response
from adapters.operation import Call, Operation
from adapters.record import Rows
from adapters.records import Dialect as DialectName
from adapters.redaction import scrubbed_text
from adapters.supos import menus, roles, users
from adapters.supos.signature import deciphered, signature, text_to_sign

CODES: dict[int, ErrorCode] = {
    100106004: ErrorCode.CONFLICT,  # the user name is taken
    100106005: ErrorCode.CONFLICT,  # the person has a user
    100106012: ErrorCode.NOT_FOUND,  # no such person
    100106013: ErrorCode.NOT_FOUND,  # no such role, or no such person
    100106014: ErrorCode.NOT_FOUND,  # no such company
    100106017: ErrorCode.CONFLICT,  # tasks are pending
    100106018: ErrorCode.FORBIDDEN,  # an administrator is not deleted
    100106019: ErrorCode.FORBIDDEN,  # the administrator's roles stay
    100106020: ErrorCode.BAD_USER_INPUT,  # the person is of another company
    100106021: ErrorCode.BAD_USER_INPUT,  # the password rule
    100106022: ErrorCode.BAD_USER_INPUT,  # the role is of another company
    100106111: ErrorCode.BAD_USER_INPUT,  # the file's name is too long
    100106112: ErrorCode.BAD_USER_INPUT,  # no jpg, gif or png
    100106113: ErrorCode.BAD_USER_INPUT,  # more than 5 MB
    100106114: ErrorCode.NOT_FOUND,  # no picture
    100106500: ErrorCode.BAD_USER_INPUT,
    100105225: ErrorCode.NOT_FOUND,  # no such user
    100105226: ErrorCode.BAD_USER_INPUT,  # the user is of another company
    100105227: ErrorCode.NOT_FOUND,  # no such company
    100105228: ErrorCode.NOT_FOUND,  # no such role
    100000003: ErrorCode.BAD_USER_INPUT,  # an illegal scope
}
"""What the documented codes become. 100000001 has four meanings, which the HTTP status tells apart."""

_JSON = "application/json;charset=utf-8"
_NEWER_DELETE = "/open-api/supos/auth/v2/delete/users"
_FILLED = frozenset(o.name for o in (users.list_users, menus.list_user_menus, menus.list_role_menus))
"""Operations whose query wants the company."""


class Supos(Dialect):
    """An industrial operating system; methods that its document leaves open are settings.

    `company_code`, `enable_reset`, `unbind_method`, `delete_method` (POST is the newer path), `reset_method`,
    `unbind_third_party_method`, `content_type` of what is no file, `time_zone` of new users.
    """

    name: ClassVar[DialectName] = DialectName.SUPOS

    def needs_session(self, operation: Operation[Any, Any]) -> bool:  # noqa: ARG002 - none does
        """Each request carries its own signature, or a token that never changes."""
        return False

    def sign_in(self, now: float, refresh: str | None) -> SignIn:  # noqa: ARG002 - nobody signs in
        """There is nothing to sign in to."""
        raise UpstreamUnauthenticated(
            f"{self.settings.name} takes signatures, not sessions.", source=self.settings.name
        )

    def path(self, operation: Operation[Any, Any]) -> str:
        """The documented path; newer systems delete users elsewhere."""
        if operation is users.batch_delete_users and self._method(operation) == "POST":
            return _NEWER_DELETE
        return operation.path

    def request(self, call: Call[Any]) -> Request:
        """The request of a call; the company goes in wherever the document wants one."""
        operation = call.operation
        if operation is users.reset_admin_password:
            self._check_reset()
        request = super().request(self._with_company(call))
        method = self._method(operation)
        return request if method == request.method else msgspec.structs.replace(request, method=method)

    def authorize(self, request: Request, session: Session | None) -> dict[str, str]:
        """The signature over method, path, content type and query, or the token."""
        headers = super().authorize(request, session)
        if request.parts:
            # The signature covers the content type, so the boundary is chosen here.
            headers = headers | {"Content-Type": f"multipart/form-data; boundary={uuid4().hex}"}
        else:
            told = self.settings.option("content_type")
            headers = {"Content-Type": _JSON} | headers | ({"Content-Type": str(told)} if told else {})
        if not self.settings.access_key:
            return headers | {"Authorization": f"Bearer {self.settings.token}"}
        path, _, query = request.target.partition("?")
        text = text_to_sign(
            request.method,
            urlsplit(self.settings.base_url).path.rstrip("/") + unquote(path),
            headers["Content-Type"],
            parse_qsl(query, keep_blank_values=True),
            headers,
        )
        sign = signature(self.settings.secret_key, text)
        return headers | {"Authorization": f"Sign {self.settings.access_key}-{sign}"}

    def answer(self, operation: Operation[Any, Any], response: Response) -> Any:
        """The bare body: an object, the rows of `list`, nothing; the new password in clear text."""
        if response.status < 300 and (operation.answer is type(None) or not response.body.strip()):
            return self._nothing(operation, response)
        content = self.parsed(response)
        if response.status >= 400 or _is_error(content):
            raise self._failure(content, response.status)
        if operation is users.reset_admin_password:
            return {"password": self._clear(content)}
        origin = get_origin(operation.answer)
        if origin not in (list, Rows):
            return content
        rows = content.get("list") if isinstance(content, dict) else content
        if not isinstance(rows, list):
            raise UpstreamBadResponse(f"{self.settings.name} sent no list.", source=self.settings.name)
        return rows if origin is list else Rows(rows=tuple(rows), total=_total(content))

    def probe(self) -> Call[Any]:
        """The first user of the company."""
        return users.list_users(1, page_size=1)

    @property
    def company(self) -> str:
        """The company whose users the gateway sees."""
        return str(self.settings.option("company_code", "default"))

    def _nothing(self, operation: Operation[Any, Any], response: Response) -> Any:
        self.refuse_overload(response)
        if response.body.strip():
            # A proxy's page under 200 is no success.
            content = self.parsed(response)
            if _is_error(content):
                raise self._failure(content, response.status)
        return {} if operation.answer is users.User else None

    def _method(self, operation: Operation[Any, Any]) -> str:
        name = {
            users.batch_delete_users.name: "delete_method",
            users.reset_admin_password.name: "reset_method",
            roles.unbind_user_roles.name: "unbind_method",
            roles.unbind_third_party_roles.name: "unbind_third_party_method",
        }.get(operation.name)
        return str(self.settings.option(name, operation.method)).upper() if name else operation.method

    def _check_reset(self) -> None:
        name = self.settings.name
        if not self.settings.option("enable_reset", False):
            raise Unsupported(f"{name} has the reset of the administrator's password switched off.")
        if self._method(users.reset_admin_password) == self._method(roles.unbind_user_roles):
            raise Unsupported(f"{name} takes roles away by the call that would reset the password.")
        if not self.settings.secret_key:
            raise Unsupported(f"{name} seals the new password with a secret key, and none is set.")

    def _with_company(self, call: Call[Any]) -> Call[Any]:
        arguments = call.arguments
        body = arguments.get("body")
        if isinstance(body, users.UserDraft) and body.company_code is None:
            filled = msgspec.structs.replace(body, company_code=self.company)
            return replace(call, arguments={**arguments, "body": filled})
        if call.operation.name in _FILLED and arguments.get("company_code") is None:
            return replace(call, arguments={**arguments, "company_code": self.company})
        return call

    def _clear(self, content: Any) -> str:
        sealed = content.get("password") if isinstance(content, dict) else None
        try:
            return deciphered(str(sealed or ""), self.settings.secret_key)
        except ValueError:
            # Neither the sealed nor the clear text may stand in an error.
            raise UpstreamBadResponse(
                f"{self.settings.name} sent a password that its secret key does not open.",
                source=self.settings.name,
            ) from None

    def _failure(self, content: Any, status: int) -> UpstreamError:
        source = self.settings.name
        told: Mapping[str, Any] = content if isinstance(content, dict) else {}
        code = _code(told)
        message = scrubbed_text(str(told["message"])) if told.get("message") else None
        facts: dict[str, Any] = {
            "source": source,
            "upstream_code": None if code is None else str(code),
            "upstream_message": message,
            "http_status": status,
        }
        if status == 401:
            return SessionRefused(f"{source} refused the gateway's signature or token.", **facts)
        mapped = CODES.get(code or 0)
        if mapped is None:
            mapped = {
                400: ErrorCode.BAD_USER_INPUT,
                403: ErrorCode.FORBIDDEN,
                404: ErrorCode.NOT_FOUND,
            }.get(status)
        return UpstreamRejected(
            f"{source} refused: {message or code or f'HTTP {status}'}", code=mapped, **facts
        )


def _is_error(content: Any) -> bool:
    """Whether a body under 200 is an error all the same: no documented answer has both names."""
    return (
        isinstance(content, dict) and content.keys() >= {"code", "message"} and _code(content) not in (0, 200)
    )


def _code(told: Mapping[str, Any]) -> int | None:
    code = told.get("code")
    if isinstance(code, str) and code.isdecimal():
        return int(code)
    return code if isinstance(code, int) and not isinstance(code, bool) else None


def _total(content: Any) -> int | None:
    pagination = content.get("pagination") if isinstance(content, dict) else None
    total = pagination.get("total") if isinstance(pagination, dict) else None
    if isinstance(total, str) and total.isdecimal():
        return int(total)
    return total if isinstance(total, int) else None
