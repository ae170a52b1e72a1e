"""Entities of the local store's devices, their values and the history of these."""

from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Select, func, select

from adapters.errors import BadInput
from adapters.local.clock import from_ms, to_ms
from adapters.local.devices import LocalDevices
from adapters.local.engine import Database
from adapters.local.keyset import read_key, seek
from adapters.local.shelf import Shelf, encode, words
from adapters.local.tables.things import ENTITIES, VALUES
from adapters.ports import Entities, EntityFilter, Page, PageRequest
from adapters.records import (
    AggregateFunction,
    Device,
    Entity,
    EntityAggregate,
    EntityValue,
    EntityValueCount,
    EntityValueType,
)

NUMBERS = (EntityValueType.LONG, EntityValueType.DOUBLE)


class LocalEntities(Entities):
    """Properties, events and services of devices."""

    def __init__(self, database: Database, source: str, devices: LocalDevices) -> None:
        self.source = source
        self.shelf = Shelf(database, ENTITIES, Entity, "entity")
        self._devices = devices

    async def page(self, where: EntityFilter, request: PageRequest) -> Page[Entity]:
        """Entities that match."""
        c = ENTITIES.c
        tests: list[ColumnElement[bool]] = self.shelf.holds(where.search)
        if where.device is not None:
            tests.append(c.device_id == where.device)
        for column, wanted in (
            (c.type, where.types),
            (c.value_type, where.value_types),
            (c.access, where.access),
        ):
            if wanted is not None:
                tests.append(column.in_([value.value for value in wanted]))
        if where.exclude_children:
            tests.append(c.parent_id.is_(None))
        return await self.shelf.page(tests, request)

    async def get(self, native_id: str) -> Entity | None:
        """One entity."""
        return await self.shelf.get(native_id)

    async def get_many(self, native_ids: tuple[str, ...]) -> dict[str, Entity]:
        """Several entities."""
        return await self.shelf.get_many(native_ids)

    async def device_of(self, entity: Entity) -> Device | None:
        """The device that the entity belongs to."""
        statement = select(ENTITIES.c.device_id).where(ENTITIES.c.native_id == entity.native_id)
        async with self.shelf.database.read() as connection:
            device_id = (await connection.execute(statement)).scalar_one_or_none()
        return None if device_id is None else await self._devices.get(device_id)

    async def children_of(self, entity: Entity) -> tuple[Entity, ...]:
        """The entities below."""
        return await self.shelf.all(ENTITIES.c.parent_id == entity.native_id)

    async def value_of(self, entity: Entity) -> EntityValue | None:
        """The last value, where there is one."""
        statement = _values(entity).order_by(VALUES.c.at.desc()).limit(1)
        async with self.shelf.database.read() as connection:
            row = (await connection.execute(statement)).one_or_none()
        return None if row is None else _value(entity, row)

    async def history_of(
        self, entity: Entity, start: datetime, end: datetime, request: PageRequest
    ) -> Page[EntityValue]:
        """Values within a time, newest first."""
        within = _within(_values(entity), start, end)
        statement = seek(
            within, (VALUES.c.at,), read_key(request.after, (int,)), down=True, limit=request.first
        )
        async with self.shelf.database.read() as connection:
            rows = (await connection.execute(statement)).all()
            total = None
            if request.total:
                count = _within(
                    select(func.count()).where(VALUES.c.entity_id == entity.native_id), start, end
                )
                total = int((await connection.execute(count)).scalar_one())
        shown = rows[: request.first]
        return Page(
            records=tuple(_value(entity, row) for row in shown),
            positions=tuple([row.at] for row in shown),
            more=len(rows) > len(shown),
            total=total,
        )

    async def aggregate_of(
        self, entity: Entity, function: AggregateFunction, start: datetime, end: datetime
    ) -> EntityAggregate:
        """What a function makes of the values within a time."""
        async with self.shelf.database.read() as connection:
            if function is AggregateFunction.COUNT:
                counted = _within(
                    select(VALUES.c.value, func.count().label("n")).where(
                        VALUES.c.entity_id == entity.native_id
                    ),
                    start,
                    end,
                ).group_by(VALUES.c.value)
                rows = (await connection.execute(counted.order_by(func.count().desc(), VALUES.c.value))).all()
                return EntityAggregate(value_type=entity.value_type, counts=_counts(entity, rows))
            if function is AggregateFunction.LAST:
                last = _within(_values(entity), start, end).order_by(VALUES.c.at.desc()).limit(1)
                row = (await connection.execute(last)).one_or_none()
                return EntityAggregate(
                    value=None if row is None else msgspec.json.decode(row.value),
                    value_type=entity.value_type,
                )
            if entity.value_type not in NUMBERS:
                raise BadInput(f"{function.value} needs an entity whose values are numbers.", ("function",))
            reckoned = getattr(func, function.value.lower())(VALUES.c.number)
            statement = _within(select(reckoned).where(VALUES.c.entity_id == entity.native_id), start, end)
            found = (await connection.execute(statement)).scalar_one()
        return EntityAggregate(
            value=None if found is None else float(found), value_type=EntityValueType.DOUBLE
        )


def _values(entity: Entity) -> Select[Any]:
    return select(VALUES.c.at, VALUES.c.value).where(VALUES.c.entity_id == entity.native_id)


def _within(statement: Select[Any], start: datetime, end: datetime) -> Select[Any]:
    return statement.where(VALUES.c.at >= to_ms(start), VALUES.c.at <= to_ms(end))


def _value(entity: Entity, row: Any) -> EntityValue:
    return EntityValue(at=from_ms(row.at), value=msgspec.json.decode(row.value), value_type=entity.value_type)


def _counts(entity: Entity, rows: Any) -> tuple[EntityValueCount, ...]:
    return tuple(
        EntityValueCount(value=msgspec.json.decode(row.value), value_type=entity.value_type, count=row.n)
        for row in rows
    )


def entity_row(entity: Entity, device_id: str | None, parent_id: str | None = None) -> dict[str, Any]:
    """Lay an entity out in columns."""
    return {
        "native_id": entity.native_id,
        "device_id": device_id,
        "parent_id": parent_id,
        "key": entity.key,
        "type": entity.type.value,
        "value_type": entity.value_type.value,
        "access": entity.access.value if entity.access else None,
        "words": words(entity.name, entity.key, entity.device_name),
        "body": encode(entity),
    }


def value_row(entity_id: str, at: datetime, value: Any) -> dict[str, Any]:
    """Lay a value out in columns."""
    number = float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
    return {"entity_id": entity_id, "at": to_ms(at), "number": number, "value": msgspec.json.encode(value)}
