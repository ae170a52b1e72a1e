"""The pretend supOS as an ASGI app."""

import time
from collections.abc import Callable

from starlette.applications import Starlette
from starlette.responses import Response

from playground.upstreams.calls import Call, Handler
from playground.upstreams.knobs import Knobs
from playground.upstreams.supos.avatars import Avatars
from playground.upstreams.supos.dialect import Supos
from playground.upstreams.supos.roles import Roles
from playground.upstreams.supos.users import Users
from playground.upstreams.vendor import Vendor, json_answer

USERS = "/open-api/auth/v2/users"
ONE = USERS + "/{username}"
MENUS = "/open-api/rbac/v2"


def create_app(
    *,
    knobs: Knobs | None = None,
    clock: Callable[[], float] = time.time,
    unbind_by_put: bool = False,
) -> Starlette:
    """Make supOS. With `unbind_by_put`, PUT takes roles away, and no password can be reset."""
    supos = Supos()
    vendor = Vendor("supos", supos, knobs=knobs, clock=clock)
    users, roles, avatars = Users(supos), Roles(supos), Avatars(supos)

    def route(
        method: str, path: str, name: str, handler: Handler, *, query: str = "", body: str = ""
    ) -> None:
        vendor.route(method, path, f"supos.{name}", supos.answering(handler), query=query, body=body)

    route(
        "POST",
        USERS,
        "add_user",
        users.add,
        body="username password userDesc? timeZone personCode companyCode accountType:integer "
        "roleNameList:array<string>? recoveryDeleted:boolean?",
    )
    route(
        "GET",
        USERS,
        "list_users",
        users.page,
        query="pageIndex:integer companyCode keyword? pageSize:integer? roleCode? modifyTime?",
    )
    route("DELETE", USERS, "batch_delete_users", users.delete, query="usernames")
    route(
        "POST", "/open-api/supos/auth/v2/delete/users", "delete_users_newer", users.delete, query="usernames"
    )
    route("GET", ONE, "get_user", users.detail)
    route(
        "PUT",
        ONE,
        "update_user",
        users.update,
        body="userDesc? timeZone? personCode? lockStatus:integer=0|1?",
    )
    codes = "roleCodes:array<string>"
    route("POST", f"{ONE}/role", "bind_user_roles", roles.bind, body=codes)
    if unbind_by_put:
        route("PUT", f"{ONE}/role", "unbind_user_roles", roles.unbind, body=codes)
    else:
        route("DELETE", f"{ONE}/role", "unbind_user_roles", roles.unbind, body=codes)
        route("PUT", f"{ONE}/role", "reset_admin_password", roles.reset_password)
    route(
        "DELETE",
        f"{ONE}/role/third/identity",
        "unbind_third_party_roles",
        roles.unbind_third_party,
        query="identityIds",
    )
    # Menus refuse a missing company with codes of their own; icons have these parameters by a copyist's slip.
    by_user, by_role = "companyCode? source?", "companyCode? scope?"
    menus = "permissions/menus"
    route("GET", f"{MENUS}/users/{{username}}/{menus}", "list_user_menus", roles.user_menus, query=by_user)
    route("GET", f"{MENUS}/roles/{{rolecode}}/{menus}", "list_role_menus", roles.role_menus, query=by_role)
    route("GET", f"{ONE}/avatar", "get_user_avatar", avatars.load, query=by_user)
    route("POST", f"{ONE}/avatar", "upload_user_avatar", avatars.upload, query="fileName")
    route("GET", "/open-api/supos/config/v2/version", "get_version", _version)
    return vendor.app()


def _version(_call: Call) -> Response:
    return json_answer({"version": "4.2.0"})
