"""What the tests of the store feed it: a clock with hands, alarms as elements post them."""

from datetime import UTC, datetime, timedelta

from adapters.ports import AlarmRow
from adapters.records import Severity

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


class Hands:
    """A clock whose hands the test turns."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now

    def turn(self, **by: float) -> datetime:
        self.now += timedelta(**by)
        return self.now


def alarm_row(minute: float = 0, **facts) -> AlarmRow:
    """An alarm as an SMF posts it, some minutes after noon."""
    told = {
        "ne_type": "SMF",
        "ne_id": "001",
        "alarm_id": "SMF0113",
        "code": 113,
        "title": "N4 association lost",
        "severity": Severity.MAJOR,
        "event_time": NOON + timedelta(minutes=minute),
        "specific_problem": "heartbeat timeout",
    }
    return AlarmRow(**{**told, **facts})


class Steady:
    """A clock that nobody sets back."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now
