"""The IDaaS operations on which account may use which application."""

from collections.abc import Sequence

from starlette.responses import Response

from playground.upstreams.calls import Call
from playground.upstreams.idaas.answers import ok, page
from playground.upstreams.idaas.chapter import API, Chapter, Line
from playground.upstreams.idaas.organs import ACTIONS
from playground.upstreams.idaas.realm import Row, found
from playground.upstreams.idaas.rows import grant


class Grants(Chapter):
    def lines(self) -> Sequence[Line]:
        all_ = f"{API}/user"
        return (
            Line(
                "GET", all_ + "/userAuth/page/{pageNo}/{pageSize}", "page_user_apps", self.pages, query="id"
            ),
            Line("POST", f"{all_}/delAppAuth", "delete_user_app_auth", self.delete, "idList:array<string>?"),
            Line(
                "POST",
                f"{all_}/addUserAppAuth",
                "authorize_user_apps",
                self.authorize,
                f"userIdList:array<string>? appIdList:array<string>? {ACTIONS}",
            ),
            Line("GET", f"{all_}/userAppAuthList", "list_user_apps", self.grants, query="id"),
        )

    def pages(self, call: Call) -> Response:
        return page(call, self._of(call))

    def grants(self, call: Call) -> Response:
        return ok(self._of(call))

    def delete(self, call: Call) -> Response:
        for one in call.object().get("idList") or []:
            del self.realm.grants[found(self.realm.grants, one, "grant")["id"]]
        return ok()

    def authorize(self, call: Call) -> Response:
        body = call.object()
        users = [found(self.realm.users, one, "user")["id"] for one in body.get("userIdList") or []]
        apps = [found(self.realm.apps, one, "app")["id"] for one in body.get("appIdList") or []]
        for user in users:
            for app in apps:
                self._set(user, app, held=body["action"] == "auth")
        return ok()

    def _set(self, user: str, app: str, *, held: bool) -> None:
        rows = [row for row in self.realm.grants.values() if (row["userId"], row["appId"]) == (user, app)]
        if held and not rows:
            grant(self.realm, user, app)
        elif not held:
            for row in rows:
                del self.realm.grants[row["id"]]

    def _of(self, call: Call) -> list[Row]:
        user = found(self.realm.users, call.query["id"], "user")["id"]
        shown = {"appName": None, "appStatus": None}
        return [
            {name: value for name, value in row.items() if name != "appId"} | shown
            for row in self.realm.grants.values()
            if row["userId"] == user
        ]
