"""The positions that users hold."""

from typing import Any

from playground.upstreams.omc.chapter import Documented
from playground.upstreams.omc.envelope import Json, ok, paged, refused
from playground.upstreams.omc.rows import Row, ids_of, matching
from playground.upstreams.omc.state import Omc
from playground.upstreams.omc.workbook import exported
from playground.upstreams.vendor import Answer, Call

NONE = refused("No permission to access position data!", 500)


def chosen(omc: Omc, asked: Any) -> list[Row]:
    return matching(omc.positions.all(), asked, like=("postCode", "postName"), exact=("status",))


def list_positions(omc: Omc, call: Call) -> Json:
    return paged(call, chosen(omc, call.query))


def export_positions(omc: Omc, call: Call) -> Answer:
    body = call.object()
    # The document calls the name by that of the parameters' export.
    asked = body | {"postName": body.get("postName") or body.get("configName")}
    return exported(call, "post", chosen(omc, asked), code=0, msg="Export data record is empty")


def get_position(omc: Omc, call: Call) -> Json:
    row = omc.positions.get(call.params["postId"])
    return ok(row) if row else NONE


def _problem(omc: Omc, body: Row, own: str = "") -> str:
    for name in ("postCode", "postName"):
        twin = omc.positions.first(lambda row, name=name: row[name] == body[name])  # type: ignore[misc]
        if twin and twin["postId"] != own:
            return f"Manipulate position [{body['postName']}] failed, {name} already exists!"
    return ""


def _taken(body: Row) -> Row:
    # The document writes `phone` where it means the status.
    names = ("postCode", "postName", "postSort", "remark")
    return {name: body[name] for name in names} | {"status": body.get("status") or body.get("phone") or "1"}


def create_position(omc: Omc, call: Call) -> Json:
    body = call.object()
    if wrong := _problem(omc, body):
        return refused(wrong)
    omc.positions.add(_taken(body) | omc.made(call.account.user["userName"]))
    return ok(msg="Success")


def update_position(omc: Omc, call: Call) -> Json:
    body = call.object()
    row = omc.positions.get(body["postId"])
    if row is None:
        return NONE
    if wrong := _problem(omc, body, row["postId"]):
        return refused(wrong)
    row.update(_taken(body))
    omc.note_change(row, call.account.user["userName"])
    return ok(msg="Success")


def delete_positions(omc: Omc, call: Call) -> Json:
    names = ids_of(call.params["postIds"])
    if not names or any(omc.positions.get(name) is None for name in names):
        return NONE
    if omc.users.first(lambda row: bool(set(row["postIds"]) & set(names))):
        return refused("The position is held by users, it cannot be deleted", 500)
    omc.positions.remove(names)
    return ok(msg="Success")


BODY = "postCode postName postSort:integer phone? status? remark"
ROUTES = (
    Documented(
        "GET",
        "/system/post/list",
        "list_positions",
        list_positions,
        query="pageNum:integer? pageSize:integer?",
    ),
    Documented(
        "POST",
        "/system/post/export",
        "export_positions",
        export_positions,
        body="configName? postCode? status? pageNum:integer pageSize:integer",
    ),
    Documented("GET", "/system/post/{postId}", "get_position", get_position),
    Documented("POST", "/system/post", "create_position", create_position, body=BODY),
    Documented(
        "PUT", "/system/post", "update_position", update_position, body=f"{BODY} postId:string|integer"
    ),
    Documented("DELETE", "/system/post/{postIds}", "delete_positions", delete_positions),
)
