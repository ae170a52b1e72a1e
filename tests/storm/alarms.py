"""Alarms as elements post them, in both documented forms: each event tells its own number."""

from collections.abc import Iterator
from datetime import datetime, timedelta

NOON = datetime(2026, 3, 1, 12, 0)  # noqa: DTZ001 - elements send local times
LIFE = 5
"""Raised, repeated, worse, cleared, raised again: what happens to each alarm, in this order."""


def event(number: int) -> dict[str, object]:
    """The event of a number; five in a row are the life of one alarm."""
    alarm, step = divmod(number, LIFE)
    at = NOON + timedelta(seconds=number)
    told: dict[str, object] = {
        "alarmTitle": "N4 association lost",
        "eventTime": at.strftime("%Y-%m-%d %H:%M:%S"),
        "alarmCode": 10_000 + alarm,
        "alarmType": "CommunicationAlarm",
        "alarmStatus": 0 if step == 3 else 1,
        "specificProblem": "PFCP heartbeat missing",
    }
    if alarm % 2:
        severity = "Critical" if step == 2 else "Major"
        place = {"neType": "SMF", "neId": f"{alarm % 7:03d}", "locationInfo": "Hall 1"}
        return {**told, **place, "origSeverity": severity, "addInfo": f"event {number}"}
    severity_number = 1 if step == 2 else 2
    text = {"additionalText": f"event {number}", "alarmSource": "smf"}
    return {**told, **text, "objectId": f"SMF_{alarm % 7}", "perceivedSeverity": severity_number}


def posts(poster: int, posters: int, events: int) -> Iterator[list[int]]:
    """The numbers that one of several posters sends, post by post: one event alone, then a list."""
    mine = [
        number
        for alarm in range(poster, events // LIFE, posters)
        for number in range(alarm * LIFE, alarm * LIFE + LIFE)
    ]
    largest = max(8, events // 2_500)
    start, size = 0, 1
    while start < len(mine):
        yield mine[start : start + size]
        start += size
        size = 1 if size >= largest else min(size * 3, largest)
