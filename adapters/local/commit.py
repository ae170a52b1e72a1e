"""One commit of the journal: positions, duplicates, the fold and the rows, in the caller's transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from adapters.local.alarm_batch import AlarmBatch, Held, chunks
from adapters.local.alarm_events import Report
from adapters.local.alarm_table import encode
from adapters.local.bulk import Bulk
from adapters.local.clock import to_ms, whole
from adapters.local.entries import Entry, deed_entry
from adapters.local.fold import AlarmState, consequence, fold
from adapters.local.tables.journal import HEAD, JOURNAL
from adapters.records import AlarmChange

INSERT = Bulk(sqlite=insert(JOURNAL), postgresql=insert(JOURNAL))
LOCK_HEAD = select(HEAD.c.journal, HEAD.c.position).where(HEAD.c.id == 1).with_for_update()


@dataclass(frozen=True, slots=True)
class Appended:
    """What became of an entry: its position, or None where it told nothing new."""

    position: int | None
    state: AlarmState | None = None
    change: AlarmChange | None = None


class Commit:
    """Collects the rows of one commit; whoever holds it holds the journal's head."""

    def __init__(self, received: datetime) -> None:
        self._received = whole(received)
        self._rows: list[dict[str, Any]] = []
        self._alarms = AlarmBatch()
        self._position = 0

    async def add(self, connection: AsyncConnection, entries: Sequence[Entry]) -> list[Appended]:
        """Append entries in order; the results are theirs one by one."""
        head = (await connection.execute(LOCK_HEAD)).one()
        start = self._position = head.position
        seen = await _known(connection, entries)
        alarms = [entry for entry in entries if entry.event is not None]
        if alarms:
            await self._alarms.load(connection, alarms)
        results = [self._add(entry, seen) for entry in entries]
        if self._position > start:
            await INSERT.run(connection, self._rows)
            await connection.execute(update(HEAD).where(HEAD.c.id == 1).values(position=self._position))
        await self._alarms.save(connection)
        if self._position > start and connection.dialect.name == "postgresql":
            await connection.execute(text("SELECT pg_notify(:c, '')"), {"c": f"ems_{head.journal}"})
        return results

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
        if held is None:
            held = Held(step.state, born=position, position=position)
            self._alarms.put(native_id, held)
        held.state, held.position, held.changed = step.state, position, True
        follows = consequence(step.state, step.change, self._received)
        if follows is not None:
            self._add_alarm(deed_entry(native_id, follows, position), seen)
        return Appended(position, held.state, step.change)

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
            {
                "position": self._position,
                "kind": entry.kind,
                "source": source,
                "digest": entry.digest,
                "at": entry.at,
                "received": to_ms(self._received),
                "subject": subject,
                "other": entry.other,
                "variant": variant,
                "late": late,
                "previous": previous,
                "body": entry.body,
                "after": after,
            }
        )


async def _known(connection: AsyncConnection, entries: Sequence[Entry]) -> set[bytes]:
    known: set[bytes] = set()
    for part in chunks(entry.digest for entry in entries):
        found = await connection.execute(select(JOURNAL.c.digest).where(JOURNAL.c.digest.in_(part)))
        known.update(bytes(row.digest) for row in found)
    return known
