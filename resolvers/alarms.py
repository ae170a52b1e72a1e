"""Alarms: folded from the journal, so filters, order, pages and counts are the same for every source."""

from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING, Annotated, Any

import strawberry
from msgspec.structs import replace

from adapters import records
from adapters.local.alarm_filter import AlarmFilter as AlarmConditions
from adapters.local.alarm_queries import AlarmOrderField as StoredOrder
from adapters.ports import Page, PageRequest
from adapters.ports import Source as SourcePort
from adapters.records import Dialect, ObjectKind
from resolvers import ids
from resolvers.connections import Slice, SourceFailure, merged
from resolvers.context import Context, Info
from resolvers.leaves import enum_of, from_record
from resolvers.node import Node, Sourced
from resolvers.ordering import OrderDirection
from resolvers.references import element_at

if TYPE_CHECKING:
    from resolvers.elements import NetworkElement

for _kind in (
    records.AlarmEventType,
    records.Severity,
    records.AlarmStatus,
    records.ClearingType,
    records.AlarmChange,
):
    enum_of(_kind)


@from_record(records.AlarmComment)
class AlarmComment:
    pass


@from_record(records.Alarm)
class Alarm(Node, Sourced):
    """A standing or cleared fault, in the terms of ITU-T X.733 and 3GPP fault supervision."""

    @strawberry.field
    def network_element(
        parent: strawberry.Parent[records.Alarm], info: Info
    ) -> Annotated["NetworkElement", strawberry.lazy("resolvers.elements")] | None:
        return element_at(info, parent.source, parent.ne_type, parent.ne_id)

    @strawberry.field
    async def comments(parent: strawberry.Parent[records.Alarm], info: Info) -> list[AlarmComment] | None:
        return await info.context.store.alarms.comments(parent.native_id)

    @strawberry.field(description="Every step of its life that is still kept, oldest first.")
    async def history(
        parent: strawberry.Parent[records.Alarm], info: Info
    ) -> list[Annotated["AlarmEvent", strawberry.lazy("resolvers.alarms")]] | None:
        return await info.context.store.alarms.history(parent.native_id)


@from_record(records.AlarmEvent, without=("alarm",))
class AlarmEvent:
    """One change of one alarm."""

    cursor: str = strawberry.field(
        description="Position in the journal: hand it back as `after` to go on from here, nothing missed, nothing twice."
    )
    matches: bool = strawberry.field(
        description=(
            "Whether the alarm matches the subscription's filter after this change: "
            "false tells a client to take it off its list."
        )
    )
    alarm: Alarm = strawberry.field(description="The alarm as it stood after this change.")


@from_record(records.AlarmCounts)
class AlarmSummary:
    """How many alarms stand, by severity."""

    @strawberry.field
    def failures(parent: strawberry.Parent[records.AlarmCounts]) -> list[SourceFailure]:
        return []


@strawberry.input
class AlarmFilter:
    sources: list[str] | None = None
    search: str | None = None
    ne_types: list[str] | None = None
    ne_ids: list[str] | None = None
    network_elements: list[strawberry.ID] | None = None
    severities: list[records.Severity] | None = None
    status: records.AlarmStatus | None = None
    event_types: list[records.AlarmEventType] | None = None
    codes: list[int] | None = None
    acknowledged: bool | None = None
    shelved: bool | None = None
    flapping: bool | None = None
    stale: bool | None = None
    raised_from: datetime | None = None
    raised_to: datetime | None = None


@strawberry.enum
class AlarmOrderField(Enum):
    RAISED_AT = "RAISED_AT"
    UPDATED_AT = "UPDATED_AT"
    SEVERITY = "SEVERITY"


@strawberry.input
class AlarmOrder:
    field: AlarmOrderField = AlarmOrderField.RAISED_AT
    direction: OrderDirection = OrderDirection.DESC


