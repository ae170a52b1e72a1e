"""States of elements, values of entities and health of sources, as they change."""

import asyncio
from collections.abc import AsyncIterator, Hashable, Sequence
from contextlib import aclosing
from datetime import UTC, datetime
from typing import Any, cast

import strawberry
from msgspec import Struct
from msgspec.structs import replace

from adapters import records
from adapters.errors import BadInput, EmsError
from adapters.ports import EntityFilter, NetworkElements, PageRequest
from adapters.ports import Source as SourcePort
from adapters.ports.live import LiveEntities
from adapters.records import ObjectKind
from resolvers import ids as global_ids
from resolvers.context import Context, Info
from resolvers.elements import NetworkElement, NetworkElementFilter
from resolvers.entities import Entity, EntityValue
from resolvers.watching import Watcher

MOST_ENTITIES = 500


class StateChange(Struct, frozen=True, kw_only=True):
    """An element with the state that is new."""

    at: datetime
    network_element: Any


class ValueChange(Struct, frozen=True, kw_only=True):
    """An entity with the value that is new."""

    at: datetime
    entity: Any
    value: Any


@strawberry.type
class NetworkElementStateEvent:
    at: datetime
    network_element: NetworkElement


@strawberry.type
class EntityValueEvent:
    at: datetime
    entity: Entity
    value: EntityValue


async def element_states(info: Info, where: NetworkElementFilter) -> AsyncIterator[StateChange]:
    """Elements that match, each time their state changes; one poll a source serves all who watch."""
    context = info.context
    conditions = replace(where.conditions(), online=None)
    sources = [s for s in context.sources.among(where.sources) if s.network_elements is not None]
    watcher = Watcher()
    tasks = [asyncio.create_task(_pass_on(context, s, watcher)) for s in sources]
    try:
        while True:
            for element in await watcher.take():
                state = cast("records.NetworkElementState", element.state)
                if _matches(element, conditions) and where.online in (None, state.online):
                    yield StateChange(at=state.observed_at or datetime.now(UTC), network_element=element)
    finally:
        for task in tasks:
            task.cancel()


async def _pass_on(context: Context, source: SourcePort, watcher: Watcher) -> None:
    port = cast("NetworkElements", source.network_elements)

    async def read() -> dict[Hashable, Any]:
        try:
            elements = await every(port)
            states = await port.states(tuple(e.native_id for e in elements))
        except EmsError:
            return {}
        return {e.native_id: replace(e, state=states[e.native_id]) for e in elements if e.native_id in states}

    async with aclosing(context.watches.poll(("states", source.name), read).changes()) as changes:
        async for element in changes:
            watcher.tell((source.name, element.native_id), element)


async def every(port: NetworkElements) -> list[records.NetworkElement]:
    """All elements of a source."""
    from adapters.ports import NetworkElementFilter as Everything  # noqa: PLC0415 - the input has the same name

    found: list[records.NetworkElement] = []
    request = PageRequest(first=500, total=False)
    while True:
        page = await port.page(Everything(), request)
        found.extend(page.records)
        if not page.more:
            return found
        request = PageRequest(first=500, after=page.end or page.positions[-1], total=False)


def _matches(element: records.NetworkElement, where: Any) -> bool:
    types = None if where.ne_types is None else {t.upper() for t in where.ne_types}
    words = f"{element.name or ''} {element.native_id} {element.ip or ''}".lower()
    return (
        (types is None or element.ne_type in types)
        and (where.ne_ids is None or element.ne_id in where.ne_ids)
        and (not where.search or where.search.lower() in words)
    )


async def entity_values(
    info: Info, entities: list[strawberry.ID] | None, devices: list[strawberry.ID] | None
) -> AsyncIterator[ValueChange]:
    """New values of these entities, and of all entities of these devices."""
    wanted = await _entities(info, entities or [], devices or [])
    if not wanted:
        raise BadInput("name entities or devices to watch", ("entities",))
    watcher = Watcher()
    tasks = []
    for name in dict.fromkeys(e.source for e in wanted):
        mine = tuple(e for e in wanted if e.source == name)
        tasks.append(asyncio.create_task(_watch(info.context, name, mine, watcher)))
    try:
        while True:
            for entity, value in await watcher.take():
                yield ValueChange(at=value.at or datetime.now(UTC), entity=entity, value=value)
    finally:
        for task in tasks:
            task.cancel()


async def _entities(info: Info, entities: Sequence[str], devices: Sequence[str]) -> list[records.Entity]:
    found: dict[tuple[str, str], records.Entity] = {}
    for value in global_ids.several(entities, MOST_ENTITIES, ("entities",)):
        source, native_id = global_ids.native(value, ObjectKind.ENTITY, ("entities",))
        entity = await info.context.must_find(ObjectKind.ENTITY, source, native_id)
        found[source, native_id] = entity
    for value in global_ids.several(devices, 100, ("devices",)):
        source, native_id = global_ids.native(value, ObjectKind.DEVICE, ("devices",))
        port = info.context.sources.named(source, ("devices",)).entities
        request = PageRequest(first=MOST_ENTITIES, total=False)
        page = await port.page(EntityFilter(device=native_id), request) if port is not None else None
        found |= {(source, e.native_id): e for e in (page.records if page else ())}
    return list(found.values())


async def _watch(context: Context, name: str, entities: tuple[records.Entity, ...], watcher: Watcher) -> None:
    port = context.sources.named(name).entities
    live: object = port
    if isinstance(live, LiveEntities):
        async for entity, value in live.watch(entities):
            watcher.tell((name, entity.native_id), (entity, value))
        return

    async def read() -> dict[Hashable, Any]:
        if port is None:
            return {}
        return {e.native_id: (e, value) for e in entities if (value := await port.value_of(e)) is not None}

    mark = ("values", name, tuple(sorted(e.native_id for e in entities)))
    async with aclosing(context.watches.poll(mark, read).changes()) as changes:
        async for entity, value in changes:
            watcher.tell((name, entity.native_id), (entity, value))


async def source_health(info: Info) -> AsyncIterator[SourcePort]:
    """A source, each time its status or its circuit changes."""
    sources = info.context.sources.all

    async def read() -> dict[Hashable, Any]:
        seen = await asyncio.gather(*(s.probe() for s in sources))
        return {s.name: (s, h.status, h.circuit, h.last_error) for s, h in zip(sources, seen, strict=True)}

    async with aclosing(info.context.watches.poll("health", read).changes()) as changes:
        async for source, *_ in changes:
            yield source
