"""How many requests a caller may make: a bucket that fills evenly through the minute."""

from collections.abc import Callable

from cachetools import LRUCache

from adapters.errors import RateLimited

CALLERS = 10_000
"""Buckets that are remembered; the caller seen longest ago is forgotten first."""


class Rates:
    """A bucket for each caller, in this process."""

    def __init__(self, per_minute: int, clock: Callable[[], float]) -> None:
        self._size = float(per_minute)
        self._clock = clock
        self._buckets: LRUCache[str, tuple[float, float]] = LRUCache(CALLERS)

    def take(self, caller: str) -> None:
        """Takes one request out of the bucket; RateLimited where it is empty."""
        now = self._clock()
        left, at = self._buckets.get(caller, (self._size, now))
        left = min(self._size, left + (now - at) * self._size / 60)
        if left < 1:
            self._buckets[caller] = (left, now)
            raise RateLimited(
                f"at most {self._size:g} requests a minute; wait {(1 - left) * 60 / self._size:.1f} s"
            )
        self._buckets[caller] = (left - 1, now)
