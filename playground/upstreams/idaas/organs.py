"""The IDaaS chapter on organizations."""

from collections.abc import Sequence
from typing import Any

from starlette.responses import Response

from playground.upstreams.calls import Call
from playground.upstreams.idaas.answers import Refusal, done, like, ok, page
from playground.upstreams.idaas.chapter import API, Chapter, Line
from playground.upstreams.idaas.realm import ROOT, Row, found, picked, taken
from playground.upstreams.strict import FORM

_SHOWN = "id externalId code name type description order parentId isLeaf creator status createdTime updatedTime a5tId"
_FULL = (
    "id externalId code name type path description order parentId regionCode regionName isLeaf creator status "
    "createdTime updatedTime a5tId"
)
_PAGED = "id name description order parentId isLeaf status createdTime updatedTime"
ACTIONS = "action=auth|unauth"


class Organs(Chapter):
    def lines(self) -> Sequence[Line]:
        all_ = f"{API}/organs"
        one = all_ + "/{organId}"
        pages = "/page/{pageNo}/{pageSize}"
        return (
            Line("DELETE", one, "delete_organ", self.delete),
            Line(
                "POST",
                f"{one}/action/change-status",
                "change_organ_status",
                self.change_status,
                query="status=1|2",
                sends=FORM,
            ),
            Line(
                "POST",
                all_,
                "save_organ",
                self.save,
                "name? parentId? externalId? description? code? order:number? id?",
            ),
            Line("GET", f"{one}/sub-organs{pages}", "page_sub_organs", self.page_children, query="name?"),
            Line("GET", f"{one}/sub-organs/list", "list_sub_organs", self.list_children),
            Line("GET", one, "get_organ", self.detail),
            Line("POST", f"{all_}/action/move", "move_organ", self.move, "id parentId"),
            Line(
                "POST",
                f"{one}/action/auth",
                "authorize_organ_apps",
                self.authorize,
                f"appIdList:array<string> {ACTIONS}",
            ),
            Line(
                "POST",
                f"{all_}/auth-app/{{appId}}{pages}",
                "page_app_organs",
                self.page_by_app,
                "type=1|2 name?",
            ),
            Line(
                "POST",
                f"{all_}/action/verify-externalId",
                "verify_organ_external_id",
                self.verify_external_id,
                "organId? erternalId",
            ),
            Line(
                "POST", f"{all_}/action/verify-code", "verify_organ_code", self.verify_code, "organId? code"
            ),
        )

    def delete(self, call: Call) -> Response:
        row = self._find(call)
        if self._children(row["id"]):
            raise Refusal("409", "有子组织时禁止删除")
        shown = self._row(row) | {"status": "0"}
        del self.realm.organs[row["id"]]
        return ok(shown)

    def change_status(self, call: Call) -> Response:
        row = self._find(call)
        row["status"], row["updatedTime"] = call.query["status"], self.realm.now()
        return ok(row["status"])

    def save(self, call: Call) -> Response:
        body = call.object()
        if not body.get("id"):
            return ok(self._full(self._create(body)))
        row = found(self.realm.organs, body["id"], "organ")
        for name in ("parentId", "externalId"):
            if body.get(name) not in {None, "", row[name]}:
                raise Refusal("400", f"{name} cannot be changed", wrong=True)
        self._check_code(body.get("code"), but=row["id"])
        for name in ("name", "code", "description", "order"):
            if body.get(name) is not None:
                row[name] = body[name]
        row["updatedTime"] = self.realm.now()
        return done(self._full(row))

    def _create(self, body: dict[str, Any]) -> Row:
        missing = [name for name in ("name", "parentId", "code", "order") if body.get(name) is None]
        if missing:
            raise Refusal("400", f"missing on create: {', '.join(missing)}", wrong=True)
        self._check_code(body["code"])
        parent = body["parentId"] or ROOT
        if parent != ROOT:
            found(self.realm.organs, parent, "parent organ")
        fresh = {
            "externalId": body.get("externalId") or self.realm.new_id(),
            "code": body["code"],
            "name": body["name"],
            "type": "1",
            "description": body.get("description"),
            "order": body["order"],
            "parentId": parent,
            "status": "1",
            **self.realm.stamped(),
        }
        return self.realm.add(self.realm.organs, fresh)

    def page_children(self, call: Call) -> Response:
        rows = [
            row for row in self._children(self._parent(call)) if like(call.query.get("name"), row["name"])
        ]
        blanks = dict.fromkeys(("externalId", "code", "type", "creator", "a5tId"))
        return page(
            call,
            [picked(self._row(row), _PAGED) | blanks for row in rows],
            # The document shows this list without its count.
            counted=False,
        )

    def list_children(self, call: Call) -> Response:
        rows = self._children(self._parent(call))
        return ok([self._row(row) for row in rows if row["status"] == "1"])

    def detail(self, call: Call) -> Response:
        return ok(self._full(self._find(call)))

    def move(self, call: Call) -> Response:
        body = call.object()
        row = found(self.realm.organs, body["id"], "organ")
        above = body["parentId"] or ROOT
        while above != ROOT:
            if above == row["id"]:
                raise Refusal("409", "an organ cannot move below itself")
            above = found(self.realm.organs, above, "parent organ")["parentId"]
        row["parentId"], row["updatedTime"] = body["parentId"] or ROOT, self.realm.now()
        return ok(self._row(row))

    def authorize(self, call: Call) -> Response:
        organ, body = self._find(call)["id"], call.object()
        pairs = {(organ, found(self.realm.apps, app, "app")["id"]) for app in body["appIdList"]}
        if body["action"] == "auth":
            self.realm.organ_apps |= pairs
        else:
            self.realm.organ_apps -= pairs
        return ok(data=True)

    def page_by_app(self, call: Call) -> Response:
        app, body = found(self.realm.apps, call.params["appId"], "app")["id"], call.object()
        held = body["type"] == "2"
        rows = [
            {
                "path": self._path(row),
                "code": row["code"],
                "parent_id": row["parentId"],
                "name": row["name"],
                "description": row["description"],
                "id": row["id"],
                "is_leaf": self._row(row)["isLeaf"],
                "order": row["order"],
            }
            for row in self.realm.organs.values()
            if ((row["id"], app) in self.realm.organ_apps) is held and like(body.get("name"), row["name"])
        ]
        return page(call, rows)

    def verify_external_id(self, call: Call) -> Response:
        body = call.object()
        return ok(not taken(self.realm.organs, "externalId", body["erternalId"], body.get("organId")))

    def verify_code(self, call: Call) -> Response:
        body = call.object()
        return ok(not taken(self.realm.organs, "code", body["code"], body.get("organId")))

    def _find(self, call: Call) -> Row:
        return found(self.realm.organs, call.params["organId"], "organ")

    def _parent(self, call: Call) -> str:
        wanted = call.params["organId"]
        return ROOT if wanted == ROOT else str(self._find(call)["id"])

    def _check_code(self, code: Any, but: str | None = None) -> None:
        if code is not None and taken(self.realm.organs, "code", code, but):
            raise Refusal("409", "the code exists")

    def _children(self, parent: str) -> list[Row]:
        rows = [row for row in self.realm.organs.values() if row["parentId"] == parent]
        return sorted(rows, key=lambda row: row["order"])

    def _path(self, row: Row) -> str:
        names = [row["name"]]
        while row["parentId"] in self.realm.organs:
            row = self.realm.organs[row["parentId"]]
            names.append(row["name"])
        return "/" + "/".join(reversed(names))

    def _row(self, row: Row) -> Row:
        leaf = {"isLeaf": "0" if self._children(row["id"]) else "1"}
        return picked(row | leaf, _SHOWN)

    def _full(self, row: Row) -> Row:
        return picked(row | self._row(row) | {"path": self._path(row)}, _FULL)
