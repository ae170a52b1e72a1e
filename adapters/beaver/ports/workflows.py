"""The platform's workflows as workflows of the graph, with their runs and the steps of a run."""

from contextlib import suppress
from typing import Any, NoReturn

import orjson

from adapters.beaver import workflows
from adapters.beaver.pages import first_of, numbered_by
from adapters.beaver.ports.ids import is_id, member
from adapters.beaver.ports.removal import removed
from adapters.errors import NotFound
from adapters.gateway import Gateway
from adapters.paging import Numbered, numbered, sifted
from adapters.picking import Picker
from adapters.ports import Outcome, Page, PageRequest, WorkflowFilter, Workflows
from adapters.ports.directory import Directory
from adapters.record import Rows
from adapters.records import ObjectKind, RunStatus, Workflow, WorkflowRun, WorkflowStep
from adapters.redaction import scrubbed

LARGEST = 500
"""Rows in one page."""


class BeaverWorkflows(Workflows):
    """Workflows; there is no read of a single one."""

    def __init__(self, source: str, gateway: Gateway, directory: Directory | None) -> None:
        self.source = source
        self._send = gateway.send
        self._directory = directory
        self._list = Picker(self._fetch(None), lambda row: row.id, self._workflow, LARGEST)

    async def page(self, where: WorkflowFilter, request: PageRequest) -> Page[Workflow]:
        fetch = self._fetch(where.search)
        if where.enabled is None:
            return await numbered(fetch, request, self._workflow)
        return await sifted(fetch, request, self._workflow, lambda flow: flow.enabled is where.enabled)

    async def get(self, native_id: str) -> Workflow | None:
        if not is_id(native_id):
            return None
        entry = (
            await self._directory.entry(ObjectKind.WORKFLOW, self.source, native_id)
            if self._directory
            else None
        )
        row = None
        if entry and entry.name and entry.name != native_id:
            row = await self._row(native_id, entry.name)
        row = row or await self._row(native_id, None)
        return self._workflow(row) if row else None

    async def get_many(self, native_ids: tuple[str, ...]) -> dict[str, Workflow] | None:
        """Out of the whole list where that is short."""
        return await self._list.pick(filter(is_id, native_ids))

    async def runs_of(
        self, workflow: Workflow, status: RunStatus | None, request: PageRequest
    ) -> Page[WorkflowRun] | None:
        def run(row: workflows.WorkflowLog) -> WorkflowRun | None:
            if not row.id:
                return None
            return WorkflowRun(
                source=self.source,
                native_id=row.id,
                started_at=row.start_time,
                duration_ms=row.time_cost,
                status=member(RunStatus, row.status, RunStatus.UNKNOWN),
            )

        word = status.value if status in (RunStatus.SUCCESS, RunStatus.ERROR) else None

        async def search(number: int, size: int) -> Rows[workflows.WorkflowLog]:
            body = workflows.WorkflowLogSearch(status=word, page_number=number, page_size=size)
            return await self._send(workflows.search_workflow_logs(workflow.native_id, body))

        if status is RunStatus.UNKNOWN:
            return await sifted(numbered_by(search), request, run, lambda one: one.status is status)
        return await numbered(numbered_by(search), request, run)

    async def steps_of(self, run: WorkflowRun) -> tuple[WorkflowStep, ...] | None:
        detail = await self._send(workflows.get_workflow_log(run.native_id))
        return tuple(
            WorkflowStep(
                message_id=row.message_id,
                node_id=row.node_id,
                label=row.node_label,
                status=member(RunStatus, row.status, RunStatus.UNKNOWN),
                started_at=row.start_time,
                duration_ms=row.time_cost,
                error_message=scrubbed(row.error_message),
                input=_json(row.input),
                output=_json(row.output),
            )
            for row in detail.trace_info or ()
        )

    async def update(self, native_id: str, name: str, description: str) -> Workflow:
        if not is_id(native_id):
            self._gone(native_id)
        body = workflows.WorkflowUpdate(name=name, remark=description)
        await self._send(workflows.update_workflow(native_id, body))
        return await self._again(native_id, name)

    async def set_enabled(self, native_id: str, enabled: bool) -> Workflow:
        if not is_id(native_id):
            self._gone(native_id)
        switch = workflows.enable_workflow if enabled else workflows.disable_workflow
        await self._send(switch(native_id))
        return await self.get(native_id) or self._gone(native_id)

    async def delete(self, native_ids: tuple[str, ...]) -> Outcome[str]:
        async def remove(ids: list[str]) -> None:
            body = workflows.WorkflowIdList(workflow_id_list=ids)
            await self._send(workflows.batch_delete_workflows(body))

        return await removed(self.source, native_ids, remove)

    def _workflow(self, row: workflows.Workflow) -> Workflow | None:
        if not row.id:
            return None
        return Workflow(
            source=self.source,
            native_id=row.id,
            name=row.name,
            description=row.remark,
            enabled=row.enabled,
            owner=row.user_nickname,
            created_at=row.created_at,
            updated_at=row.updated_at,
            raw=row.whole,
        )

    async def _again(self, native_id: str, name: str) -> Workflow:
        row = await self._row(native_id, name)
        return (self._workflow(row) if row else None) or self._gone(native_id)

    async def _row(self, native_id: str, name: str | None) -> workflows.Workflow | None:
        return await first_of(self._fetch(name), lambda one: one.id == native_id)

    def _fetch(self, name: str | None) -> Numbered[workflows.Workflow]:
        async def search(number: int, size: int) -> Rows[workflows.Workflow]:
            body = workflows.WorkflowSearch(name=name or None, page_number=number, page_size=size)
            return await self._send(workflows.search_workflows(body))

        return numbered_by(search)

    def _gone(self, native_id: str) -> NoReturn:
        raise NotFound(f"{self.source} has no workflow {native_id[:40]!r}.")


def _json(text: Any) -> Any:
    """What went in or came out of a step, read where it is JSON written as text; secrets taken out."""
    if isinstance(text, str):
        with suppress(orjson.JSONDecodeError):
            text = orjson.loads(text)
    return scrubbed(text)
