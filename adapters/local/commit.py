"""One commit of the journal: positions, duplicates, the fold and the rows, in the caller's transaction."""

import asyncio
from collections.abc import Sequence
from datetime import datetime

import msgspec
from msgspec import Struct
from sqlalchemy.ext.asyncio import AsyncConnection

from adapters.local.alarm_batch import AlarmBatch, Held
from adapters.local.alarm_events import Report
from adapters.local.alarm_table import encode
from adapters.local.clock import to_ms, whole
from adapters.local.entries import Entry, deed_entry
from adapters.local.fold import AlarmState, consequence, fold
from adapters.local.ledger import Ledger, Row, Rows
from adapters.local.sqlite_ledger import SqliteLedger
from adapters.records import AlarmChange

PART = 250
"""Entries that are written at once: while the database is at one part, the next is folded."""


class Appended(Struct, frozen=True):
    """What became of an entry: its position, or None where it told nothing new."""

    position: int | None
    state: AlarmState | None = None
    change: AlarmChange | None = None


class Commit:
    """Collects the rows of one commit; whoever holds it holds the journal's head."""

    def __init__(self, received: datetime) -> None:
        self._received = whole(received)
        self._received_ms = to_ms(received)
        self._rows: list[Row] = []
        self._alarms = AlarmBatch()
        self._position = 0

    async def add(self, connection: AsyncConnection, entries: Sequence[Entry]) -> list[Appended]:
        """Append entries in order; the results are theirs one by one."""
        ledger = _ledger_of(connection)
        alarms = [entry for entry in entries if entry.event is not None]
        known = await ledger.look(
            [entry.digest for entry in entries],
            list({entry.subject for entry in alarms if entry.via is not None}),
            list({entry.subject for entry in alarms if entry.via is None}),
        )
        self._position = known.position
        if alarms:
            await self._alarms.load(ledger, known, alarms)
        results: list[Appended] = []
        writing: asyncio.Task[None] | None = None
        try:
            for start in range(0, len(entries), PART):
                results += [self._add(entry, known.digests) for entry in entries[start : start + PART]]
                if writing is not None:
                    await writing
                writing = asyncio.create_task(ledger.write(self._taken(), self._position))
                # Sent off before the next part is folded, so that the database has something to do meanwhile.
                await asyncio.sleep(0)
            if writing is not None:
                await writing
        except BaseException:
            # Nothing is to be on its way any more when the caller takes the transaction back.
            if writing is not None:
                writing.cancel()
                await asyncio.gather(writing, return_exceptions=True)
            raise
        return results

    def _taken(self) -> Rows:
        entries, self._rows = self._rows, []
        return Rows(entries, *self._alarms.taken())

    def _add(self, entry: Entry, seen: set[bytes]) -> Appended:
        if entry.event is not None:
            return self._add_alarm(entry, seen)
        if entry.digest in seen:
            return Appended(None)
        seen.add(entry.digest)
        self._row(entry, entry.source, entry.subject, variant=entry.variant)
        return Appended(self._position)

    def _add_alarm(self, entry: Entry, seen: set[bytes]) -> Appended:
        native_id = self._alarms.resolve(entry)
        held = self._alarms.held.get(native_id)
        before = held.state if held else None
        if entry.digest in seen or entry.event is None:
            return Appended(None, before)
        seen.add(entry.digest)
        step = fold(before, entry.event, native_id, self._received)
        if step.change is None or step.state is None:
            return Appended(None, before)
        alarm = step.state.alarm
        told = isinstance(entry.event, Report) and entry.event.raw is not None
        after = encode(msgspec.structs.replace(alarm, raw=None) if told else alarm)
        previous = held.position if held else None
        self._row(
            entry,
            alarm.source,
            native_id,
            variant=step.change.value,
            late=step.late,
            previous=previous,
            after=after,
        )
        if step.late:
            return Appended(self._position, before, None)
        position = self._position
        born = position if held is None else held.born
        self._alarms.change(native_id, Held(step.state, born, position))
        follows = consequence(step.state, step.change, self._received)
        if follows is not None:
            self._add_alarm(deed_entry(native_id, follows, position), seen)
        return Appended(position, self._alarms.held[native_id].state, step.change)

    def _row(
        self,
        entry: Entry,
        source: str,
        subject: str,
        *,
        variant: str | None,
        late: bool = False,
        previous: int | None = None,
        after: bytes | None = None,
    ) -> None:
        self._position += 1
        self._rows.append(
            (
                self._position,
                entry.kind,
                source,
                entry.digest,
                entry.at,
                self._received_ms,
                subject,
                entry.other,
                variant,
                late,
                previous,
                entry.body,
                after,
            )
        )


def _ledger_of(connection: AsyncConnection) -> Ledger:
    if connection.dialect.name == "sqlite":
        return SqliteLedger(connection)
    from adapters.local.postgres_ledger import PostgresLedger  # noqa: PLC0415 - a start on SQLite needs no asyncpg

    return PostgresLedger(connection)
