"""What goes into the journal: entries made of alarm events, UE events, call records and measurements."""

from datetime import datetime
from hashlib import blake2b
from typing import Literal

import msgspec
from msgspec import Struct

from adapters.local.alarm_events import Deed, FlappingChange, Happening, Report, StaleChange
from adapters.local.alarm_reports import key_of
from adapters.local.clock import to_ms
from adapters.local.plain_text import storable
from adapters.records import CallRecord, Measurement, UeEvent

Kind = Literal["alarm", "ue", "call", "measurement"]
Via = Literal["push", "poll"]

encode = msgspec.json.encode


class Entry(Struct, frozen=True):
    """One thing to keep."""

    kind: Kind
    source: str
    at: int
    subject: str
    body: bytes
    digest: bytes
    other: str | None = None
    variant: str | None = None
    event: Happening | None = None
    via: Via | None = None
    match: bool = False
    """Another feed may tell of the same alarm under another key."""


def report_entry(report: Report, via: Via, *, match: bool = False, salt: bytes = b"") -> Entry:
    """Keep what a source reports of an alarm. `salt` tells apart what a comparison has already found to differ."""
    body = encode(report)
    plain = body if report.raw is None else encode(msgspec.structs.replace(report, raw=None))
    return Entry(
        kind="alarm",
        source=report.source,
        at=to_ms(report.at),
        subject=key_of(report),
        body=body,
        digest=_digest("alarm", report.source, plain + salt),
        event=report,
        via=via,
        match=match,
    )


def deed_entry(native_id: str, event: Deed | FlappingChange | StaleChange, after: int | None = None) -> Entry:
    """Keep what was done to an alarm that is known; its source is filled in from the alarm.

    What time alone does names the position of the change that it comes `after`: clocks jump, so the same may
    fall due at the same moment twice, and is then no duplicate.
    """
    body = encode(event)
    return Entry(
        kind="alarm",
        source="",
        at=to_ms(event.at),
        subject=native_id,
        body=body,
        digest=_digest("deed", native_id, body if after is None else body + str(after).encode()),
        event=event,
    )


def told_entry(report: Report, event: Deed) -> Entry:
    """Keep what a source tells was done to an alarm there; the alarm is found as a polled report of it is."""
    body = encode(event)
    key = key_of(report)
    digest = _digest("told", key, body)
    return Entry(
        kind="alarm",
        source="",
        at=to_ms(event.at),
        subject=key,
        body=body,
        digest=digest,
        event=event,
        via="poll",
    )


def ue_entry(event: UeEvent) -> Entry:
    """Keep what an element reports of a UE."""
    body = encode(event)
    return Entry(
        kind="ue",
        source=event.source,
        at=to_ms(event.at),
        subject=storable(event.imsi),
        body=body,
        digest=_digest("ue", event.source, body),
        variant=event.kind.value,
    )


def call_entry(record: CallRecord, received: datetime) -> Entry:
    """Keep a call record, under its caller and its called party."""
    at = record.released_at or record.answered_at or record.seized_at or received
    body = encode(record)
    caller, called = storable(record.caller or ""), storable(record.called or "")
    return Entry(
        kind="call",
        source=record.source,
        at=to_ms(at),
        subject=caller,
        body=body,
        digest=_digest("call", record.source, body),
        other=called if called and called != caller else None,
    )


def measurement_entry(measurement: Measurement) -> Entry:
    """Keep what an element measured."""
    measurement = msgspec.structs.replace(measurement, ne_type=storable(measurement.ne_type).upper())
    body = encode(measurement)
    return Entry(
        kind="measurement",
        source=measurement.source,
        at=to_ms(measurement.at),
        subject=f"{measurement.ne_type}/{storable(measurement.ne_id or '')}",
        body=body,
        digest=_digest("measurement", measurement.source, body),
    )


def _digest(kind: str, source: str, body: bytes) -> bytes:
    return blake2b(b"\0".join((kind.encode(), source.encode(), body)), digest_size=16).digest()
