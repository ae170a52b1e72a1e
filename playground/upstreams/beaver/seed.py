"""The accounts, roles, dashboards and workflows that the pretend Beaver IoT starts with."""

from typing import Any

from playground.upstreams.beaver.model import Dashboard, House, Menu, Role, Run, User, Workflow
from playground.upstreams.beaver.things import add_things
from playground.upstreams.world import PEOPLE

ADMIN_EMAIL = "admin@example.net"
ADMIN_PASSWORD = "Beaver-Admin-1"
USER_PASSWORD = "Beaver-User-1"
DAY_MS = 86_400_000
_AREAS = {
    "dashboard": ("view", "add", "edit", "delete"),
    "device": ("view", "add", "edit", "delete"),
    "entity_custom": ("view", "add", "edit", "delete"),
    "workflow": ("view", "add", "edit", "delete"),
    "integration": ("view",),
}
_PLAIN_USERS = 26


def house(born_ms: int, *, initialised: bool = True) -> House:
    """Make the platform's data; one that is not initialised has no account, role or thing yet."""
    made = House(born_ms)
    if initialised:
        _add_users(made)
        _add_menus(made)
        _add_roles(made)
        add_things(made)
        _grant(made)
        _add_dashboards(made)
        _add_workflows(made)
    return made


def _add_users(made: House) -> None:
    accounts = [("Administrator", ADMIN_EMAIL)]
    accounts += [(person.display_name, person.email) for person in PEOPLE if "beaver" in person.systems]
    accounts += [(f"IoT user {n:02d}", f"iot-user-{n:02d}@example.net") for n in range(1, _PLAIN_USERS + 1)]
    for number, (nickname, email) in enumerate(accounts):
        user = User(
            user_id=made.new_id(),
            nickname=nickname,
            email=email,
            password=USER_PASSWORD if number else ADMIN_PASSWORD,
            created_at=made.born_ms - (400 - number) * DAY_MS,
            super_admin=number == 0,
        )
        made.users[user.user_id] = user


def _add_menus(made: House) -> None:
    for area, functions in _AREAS.items():
        root = Menu(made.new_id(), area, area.replace("_", " ").title(), "MENU")
        made.menus[root.menu_id] = root
        for name in functions:
            leaf = Menu(made.new_id(), f"{area}.{name}", name.title(), "FUNCTION", root.menu_id)
            made.menus[leaf.menu_id] = leaf


def _add_roles(made: House) -> None:
    admin, *members = made.users
    views = [m.menu_id for m in made.menus.values() if m.type == "MENU" or m.code.endswith(".view")]
    shares = {
        "Operator": ("Runs devices and workflows", members[:22], list(made.menus)),
        "Viewer": ("Reads everything", members[12:], views),
        "Installer": (None, members[3:6], views[:3]),
        "Empty": ("Nobody yet", [], []),
        "Administrator": ("Runs the platform", [admin], list(made.menus)),
    }
    for number, (name, (description, users, menus)) in enumerate(shares.items()):
        role = Role(made.new_id(), name, description, made.born_ms - (300 - number) * DAY_MS, users, menus)
        made.roles[role.role_id] = role


def _grant(made: House) -> None:
    """Give roles some of what there is; devices also come with their integration."""
    operator, viewer, installer, *_others = made.roles.values()
    operator.resources = [("INTEGRATION", key) for key in list(made.integrations)[:2]]
    viewer.resources = [("DEVICE", key) for key in list(made.devices)[:14]]
    installer.resources = [("DEVICE", key) for key in list(made.devices)[-3:]]


def _add_dashboards(made: House) -> None:
    owners = list(made.users)
    shown = [entity for entity in made.entities.values() if entity.value_type == "DOUBLE"]
    for number, name in enumerate(("Halls", "Energy", "Cold storage")):
        widgets = [
            {
                "widget_id": made.new_id(),
                "data": {"title": f"{name} {at}", "entity_key": shown[number * 3 + at].key, "w": 4, "h": 3},
            }
            for at in range(3)
        ]
        board = Dashboard(
            made.new_id(), owners[number], name, made.born_ms - (90 - number) * DAY_MS, widgets=widgets
        )
        made.dashboards[board.dashboard_id] = board
    for role in list(made.roles.values())[:2]:
        role.resources.append(("DASHBOARD", next(iter(made.dashboards))))


def _add_workflows(made: House) -> None:
    for number in range(14):
        flow = Workflow(
            id=made.new_id(),
            name=f"Watch hall {number + 1:02d}",
            remark=f"Switches the fan of hall {number + 1}" if number % 3 else None,
            enabled=number % 4 != 3,
            user_nickname="Administrator" if number % 2 else "NOC shift A",
            created_at=made.born_ms - (60 - number) * DAY_MS,
            updated_at=made.born_ms - (30 - number) * DAY_MS,
        )
        made.workflows[flow.id] = flow
        for at in range(32 if number == 0 else number % 5):
            run = _run(made, flow, at)
            made.runs[run.id] = run


def _run(made: House, flow: Workflow, number: int) -> Run:
    start = made.born_ms - (number + 1) * 1_800_000
    failed = number % 6 == 5
    run_id = made.new_id()
    steps: list[dict[str, Any]] = []
    for at, label in enumerate(("trigger", "condition", "service")):
        broken = failed and at == 2
        steps.append(
            {
                "message_id": made.new_id(),
                "node_id": f"{flow.id}:{label}",
                "node_label": label.title(),
                "status": "ERROR" if broken else "SUCCESS",
                "start_time": start + at * 40,
                "time_cost": 15 + at * 10,
                "error_message": "the device does not answer" if broken else None,
                "input": f'{{"temperature": {20 + number}}}',
                "output": None if broken else '{"passed": true}',
            }
        )
    return Run(run_id, flow.id, start, 120 + number, "ERROR" if failed else "SUCCESS", tuple(steps))
