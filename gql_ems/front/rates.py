"""How many requests a caller may make: a bucket that fills evenly through the minute."""

from collections import OrderedDict
from collections.abc import Callable

from adapters.caller import Caller
from adapters.errors import RateLimited

CALLERS = 10_000
"""Buckets that are remembered; the caller seen longest ago is forgotten first."""


class TooManyRequests(RateLimited):
    """The caller's bucket is empty; `retry_after` is in how many seconds there is something in it."""

    def __init__(self, message: str, retry_after: float) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class Bucket:
    """What is left to a caller, and since when."""

    __slots__ = ("at", "left")

    def __init__(self, left: float, at: float) -> None:
        self.left = left
        self.at = at


class Rates:
    """A bucket for each caller, in this process."""

    def __init__(self, per_minute: int, clock: Callable[[], float]) -> None:
        self._size = float(per_minute)
        self._clock = clock
        self._buckets: OrderedDict[str, Bucket] = OrderedDict()

    def take(self, caller: str, count: int = 1) -> None:
        """Takes requests out of the bucket; TooManyRequests where there are not so many in it."""
        now = self._clock()
        bucket = self._buckets.get(caller) or self._new(caller, now)
        self._buckets.move_to_end(caller)
        if now > bucket.at:
            bucket.left = min(self._size, bucket.left + (now - bucket.at) * self._size / 60)
        bucket.at = now
        # A batch larger than the bucket takes a full one, or it could never be answered.
        wanted = min(count, self._size)
        if bucket.left < wanted:
            wait = (wanted - bucket.left) * 60 / self._size
            raise TooManyRequests(f"at most {self._size:g} requests a minute; wait {wait:.1f} s", wait)
        bucket.left -= wanted

    def _new(self, caller: str, now: float) -> Bucket:
        if len(self._buckets) >= CALLERS:
            self._buckets.popitem(last=False)
        bucket = self._buckets[caller] = Bucket(self._size, now)
        return bucket


def bucket_of(caller: Caller, address: str) -> str:
    """Whose bucket a request takes from: a caller's own, or an address's while nobody is signed in there."""
    return f"user {caller.username}" if caller.username else f"from {address}"
