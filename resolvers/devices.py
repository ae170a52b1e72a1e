"""Devices of the IoT platform, and devices that ask to be let onto the campus network."""

from typing import TYPE_CHECKING, Annotated, cast

import strawberry

from adapters import records
from adapters.ports import (
    DeviceApprovalFilter as ApprovalConditions,
)
from adapters.ports import (
    DeviceApprovals,
    Devices,
    Page,
    PageRequest,
)
from adapters.ports import (
    DeviceFilter as DeviceConditions,
)
from adapters.ports import Source as SourcePort
from resolvers.connections import Connection, Slice, merged
from resolvers.context import Info
from resolvers.hardware import approvals_of, device_of
from resolvers.joins import joined
from resolvers.leaves import enum_of, from_record
from resolvers.node import Node, Sourced

if TYPE_CHECKING:
    from resolvers.entities import Entity

enum_of(records.ApprovalStatus)
enum_of(records.DiscoveryType)


@from_record(records.Integration)
class Integration:
    pass


@from_record(records.Device, without=("integration", "identifier_guessed"))
class Device(Node, Sourced):
    """A device of the IoT platform."""

    @strawberry.field(metadata={"attribute": "integration"})
    def integration(parent: strawberry.Parent[records.Device], info: Info) -> Integration | None:
        return joined(info, parent, "integration", Devices.integration_of)

    @strawberry.field
    async def entities(
        parent: strawberry.Parent[records.Device],
        info: Info,
        first: int | None = 20,
        after: str | None = None,
    ) -> Connection[Annotated["Entity", strawberry.lazy("resolvers.entities")]] | None:
        from resolvers.entities import entities_of  # noqa: PLC0415 - the two types name each other

        return await entities_of(info, parent, first, after)

    @strawberry.field(
        description="Access approvals of the same hardware (same identifier or MAC) in any source."
    )
    async def approvals(
        parent: strawberry.Parent[records.Device], info: Info
    ) -> list[Annotated["DeviceApproval", strawberry.lazy("resolvers.devices")]] | None:
        return await approvals_of(info, parent)


@from_record(records.DeviceApproval)
class DeviceApproval(Node, Sourced):
    """A device that asks to be let onto the campus network."""

    @strawberry.field(description="The same hardware where another source knows it.")
    async def device(parent: strawberry.Parent[records.DeviceApproval], info: Info) -> Device | None:
        return await device_of(info, parent)


@strawberry.input
class DeviceFilter:
    sources: list[str] | None = None
    search: str | None = None
    integration: str | None = None
    identifier: str | None = None


@strawberry.input
class DeviceApprovalFilter:
    sources: list[str] | None = None
    search: str | None = None
    status: list[records.ApprovalStatus] | None = None
    kinds: list[str] | None = None
    site_ids: list[str] | None = None
    discovery: list[records.DiscoveryType] | None = None


async def list_devices(info: Info, where: DeviceFilter | None, first: int | None, after: str | None) -> Slice:
    """Devices of all sources, or of those that the conditions name."""
    where = where or DeviceFilter()
    conditions = DeviceConditions(
        search=where.search, integration=where.integration, identifier=where.identifier
    )

    async def ask(source: SourcePort, request: PageRequest) -> Page[records.Device]:
        return await cast("Devices", source.devices).page(conditions, request)

    sources = tuple(s for s in info.context.sources.among(where.sources) if s.devices is not None)
    mark = (conditions, where.sources)
    return await merged(info, "devices", mark, sources, ask, first=first, after=after)


async def list_approvals(
    info: Info, where: DeviceApprovalFilter | None, first: int | None, after: str | None
) -> Slice:
    """Device approvals of all sources, or of those that the conditions name."""
    where = where or DeviceApprovalFilter()
    conditions = ApprovalConditions(
        search=where.search,
        status=tuple(where.status) if where.status is not None else None,
        kinds=tuple(where.kinds) if where.kinds is not None else None,
        site_ids=tuple(where.site_ids) if where.site_ids is not None else None,
        discovery=tuple(where.discovery) if where.discovery is not None else None,
    )

    async def ask(source: SourcePort, request: PageRequest) -> Page[records.DeviceApproval]:
        return await cast("DeviceApprovals", source.device_approvals).page(conditions, request)

    sources = tuple(s for s in info.context.sources.among(where.sources) if s.device_approvals is not None)
    mark = (conditions, where.sources)
    return await merged(info, "deviceApprovals", mark, sources, ask, first=first, after=after)
