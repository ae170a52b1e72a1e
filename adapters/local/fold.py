"""The alarm fold: what an alarm is after an event. Pure, so that replaying the journal rebuilds the same table."""

from datetime import datetime, timedelta

import msgspec
from msgspec import Struct

from adapters.local.alarm_events import (
    Acknowledgement,
    Clearing,
    FlappingChange,
    Happening,
    Remark,
    Report,
    Shelving,
    StaleChange,
    Unacknowledgement,
    Unshelving,
)
from adapters.records import Alarm, AlarmChange, AlarmComment, AlarmStatus, ClearingType

replace = msgspec.structs.replace

FLAPPING_CHANGES = 4
FLAPPING_SPAN = timedelta(minutes=30)


class Flip(Struct, frozen=True, array_like=True):
    """A raise or a clear: when it happened, and when it was told."""

    at: datetime
    received: datetime


class AlarmState(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An alarm with what the fold must remember of it."""

    alarm: Alarm
    reported_at: datetime
    """Time of the last raise, repeat or clear; older reports change nothing."""
    flips: tuple[Flip, ...] = ()
    comments: tuple[AlarmComment, ...] = ()
    ne_name: str | None = None


class Step(Struct, frozen=True):
    """What an event did: the state after it, and the change, if any. A late one is history alone."""

    state: AlarmState | None
    change: AlarmChange | None
    late: bool = False


def fold(state: AlarmState | None, event: Happening, native_id: str, received: datetime) -> Step:
    """Apply one event; a step without a change says that there was nothing new in it."""
    if isinstance(event, Report):
        return _reported(state, event, native_id, received)
    if state is None:
        return Step(None, None)
    match event:
        case Clearing():
            return _cleared_by_hand(state, event, received)
        case Acknowledgement() | Unacknowledgement():
            return _acknowledged(state, event)
        case Remark():
            return Step(
                _noted(_touched(state, event.at), event.at, event.by, event.text), AlarmChange.COMMENTED
            )
        case Shelving() | Unshelving():
            return _shelved(state, event)
        case FlappingChange():
            if state.alarm.flapping == event.flapping:
                return Step(state, None)
            return Step(_touched(state, event.at, flapping=event.flapping), AlarmChange.FLAPPING_CHANGED)
        case StaleChange():
            if state.alarm.stale == event.stale:
                return Step(state, None)
            return Step(_touched(state, event.at, stale=event.stale), AlarmChange.STALE_CHANGED)


def consequence(state: AlarmState, change: AlarmChange, received: datetime) -> FlappingChange | None:
    """Tell what follows at once from a change: an alarm raised and cleared again and again is flapping."""
    if change not in (AlarmChange.RAISED, AlarmChange.CLEARED) or state.alarm.flapping:
        return None
    if len(state.flips) < FLAPPING_CHANGES or state.flips[-1].at - state.flips[0].at > FLAPPING_SPAN:
        return None
    return FlappingChange(at=received, flapping=True)


def due_at(state: AlarmState) -> datetime | None:
    """Tell when time alone changes the alarm next."""
    times = []
    if state.alarm.shelved_until is not None:
        times.append(state.alarm.shelved_until)
    if state.alarm.flapping:
        times.append(_calm_at(state))
    return min(times, default=None)


def fell_due(state: AlarmState, now: datetime) -> list[Unshelving | FlappingChange]:
    """List what time alone has changed by now."""
    events: list[Unshelving | FlappingChange] = []
    until = state.alarm.shelved_until
    if until is not None and until <= now:
        events.append(Unshelving(at=until))
    if state.alarm.flapping and _calm_at(state) <= now:
        events.append(FlappingChange(at=_calm_at(state), flapping=False))
    return events


def _calm_at(state: AlarmState) -> datetime:
    return (state.flips[0].received if state.flips else state.reported_at) + FLAPPING_SPAN


def _reported(state: AlarmState | None, report: Report, native_id: str, received: datetime) -> Step:
    if state is None:
        return Step(_first(report, native_id, received), _kind(report))
    if report.at < state.reported_at:
        known = not report.cleared and report.at == state.alarm.raised_at
        return Step(state, None) if known else Step(state, _kind(report), late=True)
    standing = state.alarm.status is AlarmStatus.ACTIVE
    if report.cleared:
        return Step(_cleared(state, report, received), AlarmChange.CLEARED) if standing else Step(state, None)
    if not standing:
        if report.at == state.alarm.raised_at:
            return Step(state, None)
        return Step(_reopened(state, report, received), AlarmChange.RAISED)
    return _repeated(state, report)


def _kind(report: Report) -> AlarmChange:
    return AlarmChange.CLEARED if report.cleared else AlarmChange.RAISED


def _first(report: Report, native_id: str, received: datetime) -> AlarmState:
    alarm = Alarm(
        source=report.source,
        native_id=native_id,
        raw=report.raw,
        ne_type=report.ne_type,
        ne_id=report.ne_id,
        alarm_id=report.alarm_id,
        code=report.code,
        title=report.title,
        event_type=report.event_type,
        severity=report.severity,
        original_severity=report.original_severity or report.severity,
        status=AlarmStatus.CLEARED if report.cleared else AlarmStatus.ACTIVE,
        raised_at=report.raised_at or report.at,
        updated_at=report.at,
        count=max(report.count or 1, 1),
        specific_problem=report.specific_problem,
        additional_text=report.additional_text,
        location=report.location,
        **(_clearing(report) if report.cleared else {}),  # type: ignore[arg-type]
    )
    flips = (Flip(report.at, received),)
    return AlarmState(alarm=alarm, reported_at=report.at, flips=flips, ne_name=report.ne_name)


def _clearing(report: Report) -> dict[str, object]:
    kind = ClearingType.MANUAL if report.by_hand else ClearingType.AUTOMATIC
    return {"cleared_at": report.at, "cleared_by": report.by, "clearing": kind}


def _told(state: AlarmState, report: Report) -> dict[str, object]:
    """Take over what the report says newer; what it leaves out stays."""
    alarm = state.alarm
    return {
        "title": report.title or alarm.title,
        "code": alarm.code if report.code is None else report.code,
        "alarm_id": report.alarm_id or alarm.alarm_id,
        "additional_text": report.additional_text or alarm.additional_text,
        "raw": alarm.raw if report.raw is None else report.raw,
        "updated_at": max(alarm.updated_at, report.at),
    }


def _cleared(state: AlarmState, report: Report, received: datetime) -> AlarmState:
    alarm = replace(state.alarm, **_told(state, report), **_clearing(report), status=AlarmStatus.CLEARED)
    return replace(state, alarm=alarm, reported_at=report.at, flips=_flipped(state, report.at, received))


def _reopened(state: AlarmState, report: Report, received: datetime) -> AlarmState:
    alarm = replace(
        state.alarm,
        **_told(state, report),
        status=AlarmStatus.ACTIVE,
        severity=report.severity,
        original_severity=report.original_severity or report.severity,
        raised_at=report.at,
        cleared_at=None,
        cleared_by=None,
        clearing=None,
        acknowledged=False,
        acknowledged_at=None,
        acknowledged_by=None,
        count=max(report.count or 1, 1),
    )
    return replace(state, alarm=alarm, reported_at=report.at, flips=_flipped(state, report.at, received))


def _repeated(state: AlarmState, report: Report) -> Step:
    alarm = state.alarm
    worse_or_better = report.severity is not alarm.severity
    again = report.at > state.reported_at
    if not again and not worse_or_better:
        return Step(state, None)
    alarm = replace(
        alarm,
        **_told(state, report),
        severity=report.severity,
        count=max(alarm.count + again, report.count or 1),
    )
    change = AlarmChange.SEVERITY_CHANGED if worse_or_better else AlarmChange.REPEATED
    return Step(replace(state, alarm=alarm, reported_at=report.at), change)


def _flipped(state: AlarmState, at: datetime, received: datetime) -> tuple[Flip, ...]:
    return (*state.flips, Flip(at, received))[-FLAPPING_CHANGES:]


def _cleared_by_hand(state: AlarmState, event: Clearing, received: datetime) -> Step:
    if state.alarm.status is AlarmStatus.CLEARED:
        return Step(state, None)
    after = _touched(
        state,
        event.at,
        status=AlarmStatus.CLEARED,
        cleared_at=event.at,
        cleared_by=event.by,
        clearing=ClearingType.MANUAL,
    )
    after = replace(
        after,
        reported_at=max(state.reported_at, event.at),
        flips=_flipped(state, event.at, received),
    )
    return Step(_noted(after, event.at, event.by, event.comment), AlarmChange.CLEARED)


def _acknowledged(state: AlarmState, event: Acknowledgement | Unacknowledgement) -> Step:
    wanted = isinstance(event, Acknowledgement)
    if state.alarm.acknowledged == wanted:
        return Step(state, None)
    after = _touched(
        state,
        event.at,
        acknowledged=wanted,
        acknowledged_at=event.at if wanted else None,
        acknowledged_by=event.by if wanted else None,
    )
    change = AlarmChange.ACKNOWLEDGED if wanted else AlarmChange.UNACKNOWLEDGED
    return Step(_noted(after, event.at, event.by, event.comment), change)


def _shelved(state: AlarmState, event: Shelving | Unshelving) -> Step:
    if isinstance(event, Shelving):
        if state.alarm.shelved_until == event.until:
            return Step(state, None)
        after = _touched(state, event.at, shelved_until=event.until, shelved_by=event.by)
        return Step(_noted(after, event.at, event.by, event.comment), AlarmChange.SHELVED)
    if state.alarm.shelved_until is None:
        return Step(state, None)
    return Step(_touched(state, event.at, shelved_until=None, shelved_by=None), AlarmChange.UNSHELVED)


def _touched(state: AlarmState, at: datetime, **changes: object) -> AlarmState:
    alarm = replace(state.alarm, updated_at=max(state.alarm.updated_at, at), **changes)
    return replace(state, alarm=alarm)


def _noted(state: AlarmState, at: datetime, by: str, text: str | None) -> AlarmState:
    if not text:
        return state
    return replace(state, comments=(*state.comments, AlarmComment(at=at, by=by, text=text)))
