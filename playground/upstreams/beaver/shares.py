"""The Beaver IoT chapter on what a role has and what it could have: users, integrations, devices, boards."""

from collections.abc import Callable, Sequence
from typing import Any

from starlette.responses import Response

from playground.upstreams.beaver.answers import PAGE, matches, ok, page
from playground.upstreams.beaver.chapter import Chapter, Line
from playground.upstreams.beaver.model import Dashboard, Device, Integration, Role, User
from playground.upstreams.calls import Call

Row = dict[str, Any]


class Shares(Chapter):
    def lines(self) -> Sequence[Line]:
        one = "/user/roles/{role_id}"
        free = f"{one}/undistributed-"
        return (
            Line("GET", f"{one}/members", "list_role_members", self.members),
            # The real platform pages the same list by POST.
            Line("POST", f"{one}/members", "search_role_members", self.member_pages, PAGE),
            Line("POST", f"{one}/integrations", "list_role_integrations", self.integrations, PAGE),
            Line("POST", f"{one}/devices", "list_role_devices", self.devices, PAGE),
            Line("POST", f"{one}/dashboards", "list_role_dashboards", self.dashboards, PAGE),
            Line("POST", f"{free}dashboards", "list_role_undistributed_dashboards", self.free_boards, PAGE),
            Line("POST", f"{free}users", "list_role_undistributed_users", self.free_users, PAGE),
            Line(
                "POST",
                f"{free}integrations",
                "list_role_undistributed_integrations",
                self.free_integrations,
                PAGE,
            ),
            Line("POST", f"{free}devices", "list_role_undistributed_devices", self.free_devices, PAGE),
        )

    def role(self, call: Call) -> Role:
        """Give the role that the path names."""
        return self.house.roles[self.known(self.house.roles, call.params["role_id"], "role_does_not_exit")]

    def members(self, call: Call) -> Response:
        role = self.role(call)
        return ok([self._member(role, self.house.users[key]) for key in role.users])

    def member_pages(self, call: Call) -> Response:
        role = self.role(call)
        return _pages(
            call,
            [self.house.users[key] for key in role.users],
            lambda user: (user.nickname, user.email),
            lambda user: self._member(role, user),
        )

    def integrations(self, call: Call) -> Response:
        return self._integrations(call, held=True)

    def free_integrations(self, call: Call) -> Response:
        return self._integrations(call, held=False)

    def devices(self, call: Call) -> Response:
        return self._devices(call, held=True)

    def free_devices(self, call: Call) -> Response:
        return self._devices(call, held=False)

    def dashboards(self, call: Call) -> Response:
        return self._boards(call, held=True)

    def free_boards(self, call: Call) -> Response:
        return self._boards(call, held=False)

    def free_users(self, call: Call) -> Response:
        role = self.role(call)
        return _pages(
            call,
            [user for user in self.house.users.values() if user.user_id not in role.users],
            lambda user: (user.nickname, user.email),
            lambda user: {"email": user.email, "nickname": user.nickname, "user_id": user.user_id},
        )

    def _integrations(self, call: Call, *, held: bool) -> Response:
        role = self.role(call)

        def write(one: Integration) -> Row:
            row: Row = {"integration_id": one.id, "integration_name": one.name}
            devices = sum(device.integration == one.id for device in self.house.devices.values())
            entities = sum(entity.integration == one.id for entity in self.house.entities.values())
            return row | ({"device_num": str(devices), "entity_num": str(entities)} if held else {})

        rows = [
            one
            for one in self.house.integrations.values()
            if (("INTEGRATION", one.id) in role.resources) is held
        ]
        return _pages(call, rows, lambda one: (one.name,), write)

    def _devices(self, call: Call, *, held: bool) -> Response:
        role = self.role(call)

        def by_integration(device: Device) -> bool:
            return ("INTEGRATION", device.integration) in role.resources

        def write(device: Device) -> Row:
            integration = self.house.integrations[device.integration]
            row = {
                "device_id": device.id,
                "device_name": device.name,
                "created_at": str(device.created_at),
                "integration_id": integration.id,
                "integration_name": integration.name,
                **self._owner(device.user_id),
            }
            return row | ({"role_integration": by_integration(device)} if held else {})

        rows = [
            device
            for device in self.house.devices.values()
            if (("DEVICE", device.id) in role.resources or by_integration(device)) is held
        ]
        return _pages(call, rows, lambda device: (device.name,), write)

    def _boards(self, call: Call, *, held: bool) -> Response:
        role = self.role(call)

        def write(board: Dashboard) -> Row:
            row = {"dashboard_id": board.dashboard_id, "dashboard_name": board.name}
            return row | {"created_at": str(board.created_at)} | self._owner(board.user_id)

        rows = [
            board
            for board in self.house.dashboards.values()
            if (("DASHBOARD", board.dashboard_id) in role.resources) is held
        ]
        return _pages(call, rows, lambda board: (board.name,), write)

    def _owner(self, user_id: str) -> Row:
        user = self.house.users.get(user_id)
        mine = {"user_email": user.email, "user_nickname": user.nickname} if user else {}
        return {"user_id": user_id, **mine}

    @staticmethod
    def _member(role: Role, user: User) -> Row:
        return {
            "user_id": user.user_id,
            "user_email": user.email,
            "user_nickname": user.nickname,
            "role_id": role.role_id,
        }


def _pages(
    call: Call,
    rows: list[Any],
    texts: Callable[[Any], tuple[str, ...]],
    write: Callable[[Any], Row],
) -> Response:
    asked = call.object()
    found = [row for row in rows if matches(asked.get("keyword"), *texts(row))]
    return page(found, asked, write)
