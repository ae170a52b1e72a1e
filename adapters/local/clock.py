"""Instants as the store keeps them: whole milliseconds since 1970 in UTC."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MILLISECOND = timedelta(milliseconds=1)

Clock = Callable[[], datetime]
"""Tells the time; handed in, so that tests turn the hands."""


def system_clock() -> datetime:
    """Tell the machine's time in UTC."""
    return datetime.now(UTC)


def to_ms(at: datetime) -> int:
    """Count the milliseconds since 1970, cut off below."""
    return (at - EPOCH) // MILLISECOND


def from_ms(ms: int) -> datetime:
    """Turn stored milliseconds into an aware instant."""
    return EPOCH + timedelta(milliseconds=ms)


def whole(at: datetime) -> datetime:
    """Cut an instant to what the store keeps, so that what is compared in memory and in SQL is the same."""
    return from_ms(to_ms(at))
