"""The supOS operations on users."""

import re
from datetime import datetime
from typing import Any

from starlette.responses import Response

from playground.upstreams.calls import Call
from playground.upstreams.supos import plant
from playground.upstreams.supos.dialect import INVALID, Refusal, Supos
from playground.upstreams.supos.plant import User, user_row
from playground.upstreams.vendor import json_answer

MOST_ROWS = 500
_NAME = re.compile(r"[A-Za-z0-9*()\-_.]{1,50}")
_ZONE = re.compile(r"GMT[+-]\d{4}")
_PASSWORD_RULE = "password rule: Contains upper and lower cases, and number, and the length is 6-24 digits."


class Users:
    """Users, from their making to their end."""

    def __init__(self, supos: Supos) -> None:
        self._supos = supos

    @property
    def plant(self) -> plant.Plant:
        """The data."""
        return self._supos.plant

    def find(self, call: Call, code: int = 100106012) -> User:
        """Give the user that the path names."""
        user = self.plant.users.get(call.params["username"])
        if user is None:
            raise Refusal(code, f"{call.params['username']} does not exist")
        return user

    def add(self, call: Call) -> Response:
        """Make a user, or bring a deleted one back."""
        asked = call.object()
        name = asked["username"]
        self._check(asked)
        if asked["accountType"] != 0:
            raise Refusal(INVALID, "accountType is not 0", wrong=True)
        if asked["companyCode"] not in plant.COMPANIES:
            raise Refusal(100106014, "company does not exist")
        self._check_person(asked["personCode"], asked["companyCode"])
        back = self.plant.deleted.get(name) if asked.get("recoveryDeleted") else None
        if name in self.plant.users or (name in self.plant.deleted and back is None):
            raise Refusal(100106004, "username already exists")
        codes = asked.get("roleNameList") or []
        check_roles(codes, asked["companyCode"])
        password = asked["password"]
        if not (
            6 <= len(password) <= 24 and all(re.search(p, password) for p in ("[A-Z]", "[a-z]", "[0-9]"))
        ):
            raise Refusal(100106021, _PASSWORD_RULE)
        now = _now(call)
        self.plant.deleted.pop(name, None)
        self.plant.users[name] = User(
            name,
            asked.get("userDesc") or "",
            asked["timeZone"],
            asked["personCode"],
            asked["companyCode"],
            created=back.created if back else now,
            modified=now,
            password=password,
            roles=list(codes),
        )
        return Response()

    def page(self, call: Call) -> Response:
        """Answer one page of a company's users."""
        query = call.query
        index, size = int(query["pageIndex"]), int(query.get("pageSize") or 20)
        if index < 1 or size < 1:
            raise Refusal(INVALID, "pageIndex and pageSize begin with 1", wrong=True)
        if size > MOST_ROWS:
            raise Refusal(INVALID, "pageSize exceeds the maximum of 500", wrong=True)
        if query["companyCode"] not in plant.COMPANIES:
            raise Refusal(100106014, "company does not exist")
        since = _moment(query.get("modifyTime"))
        word, role = query.get("keyword", "").casefold(), query.get("roleCode")
        found = [
            user
            for user in self.plant.users.values()
            if user.company == query["companyCode"]
            and (not role or role in user.roles)
            and (since is None or user.modified >= since)
            and any(word in text.casefold() for text in (user.username, user.user_desc))
        ]
        start = (index - 1) * size
        return json_answer(
            {
                "list": [user_row(self.plant, user) for user in found[start : start + size]],
                "pagination": {"total": len(found), "pageSize": size, "pageIndex": index},
            }
        )

    def delete(self, call: Call) -> Response:
        """Delete users: all of those named, or none."""
        names = [name for name in call.query["usernames"].split(",") if name]
        for name in names:
            if name not in self.plant.users:
                raise Refusal(INVALID, f"{name} does not exist")
            if name == plant.ADMIN:
                raise Refusal(100106018, f"{name}, admin {name} cannot be deleted")
            if name == plant.PENDING_USER:
                raise Refusal(100106017, f"{name},pending tasks exist, {name} cannot be deleted")
        for name in names:
            self.plant.deleted[name] = self.plant.users.pop(name)
        return Response()

    def detail(self, call: Call) -> Response:
        """Answer one user."""
        return json_answer(user_row(self.plant, self.find(call)))

    def update(self, call: Call) -> Response:
        """Change what is sent and leave the rest."""
        user, asked = self.find(call), call.object()
        self._check(asked)
        person = asked.get("personCode")
        if person is not None and person != user.person:
            self._check_person(person, user.company)
            user.person = person
        if asked.get("lockStatus") is not None:
            user.lock_status = asked["lockStatus"]
        if asked.get("userDesc") is not None:
            user.user_desc = asked["userDesc"]
        user.time_zone = asked.get("timeZone") or user.time_zone
        user.modified = _now(call)
        return Response()

    def _check(self, asked: dict[str, Any]) -> None:
        if "username" in asked and not _NAME.fullmatch(asked["username"]):
            raise Refusal(INVALID, "username format error", wrong=True)
        if len(asked.get("userDesc") or "") > 255:
            raise Refusal(INVALID, "userDesc exceeds the maximum of 255", wrong=True)
        if asked.get("timeZone") is not None and not _ZONE.fullmatch(asked["timeZone"]):
            raise Refusal(INVALID, "timeZone format error", wrong=True)

    def _check_person(self, code: str, company: str) -> None:
        person = self.plant.people.get(code)
        if person is None:
            raise Refusal(100106012, "person does not exist")
        if person.company != company:
            raise Refusal(100106020, "person does not belong to this company")
        if self.plant.bound(code):
            raise Refusal(100106005, "person is already bound to a user")


def check_roles(codes: list[str], company: str | None) -> None:
    """Refuse roles that there are not, and those of another company where one is named."""
    known = {role.code: role for role in plant.ROLES}
    missing = [code for code in codes if code not in known]
    if missing:
        raise Refusal(100106013, f"{','.join(missing)} do not exist")
    if company and any(known[code].company != company for code in codes):
        raise Refusal(100106022, "role does not belong to this company")


def _now(call: Call) -> datetime:
    return datetime.fromtimestamp(call.now, plant.TIME_ZONE)


def _moment(text: str | None) -> datetime | None:
    if not text:
        return None
    try:
        return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%f%z")
    except ValueError:
        raise Refusal(INVALID, f"modifyTime format error: {text[:40]}", wrong=True) from None
