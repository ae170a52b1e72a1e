"""Reading the journal: slices of it from the tables, with each alarm as it stood before its change."""

from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.engine import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from adapters.errors import CursorExpired
from adapters.local.alarm_batch import chunks
from adapters.local.alarm_table import decode_alarm, decode_state
from adapters.local.engine import Database
from adapters.local.entries import Kind
from adapters.local.replay import AlarmStep, Replayed, read_entry
from adapters.local.tables.journal import CHECKPOINTS, HEAD, JOURNAL
from adapters.records import Alarm, Batch

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Slice:
    """Entries in order; `upto` is the position up to which nothing more is to be found."""

    entries: tuple[Replayed, ...]
    upto: int
    _batches: dict[Hashable, Batch[Any]] = field(default_factory=dict, repr=False, compare=False)

    def batch(self, wanted: Hashable, choose: Callable[[Sequence[Replayed]], Iterable[T]]) -> Batch[T]:
        """The events that are chosen from the entries: chosen once, one object for all who want the same."""
        batch = self._batches.get(wanted)
        if batch is None:
            batch = self._batches[wanted] = Batch(choose(self.entries))
        return batch


class JournalReader:
    """Reads the journal in slices; whoever is too far behind what is kept gets CURSOR_EXPIRED."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def read(self, after: int, limit: int = 500, kinds: Collection[Kind] | None = None) -> Slice:
        """The entries that follow a position, at most `limit`."""
        statement = (
            select(JOURNAL).where(JOURNAL.c.position > after).order_by(JOURNAL.c.position).limit(limit)
        )
        if kinds is not None:
            statement = statement.where(JOURNAL.c.kind.in_(list(kinds)))
        async with self._database.read() as connection:
            head = (await connection.execute(select(HEAD.c.journal, HEAD.c.position, HEAD.c.low_water))).one()
            if after < head.low_water:
                raise CursorExpired("What came after this cursor is no longer kept in full.")
            rows = (await connection.execute(statement)).all()
            entries = [read_entry(head.journal, row) for row in rows]
            befores = await self._befores(connection, rows)
        upto = entries[-1].position if len(entries) == limit else max(head.position, after)
        return Slice(tuple(_with_before(entry, befores) for entry in entries), upto)

    async def _befores(self, connection: AsyncConnection, rows: Sequence[Row[Any]]) -> dict[int, Alarm]:
        """The alarms as they stood before, by the position of their change before."""
        wanted = {row.previous: row.subject for row in rows if row.previous is not None}
        found: dict[int, Alarm] = {
            row.position: decode_alarm(row.after) for row in rows if row.position in wanted
        }
        for part in chunks(wanted.keys() - found.keys()):
            kept = await connection.execute(
                select(JOURNAL.c.position, JOURNAL.c.after).where(JOURNAL.c.position.in_(part))
            )
            found.update((row.position, decode_alarm(row.after)) for row in kept)
        # What retention removed stands in the checkpoint.
        lost = {wanted[position]: position for position in wanted.keys() - found.keys()}
        for part in chunks(lost):
            kept = await connection.execute(
                select(CHECKPOINTS.c.native_id, CHECKPOINTS.c.state).where(CHECKPOINTS.c.native_id.in_(part))
            )
            found.update((lost[row.native_id], decode_state(row.state).alarm) for row in kept)
        return found


def _with_before(entry: Replayed, befores: dict[int, Alarm]) -> Replayed:
    step = entry.content
    if not isinstance(step, AlarmStep) or step.previous is None:
        return entry
    return replace(entry, content=replace(step, before=befores.get(step.previous)))
