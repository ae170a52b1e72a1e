"""What each call to a source took, told to whoever watches: metrics, spans, and the answer that asked."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from enum import Enum
from typing import Protocol

from msgspec import Struct


class CacheUse(Enum):
    MISS = "MISS"
    HIT = "HIT"
    COALESCED = "COALESCED"


class CallSeen(Struct, frozen=True, kw_only=True):
    """One call upstream: the documented operation, never a URL with arguments."""

    source: str
    operation: str
    method: str
    path: str
    status: int | None
    started: float
    """Seconds of a monotonic clock."""
    ms: float
    cache: CacheUse
    error: str | None = None


class Observer(Protocol):
    """Is told of each call upstream, each change of a circuit, and each odd field, as they happen."""

    def called(self, call: CallSeen) -> None: ...

    def circuit_changed(self, source: str, circuit: str) -> None: ...

    def odd_fields(self, source: str, operation: str, problems: dict[str, str]) -> None: ...


class Silent:
    """Watches nothing."""

    def called(self, call: CallSeen) -> None:
        """Lets it pass."""

    def circuit_changed(self, source: str, circuit: str) -> None:
        """Lets it pass."""

    def odd_fields(self, source: str, operation: str, problems: dict[str, str]) -> None:
        """Lets it pass."""


_asked: ContextVar[list[CallSeen] | None] = ContextVar("calls_of_this_answer", default=None)


@contextmanager
def watching() -> Iterator[list[CallSeen]]:
    """Collects the calls that are made on behalf of what runs inside, in the order of their ends."""
    seen: list[CallSeen] = []
    token = _asked.set(seen)
    try:
        yield seen
    finally:
        _asked.reset(token)


def note(call: CallSeen) -> None:
    """Adds a call to the answer that asked for it, where one watches."""
    seen = _asked.get()
    if seen is not None:
        seen.append(call)
