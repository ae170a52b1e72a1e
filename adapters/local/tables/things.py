"""Devices, their integrations, entities and values, workflows and their runs, and device approvals."""

from sqlalchemy import Index
from sqlmodel import Field

from adapters.local.tables.base import BIG, Stored, table_of


class IntegrationRow(Stored, table=True):
    __tablename__ = "integrations"

    native_id: str = Field(primary_key=True)
    body: bytes


class DeviceRow(Stored, table=True):
    __tablename__ = "devices"

    native_id: str = Field(primary_key=True)
    integration_id: str = Field(foreign_key="integrations.native_id")
    key: str = Field(unique=True)
    identifier: str | None = Field(default=None, index=True)
    words: str
    body: bytes

    __table_args__ = (Index("ix_devices_integration", "integration_id", "native_id"),)


class EntityRow(Stored, table=True):
    __tablename__ = "entities"

    native_id: str = Field(primary_key=True)
    device_id: str | None = Field(default=None, foreign_key="devices.native_id", ondelete="CASCADE")
    parent_id: str | None = Field(default=None, foreign_key="entities.native_id", ondelete="CASCADE")
    key: str = Field(unique=True)
    type: str
    value_type: str
    access: str | None = None
    words: str
    body: bytes

    __table_args__ = (
        Index("ix_entities_device", "device_id", "native_id"),
        Index("ix_entities_parent", "parent_id", "native_id"),
    )


class ValueRow(Stored, table=True):
    """What an entity was at a moment; `number` where it can be reckoned with."""

    __tablename__ = "entity_values"

    entity_id: str = Field(primary_key=True, foreign_key="entities.native_id", ondelete="CASCADE")
    at: int = Field(primary_key=True, sa_type=BIG)
    number: float | None = None
    value: bytes


class WorkflowRow(Stored, table=True):
    __tablename__ = "workflows"

    native_id: str = Field(primary_key=True)
    enabled: bool
    words: str
    body: bytes


class RunRow(Stored, table=True):
    __tablename__ = "workflow_runs"

    native_id: str = Field(primary_key=True)
    workflow_id: str = Field(foreign_key="workflows.native_id", ondelete="CASCADE")
    status: str
    started_at: int = Field(sa_type=BIG)
    body: bytes
    steps: bytes

    __table_args__ = (Index("ix_workflow_runs_started", "workflow_id", "started_at", "native_id"),)


class ApprovalRow(Stored, table=True):
    __tablename__ = "device_approvals"

    native_id: str = Field(primary_key=True)
    status: str
    kind: str | None = None
    site_id: str | None = None
    discovery: str | None = None
    words: str
    body: bytes

    __table_args__ = (Index("ix_device_approvals_status", "status", "native_id"),)


INTEGRATIONS = table_of(IntegrationRow)
DEVICES = table_of(DeviceRow)
ENTITIES = table_of(EntityRow)
VALUES = table_of(ValueRow)
WORKFLOWS = table_of(WorkflowRow)
RUNS = table_of(RunRow)
APPROVALS = table_of(ApprovalRow)
