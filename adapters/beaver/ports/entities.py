"""The platform's entities as entities of the graph, with the values they have and had."""

from collections.abc import AsyncIterator, Callable
from datetime import datetime
from typing import Any

from adapters.beaver import devices, entities
from adapters.beaver.live import LiveValues
from adapters.beaver.pages import numbered_by
from adapters.beaver.ports.devices import BeaverDevices
from adapters.beaver.ports.ids import is_id, member
from adapters.beaver.ports.values import status_value, type_of, value_of
from adapters.errors import BadInput, NotFound, UpstreamRejected
from adapters.gateway import Gateway
from adapters.paging import Numbered, numbered, sifted, whole
from adapters.ports import Entities, EntityFilter, Page, PageRequest
from adapters.ports.live import LiveEntities
from adapters.record import Rows
from adapters.records import (
    AggregateFunction,
    Device,
    Entity,
    EntityAccess,
    EntityAggregate,
    EntityType,
    EntityValue,
    EntityValueCount,
    EntityValueType,
)

_AT_ONCE = 200
"""Ids in one search."""


class BeaverEntities(Entities, LiveEntities):
    """Entities; the one of a device is told by its key, never by a name."""

    def __init__(self, source: str, gateway: Gateway, devices: BeaverDevices, live: LiveValues) -> None:
        self.source = source
        self._send = gateway.send
        self._devices = devices
        self._live = live

    async def page(self, where: EntityFilter, request: PageRequest) -> Page[Entity]:
        keep = _keeps(where)
        if where.device is not None:
            device = await self._devices.detail(where.device)
            if device is None:
                return Page(total=0)
            return whole(device.entities or (), request, lambda row: self._of_device(row, device), keep)
        unknown = EntityType.UNKNOWN in (where.types or ()) or EntityValueType.UNKNOWN in (
            where.value_types or ()
        )
        if unknown:
            # No word of the platform's stands for a kind that it did not document.
            return await sifted(self._fetch(EntityFilter(search=where.search)), request, self._entity, keep)
        if () in (where.types, where.value_types, where.access):
            return Page(total=0)
        return await numbered(self._fetch(where), request, self._entity)

    async def get(self, native_id: str) -> Entity | None:
        found = await self.get_many((native_id,))
        return found.get(native_id)

    async def get_many(self, native_ids: tuple[str, ...]) -> dict[str, Entity]:
        wanted = list(dict.fromkeys(one for one in native_ids if is_id(one)))
        found: dict[str, Entity] = {}
        for start in range(0, len(wanted), _AT_ONCE):
            ids = wanted[start : start + _AT_ONCE]
            body = entities.EntitySearch(entity_ids=ids, page_number=1, page_size=len(ids))
            answer = await self._send(entities.search_entities(body))
            for row in answer.rows:
                entity = self._entity(row)
                if entity is not None and entity.native_id in ids:
                    found[entity.native_id] = entity
        for one in wanted:
            if one not in found:
                # An older platform searches by nothing but words: its single read tells less, but tells.
                entity = await self._meta(one)
                if entity is not None:
                    found[one] = entity
        return found

    async def device_of(self, entity: Entity) -> Device | None:
        name = entity.device_name
        if name is None and ".device." not in entity.key:
            return None
        return await self._devices.owner_of(entity.key, name if isinstance(name, str) else None)

    async def children_of(self, entity: Entity) -> tuple[Entity, ...] | None:
        rows = await self._send(entities.list_entity_children(entity.native_id))
        return tuple(child for row in rows if (child := self._entity(row)) is not None)

    async def value_of(self, entity: Entity) -> EntityValue | None:
        return status_value(await self._send(entities.get_entity_status(entity.native_id)))

    async def history_of(
        self, entity: Entity, start: datetime, end: datetime, request: PageRequest
    ) -> Page[EntityValue] | None:
        _check_span(start, end)

        async def search(number: int, size: int) -> Rows[entities.EntityPoint]:
            return await self._send(
                entities.search_entity_history(
                    entities.HistorySearch(
                        entity_id=entity.native_id,
                        start_timestamp=start,
                        end_timestamp=end,
                        page_number=number,
                        page_size=size,
                    )
                )
            )

        return await numbered(numbered_by(search), request, _point)

    async def aggregate_of(
        self, entity: Entity, function: AggregateFunction, start: datetime, end: datetime
    ) -> EntityAggregate | None:
        _check_span(start, end)
        row = await self._send(
            entities.aggregate_entity_history(
                entities.AggregateSearch(
                    entity_id=entity.native_id,
                    aggregate_type=function.value,
                    start_timestamp=start,
                    end_timestamp=end,
                )
            )
        )
        kind = type_of(row.value_type)
        return EntityAggregate(
            value=value_of(row.value, kind),
            value_type=kind,
            counts=tuple(
                EntityValueCount(
                    value=value_of(one.value, type_of(one.value_type)),
                    value_type=type_of(one.value_type),
                    count=one.count or 0,
                )
                for one in row.count_result or ()
            ),
        )

    def watch(self, entities: tuple[Entity, ...]) -> AsyncIterator[tuple[Entity, EntityValue]]:
        return self._live.watch(entities)

    async def _meta(self, native_id: str) -> Entity | None:
        try:
            row = await self._send(entities.get_entity_meta(native_id))
        except UpstreamRejected as error:
            if error.code is NotFound.code:
                return None
            raise
        if not row.key:
            return None
        return Entity(
            source=self.source,
            native_id=native_id,
            key=row.key,
            name=row.name,
            type=member(EntityType, row.type, EntityType.UNKNOWN),
            value_type=member(EntityValueType, row.value_type, EntityValueType.UNKNOWN),
            access=_access(row.access_mod),
            attributes=row.value_attribute,
            raw=row.whole,
        )

    def _entity(self, row: entities.Entity) -> Entity | None:
        if not row.entity_id or not row.entity_key:
            return None
        return Entity(
            source=self.source,
            native_id=row.entity_id,
            key=row.entity_key,
            name=row.entity_name,
            type=member(EntityType, row.entity_type, EntityType.UNKNOWN),
            value_type=member(EntityValueType, row.entity_value_type, EntityValueType.UNKNOWN),
            access=_access(row.entity_access_mod),
            attributes=row.entity_value_attribute,
            device_name=row.device_name,
            integration_name=row.integration_name,
            raw=row.whole,
        )

    def _of_device(self, row: devices.DeviceEntity, device: devices.DeviceDetail) -> Entity | None:
        if not row.id or not row.key:
            return None
        return Entity(
            source=self.source,
            native_id=row.id,
            key=row.key,
            name=row.name,
            type=member(EntityType, row.type, EntityType.UNKNOWN),
            value_type=member(EntityValueType, row.value_type, EntityValueType.UNKNOWN),
            access=_access(row.access_mod),
            attributes=row.value_attribute,
            device_name=device.name,
            integration_name=device.integration_name,
            raw=row.whole,
        )

    def _fetch(self, where: EntityFilter) -> Numbered[entities.Entity]:
        async def search(number: int, size: int) -> Rows[entities.Entity]:
            return await self._send(
                entities.search_entities(
                    entities.EntitySearch(
                        keyword=where.search or None,
                        entity_type=_words(where.types),
                        entity_value_type=_words(where.value_types),
                        entity_access_mod=_words(where.access),
                        exclude_children=where.exclude_children,
                        page_number=number,
                        page_size=size,
                    )
                )
            )

        return numbered_by(search)


