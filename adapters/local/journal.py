"""The journal: every alarm change, UE event, call record and measurement in one gap-free sequence."""

import asyncio
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import chain

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from adapters.errors import CursorExpired
from adapters.local.clock import Clock, system_clock
from adapters.local.commit import Appended, Commit
from adapters.local.cursor import Cursor, parse_cursor
from adapters.local.engine import Database
from adapters.local.entries import Entry
from adapters.local.leases import Lease
from adapters.local.tables.journal import HEAD

BATCH = 1000
"""Entries in one commit; more wait for the next, and are answered while that one is under way."""


@dataclass(frozen=True, slots=True)
class Head:
    """Where the journal stands: its name, its last position, and the last that retention removed."""

    journal: str
    position: int
    low_water: int


@dataclass(slots=True)
class _Waiting:
    entries: Sequence[Entry]
    fence: Lease | None
    done: asyncio.Future[list[Appended]] = field(
        default_factory=lambda: asyncio.get_running_loop().create_future()
    )


class Journal:
    """Appends in grouped commits: who appends while a commit is under way shares the next one."""

    def __init__(self, database: Database, clock: Clock = system_clock) -> None:
        self.database = database
        self.clock = clock
        self.committed = asyncio.Event()
        """Set after every commit of this process; whoever follows the journal clears it."""
        self._queue: deque[_Waiting] = deque()
        self.appends = 0
        """How often something was kept here and told to whoever asked for it."""
        self._task: asyncio.Task[None] | None = None

    @property
    def waiting(self) -> int:
        """How many appends wait for their commit."""
        return len(self._queue)

    async def head(self) -> Head:
        """Tell where the journal stands."""
        async with self.database.read() as connection:
            return await self.head_in(connection)

    async def head_in(self, connection: AsyncConnection) -> Head:
        """The same, within a view that is open already."""
        row = (await connection.execute(select(HEAD.c.journal, HEAD.c.position, HEAD.c.low_water))).one()
        return Head(row.journal, row.position, row.low_water)

    async def append(self, entries: Sequence[Entry], fence: Lease | None = None) -> list[Appended]:
        """Keep the entries, all or none; returns only after their commit. A lost `fence` refuses them."""
        if not entries:
            return []
        waiting = _Waiting(entries, fence)
        self._queue.append(waiting)
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._drain(), name="journal-commits")
        # A caller that gives up takes his own wait away, and not the others' commit.
        kept = await waiting.done
        self.appends += 1
        return kept

    async def resume(self, cursor: str) -> Cursor:
        """Read a caller's cursor; refuse one that this journal cannot go on from."""
        parsed = parse_cursor(cursor)
        check_cursor(parsed, await self.head())
        return parsed

    async def close(self) -> None:
        """Wait until everything that was appended is kept."""
        while self._task is not None and not self._task.done():
            await asyncio.wait([self._task])

    async def _drain(self) -> None:
        while self._queue:
            group = self._next_group()
            try:
                await self._commit(group)
            except Exception as error:  # noqa: BLE001 - whatever went wrong is told to each who waits.
                await self._one_by_one(group, error)
            self.committed.set()

    def _next_group(self) -> list[_Waiting]:
        group = [self._queue.popleft()]
        size = len(group[0].entries)
        while self._queue and size + len(self._queue[0].entries) <= BATCH:
            group.append(self._queue.popleft())
            size += len(group[-1].entries)
        return group

    async def _commit(self, group: list[_Waiting]) -> None:
        async with self.database.write() as connection:
            for fence in {w.fence for w in group if w.fence is not None}:
                await fence.check(connection)
            entries = list(chain.from_iterable(waiting.entries for waiting in group))
            results = await Commit(self.clock()).add(connection, entries)
        start = 0
        for waiting in group:
            end = start + len(waiting.entries)
            if not waiting.done.done():
                waiting.done.set_result(results[start:end])
            start = end

    async def _one_by_one(self, group: list[_Waiting], error: Exception) -> None:
        """One bad entry, or a lost lease, must not refuse what others appended beside it."""
        for waiting in group:
            if waiting.done.done():
                continue
            if len(group) == 1:
                waiting.done.set_exception(error)
                continue
            try:
                await self._commit([waiting])
            except Exception as own:  # noqa: BLE001 - told to the one who waits for it.
                waiting.done.set_exception(own)


def check_cursor(cursor: Cursor, head: Head) -> None:
    """Refuse a cursor of another journal, from the future, or older than what is kept."""
    if cursor.journal != head.journal:
        raise CursorExpired("This cursor belongs to another journal.")
    if cursor.position > head.position:
        raise CursorExpired("This cursor is ahead of the journal.")
    if cursor.position < head.low_water:
        raise CursorExpired("What came after this cursor is no longer kept in full.")
