"""The journal's tail: one reader a process, from which all who follow the journal are served."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Collection, Sequence

from adapters.errors import CursorExpired
from adapters.local.entries import Kind
from adapters.local.journal import Journal
from adapters.local.reader import JournalReader
from adapters.local.replay import Replayed
from adapters.local.watch import FALLBACK_SECONDS, watch

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
        self._entries: list[Replayed] = []
        self._base = 0
        """Position before the first entry held."""
        self._arrived = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        self._starting = asyncio.Lock()
        self._closed = False

    @property
    def position(self) -> int | None:
        """Up to where this process has read the journal; None while nobody follows it."""
        return self._base + len(self._entries) if self._tasks else None

    async def follow(self, after: int, kinds: Collection[Kind] | None = None) -> AsyncIterator[Replayed]:
        """Entries behind a position, for ever. Memory does not grow with the distance of a slow reader."""
        await self._start()
        position = after
        while not self._closed:
            arrived = self._arrived
            if position < self._base:
                part = await self.reader.read(position, PAST, kinds)
                entries: Sequence[Replayed] = part.entries
                upto = part.upto
            else:
                start = position - self._base
                entries = self._entries[start : start + SLICE]
                upto = position + len(entries)
            for entry in entries:
                if kinds is None or entry.kind in kinds:
                    yield entry
            if upto == position:
                await arrived.wait()
            position = upto

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
            self._base = head.position
            wake = self._journal.committed.set
            self._tasks = [
                asyncio.create_task(self._run(), name="journal-tail"),
                asyncio.create_task(watch(self._journal.database, head.journal, wake), name="journal-watch"),
            ]

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
        self._entries.clear()
        self._base = (await self._journal.head()).position
        self._tell()

    async def _fill(self) -> None:
        while True:
            last = self._base + len(self._entries)
            part = await self.reader.read(last, SLICE)
            if not part.entries:
                return
            self._entries.extend(part.entries)
            surplus = len(self._entries) - self._kept
            if surplus > self._kept:
                # Cut seldom and much: a list loses its beginning in time that grows with what remains.
                del self._entries[:surplus]
                self._base += surplus
            self._tell()

    def _tell(self) -> None:
        arrived, self._arrived = self._arrived, asyncio.Event()
        arrived.set()
