"""What time alone changes: shelves that end, flapping that calms down, feeds that fall silent."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, select, update
from sqlalchemy.dialects import postgresql, sqlite

from adapters.local.alarm_events import StaleChange
from adapters.local.alarm_table import state_of
from adapters.local.clock import from_ms, to_ms, whole
from adapters.local.entries import deed_entry
from adapters.local.fold import fell_due
from adapters.local.journal import Journal
from adapters.local.leases import Lease
from adapters.local.tables.alarms import ALARMS, FEEDS
from adapters.records import AlarmStatus

CHUNK = 500

_STATES = select(ALARMS.c.native_id, ALARMS.c.position, ALARMS.c.body, ALARMS.c.state).limit(CHUNK)


class AlarmTimers:
    """Run by the lease holder every second or so; also tells what fell due while nothing ran."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    async def due(self, now: datetime, fence: Lease | None = None) -> int:
        """Append what has fallen due by now; gives how many alarms that changed."""
        changed = 0
        while rows := await self._rows(due_statement(now)):
            entries = [
                deed_entry(row.native_id, event, row.position)
                for row in rows
                for event in fell_due(state_of(row), now)
            ]
            changed += _count(await self._journal.append(entries, fence))
        for feed in await self._silent(now):
            changed += await self._mark(
                feed.source, since=from_ms(feed.heard_at + feed.silence_ms), fence=fence
            )
        return changed

    async def heard(self, source: str, silence: timedelta, fence: Lease | None = None) -> None:
        """Note that a feed has just been heard; its alarms are fresh again."""
        now = whole(self._journal.clock())
        row = {
            "source": source,
            "heard_at": to_ms(now),
            "silence_ms": silence // timedelta(milliseconds=1),
            "stale": False,
        }
        async with self._journal.database.write() as connection:
            if fence is not None:
                await fence.check(connection)
            await connection.execute(_HEARD[connection.dialect.name], row)
        while rows := await self._alarms((ALARMS.c.source == source) & ALARMS.c.stale):
            event = StaleChange(at=now, stale=False)
            await self._journal.append(
                [deed_entry(row.native_id, event, row.position) for row in rows], fence
            )

    async def _silent(self, now: datetime) -> Sequence[Any]:
        overdue = FEEDS.c.heard_at + FEEDS.c.silence_ms <= to_ms(now)
        async with self._journal.database.read() as connection:
            return (await connection.execute(select(FEEDS).where(~FEEDS.c.stale, overdue))).all()

    async def _mark(self, source: str, *, since: datetime, fence: Lease | None) -> int:
        standing = (ALARMS.c.source == source) & (ALARMS.c.status == AlarmStatus.ACTIVE.value)
        changed = 0
        while rows := await self._alarms(standing & ~ALARMS.c.stale):
            event = StaleChange(at=since, stale=True)
            changed += _count(
                await self._journal.append(
                    [deed_entry(row.native_id, event, row.position) for row in rows], fence
                )
            )
        async with self._journal.database.write() as connection:
            await connection.execute(update(FEEDS).where(FEEDS.c.source == source).values(stale=True))
        return changed

    async def _alarms(self, condition: ColumnElement[bool]) -> Sequence[Any]:
        return await self._rows(_STATES.where(condition))

    async def _rows(self, statement: Select[Any]) -> Sequence[Any]:
        async with self._journal.database.read() as connection:
            rows: Sequence[Any] = (await connection.execute(statement)).all()
        return rows


def due_statement(now: datetime) -> Select[Any]:
    """The alarms that time has changed, earliest first: in an order that one index has, so that no plan reads more."""
    return _STATES.where(ALARMS.c.due_at <= to_ms(now)).order_by(ALARMS.c.due_at)


def _count(results: Sequence[Any]) -> int:
    return sum(result.change is not None for result in results)


def _heard(module: Any) -> Any:
    statement = module.insert(FEEDS)
    names = ("heard_at", "silence_ms", "stale")
    return statement.on_conflict_do_update(
        index_elements=["source"], set_={name: statement.excluded[name] for name in names}
    )


_HEARD = {"sqlite": _heard(sqlite), "postgresql": _heard(postgresql)}
