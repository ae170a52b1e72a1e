"""Workflows, their runs and the steps of a run."""

from typing import Annotated

from adapters.beaver.marks import Id, Ids, PageSearch
from adapters.beaver.verbs import BeaverRecord, get, post, put
from adapters.operation import Effect
from adapters.record import Json, Long, Millis, OneOf, Rows, Whole


class Workflow(BeaverRecord, frozen=True):
    """A workflow and whoever made it."""

    id: str | None = None
    name: str | None = None
    remark: str | None = None
    enabled: bool | None = None
    user_nickname: str | None = None
    created_at: Millis | None = None
    updated_at: Millis | None = None
    whole: Whole = None


class WorkflowSearch(PageSearch, frozen=True):
    """Which workflows; the name stands somewhere in a workflow's name."""

    name: str | None = None


class WorkflowUpdate(BeaverRecord, frozen=True):
    """Name and description of a workflow as they shall be."""

    name: str
    remark: str


class WorkflowIdList(BeaverRecord, frozen=True):
    """Workflows to delete."""

    workflow_id_list: Ids


class WorkflowLogSearch(PageSearch, frozen=True):
    """Which runs."""

    status: Annotated[str, OneOf(("SUCCESS", "ERROR"))] | None = None


class WorkflowLog(BeaverRecord, frozen=True):
    """A run of a workflow."""

    id: str | None = None
    start_time: Millis | None = None
    time_cost: Long | None = None
    """Milliseconds."""
    status: str | None = None


class WorkflowTrace(BeaverRecord, frozen=True):
    """A step of a run: a node with what went in and what came out."""

    message_id: str | None = None
    node_id: str | None = None
    node_label: str | None = None
    status: str | None = None
    start_time: Millis | None = None
    time_cost: Long | None = None
    """Milliseconds."""
    error_message: str | None = None
    input: Json = None
    """JSON written as text; may hold what the workflow passes around, secrets included."""
    output: Json = None


class WorkflowLogDetail(BeaverRecord, frozen=True):
    """The steps of a run."""

    trace_info: list[WorkflowTrace] | None = None


@post("/workflow/flows/search", effect=Effect.READ)
def search_workflows(body: WorkflowSearch | None = None) -> Rows[Workflow]:
    """Workflows by name. (Workflow)"""


@put("/workflow/flows/{flowId}")
def update_workflow(flow_id: Id, body: WorkflowUpdate) -> None:
    """Changes name and description of a workflow. (Workflow)"""


@post("/workflow/flows/batch-delete")
def batch_delete_workflows(body: WorkflowIdList) -> None:
    """Deletes workflows. (Workflow)"""


@get("/workflow/flows/{flowId}/enable", effect=Effect.WRITE)
def enable_workflow(flow_id: Id) -> None:
    """Switches a workflow on. (Workflow)"""


@get("/workflow/flows/{flowId}/disable", effect=Effect.WRITE)
def disable_workflow(flow_id: Id) -> None:
    """Switches a workflow off. (Workflow)"""


@post("/workflow/flows/{flowId}/logs/search", effect=Effect.READ)
def search_workflow_logs(flow_id: Id, body: WorkflowLogSearch | None = None) -> Rows[WorkflowLog]:
    """Runs of a workflow, newest first. (Workflow)"""


@get("/workflow/flows/logs/{logId}")
def get_workflow_log(log_id: Id) -> WorkflowLogDetail:
    """The steps of a run. (Workflow)"""
