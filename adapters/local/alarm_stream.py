"""The stream of alarm changes: a snapshot if asked for, what happened since, then what happens."""

from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from typing import Any

import msgspec
from sqlalchemy import and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from adapters.local.alarm_batch import chunks
from adapters.local.alarm_filter import EVERYTHING, AlarmFilter, Matcher, conditions, matcher
from adapters.local.alarm_table import decode_alarm, decode_state
from adapters.local.cursor import Cursor
from adapters.local.entries import Kind
from adapters.local.journal import Journal, check_cursor
from adapters.local.replay import AlarmStep, Replayed
from adapters.local.tables.alarms import ALARMS
from adapters.local.tables.journal import CHECKPOINTS, JOURNAL
from adapters.local.tail import Tail
from adapters.records import Alarm, AlarmChange, AlarmEvent, AlarmStatus, Batch

PAGE = 200
ALARMS_ALONE: tuple[Kind, ...] = ("alarm",)


class AlarmStream:
    """Streams alarm changes to whoever watches."""

    def __init__(self, journal: Journal, tail: Tail) -> None:
        self._journal = journal
        self._tail = tail

    async def open(
        self, where: AlarmFilter = EVERYTHING, after: str | None = None, *, snapshot: bool = False
    ) -> AsyncIterator[Batch[AlarmEvent]]:
        """Check the cursor at once, and give the events from there, as many at a time as there are."""
        if after is None:
            head = await self._journal.head()
            start = Cursor(head.journal, head.position, born=0 if snapshot else None)
        else:
            start = await self._journal.resume(after)
        matches = matcher(where)
        changes = self._tail.follow(
            start.position, ALARMS_ALONE, where, lambda entries: _told(entries, matches)
        )
        if start.born is None:
            return changes
        return _in_turn(self._snapshot(where, start, start.born), changes)

    async def _snapshot(self, where: AlarmFilter, at: Cursor, born: int) -> AsyncIterator[Batch[AlarmEvent]]:
        """Every alarm that stood at the position and matched, also when it has changed since."""
        while True:
            page, last = await self._snapshot_page(where, at, born)
            yield Batch(
                AlarmEvent(
                    cursor=str(Cursor(at.journal, at.position, number)),
                    change=AlarmChange.RAISED,
                    at=alarm.raised_at,
                    severity=alarm.severity,
                    alarm=alarm,
                )
                for number, alarm in page
            )
            if last is None:
                return
            born = last

    async def _snapshot_page(
        self, where: AlarmFilter, at: Cursor, born: int
    ) -> tuple[list[tuple[int, Alarm]], int | None]:
        standing = msgspec.structs.replace(where, status=AlarmStatus.ACTIVE)
        matches = matcher(standing)
        database = self._journal.database
        dialect = "sqlite" if database.is_sqlite else "postgresql"
        c = ALARMS.c
        statement = (
            select(c.born, c.native_id, c.position, c.body)
            .where(c.born > born, c.born <= at.position)
            .where(or_(c.position > at.position, and_(conditions(standing, dialect))))
            .order_by(c.born)
            .limit(PAGE)
        )
        if where.status is AlarmStatus.CLEARED:
            return [], None
        async with database.read() as connection:
            check_cursor(at, await self._journal.head_in(connection))
            rows = (await connection.execute(statement)).all()
            changed = [row.native_id for row in rows if row.position > at.position]
            earlier = await _as_of(connection, changed, at.position)
        page = []
        for row in rows:
            alarm = decode_alarm(row.body) if row.position <= at.position else earlier.get(row.native_id)
            if alarm is not None and matches(alarm):
                page.append((row.born, alarm))
        return page, rows[-1].born if len(rows) == PAGE else None


async def _in_turn(*streams: AsyncIterator[Batch[AlarmEvent]]) -> AsyncIterator[Batch[AlarmEvent]]:
    for stream in streams:
        async for batch in stream:
            yield batch


def _told(entries: Sequence[Replayed], matches: Matcher) -> Iterator[AlarmEvent]:
    """The changes of alarms that match, or matched before."""
    for entry in entries:
        step = entry.content
        if not isinstance(step, AlarmStep) or step.late:
            continue
        if matches(step.event.alarm):
            yield step.event
        elif step.before is not None and matches(step.before):
            yield step.left


async def _as_of(connection: AsyncConnection, native_ids: Iterable[str], position: int) -> dict[str, Alarm]:
    """The alarms as they stood at a position of the journal."""
    found: dict[str, Alarm] = {}
    j = JOURNAL.c
    ids = list(native_ids)
    for part in chunks(ids):
        last = (
            select(func.max(j.position))
            .where(j.kind == "alarm", j.subject.in_(part), j.position <= position, ~j.late)
            .group_by(j.subject)
        )
        rows: Any = await connection.execute(select(j.subject, j.after).where(j.position.in_(last)))
        found.update((row.subject, decode_alarm(row.after)) for row in rows)
    for part in chunks(native_id for native_id in ids if native_id not in found):
        rows = await connection.execute(
            select(CHECKPOINTS.c.native_id, CHECKPOINTS.c.state).where(CHECKPOINTS.c.native_id.in_(part))
        )
        found.update((row.native_id, decode_state(row.state).alarm) for row in rows)
    return found
