"""The alarms table: how a state is laid out in columns, read back and written."""

from datetime import datetime
from typing import Any

import msgspec
from msgspec import Struct

from adapters.local.clock import to_ms
from adapters.local.fold import AlarmState, Flip, due_at
from adapters.local.plain_text import folded
from adapters.records import Alarm, AlarmComment, Severity

SEVERITY_RANK = {
    Severity.CLEARED: 0,
    Severity.INDETERMINATE: 1,
    Severity.WARNING: 2,
    Severity.MINOR: 3,
    Severity.MAJOR: 4,
    Severity.CRITICAL: 5,
}


class Memory(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What the fold remembers beside the alarm itself."""

    reported_at: datetime
    flips: tuple[Flip, ...] = ()
    comments: tuple[AlarmComment, ...] = ()
    ne_name: str | None = None


encode = msgspec.json.encode
decode_alarm = msgspec.json.Decoder(Alarm).decode
decode_memory = msgspec.json.Decoder(Memory).decode
decode_state = msgspec.json.Decoder(AlarmState).decode


def words_of(alarm: Alarm) -> str:
    """Give the text that a search looks into."""
    parts = (
        alarm.title,
        alarm.alarm_id,
        None if alarm.code is None else str(alarm.code),
        f"{alarm.ne_type}/{alarm.ne_id}",
        alarm.specific_problem,
        alarm.additional_text,
        alarm.location,
    )
    return folded("\n".join(part for part in parts if part))


def columns_of(state: AlarmState, born: int, position: int) -> tuple[Any, ...]:
    """Lay a state out in the table's columns, in their order."""
    alarm = state.alarm
    due = due_at(state)
    memory = Memory(
        reported_at=state.reported_at, flips=state.flips, comments=state.comments, ne_name=state.ne_name
    )
    return (
        born,
        alarm.native_id,
        position,
        alarm.source,
        alarm.ne_type,
        alarm.ne_id,
        alarm.code,
        SEVERITY_RANK[alarm.severity],
        alarm.status.value,
        alarm.event_type.value,
        alarm.acknowledged,
        alarm.shelved_until is not None,
        alarm.flapping,
        alarm.stale,
        to_ms(alarm.raised_at),
        to_ms(alarm.updated_at),
        to_ms(state.reported_at),
        None if due is None else to_ms(due),
        words_of(alarm),
        encode(alarm),
        encode(memory),
    )


def state_of(row: Any) -> AlarmState:
    """Read a state back from its row."""
    memory = decode_memory(row.state)
    return AlarmState(
        alarm=decode_alarm(row.body),
        reported_at=memory.reported_at,
        flips=memory.flips,
        comments=memory.comments,
        ne_name=memory.ne_name,
    )
