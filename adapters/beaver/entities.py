"""Entities: properties, services and events of devices and integrations, with the values they have and had."""

from typing import Annotated

from adapters.beaver.marks import AccessModes, EntityTypes, Id, Ids, KeywordSearch, PageSearch, ValueTypes
from adapters.beaver.verbs import BeaverRecord, get, post
from adapters.operation import Effect
from adapters.record import Json, Long, Millis, MillisText, OneOf, Rows, Whole, Wire

Function = Annotated[str, OneOf(("LAST", "MIN", "MAX", "AVG", "SUM", "COUNT"))]


class Entity(BeaverRecord, frozen=True):
    """An entity with the names of the device and the integration that it belongs to."""

    device_name: str | None = None
    integration_name: str | None = None
    entity_id: str | None = None
    entity_access_mod: str | None = None
    entity_key: str | None = None
    entity_name: str | None = None
    entity_type: str | None = None
    entity_value_attribute: Json = None
    """Unit, limits, choices: a free-form map."""
    entity_value_type: str | None = None
    whole: Whole = None


class EntityMeta(BeaverRecord, frozen=True):
    """What an entity is, by its id."""

    id: str | None = None
    """Sent by running platforms, as a number beyond what a float holds."""
    key: str | None = None
    name: str | None = None
    type: str | None = None
    access_mod: str | None = None
    value_attribute: Json = None
    value_type: str | None = None
    whole: Whole = None


class EntityStatus(BeaverRecord, frozen=True):
    """The present value; all three are missing where there never was one."""

    value: Json = None
    """By `value_type` a text, number, truth value or object; a LONG may come as text."""
    updated_at: Annotated[MillisText | None, Wire("updated_at", also=("timestamp",))] = None
    value_type: str | None = None


class EntityPoint(BeaverRecord, frozen=True):
    """A value that an entity had."""

    timestamp: Millis | None = None
    value: Json = None
    value_type: str | None = None


class CountedValue(BeaverRecord, frozen=True):
    """How often an entity had a value."""

    value: Json = None
    value_type: str | None = None
    count: Long | None = None


class EntityAggregate(BeaverRecord, frozen=True):
    """A value over a span of time, or for COUNT each value with how often it was had."""

    value: Json = None
    value_type: str | None = None
    count_result: list[CountedValue] | None = None


class EntitySearch(KeywordSearch, frozen=True):
    """Which entities."""

    entity_type: EntityTypes | None = None
    exclude_children: bool | None = None
    """Leaves out entities that are a part of another."""
    entity_value_type: ValueTypes | None = None
    entity_access_mod: AccessModes | None = None
    entity_ids: Ids | None = None
    """Taken by running platforms; an older one ignores it."""


class HistorySearch(PageSearch, frozen=True):
    """An entity and a span of time."""

    entity_id: Id | None = None
    start_timestamp: Millis | None = None
    end_timestamp: Millis | None = None


class AggregateSearch(BeaverRecord, frozen=True):
    """An entity, a span of time, and what to make of its values."""

    entity_id: Id | None = None
    aggregate_type: Function | None = None
    start_timestamp: Millis | None = None
    end_timestamp: Millis | None = None


@post("/entity/search", effect=Effect.READ)
def search_entities(body: EntitySearch | None = None) -> Rows[Entity]:
    """Entities by name, kind, type of value and access. (Entities)"""


@get("/entity/{entity_id}/children")
def list_entity_children(entity_id: Id) -> list[Entity]:
    """The parts of an entity. (Entities)"""


@post("/entity/history/search", effect=Effect.READ)
def search_entity_history(body: HistorySearch) -> Rows[EntityPoint]:
    """The values that an entity had, newest first. (Entities)"""


@post("/entity/history/aggregate", effect=Effect.READ)
def aggregate_entity_history(body: AggregateSearch) -> EntityAggregate:
    """The values that an entity had, made into one. (Entities)"""


@get("/entity/{entity_id}/status")
def get_entity_status(entity_id: Id) -> EntityStatus:
    """The present value of an entity. (Entities)"""


@get("/entity/{entity_id}/meta")
def get_entity_meta(entity_id: Id) -> EntityMeta:
    """What an entity is. (Entities)"""
