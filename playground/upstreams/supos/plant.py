"""The companies, people, roles, menus and users that the pretend supOS keeps."""

import base64
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from typing import Any

from playground.upstreams.world import PEOPLE

COMPANIES = ("default", "plant-two")
TIME_ZONE = timezone(timedelta(hours=8))
PENDING_USER = "shift-lead-01"
"""This one has pending tasks, so it cannot be deleted."""
ADMIN = "admin"
PLAIN_USERS = 58
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


@dataclass(frozen=True)
class Person:
    code: str
    name: str
    company: str


@dataclass(frozen=True)
class Role:
    code: str
    name: str
    description: str
    company: str
    menus: tuple[str, ...] = ()


@dataclass(frozen=True)
class Menu:
    code: str
    name: str
    url: str
    designed: bool
    """Whether the app designer made it (source=IDE)."""
    scope: str
    """0 design center, 1 operation center."""


@dataclass
class User:
    username: str
    user_desc: str
    time_zone: str
    person: str
    company: str
    created: datetime
    modified: datetime
    password: str = "Supos1User"
    account_type: int = 0
    lock_status: int = 0
    roles: list[str] = field(default_factory=list)
    third_party: list[str] = field(default_factory=list)
    avatar: tuple[str, bytes] | None = None
    """Content type and bytes."""


MENUS = (
    Menu("bisDesigner", "device management", "/project/compute-engine/datadump", designed=True, scope="0"),
    Menu("userCenter", "users", "/auth/users", designed=False, scope="0"),
    Menu("alarmBoard", "alarm board", "/project/alarm/board", designed=True, scope="1"),
    Menu("reports", "reports", "/project/reports", designed=True, scope="1"),
)
_ALL = tuple(menu.code for menu in MENUS)
ROLES = (
    Role("systemRole", "admin role", "May do everything", "default", _ALL),
    Role("role1", "operator", "Runs the plant", "default", _ALL[:3]),
    Role("role2", "engineer", "Builds apps", "default", _ALL[:2]),
    Role("viewer", "viewer", "Reads", "default", _ALL[2:]),
    Role("role9", "operator of plant two", "Runs plant two", "plant-two", _ALL[3:]),
)


@dataclass
class Plant:
    """Everything that changes while the pretend supOS runs."""

    people: dict[str, Person] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)
    deleted: dict[str, User] = field(default_factory=dict)
    admin_passwords: int = 0

    def bound(self, person: str) -> User | None:
        """Give the user that a person is bound to."""
        return next((user for user in self.users.values() if user.person == person), None)


def seed() -> Plant:
    """Make the plant of the start: the administrator, the shared people, then plain users."""
    plant = Plant()
    names = [(ADMIN, "super admin")]
    names += [(one.username, one.display_name) for one in PEOPLE if "supos" in one.systems]
    names += [(f"shift-lead-{number:02d}", f"Shift lead {number}") for number in range(1, PLAIN_USERS + 1)]
    start = datetime(2025, 3, 1, 7, 38, 13, 893_000, tzinfo=TIME_ZONE)
    for number, (username, description) in enumerate(names):
        company = COMPANIES[1] if number % 20 == 19 else COMPANIES[0]
        person = Person(f"person{number + 1:02d}", description, company)
        plant.people[person.code] = person
        created = start + timedelta(days=number)
        user = User(
            username,
            description,
            "GMT+0800",
            person.code,
            company,
            created,
            created + timedelta(days=number % 9),
        )
        if username == ADMIN:
            user.roles = ["systemRole"]
        elif company == COMPANIES[1]:
            user.roles = ["role9"]
        else:
            user.roles = ["role1", "viewer"][: 1 + number % 2] if number % 5 else []
        user.lock_status = 1 if number % 11 == 10 else 0
        user.third_party = [str(12_131_000 + number)] if number % 7 == 3 else []
        if number < 4:
            user.avatar = ("image/png", PIXEL)
        plant.users[username] = user
    for number in range(1, 9):
        # People without a user, for users yet to come.
        person = Person(f"guest{number:02d}", f"Guest {number}", COMPANIES[number % 4 == 0])
        plant.people[person.code] = person
    return plant


def written(moment: datetime) -> str:
    """Write a time as supOS does: milliseconds, and an offset without a colon."""
    local = moment.astimezone(TIME_ZONE)
    return f"{local:%Y-%m-%dT%H:%M:%S}.{local.microsecond // 1000:03d}{local:%z}"


def user_row(plant: Plant, user: User) -> dict[str, Any]:
    """Show a user as lists and details show it."""
    roles = [role for role in ROLES if role.code in user.roles]
    row = {
        "username": user.username,
        "userDesc": user.user_desc,
        "accountType": user.account_type,
        "lockStatus": user.lock_status,
        "personCode": user.person,
        "personName": plant.people[user.person].name,
        "modifyTime": written(user.modified),
        "createTime": written(user.created),
        "userRoleList": [
            {"name": role.code, "showname": role.name, "description": role.description} for role in roles
        ],
    }
    return row | ({"avatar": f"/auth/v2/users/{user.username}/avatar"} if user.avatar else {})
