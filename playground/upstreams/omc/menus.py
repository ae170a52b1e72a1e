"""The menus of the console: their list, their trees, and the routes that a browser builds from them."""

from playground.upstreams.omc.chapter import Documented
from playground.upstreams.omc.envelope import Json, ok, refused
from playground.upstreams.omc.rows import Row, matching
from playground.upstreams.omc.state import Omc
from playground.upstreams.omc.trees import tree
from playground.upstreams.vendor import Call

NONE = refused("There is no accessible menu data!")
NAMES = (
    "parentId", "menuName", "menuType", "menuSort", "isFrame", "isCache", "visible", "status", "icon", "path",
    "component", "perms", "remark",
)  # fmt: skip
# What a kind of menu needs beyond its name: D directory, M menu, B button.
NEEDED = {
    "D": ("isFrame", "isCache", "visible", "status", "path"),
    "M": ("isFrame", "isCache", "visible", "status", "path", "component", "perms"),
    "B": ("perms",),
}


def chosen(omc: Omc, call: Call) -> list[Row]:
    return matching(omc.menus.all(), call.query, like=("menuName",), exact=("status",))


def list_menus(omc: Omc, call: Call) -> Json:
    return ok(chosen(omc, call))


def get_menu(omc: Omc, call: Call) -> Json:
    row = omc.menus.get(call.params["menuId"])
    return ok(row) if row else NONE


def menu_tree(omc: Omc, call: Call) -> Json:
    return ok(tree(chosen(omc, call), "menuId", "menuName"))


def role_tree(omc: Omc, call: Call) -> Json:
    role = omc.roles.get(call.params["roleId"])
    if role is None:
        return refused("There is no accessible role data!")
    return ok({"menus": tree(omc.menus.all(), "menuId", "menuName"), "checkedKeys": role["menuIds"]})


def _problem(omc: Omc, body: Row, own: str = "") -> str:
    name, kind, parent = body["menuName"], body["menuType"], str(body["parentId"])
    if kind not in NEEDED:
        return f"Manipulate menu [{name}] failed, menuType is D, M or B!"
    missing = [field for field in NEEDED[kind] if not body.get(field)]
    if missing:
        return f"Manipulate menu [{name}] failed, {missing[0]} is missing!"
    if parent != "0" and omc.menus.get(parent) is None:
        return str(NONE["msg"])
    if own and own == parent:
        return f"Manipulate menu [{name}] failed, the parent cannot be itself!"
    twin = omc.menus.first(lambda row: row["menuName"] == name and row["parentId"] == parent)
    return (
        f"Manipulate menu [{name}] failed, menu name already exists!"
        if twin and twin["menuId"] != own
        else ""
    )


def create_menu(omc: Omc, call: Call) -> Json:
    body = call.object()
    if wrong := _problem(omc, body):
        return refused(wrong)
    given = {name: body.get(name, "") for name in NAMES} | {"parentId": str(body["parentId"])}
    omc.menus.add(given | omc.made(call.account.user["userName"]))
    return ok()


def update_menu(omc: Omc, call: Call) -> Json:
    body = call.object()
    row = omc.menus.get(body["menuId"])
    if row is None:
        return NONE
    if wrong := _problem(omc, body, row["menuId"]):
        return refused(wrong)
    row.update({name: body[name] for name in NAMES if body.get(name) is not None})
    omc.note_change(row, call.account.user["userName"])
    return ok()


def delete_menu(omc: Omc, call: Call) -> Json:
    name = call.params["menuId"]
    if omc.menus.get(name) is None:
        return NONE
    if omc.menus.first(lambda row: row["parentId"] == name):
        return refused("There are menus below this one, it cannot be deleted")
    if omc.roles.first(lambda row: name in row["menuIds"]):
        return refused("The menu is given to a role, it cannot be deleted")
    omc.menus.remove([name])
    return ok()


def routers(omc: Omc, call: Call) -> Json:
    user = call.account.user
    held = {menu for role_id in user["roleIds"] for menu in (omc.roles.get(role_id) or {}).get("menuIds", [])}
    shown = [row for row in omc.menus.all() if row["menuType"] != "B" and row["status"] == "1"]
    top = [row for row in shown if row["parentId"] == "0" and (not held or row["menuId"] in held)]
    return ok([_route(row, shown) for row in top])


def _route(row: Row, shown: list[Row]) -> Row:
    below = [_route(child, shown) for child in shown if child["parentId"] == row["menuId"]]
    at_top = row["parentId"] == "0"
    frame = "BasicLayout" if at_top else "BlankLayout"
    route: Row = {
        "name": row["path"].title().replace("-", ""),
        "path": f"/{row['path']}" if at_top else row["path"],
        "component": frame if row["menuType"] == "D" else row["component"],
        "meta": {
            "icon": row["icon"],
            "title": row["menuName"],
            "hide": row["visible"] == "0",
            "cache": row["isCache"] == "1",
            "target": None,
        },
    }
    return route | {"redirect": f"/{row['path']}/{below[0]['path']}", "children": below} if below else route


BODY = (
    "parentId:string|integer menuName menuType menuSort:integer isFrame? isCache? visible? status? icon? path?"
    " component? perms? remark?"
)
ROUTES = (
    Documented("GET", "/getRouters", "get_routers", routers),
    Documented("GET", "/system/menu/list", "list_menus", list_menus),
    Documented("GET", "/system/menu/{menuId}", "get_menu", get_menu),
    Documented("DELETE", "/system/menu/{menuId}", "delete_menu", delete_menu),
    Documented("PUT", "/system/menu", "update_menu", update_menu, body=f"{BODY} menuId:string|integer"),
    Documented("POST", "/system/menu", "create_menu", create_menu, body=BODY),
    Documented("GET", "/system/menu/roleMenuTreeSelect/{roleId}", "get_role_menu_tree", role_tree),
    Documented("GET", "/system/menu/treeSelect", "get_menu_tree", menu_tree),
)
