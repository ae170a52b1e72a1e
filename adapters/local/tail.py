"""The journal's tail: one reader a process, from which all who follow the journal are served."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Callable, Collection, Hashable, Iterable, Sequence
from typing import TypeVar

from adapters.errors import CursorExpired
from adapters.local.entries import Kind
from adapters.local.journal import Journal
from adapters.local.reader import JournalReader, Slice
from adapters.local.replay import Replayed
from adapters.local.watch import FALLBACK_SECONDS, watch
from adapters.records import Batch

T = TypeVar("T")

KEPT = 2048
"""Entries held in memory; who is further behind reads the tables."""
SLICE = 500
PAST = 100
"""Entries that one who is further behind reads at once: what a reader that stands still costs in memory."""

log = logging.getLogger(__name__)


class Tail:
    """Follows the journal: first what is past, then what comes, with no gap and nothing twice."""

    def __init__(self, journal: Journal, kept: int = KEPT) -> None:
        self.reader = JournalReader(journal.database)
        self._journal = journal
        self._kept = kept
        self._slices: dict[int, Slice] = {}
        """What was read last, by the position that it follows: one slice as it came is one object for all."""
        self._base = 0
        """Position before the first entry held."""
        self._head = 0
        """Position of the last one."""
        self._arrived = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        self._starting = asyncio.Lock()
        self._closed = False

    @property
    def position(self) -> int | None:
        """Up to where this process has read the journal; None while nobody follows it."""
        return self._head if self._tasks else None

    async def follow(
        self,
        after: int,
        kinds: Collection[Kind],
        wanted: Hashable,
        choose: Callable[[Sequence[Replayed]], Iterable[T]],
    ) -> AsyncIterator[Batch[T]]:
        """Events behind a position, for ever, as many at a time as there are.

        `choose` gives the events among the entries; it is asked once for all who follow live with an equal
        `wanted`. Memory does not grow with the distance of a slow reader.
        """
        await self._start()
        position = after
        while not self._closed:
            arrived = self._arrived
            if position < self._base:
                part = await self.reader.read(position, PAST, kinds)
            elif position < self._head:
                part = self._held(position)
            else:
                await arrived.wait()
                continue
            position = part.upto
            batch = part.batch(wanted, choose)
            if batch:
                yield batch
            # Who waits for the next events holds nothing of the last.
            del part, batch

    async def close(self) -> None:
        """Stop reading; those who follow come to an end."""
        self._closed = True
        for task in self._tasks:
            task.cancel()
        for task in self._tasks:
            with contextlib.suppress(asyncio.CancelledError):
                await task
        self._tasks.clear()
        self._arrived.set()

    async def _start(self) -> None:
        async with self._starting:
            if self._tasks or self._closed:
                return
            head = await self._journal.head()
            self._base = self._head = head.position
            signs = watch(self._journal.database, head.journal, self._look_up)
            self._tasks = [
                asyncio.create_task(self._run(), name="journal-tail"),
                asyncio.create_task(signs, name="journal-watch"),
            ]

    def _look_up(self, position: int | None) -> None:
        """The journal stands there: reads on, unless all of that was read after this process's own commits."""
        if position is None or position > self._head:
            self._journal.committed.set()

    def _held(self, position: int) -> Slice:
        """What follows a position: as it came, or the rest of that for one who begins within it."""
        part = self._slices.get(position)
        if part is not None:
            return part
        after, part = next(
            (after, part) for after, part in self._slices.items() if after < position < part.upto
        )
        return Slice(part.entries[position - after :], part.upto)

    async def _run(self) -> None:
        while True:
            await self._journal.committed.wait()
            self._journal.committed.clear()
            try:
                await self._fill()
            except CursorExpired:
                await self._skip()
            except Exception:
                # Whatever it was, those who follow must not wait for ever.
                log.warning("the journal cannot be read just now", exc_info=True)
                await asyncio.sleep(FALLBACK_SECONDS)
                self._journal.committed.set()

    async def _skip(self) -> None:
        """Retention has passed this process while it stood still: each who follows is told so where he stands."""
        self._slices.clear()
        self._base = self._head = (await self._journal.head()).position
        self._tell()

    async def _fill(self) -> None:
        while True:
            part = await self.reader.read(self._head, SLICE)
            if part.entries:
                self._keep(part)
                self._tell()
            if len(part.entries) < SLICE:
                return

    def _keep(self, part: Slice) -> None:
        self._slices[self._head] = part
        self._head = part.upto
        while self._slices[self._base].upto < self._head - self._kept:
            self._base = self._slices.pop(self._base).upto

    def _tell(self) -> None:
        arrived, self._arrived = self._arrived, asyncio.Event()
        arrived.set()
