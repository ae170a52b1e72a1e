"""The Beaver IoT chapter on workflows and their runs."""

from collections.abc import Sequence
from typing import Any

from starlette.responses import Response

from playground.upstreams.beaver.answers import PAGE, Refusal, matches, ok, page
from playground.upstreams.beaver.chapter import Chapter, Line
from playground.upstreams.beaver.model import Run, Workflow
from playground.upstreams.calls import Call


class Workflows(Chapter):
    def lines(self) -> Sequence[Line]:
        flows = "/workflow/flows"
        one = flows + "/{flowId}"
        return (
            Line("POST", f"{flows}/search", "search_workflows", self.search, PAGE + "name?"),
            Line("PUT", one, "update_workflow", self.update, "name remark"),
            Line(
                "POST",
                f"{flows}/batch-delete",
                "batch_delete_workflows",
                self.delete,
                "workflow_id_list:array<string|integer>",
            ),
            Line("GET", f"{one}/enable", "enable_workflow", self.enable),
            Line("GET", f"{one}/disable", "disable_workflow", self.disable),
            Line(
                "POST",
                f"{one}/logs/search",
                "search_workflow_logs",
                self.runs,
                PAGE + "status=SUCCESS|ERROR?",
            ),
            Line("GET", flows + "/logs/{logId}", "get_workflow_log", self.run),
        )

    def search(self, call: Call) -> Response:
        asked = call.object()
        found = [
            flow
            for flow in self.house.workflows.values()
            if matches(asked.get("name"), flow.name) and matches(asked.get("keyword"), flow.name)
        ]
        return page(found, asked, _flow_row)

    def update(self, call: Call) -> Response:
        flow, body = self._find(call), call.object()
        if not 1 <= len(body["name"]) <= 50 or len(body["remark"]) > 500:
            raise Refusal("parameter_size_invalid", "name or remark")
        flow.name, flow.remark, flow.updated_at = body["name"], body["remark"], self.beaver.now_ms
        return ok()

    def delete(self, call: Call) -> Response:
        gone = {self.known(self.house.workflows, one) for one in call.object()["workflow_id_list"]}
        for one in gone:
            del self.house.workflows[one]
        self.house.runs = {key: run for key, run in self.house.runs.items() if run.workflow_id not in gone}
        return ok()

    def enable(self, call: Call) -> Response:
        return self._switch(call, enabled=True)

    def disable(self, call: Call) -> Response:
        return self._switch(call, enabled=False)

    def runs(self, call: Call) -> Response:
        flow, asked = self._find(call), call.object()
        found = [
            run
            for run in self.house.runs.values()
            if run.workflow_id == flow.id and asked.get("status") in {None, run.status}
        ]
        found.sort(key=lambda run: run.start_time, reverse=True)
        return page(found, asked, _run_row)

    def run(self, call: Call) -> Response:
        run = self.house.runs[self.known(self.house.runs, call.params["logId"])]
        return ok({"trace_info": list(run.trace)})

    def _find(self, call: Call) -> Workflow:
        return self.house.workflows[self.known(self.house.workflows, call.params["flowId"])]

    def _switch(self, call: Call, *, enabled: bool) -> Response:
        flow = self._find(call)
        flow.enabled, flow.updated_at = enabled, self.beaver.now_ms
        return ok()


def _flow_row(flow: Workflow) -> dict[str, Any]:
    return {
        "id": flow.id,
        "name": flow.name,
        "remark": flow.remark,
        "enabled": flow.enabled,
        "user_nickname": flow.user_nickname,
        "created_at": flow.created_at,
        "updated_at": flow.updated_at,
    }


def _run_row(run: Run) -> dict[str, Any]:
    return {"id": run.id, "start_time": run.start_time, "time_cost": run.time_cost, "status": run.status}
