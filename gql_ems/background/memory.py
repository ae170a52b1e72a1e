"""What passes through the graph is remembered in the directory, a moment later and never in anybody's way."""

import asyncio
import time
from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from typing import Any, NamedTuple

from cachetools import TTLCache

from adapters.indexing import KINDS
from adapters.local.directory import LocalDirectory
from adapters.ports.directory import DirectoryEntry
from adapters.records import ObjectKind, Sourced
from gql_ems.background.pacing import Sleep
from gql_ems.background.remembering import entry_for, facts_of

FLUSH_SECONDS = 1.0
MOST_WAITING = 10_000
"""Objects that wait to be written, of lists and of single reads each; what passes beyond is left to the next sweep."""
SLICE = 200
"""Objects that are looked at in one go."""
LATELY_SECONDS = 60.0
MOST_LATELY = 50_000

Key = tuple[type[Sourced], str, str]
"""By the record's class, which hashes faster than the kind that it stands for."""


class Noted(NamedTuple):
    """What an object told when it was looked at last, and what was remembered of it."""

    facts: tuple[Any, ...]
    entry: DirectoryEntry


class Memory:
    """Collects the records of every read and writes what is new among them each second."""

    name = "memory"

    def __init__(
        self,
        directory: LocalDirectory,
        *,
        sleep: Sleep = asyncio.sleep,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._directory = directory
        self._sleep = sleep
        self._waiting: dict[Key, Sourced] = {}
        self._whole: dict[Key, Sourced] = {}
        self._lately: TTLCache[Key, Noted] = TTLCache(MOST_LATELY, LATELY_SECONDS, timer=monotonic)
        self.dropped = 0
        """Records that found no room."""

    def __len__(self) -> int:
        """How many objects wait to be written."""
        return len(self._waiting.keys() | self._whole.keys())

    def saw(self, records: Iterable[Any], *, whole: bool = False) -> None:
        """Notes records that a read gave; of kinds that the directory does not hold, none.

        What a list tells afterwards of an object that was read `whole` is put over it, and does not take its place.
        """
        waiting = self._whole if whole else self._waiting
        for record in records:
            kind = type(record)
            if kind not in KINDS:
                continue
            key = (kind, record.source, record.native_id)
            waiting[key] = record
            if len(waiting) > MOST_WAITING:
                del waiting[key]
                self.dropped += 1
                continue
            if whole:
                self._waiting.pop(key, None)

    async def forget(self, kind: ObjectKind, source: str, native_ids: Sequence[str]) -> None:
        """Forgets objects that were deleted."""
        records = [record for record, known in KINDS.items() if known is kind]
        for native_id in native_ids:
            for kept in (self._waiting, self._whole, self._lately):
                for record in records:
                    kept.pop((record, source, native_id), None)
        await self._directory.forget(kind, source, native_ids)

    async def flush(self) -> int:
        """Writes what waits and is not known already; gives how many objects were written."""
        written = 0
        for waiting in (self._whole, self._waiting):
            while waiting:
                part = {key: waiting.pop(key) for key in list(islice(waiting, SLICE))}
                try:
                    written += await self._write(part)
                except BaseException:
                    # Tried again with the next ones; what passed meanwhile is newer.
                    for key, record in part.items():
                        waiting.setdefault(key, record)
                    raise
        return written

    async def _write(self, part: dict[Key, Sourced]) -> int:
        entries: dict[Key, DirectoryEntry] = {}
        noted: dict[Key, Noted] = {}
        for key, record in part.items():
            facts = facts_of(record)
            lately = self._lately.get(key)
            if lately is not None and lately.facts == facts:
                continue
            known = lately.entry if lately is not None else None
            entry = await entry_for(record, self._directory, known)
            noted[key] = Noted(facts, entry)
            if entry != known:
                entries[key] = entry
        if entries:
            await self._directory.upsert(entries.values())
        for key, note in noted.items():
            self._lately[key] = note
        # Whoever waits for an answer goes first.
        await asyncio.sleep(0)
        return len(entries)

    async def run(self) -> None:
        """Writes each second, until cancelled; what waits then is written before it ends."""
        try:
            while True:
                await self._sleep(FLUSH_SECONDS)
                await self.flush()
        except asyncio.CancelledError:
            await self.flush()
            raise
