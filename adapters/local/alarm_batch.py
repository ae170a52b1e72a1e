"""The alarms that one commit is about: found by key, by alias or by what another feed told, then folded."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from adapters.local.alarm_events import Report
from adapters.local.alarm_table import columns_of, state_of
from adapters.local.clock import to_ms
from adapters.local.entries import Entry
from adapters.local.fold import AlarmState
from adapters.local.ledger import KeptAlarm, Known, Ledger, Row, Spot
from adapters.records import Alarm

CHUNK = 800
"""Values in one IN list; both databases take more, but plan these fast."""


@dataclass(slots=True)
class Held:
    """An alarm within a commit."""

    state: AlarmState
    born: int
    position: int


@dataclass
class AlarmBatch:
    """The alarms within a commit, by native id."""

    held: dict[str, Held] = field(default_factory=dict)
    aliases: dict[str, str] = field(default_factory=dict)
    vias: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    places: dict[tuple[Spot, datetime], dict[str, None]] = field(default_factory=lambda: defaultdict(dict))
    """Ids by where and when: kept only where another feed may tell of the same alarm."""
    changed: dict[str, Held] = field(default_factory=dict)
    fresh: list[Row] = field(default_factory=list)
    _matching: bool = False

    async def load(self, ledger: Ledger, known: Known, entries: Sequence[Entry]) -> None:
        """Take in what is known of the entries, and look up what is near those that are not."""
        self.aliases.update(known.aliases)
        self._matching = any(entry.match for entry in entries)
        self._hold(known.alarms)
        if self._matching:
            await self._load_near(ledger, entries)

    async def _load_near(self, ledger: Ledger, entries: Sequence[Entry]) -> None:
        spots: dict[Spot, set[int]] = defaultdict(set)
        for entry in entries:
            report = entry.event
            if entry.match and isinstance(report, Report) and entry.subject not in self.aliases:
                spot = _spot_of(report)
                if spot is not None:
                    spots[spot].update(to_ms(at) for at in _times_of(report))
        if spots:
            there = [i for i, held in self.held.items() if _spot_of(held.state.alarm) in spots]
            near = await ledger.near(spots, there)
            self._hold(near.alarms)
            self.vias.update(near.vias)

    def _hold(self, rows: Iterable[KeptAlarm]) -> None:
        for row in rows:
            if row.native_id not in self.held:
                self._put(row.native_id, Held(state_of(row), row.born, row.position))

    def change(self, native_id: str, held: Held) -> None:
        """Note what has become of an alarm."""
        self.changed[native_id] = held
        self._put(native_id, held)

    def _put(self, native_id: str, held: Held) -> None:
        self.held[native_id] = held
        spot = _spot_of(held.state.alarm) if self._matching else None
        if spot is not None:
            for at in (held.state.alarm.raised_at, held.state.reported_at):
                self.places[spot, at][native_id] = None

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
        self.fresh.append((entry.subject, native_id, entry.via))
        return native_id

    def _match(self, report: Report, via: str) -> str | None:
        spot = _spot_of(report)
        if spot is None:
            return None
        # An alarm that this feed already knows under a key of its own is another one at the same place.
        near = {
            native_id: self.held[native_id]
            for at in _times_of(report)
            for native_id in self.places.get((spot, at), ())
            if via not in self.vias[native_id] and _stands_at(self.held[native_id], at)
        }
        return max(near, key=lambda i: (_likeness(near[i], report), -near[i].born), default=None)

    def taken(self) -> tuple[list[Row], list[Row]]:
        """The rows of the alarms that changed, and of the keys that were new, since this was asked last."""
        changed, self.changed = self.changed, {}
        fresh, self.fresh = self.fresh, []
        return [columns_of(h.state, h.born, h.position) for h in changed.values()], fresh


def _spot_of(told: Report | Alarm) -> Spot | None:
    return None if told.code is None else (told.source, told.ne_type, told.ne_id, told.code)


def _times_of(report: Report) -> tuple[datetime, ...]:
    return (report.at,) if report.raised_at is None else (report.at, report.raised_at)


def _stands_at(held: Held, at: datetime) -> bool:
    return at in (held.state.alarm.raised_at, held.state.reported_at)


def _likeness(held: Held, report: Report) -> int:
    alarm = held.state.alarm
    return (alarm.specific_problem == report.specific_problem) + (alarm.title == report.title)


def chunks(values: Iterable[Any]) -> Iterable[list[Any]]:
    """Cut values into lists that fit one statement."""
    whole = list(values)
    return (whole[i : i + CHUNK] for i in range(0, len(whole), CHUNK))
