"""Reports of a source's alarm rows, and the key by which reports of one alarm find together."""

from datetime import datetime
from hashlib import blake2b

from adapters.local.alarm_events import Report
from adapters.local.clock import whole
from adapters.local.plain_text import storable
from adapters.ports import AlarmRow
from adapters.records import Severity


def key_of(report: Report) -> str:
    """Name the alarm that a report is about: source, element, alarm id or code, type, problem and place."""
    name = f"id {report.alarm_id}" if report.alarm_id else f"code {report.code} {report.title or ''}"
    if not report.alarm_id and report.code is not None:
        name = f"code {report.code}"
    parts = (
        report.source,
        report.ne_type,
        report.ne_id,
        name,
        report.event_type.value,
        report.specific_problem or "",
        report.location or "",
    )
    return blake2b("\0".join(parts).encode(), digest_size=12).hexdigest()


def reports_of(source: str, row: AlarmRow, received: datetime) -> tuple[Report, ...]:
    """Turn a row into what it reports: the raise, and the clear where the row tells of both."""
    over = row.cleared or row.severity is Severity.CLEARED
    raised_at = whole(row.event_time) if row.event_time else None
    if not over:
        return (_report(source, row, raised_at or whole(received), None, over=False),)
    if row.cleared_at is None:
        return (_report(source, row, raised_at or whole(received), None, over=True),)
    cleared_at = whole(row.cleared_at)
    clear = _report(source, row, cleared_at, raised_at, over=True)
    if raised_at is None or raised_at > cleared_at:
        return (clear,)
    return (_report(source, row, raised_at, None, over=False), clear)


def _report(source: str, row: AlarmRow, at: datetime, raised_at: datetime | None, *, over: bool) -> Report:
    severity = row.severity
    if severity is Severity.CLEARED:
        severity = row.original_severity or Severity.INDETERMINATE
    return Report(
        source=source,
        ne_type=storable(row.ne_type).upper(),
        ne_id=storable(row.ne_id),
        ne_name=_text(row.ne_name),
        at=at,
        alarm_id=_text(row.alarm_id),
        code=row.code,
        title=_text(row.title),
        event_type=row.event_type,
        severity=severity,
        original_severity=row.original_severity,
        cleared=over,
        raised_at=raised_at,
        by=_text(row.cleared_by) if over else None,
        by_hand=over and row.cleared_by_hand,
        count=row.count,
        specific_problem=_text(row.specific_problem),
        additional_text=_text(row.additional_text),
        location=_text(row.location),
        raw=row.raw,
    )


def _text(value: str | None) -> str | None:
    return storable(value) if value else None
