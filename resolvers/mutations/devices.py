"""Devices created, renamed, deleted; devices let onto the campus network."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import cast

import strawberry
from strawberry.scalars import JSON

from adapters.errors import BadInput
from adapters.ports import DeviceApprovals, Devices, Outcome
from adapters.ports.things import DeviceDraft
from adapters.records import ObjectKind
from resolvers import ids as global_ids
from resolvers.context import Info
from resolvers.devices import Device, DeviceApproval
from resolvers.mutations.deeds import deleted, port_for, port_of
from resolvers.mutations.users import DeletePayload
from resolvers.payloads import REFUSALS, Complaint, Payload, UserError, answered, complaint, told

MOST_APPROVALS = 1000


@strawberry.type
class DevicePayload:
    device: Device | None
    user_errors: list[UserError]


@strawberry.type
class ApprovalPayload:
    approvals: list[DeviceApproval]
    user_errors: list[UserError]


@strawberry.input
class CreateDeviceInput:
    source: str = "local"
    name: str
    integration: str
    parameters: JSON


@strawberry.type
class DeviceMutations:
    @strawberry.mutation(description="Adds a device.")
    async def create_device(self, info: Info, input: CreateDeviceInput) -> DevicePayload:
        source, port = port_for(info, input.source, ObjectKind.DEVICE)

        async def do() -> Payload:
            draft = DeviceDraft(name=input.name, integration=input.integration, parameters=input.parameters)
            return Payload(device=await cast("Devices", port).create(draft))

        return await answered(info, source, None, do)

    @strawberry.mutation(description="Renames or changes a device; what is left out stays.")
    async def update_device(self, info: Info, id: strawberry.ID, name: str) -> DevicePayload:
        source, native_id, port = port_of(info, id, ObjectKind.DEVICE)

        async def do() -> Payload:
            return Payload(device=await cast("Devices", port).update(native_id, name))

        return await answered(info, source, id, do)

    @strawberry.mutation(description="Deletes devices; those that could not be deleted are told.")
    async def delete_devices(self, info: Info, ids: list[strawberry.ID]) -> DeletePayload:
        return await deleted(info, ids, ObjectKind.DEVICE)

    @strawberry.mutation(
        description="Each device is told on its own: one refused leaves the others approved."
    )
    async def approve_devices(
        self, info: Info, ids: list[strawberry.ID], force_register: bool | None = False
    ) -> ApprovalPayload:
        async def approve(port: DeviceApprovals, wanted: tuple[str, ...]) -> Outcome[str]:
            return await port.approve(wanted, bool(force_register))

        return await _each(info, ids, approve)

    @strawberry.mutation(description="Gives devices that ask to be let in another site or role.")
    async def update_device_approvals(
        self, info: Info, ids: list[strawberry.ID], site_id: str, role: str | None = None
    ) -> ApprovalPayload:
        async def update(port: DeviceApprovals, wanted: tuple[str, ...]) -> Outcome[str]:
            return await port.update(wanted, site_id, role)

        return await _each(info, ids, update)


Deed = Callable[[DeviceApprovals, tuple[str, ...]], Awaitable[Outcome[str]]]


async def _each(info: Info, ids: list[strawberry.ID], deed: Deed) -> Payload:
    """Does something to approvals of several sources, and reads again those that it was done to."""
    by_source: dict[str, dict[str, str]] = {}
    complaints: list[Complaint] = []
    for value in global_ids.several(ids, MOST_APPROVALS):
        try:
            name, native_id = global_ids.native(value, ObjectKind.DEVICE_APPROVAL, ("ids",))
        except BadInput as error:
            complaints.append(complaint(error, None, value))
            continue
        by_source.setdefault(name, {})[native_id] = value
    approvals: list[object] = []
    for name, wanted in by_source.items():
        source = info.context.sources.find(name)
        try:
            _, port = port_for(info, name, ObjectKind.DEVICE_APPROVAL)
            outcome = await deed(cast("DeviceApprovals", port), tuple(wanted))
        except REFUSALS as error:
            complaints.extend(complaint(error, source, value) for value in wanted.values())
            continue
        if source is not None:
            complaints.extend(told(r, source, wanted.get(r.native_id or "")) for r in outcome.refusals)
        again = (info.context.object(ObjectKind.DEVICE_APPROVAL, name, one) for one in outcome.done)
        approvals += [found for found in await asyncio.gather(*again) if found is not None]
    return Payload(approvals=tuple(approvals), user_errors=tuple(complaints))
