"""The accounts: listed, made, changed, deleted, and their passwords and states."""

import re
from typing import Any

from playground.upstreams.omc.chapter import Documented
from playground.upstreams.omc.envelope import Json, deleted, ok, paged, refused
from playground.upstreams.omc.people import shown_role, shown_user
from playground.upstreams.omc.rows import Row, ids_of, matching
from playground.upstreams.omc.state import Omc
from playground.upstreams.vendor import Call

NOBODY = refused("No accessible user data!")
BUILT_IN = frozenset({"1", "2"})
FIELDS = "userName nickName email phonenumber sex status remark deptId:string|integer roleIds:array<string|integer> postIds:array<string|integer>"
CHANGEABLE = ("userName", "nickName", "email", "phonenumber", "sex", "status", "remark", "userType", "avatar")


def chosen(omc: Omc, asked: Any) -> list[Row]:
    """Find the accounts that a list or an export asks for; a department means those below it, too."""
    rows = matching(
        omc.users.all(), asked, like=("userName", "phonenumber"), exact=("status",), time="createTime"
    )
    dept = str(asked.get("deptId") or "")
    return [row for row in rows if not dept or dept in omc.line_of(row["deptId"])]


def list_users(omc: Omc, call: Call) -> Json:
    return paged(call, [shown_user(omc, row) for row in chosen(omc, call.query)])


def get_user(omc: Omc, call: Call) -> Json:
    name = call.params["userId"]
    user = omc.users.get(name)
    if user is None and name != "0":
        return NOBODY
    blank: Row = {"user": {}, "roleIds": [], "postIds": []}
    told = (
        {"user": shown_user(omc, user), "roleIds": user["roleIds"], "postIds": user["postIds"]}
        if user
        else blank
    )
    roles = [shown_role(role) for role in omc.roles.all()]
    # The role above all others is offered to its holders alone.
    return ok(
        {**told, "posts": omc.positions.all(), "roles": [role for role in roles if role["roleId"] != "1"]}
    )


def problem(omc: Omc, body: Row, own: str = "") -> str:
    """Say why an account cannot be as the body wants it; empty when it can."""
    name = body.get("userName", "")
    others = [row for row in omc.users.all() if row["userId"] != own]
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_.-]{2,29}", name):
        return f"Failed to operate user [{name}], login account format is wrong."
    if any(row["userName"] == name for row in others):
        return f"Failed to operate user [{name}], login account already exists."
    phone, email = body.get("phonenumber") or "", body.get("email") or ""
    if phone and not re.fullmatch(r"1\d{10}", phone):
        return f"Failed to operate user [{name}], cell phone number format is wrong."
    if phone and any(row["phonenumber"] == phone for row in others):
        return f"Failed to operate user [{name}], cell phone number already exists."
    if email and not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", email.strip()):
        return f"Failed to operate user [{name}], email format is wrong."
    if email and any(row["email"] == email for row in others):
        return f"Failed to operate user [{name}], email already exists."
    return ""


def _held(omc: Omc, body: Row) -> Row:
    return {
        "deptId": str(body.get("deptId") or ""),
        "roleIds": [str(one) for one in body.get("roleIds") or [] if omc.roles.get(one)],
        "postIds": [str(one) for one in body.get("postIds") or [] if omc.positions.get(one)],
    }


def create_user(omc: Omc, call: Call) -> Json:
    body = call.object()
    wrong = problem(omc, body)
    if wrong:
        return refused(wrong)
    omc.add_user({**body, **_held(omc, body)}, call.account.user["userName"])
    return ok()


def update_user(omc: Omc, call: Call) -> Json:
    body = call.object()
    user = omc.users.get(body["userId"])
    if user is None:
        return NOBODY
    if user["userId"] == "1" and call.account.user["userId"] != "1":
        return refused("The administrator of the system cannot be changed")
    wrong = problem(omc, body, user["userId"])
    if wrong:
        return refused(wrong)
    user.update({name: body[name] for name in CHANGEABLE if body.get(name) is not None})
    user.update(_held(omc, body))
    omc.note_change(user, call.account.user["userName"])
    return ok()


def delete_users(omc: Omc, call: Call) -> Json:
    names = ids_of(call.params["userIds"])
    known = [name for name in names if omc.users.get(name)]
    if not known or len(known) < len(names):
        return refused("there is no accessible user data")
    if BUILT_IN & set(names) or call.account.user["userId"] in names:
        return refused("The administrator and the current user cannot be deleted")
    return deleted(omc.users.remove(names), refused("there is no accessible user data"))


def reset_password(omc: Omc, call: Call) -> Json:
    user = omc.users.get(call.object()["userId"])
    if user is None:
        return NOBODY
    user["password"] = call.object()["password"]
    omc.note_change(user, call.account.user["userName"])
    return ok()


def change_status(omc: Omc, call: Call) -> Json:
    body = call.object()
    user = omc.users.get(body["userId"])
    if user is None:
        return NOBODY
    if body["status"] not in {"0", "1"}:
        return refused("status is 0 or 1")
    if user["status"] == body["status"]:
        return refused("The change status is equal to the old value!")
    if user["userId"] in BUILT_IN:
        return refused("The administrator cannot be made inactive")
    user["status"] = body["status"]
    omc.note_change(user, call.account.user["userName"])
    return ok()


ROUTES = (
    Documented(
        "GET", "/system/user/list", "list_users", list_users, query="pageNum:integer? pageSize:integer?"
    ),
    Documented("GET", "/system/user/{userId}", "get_user", get_user),
    Documented(
        "POST", "/system/user", "create_user", create_user, body=f"{FIELDS} password userType? avatar?"
    ),
    Documented(
        "PUT",
        "/system/user",
        "update_user",
        update_user,
        body=f"{FIELDS} userId:string|integer userType? avatar?",
    ),
    Documented("DELETE", "/system/user/{userIds}", "delete_users", delete_users),
    Documented(
        "PUT",
        "/system/user/resetPwd",
        "reset_user_password",
        reset_password,
        body="userId:string|integer password",
    ),
    Documented(
        "PUT",
        "/system/user/changeStatus",
        "update_user_status",
        change_status,
        body="userId:string|integer status",
    ),
)