def conditions_of(context: Context, where: AlarmFilter | None) -> AlarmConditions:
    """The filter as the store takes it; unknown sources and ids of other kinds are refused."""
    where = where or AlarmFilter()
    if where.sources is not None:
        context.sources.among(where.sources)
    elements = None
    if where.network_elements is not None:
        field = ("filter", "networkElements")
        found = [ids.native(i, ObjectKind.NETWORK_ELEMENT, field) for i in where.network_elements]
        elements = tuple((source, *_type_and_id(native_id)) for source, native_id in found)
    return AlarmConditions(
        sources=_tuple(where.sources),
        search=where.search,
        ne_types=_tuple(where.ne_types),
        ne_ids=_tuple(where.ne_ids),
        network_elements=elements,
        severities=_tuple(where.severities),
        status=where.status,
        event_types=_tuple(where.event_types),
        codes=_tuple(where.codes),
        acknowledged=where.acknowledged,
        shelved=where.shelved,
        flapping=where.flapping,
        stale=where.stale,
        raised_from=where.raised_from,
        raised_to=where.raised_to,
    )


async def list_alarms(
    info: Info, where: AlarmFilter | None, order: AlarmOrder | None, first: int | None, after: str | None
) -> Slice:
    """Alarms from the store."""
    conditions = conditions_of(info.context, where)
    order = order or AlarmOrder()
    field = StoredOrder[order.field.name]
    down = order.direction is OrderDirection.DESC

    async def ask(_: SourcePort, request: PageRequest) -> Page[records.Alarm]:
        return await info.context.store.alarms.page(conditions, request, field, down=down)

    mark = (conditions, field.value, down)
    return await merged(info, "alarms", mark, (store_of(info),), ask, first=first, after=after, strict=True)


async def alarms_of(
    info: Info,
    element: records.NetworkElement,
    where: AlarmFilter | None,
    first: int | None,
    after: str | None,
) -> Slice:
    """Alarms of one element, newest first; the first pages of its neighbours are read along with its own."""
    conditions = conditions_of(info.context, where)
    store = info.context.store
    field, down = StoredOrder.RAISED_AT, True

    async def ask(_: SourcePort, request: PageRequest) -> Page[records.Alarm]:
        if request.after is not None or conditions.network_elements is not None:
            return await store.alarms.page(_on(conditions, element), request, field, down=down)

        async def batch(spots: tuple[Any, ...]) -> dict[Any, Page[records.Alarm]]:
            return await store.element_alarms.first_pages(conditions, spots, request, field, down=down)

        loader = info.context.loader(("alarms of elements", conditions, request.first, request.total), batch)
        spot = (element.source, element.ne_type.upper(), element.ne_id)
        return await loader.load(spot) or Page()

    mark = (_on(conditions, element), field.value, down)
    return await merged(info, "alarms", mark, (store_of(info),), ask, first=first, after=after, strict=True)


async def summary_of(info: Info, where: AlarmFilter | None) -> records.AlarmCounts:
    """How many alarms stand, by severity."""
    return await info.context.store.alarms.summary(conditions_of(info.context, where))


async def element_summary(info: Info, element: records.NetworkElement) -> records.AlarmCounts:
    """How many alarms stand on one element, by severity."""
    return await info.context.store.alarms.summary(_on(AlarmConditions(), element))


def store_of(info: Info) -> SourcePort:
    """The local store as a source: what is kept here is read there."""
    return next(s for s in info.context.sources.all if s.dialect is Dialect.LOCAL)


def _on(conditions: AlarmConditions, element: records.NetworkElement) -> AlarmConditions:
    spot = (element.source, element.ne_type.upper(), element.ne_id)
    asked = conditions.network_elements
    wanted = (spot,) if asked is None else tuple(s for s in asked if (s[0], s[1].upper(), s[2]) == spot)
    return replace(conditions, network_elements=wanted)


def _type_and_id(native_id: str) -> tuple[str, str]:
    ne_type, _, ne_id = native_id.partition("/")
    return ne_type, ne_id


def _tuple(values: list[Any] | None) -> tuple[Any, ...] | None:
    return None if values is None else tuple(values)
