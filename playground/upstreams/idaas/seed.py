"""What the pretend IDaaS starts with: two organization trees, accounts, applications, dictionaries."""

from collections.abc import Callable
from typing import Any

from playground.upstreams.idaas.realm import CREATOR, ROOT, Realm, written
from playground.upstreams.idaas.rows import grant, new_app, new_user
from playground.upstreams.world import PEOPLE

MAIN_ACCOUNT = "sandbox-main"
CLIENT_ID, CLIENT_SECRET = "gql-ems", "idaas-sandbox-secret"
CALLBACK = "http://127.0.0.1/callback"
PLAIN_USERS = 60
DAY = 86_400
_TREE = (
    # name, code of the parent, code
    ("Network operations", "", "netops"),
    ("Core network", "netops", "core"),
    ("Shift teams", "core", "shifts"),
    ("Shift A", "shifts", "shift-a"),
    ("Shift B", "shifts", "shift-b"),
    ("Radio network", "netops", "radio"),
    ("Field teams", "netops", "field"),
    ("North", "field", "north"),
    ("South", "field", "south"),
    ("Closed team", "field", "closed"),
    ("Plant", "", "plant"),
    ("Energy", "plant", "energy"),
    ("Maintenance", "plant", "maintenance"),
)
_PLACES = {
    "noc-shift-a": "shift-a",
    "noc-shift-b": "shift-b",
    "field-north": "north",
    "energy-desk": "energy",
}


def realm(clock: Callable[[], float]) -> Realm:
    """Make the realm of the start."""
    made = Realm(clock)
    _add_organs(made)
    _add_kinds(made)
    _add_users(made)
    _add_apps(made)
    _add_groups(made)
    _add_fields(made)
    _add_dicts(made)
    for number in range(5):
        made.add(made.themes, {"themeName": f"theme-{number + 1}", **made.stamped()})
    return made


def _organ(made: Realm, code: str) -> str:
    return next(key for key, row in made.organs.items() if row["code"] == code)


def _add_organs(made: Realm) -> None:
    for number, (name, above, code) in enumerate(_TREE):
        then = written(made.clock() - (600 - number) * DAY)
        row = {
            "externalId": made.new_id(),
            "code": code,
            "name": name,
            "type": "1",
            "description": f"{name} of the sandbox" if number % 3 else None,
            "order": number,
            "parentId": _organ(made, above) if above else ROOT,
            "creator": CREATOR,
            "status": "2" if code == "closed" else "1",
            "createdTime": then,
            "updatedTime": then,
        }
        made.add(made.organs, row)


def _add_kinds(made: Realm) -> None:
    for number, (name, code) in enumerate(
        (("Staff", "staff"), ("Partner", "partner"), ("Machine", "machine"))
    ):
        row = {"code": code, "name": name, "description": f"{name} accounts", "order": number + 1}
        made.add(made.user_types, row | {"status": "1", "creator": CREATOR})
    for name, code in (("Web", "web123"), ("Mobile", "mobile1"), ("Service", "service1")):
        row = {"typeName": name, "typeCode": code, "a5tId": None, "typeDeleteFlag": "0", "typeStatus": "1"}
        made.add(made.app_types, row | {"description": f"{name} applications", **made.stamped()})


def _add_users(made: Realm) -> None:
    kinds = list(made.user_types)
    organs = [key for key, row in made.organs.items() if row["code"] != "closed"]
    accounts: list[dict[str, Any]] = [
        {
            "accountName": one.username,
            "nickName": one.display_name,
            "email": one.email,
            "phone": one.phone,
            "organizationId": _organ(made, _PLACES.get(one.username, "core")),
        }
        for one in PEOPLE
        if "idaas" in one.systems
    ]
    accounts += [
        {
            "accountName": f"staff-{number:03d}",
            "nickName": f"Staff {number}",
            "email": f"staff-{number:03d}@example.net",
            "phone": f"1370000{number:04d}",
            "organizationId": organs[number % len(organs)],
        }
        for number in range(1, PLAIN_USERS + 1)
    ]
    until = written(made.clock() + 365 * DAY)
    for number, account in enumerate(accounts):
        body = account | {"userType": kinds[number % 2], "expirationTime": until, "p6d": "Sandbox-Pass-1"}
        row = new_user(made, body)
        row["createdTime"] = written(made.clock() - (300 - number) * DAY)
        row["status"] = {20: "2", 30: "0"}.get(number, "1")
        if number == 40:
            row["accountName"] = None
        made.add(made.users, row)


