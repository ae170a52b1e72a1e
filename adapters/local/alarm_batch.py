"""The alarms that one commit is about: found by key, by alias or by what another feed told, then folded."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from adapters.local.alarm_events import Report
from adapters.local.alarm_table import UPSERT, columns_of, state_of
from adapters.local.entries import Entry
from adapters.local.fold import AlarmState
from adapters.local.tables.alarms import ALARMS, ALIASES

CHUNK = 800
"""Values in one IN list; both databases take more, but plan these fast."""

Spot = tuple[str, str, str, int]
"""Source, element type, element id and code: where two feeds tell of the same alarm."""

_STATES = select(ALARMS.c.native_id, ALARMS.c.born, ALARMS.c.position, ALARMS.c.body, ALARMS.c.state)


@dataclass(slots=True)
class Held:
    """An alarm within a commit."""

    state: AlarmState
    born: int
    position: int
    changed: bool = False


@dataclass
class AlarmBatch:
    """The alarms within a commit, by native id."""

    held: dict[str, Held] = field(default_factory=dict)
    aliases: dict[str, str] = field(default_factory=dict)
    vias: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    spots: dict[Spot, list[str]] = field(default_factory=lambda: defaultdict(list))
    fresh: list[dict[str, Any]] = field(default_factory=list)

    async def load(self, connection: AsyncConnection, entries: Sequence[Entry]) -> None:
        """Read what the entries may touch."""
        keys = {e.subject for e in entries if e.via is not None}
        for part in chunks(keys):
            found = await connection.execute(
                select(ALIASES.c.key, ALIASES.c.native_id).where(ALIASES.c.key.in_(part))
            )
            self.aliases.update((row.key, row.native_id) for row in found)
        wanted = {self.aliases.get(key, key) for key in keys}
        wanted.update(e.subject for e in entries if e.via is None)
        for part in chunks(wanted):
            self._hold(await connection.execute(_STATES.where(ALARMS.c.native_id.in_(part))))
        await self._load_spots(connection, entries)

    async def _load_spots(self, connection: AsyncConnection, entries: Sequence[Entry]) -> None:
        unknown = {
            _spot(e.event)
            for e in entries
            if e.match and isinstance(e.event, Report) and e.subject not in self.aliases
        }
        columns = tuple_(ALARMS.c.source, ALARMS.c.ne_type, ALARMS.c.ne_id, ALARMS.c.code)
        for part in chunks(spot for spot in unknown if spot is not None):
            self._hold(await connection.execute(_STATES.where(columns.in_(part))))
        near = {native_id for ids in self.spots.values() for native_id in ids} if unknown else set()
        for part in chunks(near):
            found = await connection.execute(
                select(ALIASES.c.native_id, ALIASES.c.via).where(ALIASES.c.native_id.in_(part))
            )
            for row in found:
                self.vias[row.native_id].add(row.via)

    def _hold(self, rows: Iterable[Any]) -> None:
        for row in rows:
            if row.native_id not in self.held:
                self.put(row.native_id, Held(state_of(row), row.born, row.position))

    def put(self, native_id: str, held: Held) -> None:
        """Take an alarm into the commit."""
        self.held[native_id] = held
        alarm = held.state.alarm
        if alarm.code is not None:
            self.spots[alarm.source, alarm.ne_type, alarm.ne_id, alarm.code].append(native_id)

    def resolve(self, entry: Entry) -> str:
        """Tell which alarm an entry is about."""
        if entry.via is None:
            return entry.subject
        known = self.aliases.get(entry.subject)
        if known is not None or not isinstance(entry.event, Report):
            return known or entry.subject
        native_id = entry.subject
        if entry.match and native_id not in self.held:
            native_id = self._match(entry.event, entry.via) or native_id
        self.aliases[entry.subject] = native_id
        self.vias[native_id].add(entry.via)
        self.fresh.append({"key": entry.subject, "native_id": native_id, "via": entry.via})
        return native_id

    def _match(self, report: Report, via: str) -> str | None:
        spot = _spot(report)
        if spot is None:
            return None
        # An alarm that this feed already knows under a key of its own is another one at the same place.
        near = [
            i
            for i in self.spots.get(spot, ())
            if via not in self.vias[i] and _same_time(self.held[i], report)
        ]
        return max(near, key=lambda i: _likeness(self.held[i], report), default=None)

    async def save(self, connection: AsyncConnection) -> None:
        """Write the alarms that changed, and the keys that were new."""
        rows = [columns_of(h.state, h.born, h.position) for h in self.held.values() if h.changed]
        await UPSERT.run(connection, rows)
        if self.fresh:
            await connection.execute(insert(ALIASES), self.fresh)


def _spot(report: Report) -> Spot | None:
    return None if report.code is None else (report.source, report.ne_type, report.ne_id, report.code)


def _same_time(held: Held, report: Report) -> bool:
    known: set[datetime | None] = {held.state.alarm.raised_at, held.state.reported_at}
    return report.at in known or (report.raised_at is not None and report.raised_at in known)


def _likeness(held: Held, report: Report) -> int:
    alarm = held.state.alarm
    return (alarm.specific_problem == report.specific_problem) + (alarm.title == report.title)


def chunks(values: Iterable[Any]) -> Iterable[list[Any]]:
    """Cut values into lists that fit one statement."""
    whole = list(values)
    return (whole[i : i + CHUNK] for i in range(0, len(whole), CHUNK))
