"""The IDaaS chapter on groups."""

from collections.abc import Sequence

from starlette.responses import Response

from playground.upstreams.calls import Call
from playground.upstreams.idaas.answers import Refusal, done, like, ok, page
from playground.upstreams.idaas.chapter import API, Chapter, Line
from playground.upstreams.idaas.realm import Row, found, picked
from playground.upstreams.idaas.users import user_row

_GROUP = "id name externalId description organId createdTime updatedTime creator"
_CANDIDATE = (
    "updatedTime accountName nickName description isMember createdType organizationId path phone "
    "expirationTime userTypeName createdTime id userType email p6d status"
)


class Groups(Chapter):
    def lines(self) -> Sequence[Line]:
        all_ = f"{API}/groups"
        one = all_ + "/{groupId}"
        pages = "/page/{pageNo}/{pageSize}"
        ids, names = "userIdList:array<string>", "accountName? nickName?"
        return (
            Line("POST", f"{one}/users/remove", "remove_group_users", self.remove, ids),
            Line("DELETE", one, "delete_group", self.delete),
            Line("POST", f"{one}/users", "add_group_users", self.add, ids),
            Line("POST", all_, "save_group", self.save, "id? name? externalId? description? organId?"),
            Line("GET", f"{one}/users{pages}", "page_group_candidates", self.candidates, query=names),
            Line(
                "GET",
                f"{API}/users/{{userId}}/groups{pages}",
                "page_user_groups",
                self.of_user,
                query="groupName?",
            ),
            Line("GET", f"{all_}{pages}", "page_groups", self.pages, query="organId? name?"),
            Line("GET", f"{one}/members{pages}", "page_group_members", self.members, query=names),
            Line("GET", one, "get_group", self.detail),
        )

    def save(self, call: Call) -> Response:
        body = call.object()
        if body.get("id"):
            row = found(self.realm.groups, body["id"], "group")
            for name in ("organId", "externalId"):
                if body.get(name) not in {None, "", row[name]}:
                    raise Refusal("400", f"{name} cannot be changed", wrong=True)
            row["name"] = body.get("name") or row["name"]
            row["description"] = body.get("description", row["description"])
            row["updatedTime"] = self.realm.now()
            return done(picked(row, _GROUP))
        missing = [name for name in ("name", "organId") if not body.get(name)]
        if missing:
            raise Refusal("400", f"missing on create: {', '.join(missing)}", wrong=True)
        organ = found(self.realm.organs, body["organId"], "organ")["id"]
        if any((row["organId"], row["name"]) == (organ, body["name"]) for row in self.realm.groups.values()):
            raise Refusal("409", "the group exists")
        row = {
            "name": body["name"],
            "externalId": body.get("externalId") or self.realm.new_id(),
            "description": body.get("description"),
            "organId": organ,
            **self.realm.stamped(),
        }
        return ok(picked(self.realm.add(self.realm.groups, row), _GROUP))

    def delete(self, call: Call) -> Response:
        group = self._find(call)
        del self.realm.groups[group]
        self.realm.members = [pair for pair in self.realm.members if pair[0] != group]
        return ok()

    def add(self, call: Call) -> Response:
        group = self._find(call)
        for one in call.object()["userIdList"]:
            pair = (group, found(self.realm.users, one, "user")["id"])
            if pair not in self.realm.members:
                self.realm.members.append(pair)
        return ok()

    def remove(self, call: Call) -> Response:
        group, gone = self._find(call), call.object()["userIdList"]
        self.realm.members = [
            pair for pair in self.realm.members if not (pair[0] == group and pair[1] in gone)
        ]
        return ok()

    def detail(self, call: Call) -> Response:
        return ok(picked(self.realm.groups[self._find(call)], _GROUP))

    def pages(self, call: Call) -> Response:
        organ, word = call.query.get("organId"), call.query.get("name")
        rows = [
            picked(row, _GROUP)
            for row in self.realm.groups.values()
            if like(word, row["name"]) and organ in {None, "", row["organId"]}
        ]
        return page(call, rows)

    def of_user(self, call: Call) -> Response:
        user = found(self.realm.users, call.params["userId"], "user")["id"]
        rows = [self.realm.groups[group] for group, member in self.realm.members if member == user]
        word = call.query.get("groupName")
        return page(call, [picked(row, _GROUP) for row in rows if like(word, row["name"])])

    def candidates(self, call: Call) -> Response:
        group = self._find(call)
        rows = []
        for user in self._named(call):
            organ = self.realm.organs.get(user["organizationId"], {})
            more = {
                "isMember": int((group, user["id"]) in self.realm.members),
                "updatedTime": user["updateTime"],
                "path": f"/{organ['name']}" if organ else "/",
                "userTypeName": self.realm.user_types.get(user["userType"], {}).get("name"),
            }
            rows.append(picked(user | more, _CANDIDATE))
        return page(call, rows)

    def members(self, call: Call) -> Response:
        group = self._find(call)
        inside = {member for one, member in self.realm.members if one == group}
        return page(call, [user_row(user) for user in self._named(call) if user["id"] in inside])

    def _find(self, call: Call) -> str:
        return str(found(self.realm.groups, call.params["groupId"], "group")["id"])

    def _named(self, call: Call) -> list[Row]:
        return [
            user
            for user in self.realm.users.values()
            if user["status"] != "0"
            and all(like(call.query.get(name), user[name]) for name in ("accountName", "nickName"))
        ]
