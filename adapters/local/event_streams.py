"""Streams of what elements tell beside alarms, resumed by cursor as the alarms' is."""

from collections.abc import AsyncIterator, Callable, Hashable, Iterator, Sequence
from typing import TypeVar

from adapters.local.entries import Kind
from adapters.local.journal import Journal
from adapters.local.replay import Replayed
from adapters.local.tail import Tail
from adapters.records import Batch, CallRecord, Measurement, UeEvent, UeEventKind

T = TypeVar("T", UeEvent, CallRecord, Measurement)


class EventStreams:
    """UE events, call records and measurements as they come in, as many at a time as there are."""

    def __init__(self, journal: Journal, tail: Tail) -> None:
        self._journal = journal
        self._tail = tail

    async def ue_events(
        self,
        imsi: str | None = None,
        kinds: tuple[UeEventKind, ...] | None = None,
        after: str | None = None,
    ) -> AsyncIterator[Batch[UeEvent]]:
        """UE events, of one subscriber or of some kinds where asked for."""

        def wanted(event: UeEvent) -> bool:
            return (imsi is None or event.imsi == imsi) and (kinds is None or event.kind in kinds)

        return self._follow("ue", UeEvent, await self._start(after), (imsi, kinds), wanted)

    async def call_records(self, after: str | None = None) -> AsyncIterator[Batch[CallRecord]]:
        """Call records."""
        return self._follow("call", CallRecord, await self._start(after), (), lambda _: True)

    async def measurements(
        self,
        ne_types: tuple[str, ...] | None = None,
        ne_ids: tuple[str, ...] | None = None,
        after: str | None = None,
    ) -> AsyncIterator[Batch[Measurement]]:
        """Measurements, of some types or ids of elements where asked for."""
        types = None if ne_types is None else frozenset(ne_type.upper() for ne_type in ne_types)

        def wanted(found: Measurement) -> bool:
            return (types is None or found.ne_type in types) and (ne_ids is None or found.ne_id in ne_ids)

        return self._follow("measurement", Measurement, await self._start(after), (types, ne_ids), wanted)

    async def _start(self, after: str | None) -> int:
        if after is None:
            return (await self._journal.head()).position
        return (await self._journal.resume(after)).position

    def _follow(
        self, kind: Kind, content: type[T], start: int, conditions: Hashable, wanted: Callable[[T], bool]
    ) -> AsyncIterator[Batch[T]]:
        def chosen(entries: Sequence[Replayed]) -> Iterator[T]:
            return filter(wanted, (e.content for e in entries if isinstance(e.content, content)))

        return self._tail.follow(start, (kind,), (kind, conditions), chosen)
