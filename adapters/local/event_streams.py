"""Streams of what elements tell beside alarms, resumed by cursor as the alarms' is."""

from collections.abc import AsyncIterator
from typing import TypeVar

from adapters.local.entries import Kind
from adapters.local.journal import Journal
from adapters.local.tail import Tail
from adapters.records import CallRecord, Measurement, UeEvent, UeEventKind

T = TypeVar("T", UeEvent, CallRecord, Measurement)


class EventStreams:
    """UE events, call records and measurements as they come in."""

    def __init__(self, journal: Journal, tail: Tail) -> None:
        self._journal = journal
        self._tail = tail

    async def ue_events(
        self,
        imsi: str | None = None,
        kinds: tuple[UeEventKind, ...] | None = None,
        after: str | None = None,
    ) -> AsyncIterator[UeEvent]:
        """UE events, of one subscriber or of some kinds where asked for."""

        def wanted(event: UeEvent) -> bool:
            return (imsi is None or event.imsi == imsi) and (kinds is None or event.kind in kinds)

        start = await self._start(after)
        return (event async for event in self._follow("ue", UeEvent, start) if wanted(event))

    async def call_records(self, after: str | None = None) -> AsyncIterator[CallRecord]:
        """Call records."""
        return self._follow("call", CallRecord, await self._start(after))

    async def measurements(
        self,
        ne_types: tuple[str, ...] | None = None,
        ne_ids: tuple[str, ...] | None = None,
        after: str | None = None,
    ) -> AsyncIterator[Measurement]:
        """Measurements, of some types or ids of elements where asked for."""
        types = None if ne_types is None else {ne_type.upper() for ne_type in ne_types}

        def wanted(found: Measurement) -> bool:
            return (types is None or found.ne_type in types) and (ne_ids is None or found.ne_id in ne_ids)

        start = await self._start(after)
        return (found async for found in self._follow("measurement", Measurement, start) if wanted(found))

    async def _start(self, after: str | None) -> int:
        if after is None:
            return (await self._journal.head()).position
        return (await self._journal.resume(after)).position

    async def _follow(self, kind: Kind, content: type[T], start: int) -> AsyncIterator[T]:
        async for entry in self._tail.follow(start, (kind,)):
            if isinstance(entry.content, content):
                yield entry.content
