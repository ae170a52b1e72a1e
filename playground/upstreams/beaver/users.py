"""The Beaver IoT chapters on signing in and on users."""

import re
from collections.abc import Sequence
from typing import Any

from starlette.responses import Response

from playground.upstreams.beaver.answers import PAGE, Refusal, failed, matches, ok, page
from playground.upstreams.beaver.chapter import Chapter, Line
from playground.upstreams.beaver.model import RESOURCE_TYPES, Menu, User
from playground.upstreams.beaver.sessions import Session
from playground.upstreams.calls import Call
from playground.upstreams.strict import FORM, content_problem

CLIENT_ID, CLIENT_SECRET = "iab", "milesight*iab"
TENANT = "default"


class Users(Chapter):
    def lines(self) -> Sequence[Line]:
        account = "email nickname password"
        kinds = "|".join(RESOURCE_TYPES)
        return (
            Line("POST", "/oauth2/token", "oauth_token", self.token, public=True),
            Line("POST", "/user/register", "register_user", self.register, account, public=True),
            Line("GET", "/user", "get_current_user", self.current),
            Line("GET", "/user/status", "get_user_status", self.status, public=True),
            Line("POST", "/user/members/search", "search_users", self.search, PAGE),
            Line("POST", "/user/members", "create_user", self.create, account),
            Line("PUT", "/user/members/{userId}", "update_user", self.update, "email nickname"),
            Line(
                "PUT",
                "/user/members/{userId}/change-password",
                "reset_user_password",
                self.reset_password,
                "password?",
            ),
            Line("DELETE", "/user/members/{user_id}", "delete_user", self.delete),
            Line(
                "POST",
                "/user/batch-delete",
                "batch_delete_users",
                self.delete_many,
                "user_id_list:array<string|integer>",
            ),
            Line(
                "PUT",
                "/user/password",
                "change_own_password",
                self.change_password,
                "old_password new_password",
            ),
            Line("GET", "/user/members/{user_id}/menus", "list_user_menus", self.menus),
            Line(
                "POST",
                "/user/members/{userId}/permission",
                "check_user_permission",
                self.permission,
                f"resource_type={kinds} resource_id:string|integer",
            ),
        )

    def token(self, call: Call) -> Response:
        problem = content_problem(call.headers.get("content-type"), FORM)
        if problem:
            call.complain(problem)
            return failed("authentication_failed", "invalid_request")
        form = call.form
        if (form.get("client_id"), form.get("client_secret")) != (CLIENT_ID, CLIENT_SECRET):
            call.complain("client_id and client_secret are not the documented pair")
            return failed("authentication_failed", "invalid_client")
        match form.get("grant_type"):
            case "password":
                return self._by_password(call, form.get("username"), form.get("password"))
            case "refresh_token":
                return self._by_refresh(call, form.get("refresh_token"))
            case other:
                call.complain(f"grant_type is neither password nor refresh_token: {(other or '')[:40]}")
                return failed("authentication_failed", "unsupported_grant_type")

    def _by_password(self, call: Call, username: str | None, password: str | None) -> Response:
        if not username or not password:
            call.complain("username or password is missing")
            return failed("authentication_failed", "invalid_request")
        user = self.house.user_by_email(username)
        if user is None:
            return failed("authentication_failed", "invalid_request:username not found.")
        if user.password != password:
            return failed("authentication_failed", "invalid_grant")
        return _granted(self.beaver.sessions.sign_in(user.user_id, call.now, call.knobs.token_seconds), call)

    def _by_refresh(self, call: Call, token: str | None) -> Response:
        if not token:
            call.complain("refresh_token is missing")
            return failed("authentication_failed", "invalid_request")
        session = self.beaver.sessions.renew(token, call.now, call.knobs.token_seconds)
        return _granted(session, call) if session else failed("authentication_failed", "invalid_grant")

    def register(self, call: Call) -> Response:
        if self.house.users:
            raise Refusal("tenant_user_inited")
        self._add(call.object(), super_admin=True)
        return ok()

    def current(self, call: Call) -> Response:
        user: User = call.account
        return ok(self.row(user) | {"super_admin": user.super_admin, "menus": tree(self._menus_of(user))})

    def status(self, _call: Call) -> Response:
        return ok({"init": bool(self.house.users)})

    def search(self, call: Call) -> Response:
        asked = call.object()
        found = [u for u in self.house.users.values() if matches(asked.get("keyword"), u.nickname, u.email)]
        return page(found, asked, self.row)

    def create(self, call: Call) -> Response:
        self._add(call.object())
        return ok()

    def update(self, call: Call) -> Response:
        user, body = self.user(call, "userId"), call.object()
        self._check(body, but=user)
        user.email, user.nickname = body["email"], body["nickname"]
        return ok()

    def reset_password(self, call: Call) -> Response:
        user = self.user(call, "userId")
        user.password = _fit_password(call.object().get("password"))
        self.beaver.sessions.end(user.user_id)
        return ok()

    def delete(self, call: Call) -> Response:
        self._remove([self.user(call, "user_id").user_id])
        return ok({})

    def delete_many(self, call: Call) -> Response:
        self._remove([self.known(self.house.users, one) for one in call.object()["user_id_list"]])
        return ok()

    def change_password(self, call: Call) -> Response:
        user: User = call.account
        body = call.object()
        if body["old_password"] != user.password:
            raise Refusal("parameter_validation_failed", "old_password is wrong")
        user.password = _fit_password(body["new_password"])
        return ok()

    def menus(self, call: Call) -> Response:
        return ok([menu.row() for menu in self._menus_of(self.user(call, "user_id"))])

    def permission(self, call: Call) -> Response:
        user, body = self.user(call, "userId"), call.object()
        wanted = (body["resource_type"], str(body["resource_id"]))
        granted = {one for role in self.house.roles_of(user.user_id) for one in role.resources}
        device = self.house.devices.get(wanted[1])
        by_integration = device is not None and ("INTEGRATION", device.integration) in granted
        return ok({"has_permission": user.super_admin or wanted in granted or by_integration})

    def row(self, user: User) -> dict[str, Any]:
        """Show an account as lists show it."""
        roles = self.house.roles_of(user.user_id)
        return {
            "tenant_id": TENANT,
            "user_id": user.user_id,
            "nickname": user.nickname,
            "email": user.email,
            "created_at": str(user.created_at),
            "roles": [{"role_id": role.role_id, "role_name": role.name} for role in roles],
        }

    def _menus_of(self, user: User) -> list[Menu]:
        if user.super_admin:
            return list(self.house.menus.values())
        allowed = {key for role in self.house.roles_of(user.user_id) for key in role.menus}
        return [menu for menu in self.house.menus.values() if menu.menu_id in allowed]

    def _check(self, body: dict[str, Any], but: User | None = None) -> None:
        if not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", body["email"]) or not 5 <= len(body["email"]) <= 255:
            raise Refusal("parameter_must_be_a_email_address", "email")
        if not 1 <= len(body["nickname"]) <= 127:
            raise Refusal("parameter_size_invalid", "nickname")
        owner = self.house.user_by_email(body["email"])
        if owner is not None and owner is not but:
            raise Refusal("user_register_email_exist")

    def _add(self, body: dict[str, Any], *, super_admin: bool = False) -> None:
        self._check(body)
        user = User(
            self.house.new_id(),
            body["nickname"],
            body["email"],
            _fit_password(body["password"]),
            self.beaver.now_ms,
            super_admin,
        )
        self.house.users[user.user_id] = user

    def _remove(self, ids: list[str]) -> None:
        if any(self.house.users[one].super_admin for one in ids):
            raise Refusal("no_data_permission", "the super administrator stays")
        for one in ids:
            self.house.users.pop(one, None)
            self.beaver.sessions.end(one)
            for role in self.house.roles.values():
                role.users = [user for user in role.users if user != one]


def tree(menus: list[Menu]) -> list[dict[str, Any]]:
    """Nest menus under their parents."""
    rows = {menu.menu_id: menu.row() | {"children": []} for menu in menus}
    for menu in menus:
        if menu.parent_id in rows:
            rows[menu.parent_id]["children"].append(rows[menu.menu_id])
    return [rows[menu.menu_id] for menu in menus if menu.parent_id not in rows]


def _fit_password(password: Any) -> str:
    if not isinstance(password, str) or not 8 <= len(password) <= 63:
        raise Refusal("parameter_size_invalid", "password")
    return password


def _granted(session: Session, call: Call) -> Response:
    return ok(
        {
            "access_token": session.access,
            "refresh_token": session.refresh,
            "token_type": "Bearer",
            "expires_in": int(session.access_until - call.now),
        }
    )
