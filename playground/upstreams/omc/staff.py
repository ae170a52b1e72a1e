"""The accounts of the pretend OMC: users, roles, departments and positions."""

from collections.abc import Sequence

from playground.upstreams.omc.rows import Row, Table
from playground.upstreams.world import Person

PASSWORD = "Sandbox@1234"
USERS = 40
SEEDED_AT = 1_697_091_656_500

_ROLES = (
    ("supervisor", "Super Administrator", "1", "Everything, the accounts of administrators included"),
    ("administrator", "Managers", "1", "Administrators can perform any operation of the system"),
    ("operator", "Operators", "4", "Operators run the network and see the accounts of their department"),
    ("monitor", "Monitors", "3", "Monitors read alarms, performance and the state of elements"),
    ("vistor", "General Users", "5", "Ordinary users can only see system-related information"),
    ("auditor", "Auditors", "1", "Auditors read the operation and login logs"),
)
_DEPARTMENTS = (
    ("100", "0", "0", "System Maintenance Department"),
    ("101", "100", "0,100", "Operation and Maintenance Department One"),
    ("102", "100", "0,100", "Operation and Maintenance Department Two"),
    ("103", "100", "0,100", "Network Planning"),
    ("104", "101", "0,100,101", "NOC"),
    ("105", "101", "0,100,101", "Field Teams"),
    ("106", "102", "0,100,102", "IMS and Voice"),
    ("107", "102", "0,100,102", "Subscriber Data"),
    ("108", "103", "0,100,103", "Capacity"),
    ("109", "103", "0,100,103", "Audit"),
)
_POSITIONS = (
    ("administator", "Systems"),
    ("operator", "Management"),
    ("monitor", "Operation & Maintenance"),
    ("planner", "Planning"),
    ("vistor", "General"),
)
_DESKS = ("core", "radio", "transport", "ims", "subscriber", "capacity", "field", "audit")


def roles() -> Table:
    """Make the six roles."""
    return Table(
        "roleId",
        (
            {
                "roleId": str(number),
                "roleName": name,
                "roleKey": key,
                "roleSort": number,
                "dataScope": scope,
                "menuCheckStrictly": "1",
                "deptCheckStrictly": "1",
                "status": "1",
                "delFlag": "0",
                "createBy": "",
                "createTime": SEEDED_AT + number * 1000,
                "updateBy": "",
                "updateTime": 0,
                "remark": remark,
                "menuIds": ["1", "4", "5", "6"] if number > 2 else [],
                "deptIds": [],
            }
            for number, (key, name, scope, remark) in enumerate(_ROLES, 1)
        ),
    )


def departments() -> Table:
    """Make a tree of ten departments on three levels."""
    return Table(
        "deptId",
        (
            {
                "deptId": dept,
                "parentId": parent,
                "ancestors": ancestors,
                "deptName": name,
                "orderNum": number,
                "leader": "supervisor",
                "phone": "",
                "email": "",
                "status": "1",
                "delFlag": "0",
                "createBy": "supervisor",
                "createTime": SEEDED_AT,
                "updateBy": "",
                "updateTime": 0,
            }
            for number, (dept, parent, ancestors, name) in enumerate(_DEPARTMENTS)
        ),
    )


def positions() -> Table:
    """Make the five positions."""
    return Table(
        "postId",
        (
            {
                "postCode": code,
                "postName": name,
                "postSort": number,
                "status": "1",
                "createBy": "supervisor",
                "createTime": SEEDED_AT,
                "updateBy": "",
                "updateTime": 0,
                "remark": "",
            }
            for number, (code, name) in enumerate(_POSITIONS, 1)
        ),
    )


def users(people: Sequence[Person]) -> Table:
    """Make forty accounts: the two of the system, the people of the world who have one, and desks."""
    table = Table("userId")
    table.add(_user("supervisor", "supervisor", "", "", "", ["1"], "supervisor"))
    table.add(_user("admin", "Admin", "", "", "", ["2"], "admin"))
    for place, person in enumerate(person for person in people if "omc" in person.systems):
        role = "6" if person.username == "auditor" else ("3", "4")[place % 2]
        table.add(
            _user(
                person.username, person.display_name, person.email, person.phone, str(104 + place % 6), [role]
            )
        )
    while len(table) < USERS:
        number = len(table) + 1
        desk = _DESKS[number % len(_DESKS)]
        table.add(
            _user(
                f"{desk}-desk-{number}",
                f"{desk.capitalize()} desk {number}",
                f"{desk}-desk-{number}@example.net",
                f"139001{number:05d}",
                str(101 + number % 9),
                [str(3 + number % 3)],
                # One desk in nine has been closed.
                status="0" if number % 9 == 0 else "1",
            )
        )
    return table


def _user(
    name: str,
    nick: str,
    email: str,
    phone: str,
    dept: str,
    role_ids: list[str],
    password: str = PASSWORD,
    status: str = "1",
) -> Row:
    return {
        "deptId": dept,
        "userName": name,
        "nickName": nick,
        "userType": "sys",
        "email": email,
        "phonenumber": phone,
        "sex": "0",
        "avatar": "",
        "status": status,
        "delFlag": "0",
        "loginIp": "",
        "loginDate": 0,
        "createBy": "admin",
        "createTime": SEEDED_AT,
        "updateBy": "",
        "updateTime": 0,
        "remark": "",
        "roleIds": role_ids,
        "postIds": ["1"] if role_ids == ["2"] else [role_ids[0]] if role_ids[0] < "6" else [],
        "password": password,
    }
