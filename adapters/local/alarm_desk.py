"""What operators do to alarms: acknowledge, clear, comment, shelve, and take back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from adapters.errors import BadInput
from adapters.local.alarm_events import (
    Acknowledgement,
    Clearing,
    Deed,
    Remark,
    Shelving,
    Unacknowledgement,
    Unshelving,
)
from adapters.local.clock import whole
from adapters.local.entries import deed_entry
from adapters.local.journal import Journal
from adapters.local.plain_text import storable
from adapters.records import Alarm


@dataclass(frozen=True, slots=True)
class Handled:
    """The alarms as they stand now, those of them that this changed, and the ids that name no alarm."""

    alarms: tuple[Alarm, ...]
    changed: tuple[str, ...]
    missing: tuple[str, ...]


class AlarmDesk:
    """Handles alarms by native id; what is so already stays as it is."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    async def acknowledge(self, native_ids: Sequence[str], by: str, comment: str | None = None) -> Handled:
        """Say that somebody has taken notice."""
        return await self._do(native_ids, lambda at: Acknowledgement(at=at, by=by, comment=_text(comment)))

    async def unacknowledge(self, native_ids: Sequence[str], by: str, comment: str | None = None) -> Handled:
        """Take the acknowledgement back."""
        return await self._do(native_ids, lambda at: Unacknowledgement(at=at, by=by, comment=_text(comment)))

    async def clear(self, native_ids: Sequence[str], by: str, comment: str | None = None) -> Handled:
        """Clear by hand."""
        return await self._do(native_ids, lambda at: Clearing(at=at, by=by, comment=_text(comment)))

    async def shelve(
        self, native_ids: Sequence[str], by: str, until: datetime, comment: str | None = None
    ) -> Handled:
        """Set aside until a moment to come."""
        if until <= self._journal.clock():
            raise BadInput("An alarm can be shelved only until a moment to come.", ("until",))
        return await self._do(
            native_ids, lambda at: Shelving(at=at, by=by, until=whole(until), comment=_text(comment))
        )

    async def unshelve(self, native_ids: Sequence[str], by: str) -> Handled:
        """Take off the shelf."""
        return await self._do(native_ids, lambda at: Unshelving(at=at, by=by))

    async def comment(self, native_id: str, by: str, text: str) -> Handled:
        """Write something to an alarm."""
        words = (_text(text) or "").strip()
        if not words:
            raise BadInput("A comment needs words.", ("text",))
        return await self._do([native_id], lambda at: Remark(at=at, by=by, text=words))

    async def _do(self, native_ids: Sequence[str], deed: Callable[[datetime], Deed]) -> Handled:
        event = deed(whole(self._journal.clock()))
        unique = list(dict.fromkeys(native_ids))
        results = await self._journal.append([deed_entry(native_id, event) for native_id in unique])
        told = list(zip(unique, results, strict=True))
        return Handled(
            alarms=tuple(result.state.alarm for _, result in told if result.state is not None),
            changed=tuple(native_id for native_id, result in told if result.change is not None),
            missing=tuple(native_id for native_id, result in told if result.state is None),
        )


def _text(text: str | None) -> str | None:
    return None if text is None else storable(text)
