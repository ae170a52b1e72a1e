"""The alarms table: how a state is laid out in columns, read back and written."""

from datetime import datetime
from typing import Any

import msgspec
from msgspec import Struct
from sqlalchemy.dialects import postgresql, sqlite

from adapters.local.bulk import Bulk
from adapters.local.clock import to_ms
from adapters.local.fold import AlarmState, Flip, due_at
from adapters.local.plain_text import folded
from adapters.local.tables.alarms import ALARMS
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


def columns_of(state: AlarmState, born: int, position: int) -> dict[str, Any]:
    """Lay a state out in the table's columns."""
    alarm = state.alarm
    due = due_at(state)
    memory = Memory(
        reported_at=state.reported_at, flips=state.flips, comments=state.comments, ne_name=state.ne_name
    )
    return {
        "born": born,
        "native_id": alarm.native_id,
        "position": position,
        "source": alarm.source,
        "ne_type": alarm.ne_type,
        "ne_id": alarm.ne_id,
        "code": alarm.code,
        "severity": SEVERITY_RANK[alarm.severity],
        "status": alarm.status.value,
        "event_type": alarm.event_type.value,
        "acknowledged": alarm.acknowledged,
        "shelved": alarm.shelved_until is not None,
        "flapping": alarm.flapping,
        "stale": alarm.stale,
        "raised_at": to_ms(alarm.raised_at),
        "updated_at": to_ms(alarm.updated_at),
        "reported_at": to_ms(state.reported_at),
        "due_at": None if due is None else to_ms(due),
        "words": words_of(alarm),
        "body": encode(alarm),
        "state": encode(memory),
    }


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


def _upsert(module: Any) -> Any:
    statement = module.insert(ALARMS)
    kept = {"born", "native_id", "source", "ne_type", "ne_id"}
    changed = {c.name: statement.excluded[c.name] for c in ALARMS.columns if c.name not in kept}
    return statement.on_conflict_do_update(index_elements=["born"], set_=changed)


UPSERT = Bulk(sqlite=_upsert(sqlite), postgresql=_upsert(postgresql))
