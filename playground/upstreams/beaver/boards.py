"""The Beaver IoT chapter on dashboards."""

from collections.abc import Sequence

from starlette.responses import Response

from playground.upstreams.beaver.answers import Refusal, ok
from playground.upstreams.beaver.chapter import Chapter, Line
from playground.upstreams.beaver.model import Dashboard
from playground.upstreams.calls import Call


class Boards(Chapter):
    def lines(self) -> Sequence[Line]:
        one = "/dashboard/{dashboard_id}"
        widgets = "widgets:array<object> widgets[].widget_id widgets[].data:object"
        return (
            Line("POST", "/dashboard", "create_dashboard", self.create, "name"),
            Line("PUT", one, "update_dashboard", self.update, f"name {widgets}"),
            Line("DELETE", one, "delete_dashboard", self.delete),
            Line("GET", "/dashboard/dashboards", "list_dashboards", self.boards),
        )

    def create(self, call: Call) -> Response:
        name = call.object()["name"]
        self._check(name)
        board = Dashboard(self.house.new_id(), call.account.user_id, name, self.beaver.now_ms)
        self.house.dashboards[board.dashboard_id] = board
        return ok({"dashboard_id": board.dashboard_id})

    def update(self, call: Call) -> Response:
        board, body = self._find(call), call.object()
        self._check(body["name"], but=board)
        board.name, board.widgets = body["name"], body["widgets"]
        return ok({})

    def delete(self, call: Call) -> Response:
        del self.house.dashboards[self._find(call).dashboard_id]
        return ok({})

    def boards(self, _call: Call) -> Response:
        return ok(
            [
                {
                    "dashboard_id": board.dashboard_id,
                    "user_id": board.user_id,
                    "name": board.name,
                    "widgets": board.widgets,
                    "created_at": str(board.created_at),
                }
                for board in self.house.dashboards.values()
            ]
        )

    def _find(self, call: Call) -> Dashboard:
        return self.house.dashboards[self.known(self.house.dashboards, call.params["dashboard_id"])]

    def _check(self, name: str, but: Dashboard | None = None) -> None:
        if not 1 <= len(name) <= 64:
            raise Refusal("parameter_size_invalid", "name")
        if any(board.name == name for board in self.house.dashboards.values() if board is not but):
            raise Refusal("dashboard_name_exist")
