"""What can happen to an alarm, as it is kept in the journal."""

from datetime import datetime
from typing import Any

from msgspec import Struct

from adapters.records import AlarmEventType, Severity


class Report(Struct, frozen=True, kw_only=True, omit_defaults=True, tag="report"):
    """A source says that an alarm stands, or that it is over."""

    source: str
    ne_type: str
    ne_id: str
    at: datetime
    ne_name: str | None = None
    alarm_id: str | None = None
    code: int | None = None
    title: str | None = None
    event_type: AlarmEventType = AlarmEventType.OTHER
    severity: Severity = Severity.INDETERMINATE
    original_severity: Severity | None = None
    cleared: bool = False
    raised_at: datetime | None = None
    """Of a clear: when the alarm had been raised, where the source tells."""
    by: str | None = None
    by_hand: bool = False
    count: int | None = None
    specific_problem: str | None = None
    additional_text: str | None = None
    location: str | None = None
    raw: Any = None


class Clearing(Struct, frozen=True, kw_only=True, omit_defaults=True, tag="clear"):
    """Somebody cleared the alarm by hand."""

    at: datetime
    by: str
    comment: str | None = None


class Acknowledgement(Struct, frozen=True, kw_only=True, omit_defaults=True, tag="acknowledge"):
    at: datetime
    by: str
    comment: str | None = None


class Unacknowledgement(Struct, frozen=True, kw_only=True, omit_defaults=True, tag="unacknowledge"):
    at: datetime
    by: str
    comment: str | None = None


class Remark(Struct, frozen=True, kw_only=True, tag="comment"):
    at: datetime
    by: str
    text: str


class Shelving(Struct, frozen=True, kw_only=True, omit_defaults=True, tag="shelve"):
    """Set aside until then."""

    at: datetime
    by: str
    until: datetime
    comment: str | None = None


class Unshelving(Struct, frozen=True, kw_only=True, omit_defaults=True, tag="unshelve"):
    """Taken off the shelf, by somebody or because its time is over (then `by` is None)."""

    at: datetime
    by: str | None = None


class FlappingChange(Struct, frozen=True, kw_only=True, tag="flapping"):
    at: datetime
    flapping: bool


class StaleChange(Struct, frozen=True, kw_only=True, tag="stale"):
    at: datetime
    stale: bool


Deed = Clearing | Acknowledgement | Unacknowledgement | Remark | Shelving | Unshelving
"""What a person does to an alarm."""

Happening = Report | Deed | FlappingChange | StaleChange
