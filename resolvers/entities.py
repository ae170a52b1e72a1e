"""Entities: properties, events and services of devices and integrations, with their values."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, cast

import strawberry

from adapters import records
from adapters.errors import BadInput
from adapters.ports import Entities, Page, PageRequest
from adapters.ports import EntityFilter as EntityConditions
from adapters.ports import Source as SourcePort
from adapters.records import ObjectKind
from resolvers import ids
from resolvers.connections import Ask, CountedConnection, Slice, below, merged
from resolvers.context import Info
from resolvers.leaves import enum_of, from_record
from resolvers.node import Node, Sourced

if TYPE_CHECKING:
    from resolvers.devices import Device

for _kind in (
    records.EntityType,
    records.EntityValueType,
    records.EntityAccess,
    records.AggregateFunction,
):
    enum_of(_kind)


@from_record(records.EntityValue)
class EntityValue:
    pass


@from_record(records.EntityValueCount)
class EntityValueCount:
    pass


@from_record(records.EntityAggregate)
class EntityAggregate:
    pass


@from_record(records.Entity)
class Entity(Node, Sourced):
    """A property, event or service of a device or an integration."""

    @strawberry.field
    async def device(
        parent: strawberry.Parent[records.Entity], info: Info
    ) -> Annotated["Device", strawberry.lazy("resolvers.devices")] | None:
        port = _port(info, parent)
        return await info.context.fan(
            parent.source, "device of an entity", parent.native_id, lambda: port.device_of(parent)
        )

    @strawberry.field
    async def children(
        parent: strawberry.Parent[records.Entity], info: Info
    ) -> list[Annotated["Entity", strawberry.lazy("resolvers.entities")]] | None:
        port = _port(info, parent)
        return await info.context.fan(
            parent.source, "children of an entity", parent.native_id, lambda: port.children_of(parent)
        )

    @strawberry.field
    async def value(parent: strawberry.Parent[records.Entity], info: Info) -> EntityValue | None:
        port = _port(info, parent)
        return await info.context.fan(
            parent.source, "value of an entity", parent.native_id, lambda: port.value_of(parent)
        )

    @strawberry.field
    async def history(
        parent: strawberry.Parent[records.Entity],
        info: Info,
        from_: Annotated[datetime, strawberry.argument(name="from")],
        to: datetime,
        first: int | None = 100,
        after: str | None = None,
    ) -> CountedConnection[EntityValue] | None:
        _span(from_, to)
        count = 100 if first is None else first
        return await below(
            info,
            parent,
            ObjectKind.ENTITY,
            "history of an entity",
            Entities.history_of,
            count,
            after,
            from_,
            to,
        )

    @strawberry.field
    async def aggregate(
        parent: strawberry.Parent[records.Entity],
        info: Info,
        function: records.AggregateFunction,
        from_: Annotated[datetime, strawberry.argument(name="from")],
        to: datetime,
    ) -> EntityAggregate | None:
        _span(from_, to)
        port = _port(info, parent)
        return await info.context.fan(
            parent.source,
            "aggregate of an entity",
            (parent.native_id, function, from_, to),
            lambda: port.aggregate_of(parent, function, from_, to),
        )


def _port(info: Info, entity: records.Entity) -> Entities:
    return cast("Entities", info.context.port(entity.source, ObjectKind.ENTITY))


def _span(start: datetime, end: datetime) -> None:
    if end <= start:
        raise BadInput("`to` is after `from`", ("to",))


@strawberry.input
class EntityFilter:
    sources: list[str] | None = None
    search: str | None = None
    device: strawberry.ID | None = None
    types: list[records.EntityType] | None = None
    value_types: list[records.EntityValueType] | None = None
    access: list[records.EntityAccess] | None = None
    exclude_children: bool | None = None


async def list_entities(
    info: Info, where: EntityFilter | None, first: int | None, after: str | None
) -> Slice:
    """Entities of all sources, or of those that the conditions name."""
    where = where or EntityFilter()
    sources = [s for s in info.context.sources.among(where.sources) if s.entities is not None]
    device = None
    if where.device is not None:
        owner, device = ids.native(where.device, ObjectKind.DEVICE, ("filter", "device"))
        sources = [s for s in sources if s.name == owner]
    conditions = EntityConditions(
        search=where.search,
        device=device,
        types=tuple(where.types) if where.types is not None else None,
        value_types=tuple(where.value_types) if where.value_types is not None else None,
        access=tuple(where.access) if where.access is not None else None,
        exclude_children=where.exclude_children,
    )
    mark = (conditions, where.sources)
    return await merged(info, "entities", mark, tuple(sources), _asking(conditions), first=first, after=after)


async def entities_of(
    info: Info, device: records.Device, first: int | None, after: str | None
) -> Slice | None:
    """Entities of one device."""
    source = info.context.sources.named(device.source)
    if source.entities is None:
        return None
    conditions = EntityConditions(device=device.native_id)
    ask = _asking(conditions)
    mark = (conditions, [device.source])
    return await merged(info, "entities", mark, (source,), ask, first=first, after=after, strict=True)


def _asking(conditions: EntityConditions) -> Ask:
    async def ask(source: SourcePort, request: PageRequest) -> Page[records.Entity]:
        return await cast("Entities", source.entities).page(conditions, request)

    return ask
