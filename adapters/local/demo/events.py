"""Demo alarms in every severity, and what else elements report, as entries of the journal."""

from datetime import datetime, timedelta

from adapters.local.alarm_events import Acknowledgement, Remark, Shelving
from adapters.local.alarm_reports import key_of, reports_of
from adapters.local.clock import whole
from adapters.local.demo.network import ELEMENTS
from adapters.local.entries import (
    Entry,
    call_entry,
    deed_entry,
    measurement_entry,
    report_entry,
    ue_entry,
)
from adapters.ports import AlarmRow
from adapters.records import (
    AlarmEventType,
    CallRecord,
    MeasuredObject,
    MeasuredValue,
    Measurement,
    Severity,
    UeEvent,
    UeEventKind,
)

ALARMS = 60
FAULTS: tuple[tuple[str, AlarmEventType, str], ...] = (
    ("Link to peer lost", AlarmEventType.COMMUNICATIONS, "no heartbeat for 30 s"),
    ("Board temperature high", AlarmEventType.EQUIPMENT, "above 75 degrees"),
    ("Process restarted", AlarmEventType.PROCESSING_ERROR, "watchdog"),
    ("Hall temperature high", AlarmEventType.ENVIRONMENTAL, "above 32 degrees"),
    ("Session setup failures", AlarmEventType.QUALITY_OF_SERVICE, "above 5 percent"),
    ("Repeated sign-in failures", AlarmEventType.SECURITY, "account locked"),
)
SEVERITIES = (Severity.CRITICAL, Severity.MAJOR, Severity.MINOR, Severity.WARNING, Severity.INDETERMINATE)


def entries(source: str, now: datetime) -> list[Entry]:
    """Everything in the order in which it happened."""
    found = [
        *_alarms(source, now),
        *_ue_events(source, now),
        *_calls(source, now),
        *_measurements(source, now),
    ]
    return sorted(found, key=lambda entry: entry.at)


def _alarms(source: str, now: datetime) -> list[Entry]:
    return [entry for number in range(ALARMS) for entry in _alarm(source, now, number)]


def _alarm(source: str, now: datetime, number: int) -> list[Entry]:
    title, event_type, problem = FAULTS[number % len(FAULTS)]
    ne_type, ne_id = ELEMENTS[number % len(ELEMENTS)]
    raised_at = whole(now - timedelta(hours=ALARMS - number))
    row = AlarmRow(
        ne_type=ne_type,
        ne_id=ne_id,
        alarm_id=f"{ne_type}{number:04}",
        code=10_000 + number,
        title=title,
        event_type=event_type,
        severity=SEVERITIES[number % len(SEVERITIES)],
        event_time=raised_at,
        specific_problem=problem,
        additional_text=f"{title} on {ne_type}_{ne_id}",
        location=f"rack {number % 9 + 1}",
        cleared=number % 6 == 5,
        cleared_at=raised_at + timedelta(minutes=40) if number % 6 == 5 else None,
    )
    reports = reports_of(source, row, now)
    native_id = key_of(reports[0])
    found = [report_entry(report, "push") for report in reports]
    seen = raised_at + timedelta(minutes=10)
    if number % 4 == 1:
        found.append(
            deed_entry(native_id, Acknowledgement(at=seen, by="noc-shift-a", comment="being looked at"))
        )
    if number % 10 == 3:
        found.append(deed_entry(native_id, Remark(at=seen, by="field-north", text="spare part ordered")))
    if number % 20 == 7:
        until = whole(now + timedelta(days=1))
        found.append(deed_entry(native_id, Shelving(at=seen, by="noc-shift-b", until=until)))
    return found


def _ue_events(source: str, now: datetime) -> list[Entry]:
    kinds = tuple(UeEventKind)
    return [
        ue_entry(
            UeEvent(
                cursor="",
                source=source,
                kind=kinds[number % 3],
                imsi=f"00101000000{number % 20:04}",
                at=whole(now - timedelta(minutes=7 * number)),
                result="SUCCESS",
                online_number=100 + number,
                tac="98",
                gnb_id="31",
                cell_id="17",
            )
        )
        for number in range(60)
    ]


def _calls(source: str, now: datetime) -> list[Entry]:
    return [
        call_entry(
            CallRecord(
                cursor="",
                source=source,
                record_type="MOC",
                sequence_number=number,
                call_reference=f"demo-{number:04}",
                caller=f"861390000{number:04}",
                called=f"861390000{number + 1:04}",
                result="200",
                seized_at=whole(now - timedelta(minutes=11 * number, seconds=90)),
                answered_at=whole(now - timedelta(minutes=11 * number, seconds=80)),
                released_at=whole(now - timedelta(minutes=11 * number)),
                duration_ms=80_000,
            ),
            now,
        )
        for number in range(30)
    ]


def _measurements(source: str, now: datetime) -> list[Entry]:
    return [
        measurement_entry(
            Measurement(
                cursor="",
                at=whole(now - timedelta(minutes=15 * number)),
                source=source,
                ne_type="SMF",
                ne_id="001",
                ne_name="SMF_001",
                period_minutes=15,
                objects=(
                    MeasuredObject(
                        object_type="SMF",
                        kpi_id="SMF.01",
                        values=(MeasuredValue(name="sessions", value=400.0 + number),),
                    ),
                ),
            )
        )
        for number in range(12)
    ]