def _access(word: str | None) -> EntityAccess | None:
    return EntityAccess(word.upper()) if word and word.upper() in EntityAccess.__members__ else None


def _words(members: tuple[Any, ...] | None) -> list[str] | None:
    return None if members is None else [one.value for one in members]


def _point(row: entities.EntityPoint) -> EntityValue:
    kind = type_of(row.value_type)
    return EntityValue(at=row.timestamp, value=value_of(row.value, kind), value_type=kind)


def _check_span(start: datetime, end: datetime) -> None:
    if end <= start:
        raise BadInput("`to` is not after `from`", ("to",))


def _keeps(where: EntityFilter) -> Callable[[Entity], bool]:
    word = (where.search or "").casefold()

    def keeps(entity: Entity) -> bool:
        return (
            (where.types is None or entity.type in where.types)
            and (where.value_types is None or entity.value_type in where.value_types)
            and (where.access is None or entity.access in where.access)
            and not (where.exclude_children and _is_part(entity))
            and any(word in text.casefold() for text in (entity.key, str(entity.name or "")))
        )

    return keeps


def _is_part(entity: Entity) -> bool:
    """Whether an entity is a part of another: its row names the other, or its key goes on below it."""
    row = entity.raw if isinstance(entity.raw, dict) else {}
    return bool(row.get("parent") or row.get("entity_parent_name"))
