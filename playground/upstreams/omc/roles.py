"""The roles, what they see, and who holds them."""

from typing import Any

from playground.upstreams.omc.chapter import Documented
from playground.upstreams.omc.envelope import Json, listed, ok, paged, refused
from playground.upstreams.omc.people import shown_role, shown_user
from playground.upstreams.omc.rows import Row, ids_of, matching
from playground.upstreams.omc.state import Omc
from playground.upstreams.omc.workbook import exported
from playground.upstreams.vendor import Answer, Call

NONE = refused("There is no accessible role data!")
SCOPES = frozenset("12345")
NAMES = ("roleName", "roleKey", "roleSort", "status", "remark", "dataScope", "menuCheckStrictly")


def chosen(omc: Omc, asked: Any) -> list[Row]:
    rows = matching(
        omc.roles.all(), asked, like=("roleName", "roleKey"), exact=("status",), time="createTime"
    )
    return [shown_role(row) for row in rows]


def list_roles(omc: Omc, call: Call) -> Json:
    rows = chosen(omc, call.query)
    # The document lists no paging here: all come, unless somebody asks for pages.
    return paged(call, rows) if "pageSize" in call.query else listed(rows, len(rows))


def get_role(omc: Omc, call: Call) -> Json:
    row = omc.roles.get(call.params["roleId"])
    return ok(shown_role(row)) if row else NONE


def _problem(omc: Omc, body: Row, own: str = "") -> str:
    for name in ("roleName", "roleKey"):
        twin = omc.roles.first(lambda row, name=name: row[name] == body[name])  # type: ignore[misc]
        if twin and twin["roleId"] != own:
            return f"Manipulate role [{body['roleName']}] failed, {name} already exists!"
    if body["dataScope"] not in SCOPES:
        return f"Manipulate role [{body['roleName']}] failed, dataScope is 1 to 5!"
    return ""


def _menu_ids(omc: Omc, body: Row) -> list[str]:
    return [str(one) for one in body["menuIds"] if omc.menus.get(one)]


def create_role(omc: Omc, call: Call) -> Json:
    body = call.object()
    if wrong := _problem(omc, body):
        return refused(wrong)
    fixed = {"deptCheckStrictly": "1", "delFlag": "0", "deptIds": [], "menuIds": _menu_ids(omc, body)}
    omc.roles.add({name: body[name] for name in NAMES} | fixed | omc.made(call.account.user["userName"]))
    return ok()


def update_role(omc: Omc, call: Call) -> Json:
    body = call.object()
    row = omc.roles.get(body["roleId"])
    if row is None:
        return NONE
    if row["roleId"] == "1":
        return refused("The role of the system administrator cannot be changed")
    if wrong := _problem(omc, body, row["roleId"]):
        return refused(wrong)
    row.update({name: body[name] for name in NAMES} | {"menuIds": _menu_ids(omc, body)})
    omc.note_change(row, call.account.user["userName"])
    return ok()


def delete_roles(omc: Omc, call: Call) -> Json:
    names = ids_of(call.params["roleIds"])
    if not names or any(omc.roles.get(name) is None for name in names):
        return refused("there is no accessible role data")
    if {"1", "2"} & set(names):
        return refused("The roles of administrators cannot be deleted")
    if omc.users.first(lambda row: bool(set(row["roleIds"]) & set(names))):
        return refused("The role is held by users, it cannot be deleted")
    omc.roles.remove(names)
    return ok()


def change_status(omc: Omc, call: Call) -> Json:
    body = call.object()
    row = omc.roles.get(body["roleId"])
    if row is None:
        return NONE
    status = body.get("status", row["status"])
    if status not in {"0", "1"}:
        return refused("status is 0 or 1")
    if status == row["status"]:
        return refused("The change status is equal to the old value!")
    row["status"] = status
    omc.note_change(row, call.account.user["userName"])
    return ok()


def change_scope(omc: Omc, call: Call) -> Json:
    body = call.object()
    row = omc.roles.get(body["roleId"])
    if row is None:
        return NONE
    if body["dataScope"] not in SCOPES:
        return refused("dataScope is 1 to 5")
    # `menuIds` holds departments here.
    dept_ids = [str(one) for one in body.get("menuIds") or [] if omc.departments.get(one)]
    if body["dataScope"] == "2" and not dept_ids:
        return refused("departments must be passed for custom data permissions")
    row["dataScope"], row["deptCheckStrictly"] = body["dataScope"], body["deptCheckStrictly"]
    row["deptIds"] = dept_ids if body["dataScope"] == "2" else []
    omc.note_change(row, call.account.user["userName"])
    return ok()


def export_roles(omc: Omc, call: Call) -> Answer:
    return exported(call, "role", chosen(omc, call.object()), msg="Export data record is empty")


def list_holders(omc: Omc, call: Call) -> Json:
    role, held = call.query["roleId"], call.query["allocated"] == "true"
    rows = matching(omc.users.all(), call.query, like=("userName", "phonenumber"), exact=("status",))
    return paged(call, [_brief(omc, row) for row in rows if (role in row["roleIds"]) is held])


def _brief(omc: Omc, user: Row) -> Row:
    """Show an account as this list does: few fields, and the time as text."""
    full = shown_user(omc, user)
    names = ("userId", "deptId", "userName", "nickName", "email", "phonenumber", "status")
    dept = {name: full["dept"][name] for name in ("deptId", "deptName")}
    kept = {name: full[name] for name in names}
    return {"roles": [], **kept, "createTime": str(full["createTime"]), "dept": dept}


def give(omc: Omc, call: Call) -> Json:
    body = call.object()
    role = omc.roles.get(body["roleId"])
    users = [omc.users.get(name) for name in ids_of(body["userIds"])]
    if role is None or not users:
        return NONE
    for user in users:
        if user is None:
            return refused("No accessible user data!")
    for user in filter(None, users):
        kept = [one for one in user["roleIds"] if one != role["roleId"]]
        user["roleIds"] = [*kept, role["roleId"]] if body["checked"] else kept
    return ok()


BODY = "roleName roleKey roleSort:integer status remark dataScope menuCheckStrictly menuIds:array<string|integer>"
ROUTES = (
    Documented(
        "GET", "/system/role/list", "list_roles", list_roles, query="pageNum:integer? pageSize:integer?"
    ),
    Documented("GET", "/system/role/{roleId}", "get_role", get_role),
    Documented("POST", "/system/role", "create_role", create_role, body=BODY),
    Documented("PUT", "/system/role", "update_role", update_role, body=f"{BODY} roleId:string|integer"),
    Documented("DELETE", "/system/role/{roleIds}", "delete_roles", delete_roles),
    Documented(
        "PUT",
        "/system/role/changeStatus",
        "update_role_status",
        change_status,
        body="roleId:string|integer status?",
    ),
    Documented(
        "PUT",
        "/system/role/dataScope",
        "update_role_data_scope",
        change_scope,
        body="dataScope deptCheckStrictly menuIds:array<string|integer>? roleId:string|integer",
    ),
    Documented(
        "POST",
        "/system/role/export",
        "export_roles",
        export_roles,
        body="roleName? roleKey? status? beginTime? endTime?",
    ),
    Documented(
        "GET",
        "/system/role/authUser/allocatedList",
        "list_role_users",
        list_holders,
        query="roleId allocated:boolean pageNum:integer? pageSize:integer?",
    ),
    Documented(
        "PUT",
        "/system/role/authUser/checked",
        "assign_role_users",
        give,
        body="roleId:string|integer userIds checked:boolean",
    ),
)
