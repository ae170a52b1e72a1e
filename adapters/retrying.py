"""How often and after how long a read that failed is tried again."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from adapters.errors import UpstreamError, UpstreamUnavailable


@dataclass(frozen=True)
class Retrying:
    """At most `attempts` tries; waits grow twofold with full jitter, or as long as `Retry-After` says."""

    attempts: int = 3
    base_seconds: float = 0.1
    longest_seconds: float = 2.0
    sleep: Callable[[float], Awaitable[None]] = field(default=asyncio.sleep, repr=False)
    chance: Callable[[], float] = field(default=random.random, repr=False)

    def wait(self, attempt: int, error: UpstreamError) -> float | None:
        """Seconds until the next try after the given one (from 1), or None if there is none."""
        if attempt >= self.attempts or not isinstance(error, UpstreamUnavailable):
            return None
        if error.retry_after is not None:
            return error.retry_after if error.retry_after <= self.longest_seconds else None
        grown: float = self.base_seconds * 2.0 ** (attempt - 1)
        return min(self.longest_seconds, grown) * self.chance()


NEVER = Retrying(attempts=1)
