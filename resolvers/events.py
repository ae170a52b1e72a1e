"""What elements tell beside alarms: UE events, call records, measurements."""

from datetime import datetime

import strawberry

from adapters import records
from adapters.errors import BadInput
from adapters.local.event_queries import CallRecordFilter as CallConditions
from adapters.local.event_queries import UeEventFilter as UeConditions
from adapters.ports import Page, PageRequest
from adapters.ports import Source as SourcePort
from resolvers.alarms import store_of
from resolvers.connections import Slice, merged
from resolvers.context import Info
from resolvers.imsi import checked_imsi
from resolvers.leaves import enum_of, from_record
from resolvers.node import Source

enum_of(records.UeEventKind)


def _source(parent: strawberry.Parent[records.UeEvent], info: Info) -> Source:
    return info.context.sources.whence(parent.source)


@from_record(records.UeEvent)
class UeEvent:
    cursor: str = strawberry.field(
        description="Position in the journal: hand it back as `after` to go on from here."
    )
    source: Source = strawberry.field(resolver=_source)


@from_record(records.CallRecord)
class CallRecord:
    source: Source = strawberry.field(resolver=_source)


@from_record(records.MeasuredValue)
class MeasuredValue:
    pass


@from_record(records.MeasuredObject)
class MeasuredObject:
    pass


@from_record(records.Measurement)
class Measurement:
    source: Source = strawberry.field(resolver=_source)


@strawberry.input
class UeEventFilter:
    sources: list[str] | None = None
    imsi: str | None = None
    kinds: list[records.UeEventKind] | None = None
    from_: datetime | None = strawberry.field(name="from", default=None)
    to: datetime | None = None


@strawberry.input
class CallRecordFilter:
    sources: list[str] | None = None
    party: str | None = None
    from_: datetime | None = strawberry.field(name="from", default=None)
    to: datetime | None = None


async def list_ue_events(
    info: Info, where: UeEventFilter | None, first: int | None, after: str | None
) -> Slice:
    """UE events that match, newest first."""
    where = where or UeEventFilter()
    if where.imsi is not None:
        checked_imsi(where.imsi, ("filter", "imsi"))
    conditions = UeConditions(
        sources=_sources(info, where.sources),
        imsi=where.imsi,
        kinds=tuple(where.kinds) if where.kinds is not None else None,
        start=where.from_,
        end=where.to,
    )
    return await _ue_page(info, conditions, first, after)


async def list_call_records(
    info: Info, where: CallRecordFilter | None, first: int | None, after: str | None
) -> Slice:
    """Call records that match, newest first."""
    where = where or CallRecordFilter()
    if where.party is not None and not where.party.strip():
        raise BadInput("`party` is a number or an address", ("filter", "party"))
    conditions = CallConditions(
        sources=_sources(info, where.sources), party=where.party, start=where.from_, end=where.to
    )
    return await _call_page(info, conditions, first, after)


async def events_of_subscriber(
    info: Info, subscriber: records.Subscriber, first: int | None, after: str | None
) -> Slice:
    """UE events of one subscriber, newest first."""
    return await _ue_page(info, UeConditions(imsi=subscriber.imsi), first, after)


async def calls_of_subscriber(
    info: Info, subscriber: records.Subscriber, first: int | None, after: str | None
) -> Slice:
    """Calls that a subscriber made or took, newest first."""
    msisdn = subscriber.msisdn
    if not isinstance(msisdn, str):
        whole = await info.context.details(subscriber)
        msisdn = getattr(whole, "msisdn", None)
    return await _call_page(info, CallConditions(party=msisdn or subscriber.imsi), first, after)


async def _ue_page(info: Info, where: UeConditions, first: int | None, after: str | None) -> Slice:
    async def ask(_: SourcePort, request: PageRequest) -> Page[records.UeEvent]:
        return await info.context.store.events.ue_events(where, request)

    return await merged(
        info, "ueEvents", where, (store_of(info),), ask, first=first, after=after, strict=True
    )


async def _call_page(info: Info, where: CallConditions, first: int | None, after: str | None) -> Slice:
    async def ask(_: SourcePort, request: PageRequest) -> Page[records.CallRecord]:
        return await info.context.store.events.call_records(where, request)

    return await merged(
        info, "callRecords", where, (store_of(info),), ask, first=first, after=after, strict=True
    )


def _sources(info: Info, names: list[str] | None) -> tuple[str, ...] | None:
    if names is not None:
        info.context.sources.among(names)
    return None if names is None else tuple(names)
