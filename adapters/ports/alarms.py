"""A feed: how a source's alarms come in, and what is passed back to it."""

from abc import ABC, abstractmethod
from datetime import datetime
from typing import Any

from msgspec import Struct

from adapters.records import Alarm, AlarmEventType, Severity


class AlarmRow(Struct, frozen=True, kw_only=True):
    """One alarm as a source shows or posts it: a raise, a repeat, or (severity CLEARED or `cleared`) a clear."""

    ne_type: str
    ne_id: str
    ne_name: str | None = None
    row_id: str | None = None
    """The source's own key of the row, where it is a table's."""
    alarm_id: str | None = None
    code: int | None = None
    title: str | None = None
    event_type: AlarmEventType = AlarmEventType.OTHER
    severity: Severity = Severity.INDETERMINATE
    original_severity: Severity | None = None
    cleared: bool = False
    event_time: datetime | None = None
    cleared_at: datetime | None = None
    cleared_by: str | None = None
    cleared_by_hand: bool = False
    acknowledged: bool = False
    acknowledged_at: datetime | None = None
    acknowledged_by: str | None = None
    count: int | None = None
    specific_problem: str | None = None
    additional_text: str | None = None
    location: str | None = None
    raw: Any = None


class AlarmImage(Struct, frozen=True, kw_only=True):
    """The whole table at one moment; `problems` tells of rows that had to be left out."""

    rows: tuple[AlarmRow, ...]
    problems: tuple[str, ...] = ()


class AlarmFeed(ABC):
    """The alarms of one source."""

    source: str

    @abstractmethod
    async def image(self) -> AlarmImage:
        """Every row of the source's alarm table, or raises an UpstreamError."""

    async def acknowledge(self, alarms: tuple[Alarm, ...], by: str) -> bool:
        """Passes an acknowledgement on; False where the source has no way for it."""
        return False

    async def clear(self, alarms: tuple[Alarm, ...], by: str) -> bool:
        """Passes a clear on; False where the source has no way for it."""
        return False
