"""The IDaaS chapters on types of applications and types of accounts."""

from collections.abc import Sequence
from typing import Any

from starlette.responses import Response

from playground.upstreams.calls import Call
from playground.upstreams.idaas.answers import Refusal, done, like, ok, page
from playground.upstreams.idaas.chapter import API, Chapter, Line
from playground.upstreams.idaas.realm import CREATOR, Row, change, found, picked, taken
from playground.upstreams.strict import FORM

_TYPE = "id typeName typeCode creator a5tId typeDeleteFlag createdTime updatedTime description typeStatus"
_USER_TYPE = "id code name description order"


class AppTypes(Chapter):
    def lines(self) -> Sequence[Line]:
        twice = f"{API}{API}/apptypes"
        one = twice + "/{appTypeId}"
        return (
            Line(
                "GET",
                API + twice + "/listapptypes/page/{pageNo}/{pageSize}",
                "page_app_types",
                self.pages,
                query="typeName?",
            ),
            Line("DELETE", one, "delete_app_type", self.delete),
            Line("GET", f"{twice}/list", "list_app_types", self.types),
            Line("POST", twice, "create_app_type", self.create, "typeName typeCode a5tId? description?"),
            Line(
                "POST",
                f"{twice}/updateapptype",
                "update_app_type",
                self.update,
                "id typeName? typeCode? a5tId? description?",
            ),
            Line("GET", one, "get_app_type", self.detail),
            Line("GET", twice + "/getapptypeinfo/{typecode}", "get_app_type_by_code", self.by_code),
            Line(
                "POST",
                twice + "/action/verify-appcode/{apptypeCode}",
                "verify_app_type_code",
                self.verify_code,
                sends=FORM,
            ),
            Line(
                "POST",
                twice + "/action/verify-apptypename/{typename}",
                "verify_app_type_name",
                self.verify_name,
                sends=FORM,
            ),
        )

    def pages(self, call: Call) -> Response:
        word = call.query.get("typeName")
        return page(call, [_as_app(row) for row in self._all() if like(word, row["typeName"])])

    def types(self, _call: Call) -> Response:
        return ok([picked(row, _TYPE) for row in self._all()])

    def delete(self, call: Call) -> Response:
        row = self._find(call)
        del self.realm.app_types[row["id"]]
        return ok(_as_app(row, account="accountId") | {"appDeleteFlag": "1"})

    def create(self, call: Call) -> Response:
        body = call.object()
        self._check(body)
        row = {
            "typeName": body["typeName"],
            "typeCode": body["typeCode"],
            "a5tId": body.get("a5tId"),
            "typeDeleteFlag": "0",
            "description": body.get("description"),
            "typeStatus": "1",
            **self.realm.stamped(),
        }
        return ok(_as_app(self.realm.add(self.realm.app_types, row), account="accountId"))

    def update(self, call: Call) -> Response:
        body = call.object()
        row = found(self.realm.app_types, body["id"], "app type")
        self._check(body, but=row["id"])
        change(row, body, "typeName typeCode a5tId description")
        row["updatedTime"] = self.realm.now()
        return done(_as_app(row))

    def detail(self, call: Call) -> Response:
        return ok(_as_app(self._find(call), account="accountId"))

    def by_code(self, call: Call) -> Response:
        return ok([picked(row, _TYPE) for row in self._all() if row["typeCode"] == call.params["typecode"]])

    def verify_code(self, call: Call) -> Response:
        return ok(not taken(self.realm.app_types, "typeCode", call.params["apptypeCode"]))

    def verify_name(self, call: Call) -> Response:
        return ok(not taken(self.realm.app_types, "typeName", call.params["typename"]))

    def _all(self) -> list[Row]:
        return list(self.realm.app_types.values())

    def _find(self, call: Call) -> Row:
        return found(self.realm.app_types, call.params["appTypeId"], "app type")

    def _check(self, body: dict[str, Any], but: str | None = None) -> None:
        for name in ("typeName", "typeCode"):
            if body.get(name) is not None and taken(self.realm.app_types, name, body[name], but):
                raise Refusal("409", f"{name} exists")


class UserTypes(Chapter):
    def lines(self) -> Sequence[Line]:
        twice = f"{API}{API}/userType"
        one = twice + "/{id}"
        return (
            Line("DELETE", one, "delete_user_type", self.delete),
            Line("POST", twice, "save_user_type", self.save, "id? name code description order:number"),
            Line("GET", f"{twice}/list", "list_user_types", self.types, query="name?"),
            Line("GET", twice + "/page/{pageNo}/{pageSize}", "page_user_types", self.pages, query="name?"),
            Line("GET", twice + "/action/verify-name/{name}", "verify_user_type_name", self.verify_name),
            Line("POST", f"{one}/action/start", "enable_user_type", self.start, sends=FORM),
            Line("GET", one, "get_user_type", self.detail),
            Line("POST", f"{one}/action/stop", "disable_user_type", self.stop, sends=FORM),
            Line(
                "POST",
                twice + "/action/verify-code/{code}",
                "verify_user_type_code",
                self.verify_code,
                sends=FORM,
            ),
        )

    def delete(self, call: Call) -> Response:
        row = self._find(call)
        if any(user["userType"] == row["id"] for user in self.realm.users.values()):
            raise Refusal("409", "accounts are of this type")
        del self.realm.user_types[row["id"]]
        return ok()

    def save(self, call: Call) -> Response:
        body = call.object()
        for name in ("name", "code"):
            if taken(self.realm.user_types, name, body[name], body.get("id") or None):
                raise Refusal("409", f"{name} exists")
        if body.get("id"):
            row = found(self.realm.user_types, body["id"], "user type")
            change(row, body, "name code description order")
            return done(row["id"])
        row = {"code": body["code"], "name": body["name"], "description": body["description"]}
        row |= {"order": body["order"], "status": "1", "creator": CREATOR}
        return ok(self.realm.add(self.realm.user_types, row)["id"])

    def types(self, call: Call) -> Response:
        return ok([row for row in self._like(call) if self.realm.user_types[row["id"]]["status"] == "1"])

    def pages(self, call: Call) -> Response:
        return page(call, self._like(call))

    def detail(self, call: Call) -> Response:
        return ok(picked(self._find(call), _USER_TYPE))

    def start(self, call: Call) -> Response:
        self._find(call)["status"] = "1"
        return ok()

    def stop(self, call: Call) -> Response:
        self._find(call)["status"] = "0"
        return ok()

    def verify_name(self, call: Call) -> Response:
        return ok(not taken(self.realm.user_types, "name", call.params["name"]))

    def verify_code(self, call: Call) -> Response:
        return ok(not taken(self.realm.user_types, "code", call.params["code"]))

    def _find(self, call: Call) -> Row:
        return found(self.realm.user_types, call.params["id"], "user type")

    def _like(self, call: Call) -> list[Row]:
        rows = [row for row in self.realm.user_types.values() if like(call.query.get("name"), row["name"])]
        return [picked(row, _USER_TYPE) for row in sorted(rows, key=lambda row: row["order"])]


def _as_app(row: Row, account: str = "a5tId") -> Row:
    """Show a type under an application's names, as most of the document's answers do."""
    return {
        "id": row["id"],
        "appName": row["typeName"],
        "appCode": row["typeCode"],
        "appType": "1",
        "creator": row["creator"],
        account: row["a5tId"],
        "appDeleteFlag": row["typeDeleteFlag"],
        "createdTime": row["createdTime"],
        "updatedTime": row["updatedTime"],
        "description": row["description"],
    }
