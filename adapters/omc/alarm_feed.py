"""The OMC's alarm table as an image: every row, read by id in as many parts as it takes."""

import re

from adapters.gateway import Gateway
from adapters.omc.alarm_words import event_type_of, severity_of
from adapters.omc.database import TableAlarm, query_table_alarm_sql
from adapters.ports import AlarmFeed, AlarmImage, AlarmRow
from adapters.records import Severity

PART = 1000
"""Rows that are asked for at once."""

_ACKNOWLEDGED = frozenset({"1", "true", "acked", "acknowledged"})
_CLEARED = frozenset({"0", "cleared", "clear"})
_TYPE = re.compile(r"[A-Za-z0-9]{1,16}")


class OmcAlarms(AlarmFeed):
    """The alarms of one OMC. The document shows no way to acknowledge or clear one there."""

    def __init__(self, gateway: Gateway) -> None:
        self.source = gateway.source
        self._gateway = gateway

    async def image(self) -> AlarmImage:
        """Every row; goes on until a part is empty, as an OMC may give fewer rows than it was asked for."""
        rows: list[AlarmRow] = []
        problems: list[str] = []
        last = -1
        while True:
            part = await self._gateway.send(query_table_alarm_sql(after_id=last, limit=PART)) or ()
            highest = max((row.id for row in part if row.id is not None), default=None)
            for row in part:
                mapped = row_of(row)
                if mapped is None:
                    problems.append(f"Alarm {row.id or 'without an id'} names no element and was left out.")
                else:
                    rows.append(mapped)
            if highest is None or highest <= last:
                if part:
                    problems.append("Rows without an id were not read further.")
                break
            last = highest
        return AlarmImage(rows=tuple(rows), problems=tuple(problems))


def row_of(row: TableAlarm) -> AlarmRow | None:
    """A row of the table as an alarm; None where it does not say whose it is."""
    if not row.ne_type or not _TYPE.fullmatch(row.ne_type.strip()) or not row.ne_id:
        return None
    original = severity_of(row.orig_severity)
    severity = severity_of(row.perceived_severity) or original or Severity.INDETERMINATE
    cleared = severity is Severity.CLEARED or (row.alarm_status or "").strip().casefold() in _CLEARED
    acknowledged = (row.ack_state or "").strip().casefold() in _ACKNOWLEDGED
    return AlarmRow(
        ne_type=row.ne_type.strip().upper(),
        ne_id=row.ne_id.strip(),
        ne_name=row.ne_name or None,
        row_id=str(row.id) if row.id is not None else None,
        alarm_id=row.alarm_id or None,
        code=row.alarm_code,
        title=row.alarm_title or None,
        event_type=event_type_of(row.alarm_type),
        severity=severity,
        original_severity=original,
        cleared=cleared,
        event_time=row.event_time,
        cleared_at=row.clear_time if cleared else None,
        cleared_by=(row.clear_user or None) if cleared else None,
        cleared_by_hand=cleared and bool(row.clear_user),
        acknowledged=acknowledged,
        acknowledged_at=row.ack_time if acknowledged else None,
        acknowledged_by=(row.ack_user or None) if acknowledged else None,
        count=row.counter,
        specific_problem=row.specific_problem or None,
        additional_text=row.add_info or None,
        location=row.location_info or None,
        raw=row.whole,
    )
