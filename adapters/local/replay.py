"""Entries read back from the journal: alarm changes with the alarm before and after, and what else elements told."""

from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy.engine import Row

from adapters.local.alarm_events import Happening, Report
from adapters.local.alarm_table import decode_alarm
from adapters.local.clock import from_ms
from adapters.local.cursor import Cursor
from adapters.records import Alarm, AlarmChange, AlarmEvent, CallRecord, Measurement, Severity, UeEvent

decode_event = msgspec.json.Decoder(Happening).decode
decode_ue = msgspec.json.Decoder(UeEvent).decode
decode_call = msgspec.json.Decoder(CallRecord).decode
decode_measurement = msgspec.json.Decoder(Measurement).decode
replace = msgspec.structs.replace


@dataclass(frozen=True, slots=True)
class AlarmStep:
    """One change of an alarm. `event` and `left` differ in `matches` alone, and are shared by all who watch."""

    position: int
    before: Alarm | None
    event: AlarmEvent
    left: AlarmEvent
    late: bool
    previous: int | None


Told = UeEvent | CallRecord | Measurement


@dataclass(frozen=True, slots=True)
class Replayed:
    """An entry of the journal as its readers see it."""

    position: int
    kind: str
    content: AlarmStep | Told


def read_entry(journal: str, row: Row[Any]) -> Replayed:
    """Read one row of the journal."""
    if row.kind == "alarm":
        return Replayed(row.position, row.kind, read_step(journal, row, None))
    return Replayed(row.position, row.kind, read_told(journal, row))


def read_told(journal: str, row: Row[Any]) -> Told:
    """Read a UE event, a call record or a measurement."""
    cursor = str(Cursor(journal, row.position))
    if row.kind == "ue":
        return replace(decode_ue(row.body), cursor=cursor)
    if row.kind == "call":
        return replace(decode_call(row.body), cursor=cursor)
    return replace(decode_measurement(row.body), cursor=cursor)


def read_step(journal: str, row: Row[Any], before: Alarm | None) -> AlarmStep:
    """Read a change of an alarm, for those who watch."""
    event = read_event(journal, row)
    left = replace(event, matches=False)
    return AlarmStep(row.position, before, event, left, row.late, row.previous)


def read_event(journal: str, row: Row[Any]) -> AlarmEvent:
    """Read a change of an alarm; the alarm as it stood after it was kept with it."""
    cause = decode_event(row.body)
    alarm = decode_alarm(row.after)
    if isinstance(cause, Report) and cause.raw is not None:
        alarm = replace(alarm, raw=cause.raw)
    change = AlarmChange(row.variant)
    return AlarmEvent(
        cursor=str(Cursor(journal, row.position)),
        change=change,
        at=from_ms(row.at),
        by=getattr(cause, "by", None),
        severity=Severity.CLEARED if change is AlarmChange.CLEARED else alarm.severity,
        alarm=alarm,
    )
