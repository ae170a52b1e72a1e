"""The IDaaS chapter on accounts."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from starlette.responses import Response

from playground.upstreams.calls import Call
from playground.upstreams.idaas import workbook
from playground.upstreams.idaas.answers import Refusal, like, ok, page
from playground.upstreams.idaas.chapter import API, Chapter, Line
from playground.upstreams.idaas.realm import ROOT, Row, change, found, picked, taken
from playground.upstreams.idaas.rows import new_user
from playground.upstreams.strict import FORM, JSON, MULTIPART

_DETAIL = (
    "id email phone p6d createdType nickName expirationTime createdTime updateTime creator a5tId description "
    "organizationId status userType accountName organName userTypeName"
)
_NEW = "accountName email? phone nickName expirationTime description? externalId? organizationId userType p6d"
_CHANGED = "accountName email phone nickName expirationTime description organizationId userType p6d status"


class Users(Chapter):
    def lines(self) -> Sequence[Line]:
        all_ = f"{API}/user"
        optional = (
            "accountName? email? phone? nickName? expirationTime? description? externald? organizationId?"
        )
        ids = "idList:array<string>"
        return (
            Line(
                "POST",
                f"{all_}/updateUser",
                "update_user",
                self.update,
                f"{optional} userType? p6d? id status=0|1|2?",
            ),
            Line(
                "POST",
                all_ + "/page/{pageNo}/{pageSize}",
                "page_users",
                self.pages,
                query="accountName? organizationId? status=0|1|2? userTypeId? nickName? phone? email? appId?",
                sends=JSON,
            ),
            Line("POST", f"{all_}/delete", "delete_users", self.delete, ids),
            Line("GET", f"{all_}/modelDown", "download_user_import_template", self.template),
            Line(
                "GET",
                f"{all_}/userInfoImport",
                "import_users",
                self.take_in,
                sends=MULTIPART,
                files="file",
            ),
            # A GET with a body hardly passes a proxy: the running service surely takes a POST.
            Line(
                "POST",
                f"{all_}/userInfoImport",
                "import_users_posted",
                self.take_in,
                sends=MULTIPART,
                files="file",
            ),
            Line("POST", f"{all_}/createUser", "create_user", self.create, _NEW),
            Line("POST", f"{all_}/dimission", "dismiss_users", self.dismiss, ids),
            Line("POST", f"{all_}/remove", "remove_users_to_root", self.to_root, sends=FORM),
            Line("GET", f"{all_}/userInfoDetail", "get_user", self.detail, query="id", sends=JSON),
        )

    def pages(self, call: Call) -> Response:
        asked = call.query
        rows = [
            user_row(user) | {"idBind": self._bound(user["id"], asked.get("appId"))}
            for user in self.realm.users.values()
            if all(
                like(asked.get(name), user[name]) for name in ("accountName", "nickName", "phone", "email")
            )
            and asked.get("organizationId") in {None, "", user["organizationId"]}
            and asked.get("userTypeId") in {None, "", user["userType"]}
            and asked.get("status") in {None, "", user["status"]}
        ]
        return page(call, rows)

    def detail(self, call: Call) -> Response:
        return ok(user_row(found(self.realm.users, call.query["id"], "user")))

    def create(self, call: Call) -> Response:
        self._create(call.object())
        return ok()

    def update(self, call: Call) -> Response:
        body = call.object()
        row = found(self.realm.users, body["id"], "user")
        self._check(body, but=row["id"])
        change(row, body, _CHANGED)
        row["externalId"] = body.get("externald") or row["externalId"]
        row["updateTime"] = self.realm.now()
        return ok()

    def delete(self, call: Call) -> Response:
        for row in self._named(call.object()["idList"]):
            del self.realm.users[row["id"]]
            self.realm.members = [pair for pair in self.realm.members if pair[1] != row["id"]]
        return ok()

    def dismiss(self, call: Call) -> Response:
        for row in self._named(call.object()["idList"]):
            row["status"] = "0"
        return ok("ok")

    def to_root(self, call: Call) -> Response:
        # No document says how the accounts are named; a form field in the manner of the others is taken.
        for row in self._named([one for one in call.form.get("idList", "").split(",") if one]):
            row["organizationId"] = ROOT
        return ok()

    def template(self, _call: Call) -> Response:
        name = {"content-disposition": 'attachment; filename="userInfo.xlsx"'}
        return Response(workbook.write([workbook.COLUMNS]), headers=name, media_type=workbook.MEDIA_TYPE)

    def take_in(self, call: Call) -> Response:
        upload = call.files["file"][0]
        rows = workbook.read(upload.data)
        if rows is None or not rows or rows[0] != list(workbook.COLUMNS):
            raise Refusal("400", "the file is not the filled-in template", wrong=True)
        for cells in rows[1:]:
            self._create(dict(zip(workbook.COLUMNS, cells, strict=False)))
        return ok()

    def _named(self, ids: list[str]) -> list[Row]:
        return [found(self.realm.users, one, "user") for one in ids]

    def _create(self, body: dict[str, Any]) -> None:
        self._check(body)
        self.realm.add(self.realm.users, new_user(self.realm, body))

    def _check(self, body: dict[str, Any], but: str | None = None) -> None:
        name = body.get("accountName")
        if name is not None and taken(self.realm.users, "accountName", name, but):
            raise Refusal("409", "the account exists")
        organ = body.get("organizationId")
        if organ not in {None, ROOT}:
            found(self.realm.organs, organ, "organ")
        if body.get("userType") is not None:
            kind = found(self.realm.user_types, body["userType"], "user type")
            if kind["status"] != "1":
                raise Refusal("409", "the user type is switched off")
        if body.get("expirationTime"):
            try:
                datetime.strptime(body["expirationTime"], "%Y-%m-%d %H:%M:%S")  # noqa: DTZ007 - It has no zone.
            except ValueError:
                raise Refusal("400", "expirationTime is not yyyy-MM-dd HH:mm:ss", wrong=True) from None

    def _bound(self, user: str, app: str | None) -> str:
        bound = any(row["userId"] == user and row["appId"] == app for row in self.realm.grants.values())
        return "1" if bound else "0"


def user_row(user: Row) -> Row:
    """Show an account; names of its organization and type stay null, as in the document."""
    return picked(user | {"organName": None, "userTypeName": None, "a5tId": None, "creator": None}, _DETAIL)
