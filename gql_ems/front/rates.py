"""How many requests a caller may make: a bucket that fills evenly through the minute."""

from collections.abc import Callable

from cachetools import LRUCache

from adapters.caller import Caller
from adapters.errors import RateLimited

CALLERS = 10_000
"""Buckets that are remembered; the caller seen longest ago is forgotten first."""


class TooManyRequests(RateLimited):
    """The caller's bucket is empty; `retry_after` is in how many seconds there is something in it."""

    def __init__(self, message: str, retry_after: float) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class Rates:
    """A bucket for each caller, in this process."""

    def __init__(self, per_minute: int, clock: Callable[[], float]) -> None:
        self._size = float(per_minute)
        self._clock = clock
        self._buckets: LRUCache[str, tuple[float, float]] = LRUCache(CALLERS)

    def take(self, caller: str, count: int = 1) -> None:
        """Takes requests out of the bucket; TooManyRequests where there are not so many in it."""
        now = self._clock()
        left, at = self._buckets.get(caller, (self._size, now))
        left = min(self._size, left + max(0.0, now - at) * self._size / 60)
        # A batch larger than the bucket takes a full one, or it could never be answered.
        wanted = min(float(count), self._size)
        if left < wanted:
            self._buckets[caller] = (left, now)
            wait = (wanted - left) * 60 / self._size
            raise TooManyRequests(f"at most {self._size:g} requests a minute; wait {wait:.1f} s", wait)
        self._buckets[caller] = (left - wanted, now)


def bucket_of(caller: Caller, address: str) -> str:
    """Whose bucket a request takes from: a caller's own, or an address's while nobody is signed in there."""
    return f"user {caller.username}" if caller.username else f"from {address}"
