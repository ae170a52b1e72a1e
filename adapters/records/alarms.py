"""Alarms and what else elements report: UE events, call records, measurements."""

from datetime import datetime
from enum import Enum

from msgspec import Struct

from adapters.records.base import Long, Sourced


class AlarmEventType(Enum):
    COMMUNICATIONS = "COMMUNICATIONS"
    EQUIPMENT = "EQUIPMENT"
    PROCESSING_ERROR = "PROCESSING_ERROR"
    ENVIRONMENTAL = "ENVIRONMENTAL"
    QUALITY_OF_SERVICE = "QUALITY_OF_SERVICE"
    SECURITY = "SECURITY"
    OTHER = "OTHER"


class Severity(Enum):
    CRITICAL = "CRITICAL"
    MAJOR = "MAJOR"
    MINOR = "MINOR"
    WARNING = "WARNING"
    INDETERMINATE = "INDETERMINATE"
    CLEARED = "CLEARED"


class AlarmStatus(Enum):
    ACTIVE = "ACTIVE"
    CLEARED = "CLEARED"


class ClearingType(Enum):
    """By the element itself, or by hand."""

    AUTOMATIC = "AUTOMATIC"
    MANUAL = "MANUAL"


class AlarmChange(Enum):
    RAISED = "RAISED"
    REPEATED = "REPEATED"
    SEVERITY_CHANGED = "SEVERITY_CHANGED"
    CLEARED = "CLEARED"
    ACKNOWLEDGED = "ACKNOWLEDGED"
    UNACKNOWLEDGED = "UNACKNOWLEDGED"
    COMMENTED = "COMMENTED"
    SHELVED = "SHELVED"
    UNSHELVED = "UNSHELVED"
    FLAPPING_CHANGED = "FLAPPING_CHANGED"
    STALE_CHANGED = "STALE_CHANGED"


class AlarmComment(Struct, frozen=True, kw_only=True):
    at: datetime
    by: str
    text: str


class Alarm(Sourced, frozen=True, kw_only=True):
    """A standing or cleared fault, in the terms of ITU-T X.733 and 3GPP fault supervision."""

    ne_type: str
    ne_id: str
    alarm_id: str | None = None
    """The element's own id of this alarm, e.g. `SMF0113`."""
    code: int | None = None
    title: str | None = None
    event_type: AlarmEventType = AlarmEventType.OTHER
    severity: Severity
    original_severity: Severity
    status: AlarmStatus
    raised_at: datetime
    """When the source gives none: when it reached the gateway."""
    updated_at: datetime
    cleared_at: datetime | None = None
    cleared_by: str | None = None
    clearing: ClearingType | None = None
    """By the element itself, or by hand."""
    shelved_until: datetime | None = None
    """Set aside by an operator until then: kept and counted, left out of `shelved: false` lists and streams."""
    shelved_by: str | None = None
    flapping: bool = False
    """Raised and cleared again and again: at least 4 changes within 30 minutes."""
    stale: bool = False
    """Its source cannot be reached: what is shown is the last that was known."""
    acknowledged: bool = False
    acknowledged_at: datetime | None = None
    acknowledged_by: str | None = None
    count: int = 1
    """How often it was reported since it was raised."""
    specific_problem: str | None = None
    additional_text: str | None = None
    location: str | None = None


class AlarmEvent(Struct, frozen=True, kw_only=True):
    """One change of one alarm, with the alarm as it stood after it."""

    cursor: str
    """Position in the journal: hand it back as `after` to go on from here, nothing missed, nothing twice."""
    change: AlarmChange
    at: datetime
    by: str | None = None
    severity: Severity
    matches: bool = True
    """Whether the alarm matches the subscription's filter after this change: false tells a client to take it off its list."""
    alarm: Alarm
    """The alarm as it stood after this change."""


class AlarmCounts(Struct, frozen=True, kw_only=True):
    """How many alarms stand, by severity."""

    total: int = 0
    unacknowledged: int = 0
    critical: int = 0
    major: int = 0
    minor: int = 0
    warning: int = 0
    indeterminate: int = 0


class UeEventKind(Enum):
    DETACH = "DETACH"
    CONNECTION_STATE = "CONNECTION_STATE"
    AUTHENTICATION = "AUTHENTICATION"


class UeEvent(Struct, frozen=True, kw_only=True):
    cursor: str
    """Position in the journal: hand it back as `after` to go on from here."""
    source: str
    kind: UeEventKind
    imsi: str
    imei: str | None = None
    at: datetime
    result: str | None = None
    message: str | None = None
    online_number: int | None = None
    tac: str | None = None
    gnb_id: str | None = None
    cell_id: str | None = None


class CallRecord(Struct, frozen=True, kw_only=True):
    cursor: str
    source: str
    record_type: str
    sequence_number: int | None = None
    call_reference: str
    caller: str | None = None
    called: str | None = None
    result: str | None = None
    seized_at: datetime | None = None
    answered_at: datetime | None = None
    released_at: datetime | None = None
    duration_ms: Long | None = None


class MeasuredValue(Struct, frozen=True, kw_only=True):
    name: str
    value: float | None = None


class MeasuredObject(Struct, frozen=True, kw_only=True):
    object_type: str
    kpi_id: str
    values: tuple[MeasuredValue, ...] = ()


class Measurement(Struct, frozen=True, kw_only=True):
    cursor: str
    at: datetime
    source: str
    ne_type: str
    ne_id: str | None = None
    ne_name: str | None = None
    period_minutes: int | None = None
    objects: tuple[MeasuredObject, ...] = ()
