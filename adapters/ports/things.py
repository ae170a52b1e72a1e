"""Ports of devices, entities, workflows and device approvals."""

from datetime import datetime
from typing import Any, ClassVar

from msgspec import Struct

from adapters.ports.page import Outcome, Page, PageRequest
from adapters.ports.port import Port
from adapters.records import (
    AggregateFunction,
    ApprovalStatus,
    Device,
    DeviceApproval,
    DiscoveryType,
    Entity,
    EntityAccess,
    EntityAggregate,
    EntityType,
    EntityValue,
    EntityValueType,
    Integration,
    ObjectKind,
    RunStatus,
    Workflow,
    WorkflowRun,
    WorkflowStep,
)


class DeviceFilter(Struct, frozen=True, kw_only=True):
    search: str | None = None
    integration: str | None = None
    identifier: str | None = None


class DeviceDraft(Struct, frozen=True, kw_only=True):
    name: str
    integration: str
    parameters: Any = None


class Devices(Port[Device, DeviceFilter]):
    kind: ClassVar[ObjectKind] = ObjectKind.DEVICE
    writes: ClassVar[tuple[str, ...]] = ("create", "update", "delete")

    async def integration_of(self, device: Device) -> Integration | None:
        return None

    async def create(self, draft: DeviceDraft) -> Device:
        self.refuse("create devices")

    async def update(self, native_id: str, name: str) -> Device:
        self.refuse("rename devices")

    async def delete(self, native_ids: tuple[str, ...]) -> Outcome[str]:
        self.refuse("delete devices")


class EntityFilter(Struct, frozen=True, kw_only=True):
    """Conditions on entities; `device` is a native id."""

    search: str | None = None
    device: str | None = None
    types: tuple[EntityType, ...] | None = None
    value_types: tuple[EntityValueType, ...] | None = None
    access: tuple[EntityAccess, ...] | None = None
    exclude_children: bool | None = None


class Entities(Port[Entity, EntityFilter]):
    kind: ClassVar[ObjectKind] = ObjectKind.ENTITY

    async def device_of(self, entity: Entity) -> Device | None:
        """The device whose key begins the entity's key."""
        return None

    async def children_of(self, entity: Entity) -> tuple[Entity, ...] | None:
        return None

    async def value_of(self, entity: Entity) -> EntityValue | None:
        return None

    async def history_of(
        self, entity: Entity, start: datetime, end: datetime, request: PageRequest
    ) -> Page[EntityValue] | None:
        return None

    async def aggregate_of(
        self, entity: Entity, function: AggregateFunction, start: datetime, end: datetime
    ) -> EntityAggregate | None:
        return None


class WorkflowFilter(Struct, frozen=True, kw_only=True):
    search: str | None = None
    enabled: bool | None = None


class Workflows(Port[Workflow, WorkflowFilter]):
    kind: ClassVar[ObjectKind] = ObjectKind.WORKFLOW
    writes: ClassVar[tuple[str, ...]] = ("update", "set_enabled", "delete")

    async def runs_of(
        self, workflow: Workflow, status: RunStatus | None, request: PageRequest
    ) -> Page[WorkflowRun] | None:
        return None

    async def steps_of(self, run: WorkflowRun) -> tuple[WorkflowStep, ...] | None:
        return None

    async def update(self, native_id: str, name: str, description: str) -> Workflow:
        self.refuse("change workflows")

    async def set_enabled(self, native_id: str, enabled: bool) -> Workflow:
        self.refuse("switch workflows on and off")

    async def delete(self, native_ids: tuple[str, ...]) -> Outcome[str]:
        self.refuse("delete workflows")


class DeviceApprovalFilter(Struct, frozen=True, kw_only=True):
    search: str | None = None
    status: tuple[ApprovalStatus, ...] | None = None
    kinds: tuple[str, ...] | None = None
    site_ids: tuple[str, ...] | None = None
    discovery: tuple[DiscoveryType, ...] | None = None


class DeviceApprovals(Port[DeviceApproval, DeviceApprovalFilter]):
    kind: ClassVar[ObjectKind] = ObjectKind.DEVICE_APPROVAL
    writes: ClassVar[tuple[str, ...]] = ("approve", "update")

    async def approve(self, native_ids: tuple[str, ...], force_register: bool) -> Outcome[str]:
        """Approves each on its own; those refused are told with the reason."""
        self.refuse("approve devices")

    async def update(self, native_ids: tuple[str, ...], site_id: str, role: str | None) -> Outcome[str]:
        self.refuse("change approvals")
