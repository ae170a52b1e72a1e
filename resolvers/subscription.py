"""What can be watched."""

from collections.abc import AsyncIterator

import strawberry

from adapters.records import UeEventKind
from resolvers.alarms import AlarmEvent, AlarmFilter, conditions_of
from resolvers.context import Info
from resolvers.elements import NetworkElementFilter
from resolvers.events import CallRecord, Measurement, UeEvent
from resolvers.imsi import checked_imsi
from resolvers.live import (
    EntityValueEvent,
    NetworkElementStateEvent,
    element_states,
    entity_values,
    source_health,
)
from resolvers.node import Source


@strawberry.type
class Subscription:
    """What can be watched."""

    @strawberry.subscription(
        description=(
            "Alarm changes, as they happen. With `after` (a cursor of an earlier event) it first\n"
            "replays what happened since, in order, then goes on live: a client that reconnects\n"
            "with its last cursor misses nothing and sees nothing twice. An event is sent if the\n"
            "alarm matched the filter before or after it. `snapshot: true` first sends every\n"
            "standing alarm that matches, as RAISED, read at one position of the journal; its\n"
            "cursors resume within the snapshot. A cursor that is older than what is kept, or of\n"
            "another journal, is refused with CURSOR_EXPIRED."
        )
    )
    async def alarms(
        self,
        info: Info,
        filter: AlarmFilter | None = None,
        after: str | None = None,
        snapshot: bool | None = False,
    ) -> AsyncIterator[AlarmEvent]:
        where = conditions_of(info.context, filter)
        return await info.context.store.alarm_stream.open(
            where, info.context.last_event_id or after, snapshot=bool(snapshot)
        )

    @strawberry.subscription(
        description="What terminals do, as elements tell it; resumes after a cursor without a gap."
    )
    async def ue_events(
        self,
        info: Info,
        imsi: str | None = None,
        kinds: list[UeEventKind] | None = None,
        after: str | None = None,
    ) -> AsyncIterator[UeEvent]:
        if imsi is not None:
            checked_imsi(imsi, ("imsi",))
        wanted = None if kinds is None else tuple(kinds)
        return await info.context.store.streams.ue_events(imsi, wanted, info.context.last_event_id or after)

    @strawberry.subscription(
        description="Call records as elements post them; resumes after a cursor without a gap."
    )
    async def call_records(self, info: Info, after: str | None = None) -> AsyncIterator[CallRecord]:
        return await info.context.store.streams.call_records(info.context.last_event_id or after)

    @strawberry.subscription(description="Measurements and measurement reports that elements post.")
    async def measurements(
        self,
        info: Info,
        ne_types: list[str] | None = None,
        ne_ids: list[str] | None = None,
        after: str | None = None,
    ) -> AsyncIterator[Measurement]:
        types = None if ne_types is None else tuple(ne_types)
        elements = None if ne_ids is None else tuple(ne_ids)
        after = info.context.last_event_id or after
        return await info.context.store.streams.measurements(types, elements, after)

    @strawberry.subscription(description="State of network elements, sent when it changes.")
    async def network_element_states(
        self, info: Info, filter: NetworkElementFilter | None = None
    ) -> AsyncIterator[NetworkElementStateEvent]:
        async for event in element_states(info, filter or NetworkElementFilter()):
            yield event  # type: ignore[misc]

    @strawberry.subscription(description="New values of entities, pushed by the IoT platform.")
    async def entity_values(
        self,
        info: Info,
        entities: list[strawberry.ID] | None = None,
        devices: list[strawberry.ID] | None = None,
    ) -> AsyncIterator[EntityValueEvent]:
        async for event in entity_values(info, entities, devices):
            yield event  # type: ignore[misc]

    @strawberry.subscription(description="Sources whose health has changed: status, circuit, the last error.")
    async def source_health(self, info: Info) -> AsyncIterator[Source]:
        async for source in source_health(info):
            yield source  # type: ignore[misc]
