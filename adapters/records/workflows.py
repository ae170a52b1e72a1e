"""Workflows of the IoT platform, their runs and the steps of a run."""

from datetime import datetime
from enum import Enum
from typing import Any

from msgspec import Struct

from adapters.records.base import UNSET, Known, Long, Sourced


class RunStatus(Enum):
    SUCCESS = "SUCCESS"
    ERROR = "ERROR"
    UNKNOWN = "UNKNOWN"


class Workflow(Sourced, frozen=True, kw_only=True):
    name: Known[str] = UNSET
    description: Known[str] = UNSET
    enabled: Known[bool] = UNSET
    owner: Known[str] = UNSET
    created_at: Known[datetime] = UNSET
    updated_at: Known[datetime] = UNSET


class WorkflowStep(Struct, frozen=True, kw_only=True):
    message_id: str | None = None
    node_id: str | None = None
    label: str | None = None
    status: RunStatus = RunStatus.UNKNOWN
    started_at: datetime | None = None
    duration_ms: Long | None = None
    error_message: str | None = None
    input: Any = None
    output: Any = None


class WorkflowRun(Struct, frozen=True, kw_only=True):
    """One run of a workflow; its steps are a read of their own."""

    source: str
    native_id: str
    started_at: datetime | None = None
    duration_ms: Long | None = None
    status: RunStatus = RunStatus.UNKNOWN
