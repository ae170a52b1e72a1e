"""Workflows of the IoT platform, their runs and the steps of a run."""

from typing import cast

import strawberry

from adapters import records
from adapters.ports import Page, PageRequest, Workflows
from adapters.ports import Source as SourcePort
from adapters.ports import WorkflowFilter as WorkflowConditions
from adapters.records import ObjectKind
from resolvers.connections import CountedConnection, Slice, below, merged
from resolvers.context import Info
from resolvers.leaves import enum_of, from_record
from resolvers.node import Node, Sourced

enum_of(records.RunStatus)


@from_record(records.WorkflowStep)
class WorkflowStep:
    pass


@from_record(records.WorkflowRun, without=("source",))
class WorkflowRun:
    """One run of a workflow."""

    @strawberry.field
    async def steps(parent: strawberry.Parent[records.WorkflowRun], info: Info) -> list[WorkflowStep] | None:
        port = cast("Workflows", info.context.port(parent.source, ObjectKind.WORKFLOW))
        return await info.context.fan(
            parent.source, "steps of a run", parent.native_id, lambda: port.steps_of(parent)
        )


@from_record(records.Workflow)
class Workflow(Node, Sourced):
    """A workflow of the IoT platform."""

    @strawberry.field
    async def runs(
        parent: strawberry.Parent[records.Workflow],
        info: Info,
        status: records.RunStatus | None = None,
        first: int | None = 20,
        after: str | None = None,
    ) -> CountedConnection[WorkflowRun] | None:
        return await below(
            info, parent, ObjectKind.WORKFLOW, "runs of a workflow", Workflows.runs_of, first, after, status
        )


@strawberry.input
class WorkflowFilter:
    sources: list[str] | None = None
    search: str | None = None
    enabled: bool | None = None


async def list_workflows(
    info: Info, where: WorkflowFilter | None, first: int | None, after: str | None
) -> Slice:
    """Workflows of all sources, or of those that the conditions name."""
    where = where or WorkflowFilter()
    conditions = WorkflowConditions(search=where.search, enabled=where.enabled)

    async def ask(source: SourcePort, request: PageRequest) -> Page[records.Workflow]:
        return await cast("Workflows", source.workflows).page(conditions, request)

    sources = tuple(s for s in info.context.sources.among(where.sources) if s.workflows is not None)
    mark = (conditions, where.sources)
    return await merged(info, "workflows", mark, sources, ask, first=first, after=after)
