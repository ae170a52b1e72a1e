"""Workflows of the local store, their runs and the steps of a run."""

from typing import Any

import msgspec
from msgspec.structs import replace
from sqlalchemy import ColumnElement, func, select

from adapters.errors import BadInput
from adapters.local.clock import Clock, system_clock, to_ms, whole
from adapters.local.engine import Database
from adapters.local.keyset import read_key, seek
from adapters.local.plain_text import storable
from adapters.local.shelf import Shelf, encode, words
from adapters.local.tables.things import RUNS, WORKFLOWS
from adapters.ports import Outcome, Page, PageRequest, WorkflowFilter, Workflows
from adapters.records import RunStatus, Workflow, WorkflowRun, WorkflowStep

_read_run = msgspec.json.Decoder(WorkflowRun).decode
_read_steps = msgspec.json.Decoder(tuple[WorkflowStep, ...]).decode


class LocalWorkflows(Workflows):
    """Workflows with what they did."""

    def __init__(self, database: Database, source: str, clock: Clock = system_clock) -> None:
        self.source = source
        self.shelf = Shelf(database, WORKFLOWS, Workflow, "workflow")
        self._clock = clock

    async def page(self, where: WorkflowFilter, request: PageRequest) -> Page[Workflow]:
        """Workflows that match."""
        tests: list[ColumnElement[bool]] = self.shelf.holds(where.search)
        if where.enabled is not None:
            tests.append(WORKFLOWS.c.enabled == where.enabled)
        return await self.shelf.page(tests, request)

    async def get(self, native_id: str) -> Workflow | None:
        """One workflow."""
        return await self.shelf.get(native_id)

    async def get_many(self, native_ids: tuple[str, ...]) -> dict[str, Workflow]:
        """Several workflows."""
        return await self.shelf.get_many(native_ids)

    async def runs_of(
        self, workflow: Workflow, status: RunStatus | None, request: PageRequest
    ) -> Page[WorkflowRun]:
        """Runs, newest first."""
        c = RUNS.c
        tests = [c.workflow_id == workflow.native_id]
        if status is not None:
            tests.append(c.status == status.value)
        key = read_key(request.after, (int, str))
        plain = select(c.native_id, c.started_at, c.body).where(*tests)
        statement = seek(plain, (c.started_at, c.native_id), key, down=True, limit=request.first)
        async with self.shelf.database.read() as connection:
            rows = (await connection.execute(statement)).all()
            total = None
            if request.total:
                count = select(func.count()).select_from(RUNS).where(*tests)
                total = int((await connection.execute(count)).scalar_one())
        shown = rows[: request.first]
        return Page(
            records=tuple(_read_run(row.body) for row in shown),
            positions=tuple([row.started_at, row.native_id] for row in shown),
            more=len(rows) > len(shown),
            total=total,
        )

    async def steps_of(self, run: WorkflowRun) -> tuple[WorkflowStep, ...] | None:
        """The steps of a run, in order."""
        statement = select(RUNS.c.steps).where(RUNS.c.native_id == run.native_id)
        async with self.shelf.database.read() as connection:
            steps = (await connection.execute(statement)).scalar_one_or_none()
        return None if steps is None else _read_steps(steps)

    async def update(self, native_id: str, name: str, description: str) -> Workflow:
        """Rename and describe a workflow."""
        if not name.strip():
            raise BadInput("A workflow needs a name.", ("name",))
        workflow = await self.shelf.need(native_id)
        return await self._write(
            replace(workflow, name=storable(name).strip(), description=storable(description))
        )

    async def set_enabled(self, native_id: str, enabled: bool) -> Workflow:
        """Switch a workflow on or off."""
        return await self._write(replace(await self.shelf.need(native_id), enabled=enabled))

    async def delete(self, native_ids: tuple[str, ...]) -> Outcome[str]:
        """Remove workflows with their runs."""
        return await self.shelf.delete(native_ids)

    async def _write(self, workflow: Workflow) -> Workflow:
        workflow = replace(workflow, updated_at=whole(self._clock()))
        await self.shelf.update(workflow.native_id, workflow_row(workflow))
        return workflow


def workflow_row(workflow: Workflow) -> dict[str, Any]:
    """Lay a workflow out in columns."""
    return {
        "native_id": workflow.native_id,
        "enabled": workflow.enabled is True,
        "words": words(workflow.name, workflow.description, workflow.owner),
        "body": encode(workflow),
    }


def run_row(run: WorkflowRun, workflow_id: str, steps: tuple[WorkflowStep, ...]) -> dict[str, Any]:
    """Lay a run out in columns."""
    return {
        "native_id": run.native_id,
        "workflow_id": workflow_id,
        "status": run.status.value,
        "started_at": to_ms(run.started_at) if run.started_at else 0,
        "body": encode(run),
        "steps": encode(steps),
    }
