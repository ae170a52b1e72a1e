"""Alarms handled by hand: kept in the local journal, whatever the source, and passed on where the source can take it."""

from collections.abc import Awaitable, Callable
from datetime import datetime

import strawberry

from adapters.errors import EmsError, ErrorCode
from adapters.local.alarm_desk import Handled
from adapters.ports import AlarmFeed
from adapters.records import Alarm as AlarmRecord
from adapters.records import ObjectKind
from resolvers import ids as global_ids
from resolvers.alarms import Alarm
from resolvers.context import Info
from resolvers.ids import encode
from resolvers.payloads import Complaint, Payload, UserError, answered, complaint


@strawberry.type
class AlarmsPayload:
    alarms: list[Alarm]
    user_errors: list[UserError]


PassOn = Callable[[AlarmFeed, tuple[AlarmRecord, ...]], Awaitable[bool]]


@strawberry.type
class AlarmMutations:
    @strawberry.mutation(
        description="Says that somebody looks after these alarms; sources that can take it are told."
    )
    async def acknowledge_alarms(
        self, info: Info, ids: list[strawberry.ID], comment: str | None = None
    ) -> AlarmsPayload:
        by = info.context.caller.username
        desk = info.context.store.desk

        async def pass_on(feed: AlarmFeed, alarms: tuple[AlarmRecord, ...]) -> bool:
            return await feed.acknowledge(alarms, by)

        return await _handled(info, ids, lambda found: desk.acknowledge(found, by, comment), pass_on)

    @strawberry.mutation(description="Takes an acknowledgement back.")
    async def unacknowledge_alarms(
        self, info: Info, ids: list[strawberry.ID], comment: str | None = None
    ) -> AlarmsPayload:
        by = info.context.caller.username
        return await _handled(
            info, ids, lambda found: info.context.store.desk.unacknowledge(found, by, comment)
        )

    @strawberry.mutation(description="Clears alarms by hand; sources that can take it are told.")
    async def clear_alarms(
        self, info: Info, ids: list[strawberry.ID], comment: str | None = None
    ) -> AlarmsPayload:
        by = info.context.caller.username
        desk = info.context.store.desk

        async def pass_on(feed: AlarmFeed, alarms: tuple[AlarmRecord, ...]) -> bool:
            return await feed.clear(alarms, by)

        return await _handled(info, ids, lambda found: desk.clear(found, by, comment), pass_on)

    @strawberry.mutation(description="Puts alarms aside until a time; they stand again by themselves.")
    async def shelve_alarms(
        self, info: Info, ids: list[strawberry.ID], until: datetime, comment: str | None = None
    ) -> AlarmsPayload:
        by = info.context.caller.username
        desk = info.context.store.desk
        return await _handled(info, ids, lambda found: desk.shelve(found, by, until, comment))

    @strawberry.mutation(description="Brings shelved alarms back before their time.")
    async def unshelve_alarms(self, info: Info, ids: list[strawberry.ID]) -> AlarmsPayload:
        by = info.context.caller.username
        return await _handled(info, ids, lambda found: info.context.store.desk.unshelve(found, by))

    @strawberry.mutation(description="Adds a comment to an alarm.")
    async def comment_alarm(self, info: Info, id: strawberry.ID, text: str) -> AlarmsPayload:
        by = info.context.caller.username
        return await _handled(info, [id], lambda found: info.context.store.desk.comment(found[0], by, text))


async def _handled(
    info: Info,
    ids: list[strawberry.ID],
    deed: Callable[[list[str]], Awaitable[Handled]],
    pass_on: PassOn | None = None,
) -> Payload:
    async def do() -> Payload:
        named = [global_ids.native(i, ObjectKind.ALARM, ("ids",)) for i in global_ids.several(ids, 500)]
        source_of = {native_id: source for source, native_id in named}
        if not source_of:
            return Payload()
        handled = await deed(list(source_of))
        missing = tuple(
            Complaint(
                code=ErrorCode.NOT_FOUND,
                message="There is no such alarm.",
                id=encode("Alarm", source_of[native_id], native_id),
            )
            for native_id in handled.missing
        )
        refused = await _passed_on(info, handled, pass_on) if pass_on is not None else ()
        return Payload(alarms=handled.alarms, user_errors=missing + refused)

    return await answered(info, None, None, do)


async def _passed_on(info: Info, handled: Handled, pass_on: PassOn) -> tuple[Complaint, ...]:
    """Tells each source of what changed; one that cannot be reached is told, and the change stays kept here."""
    changed = set(handled.changed)
    by_source: dict[str, list[AlarmRecord]] = {}
    for alarm in handled.alarms:
        if alarm.native_id in changed:
            by_source.setdefault(alarm.source, []).append(alarm)
    told: list[Complaint] = []
    for name, alarms in by_source.items():
        source = info.context.sources.find(name)
        if source is None or source.alarm_feed is None:
            continue
        try:
            await pass_on(source.alarm_feed, tuple(alarms))
        except EmsError as error:
            told.append(complaint(error, source))
    return tuple(told)