def _add_apps(made: Realm) -> None:
    client = {"appName": "Element management", "appCode": CLIENT_ID, "redirectUri": CALLBACK}
    made.add(made.apps, new_app(client | {"appStatus": 1}, CLIENT_SECRET) | made.stamped(), dashed=True)
    for number in range(1, 13):
        app = {
            "appName": f"Application {number:02d}",
            "appCode": f"app{number:02d}",
            "appStatus": 1,
            "appTypeCode": "web123",
            "redirectUri": f"http://127.0.0.1/app{number:02d}",
        }
        made.add(made.apps, new_app(app, f"sandbox-secret-{number}") | made.stamped())
    apps, users, organs = list(made.apps), list(made.users), list(made.organs)
    made.organ_apps = {(organ, app) for organ in organs[:4] for app in apps[:5]}
    for user in users[:6]:
        for granted in apps[:3]:
            grant(made, user, granted)


def _add_groups(made: Realm) -> None:
    users = list(made.users)
    for number, (name, code) in enumerate(
        (("On call", "netops"), ("Shift leads", "shifts"), ("Energy desk", "energy"), ("Nobody", "plant"))
    ):
        row = {
            "name": name,
            "externalId": made.new_id(),
            "description": f"{name} group",
            "organId": _organ(made, code),
        }
        group = made.add(made.groups, row | made.stamped())["id"]
        made.members += [(group, user) for user in users[number : (0 if number == 3 else number * 5 + 25)]]


def _add_fields(made: Realm) -> None:
    for number, (name, kind, type_) in enumerate(
        (
            ("desk", "0", "0"),
            ("badge", "0", "1"),
            ("purpose", "1", "2"),
            ("site", "2", "0"),
            ("notes", "2", "2"),
        )
    ):
        row = {
            "fieldName": name,
            "fieldValue": name,
            "fieldClassification": kind,
            "fieldType": type_,
            "isRequired": "0",
            "isEditable": "1",
            "isUnique": "1" if name == "badge" else "0",
            "fieldStatus": "0" if number == 4 else "1",
            "description": f"{name} of the sandbox",
        }
        field = made.add(made.fields, row | made.stamped())
        if type_ == "0":
            for label in ("Hall 1", "Hall 2", "Outdoors"):
                option = {"extendedFieldId": field["id"], "fieldName": name, "label": label, "value": label}
                made.add(made.options, option | {"status": "1"})
    desk, badge = list(made.fields.values())[:2]
    for number, user in enumerate(list(made.users)[:3]):
        for field, value in ((desk, "Hall 1"), (badge, f"B-{number + 1:04d}")):
            row = {"externalId": user, "fieldClassification": "0", "extendedFieldId": field["id"]}
            made.add(made.values, row | {"fieldType": field["fieldType"], "fieldValue": value})


def _add_dicts(made: Realm) -> None:
    for number, (code, name) in enumerate(
        (("severity", "Severity"), ("shift", "Shift"), ("region", "Region"))
    ):
        row = {
            "dictCode": code,
            "dictName": name,
            "dictType": None,
            "referenceStandard": None,
            "dictOrder": str(number + 1),
            "dictStatus": "1",
            **made.stamped(),
            "description": name,
        }
        key = made.add(made.dicts, row)["id"]
        for at in range(1, 4):
            item = {"dictId": key, "dictItemTag": f"{name} {at}", "dictItemValue": f"{code}-{at}"}
            made.add(
                made.items, item | {"dictItemOrder": str(at), **made.stamped(), "description": f"{name} {at}"}
            )
