"""The IDaaS chapter on applications."""

from collections.abc import Sequence
from typing import Any

from starlette.responses import Response

from playground.upstreams.calls import Call
from playground.upstreams.idaas.answers import Refusal, done, like, ok, page
from playground.upstreams.idaas.chapter import API, Chapter, Line
from playground.upstreams.idaas.organs import ACTIONS
from playground.upstreams.idaas.realm import Row, change, found, picked, taken
from playground.upstreams.idaas.rows import new_app
from playground.upstreams.strict import FORM

TWICE = f"{API}{API}/apps"
_LISTED = (
    "id appName appCode appIcon appAuthType authinfoSyncType appTypeCode appStatus appAuthStatus creator a5tId "
    "appDeleteFlag createdTime updatedTime accessTokenTimeout refreshTokenTimeout redirectUri homepageUrl"
)
_PAGED = (
    "id appName appCode appIcon appAuthType authinfoSyncType equipType appStatus appAuthStatus creator a5tId "
    "appDeleteFlag createdTime updatedTime"
)
_DETAIL = _PAGED.replace("a5tId", "accountId")
_WRITTEN = f"{_LISTED} c4tId c4tS4t appOwner idBind realm loginTheme"
_NUMBERS = (
    "authinfoSyncType:number? appAuthType:number? appStatus:number? appAuthStatus:number? appOwner:number?"
)
_FIELDS = (
    f"a5tId? description? {_NUMBERS} redirectUri? homepageUrl? accessTokenTimeout:number? "
    "refreshTokenTimeout:number? appTypeCode? loginTheme?"
)


class Apps(Chapter):
    def lines(self) -> Sequence[Line]:
        once = f"{API}/apps"
        pages = "/page/{pageNo}/{pageSize}"
        return (
            Line("GET", f"{once}/list", "list_apps", self.apps),
            Line(
                "POST",
                once + "/{appId}/action/auth/organs",
                "authorize_app_organs",
                self.authorize,
                f"organIdList:array<string> {ACTIONS}",
            ),
            Line("GET", f"{once}/listapps{pages}", "page_apps", self.pages, query="appName? userId?"),
            Line("DELETE", TWICE + "/{appId}", "delete_app", self.delete),
            Line("POST", TWICE, "create_app", self.create, f"appName appCode {_FIELDS}"),
            Line("POST", f"{TWICE}/updateapp", "update_app", self.update, f"id appName? appCode? {_FIELDS}"),
            Line("GET", TWICE + "/{appId}", "get_app", self.detail),
            Line(
                "POST",
                TWICE + "/action/verify-appcode/{appcode}",
                "verify_app_code",
                self.verify_code,
                sends=FORM,
            ),
            Line(
                "POST",
                TWICE + "/action/verify-appname/{appname}",
                "verify_app_name",
                self.verify_name,
                sends=FORM,
            ),
            Line(
                "GET",
                f"{TWICE}/{{orgId}}/listapporgauthinfo{pages}",
                "page_organ_app_auth",
                self.page_by_organ,
                query="appName?",
            ),
        )

    def apps(self, _call: Call) -> Response:
        return ok([picked(row, _LISTED) for row in self.realm.apps.values()])

    def pages(self, call: Call) -> Response:
        user = call.query.get("userId")
        bound = {row["appId"] for row in self.realm.grants.values() if row["userId"] == user}
        rows = [
            picked(row, _PAGED) | {"idBind": "1" if row["id"] in bound else "0"}
            for row in self.realm.apps.values()
            if like(call.query.get("appName"), row["appName"])
        ]
        return page(call, rows)

    def authorize(self, call: Call) -> Response:
        app, body = self._find(call)["id"], call.object()
        pairs = {(found(self.realm.organs, one, "organ")["id"], app) for one in body["organIdList"]}
        if body["action"] == "auth":
            self.realm.organ_apps |= pairs
        else:
            self.realm.organ_apps -= pairs
        return ok(data=True)

    def delete(self, call: Call) -> Response:
        row = self._find(call)
        del self.realm.apps[row["id"]]
        return ok(picked(row | {"appDeleteFlag": "1", "accountId": row["a5tId"]}, _DETAIL))

    def create(self, call: Call) -> Response:
        body = call.object()
        self._check(body)
        row = new_app(body) | self.realm.stamped()
        return ok(picked(self.realm.add(self.realm.apps, row, dashed=True), _WRITTEN))

    def update(self, call: Call) -> Response:
        body = call.object()
        row = found(self.realm.apps, body["id"], "app")
        self._check(body, but=row["id"])
        change(
            row,
            body,
            "appName appCode description authinfoSyncType appAuthType appStatus appAuthStatus redirectUri "
            "homepageUrl accessTokenTimeout refreshTokenTimeout appTypeCode appOwner loginTheme a5tId",
        )
        row["updatedTime"] = self.realm.now()
        return done(picked(row, _WRITTEN))

    def detail(self, call: Call) -> Response:
        row = self._find(call)
        return ok(picked(row | {"accountId": row["a5tId"]}, _DETAIL))

    def verify_code(self, call: Call) -> Response:
        return ok(not taken(self.realm.apps, "appCode", call.params["appcode"]))

    def verify_name(self, call: Call) -> Response:
        return ok(not taken(self.realm.apps, "appName", call.params["appname"]))

    def page_by_organ(self, call: Call) -> Response:
        organ = found(self.realm.organs, call.params["orgId"], "organ")["id"]
        rows: list[Row] = []
        for app in self.realm.apps.values():
            if like(call.query.get("appName"), app["appName"]):
                held = (organ, app["id"]) in self.realm.organ_apps
                row = {"appName": app["appName"], "appId": app["id"], "authFlag": int(held)}
                rows.append(row | ({"orgId": organ} if held else {}))
        return page(call, rows)

    def _find(self, call: Call) -> Row:
        return found(self.realm.apps, call.params["appId"], "app")

    def _check(self, body: dict[str, Any], but: str | None = None) -> None:
        for name in ("appName", "appCode"):
            if body.get(name) is not None and taken(self.realm.apps, name, body[name], but):
                raise Refusal("409", f"{name} exists")
