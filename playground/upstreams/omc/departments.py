"""The departments: a flat list, trees, and what may be changed."""

from playground.upstreams.omc.chapter import Documented
from playground.upstreams.omc.envelope import Json, ok, refused
from playground.upstreams.omc.rows import Row, matching
from playground.upstreams.omc.state import Omc
from playground.upstreams.omc.trees import tree
from playground.upstreams.vendor import Call

NONE = refused("There is no accessible department data!")


def chosen(omc: Omc, call: Call) -> list[Row]:
    return matching(omc.departments.all(), call.query, like=("deptName",), exact=("status",))


def list_departments(omc: Omc, call: Call) -> Json:
    return ok(chosen(omc, call))


def list_excluding(omc: Omc, call: Call) -> Json:
    left_out = call.params["deptId"]
    return ok([row for row in omc.departments.all() if left_out not in omc.line_of(row["deptId"])])


def department_tree(omc: Omc, call: Call) -> Json:
    return ok(tree(chosen(omc, call), "deptId", "deptName"))


def role_tree(omc: Omc, call: Call) -> Json:
    role = omc.roles.get(call.params["roleId"])
    if role is None:
        return refused("There is no accessible role data!")
    return ok({"checkedKeys": role["deptIds"], "depts": tree(omc.departments.all(), "deptId", "deptName")})


def get_department(omc: Omc, call: Call) -> Json:
    row = omc.departments.get(call.params["deptId"])
    return ok(row) if row else NONE


def _problem(omc: Omc, body: Row, own: str = "") -> str:
    name, parent = body["deptName"], str(body["parentId"])
    above = omc.departments.get(parent)
    if parent != "0" and above is None:
        return str(NONE["msg"])
    if own and own in omc.line_of(parent):
        return f"Manipulate department [{name}] failed, the parent cannot be itself or below it!"
    if above and above["status"] == "0":
        return f"Manipulate department [{name}] failed, the parent is inactive!"
    twin = omc.departments.first(lambda row: row["deptName"] == name and row["parentId"] == parent)
    if twin and twin["deptId"] != own:
        return f"Manipulate department [{name}] failed, department name already exists!"
    return "" if name else f"Manipulate department [{name}] failed, the name is empty!"


def _taken(omc: Omc, body: Row) -> Row:
    parent = str(body["parentId"])
    line = ",".join(["0"] if parent == "0" else omc.line_of(parent))
    names = ("orderNum", "deptName", "leader", "phone", "email", "status")
    return {name: body[name] for name in names} | {"parentId": parent, "ancestors": line}


def create_department(omc: Omc, call: Call) -> Json:
    body = call.object()
    if wrong := _problem(omc, body):
        return refused(wrong)
    omc.departments.add(_taken(omc, body) | {"delFlag": "0"} | omc.made(call.account.user["userName"]))
    return ok()


def update_department(omc: Omc, call: Call) -> Json:
    body = call.object()
    row = omc.departments.get(body["deptId"])
    if row is None:
        return NONE
    if wrong := _problem(omc, body, row["deptId"]):
        return refused(wrong)
    row.update(_taken(omc, body))
    omc.note_change(row, call.account.user["userName"])
    _move_below(omc, row)
    return ok()


def _move_below(omc: Omc, row: Row) -> None:
    """Tell the departments below one that has moved where they are now."""
    for below in omc.departments.all():
        if below["parentId"] == row["deptId"]:
            below["ancestors"] = f"{row['ancestors']},{row['deptId']}"
            _move_below(omc, below)


def delete_department(omc: Omc, call: Call) -> Json:
    name = call.params["deptId"]
    if omc.departments.get(name) is None:
        return NONE
    if omc.departments.first(lambda row: row["parentId"] == name):
        return refused("There are departments below this one, it cannot be deleted")
    if omc.users.first(lambda row: row["deptId"] == name):
        return refused("The department has users, it cannot be deleted")
    return ok(msg=f"Deleted successfully: {omc.departments.remove([name])}")


BODY = "orderNum:integer deptName leader phone email status parentId:string|integer parentName?"
ROUTES = (
    Documented("GET", "/system/dept/list", "list_departments", list_departments),
    Documented("GET", "/system/dept/list/exclude/{deptId}", "list_departments_excluding", list_excluding),
    Documented("GET", "/system/dept/treeSelect", "get_department_tree", department_tree),
    Documented("GET", "/system/dept/roleDeptTreeSelect/{roleId}", "get_role_department_tree", role_tree),
    Documented("POST", "/system/dept", "create_department", create_department, body=BODY),
    Documented(
        "PUT", "/system/dept", "update_department", update_department, body=f"{BODY} deptId:string|integer"
    ),
    Documented("DELETE", "/system/dept/{deptId}", "delete_department", delete_department),
    Documented("GET", "/system/dept/{deptId}", "get_department", get_department),
)
