"""What each call to a source took, told to whoever watches: metrics, spans, and the answer that asked."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from enum import Enum
from typing import Any, NamedTuple, Protocol

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


class Asked(NamedTuple):
    """What one answer has taken so far."""

    calls: list[CallSeen]
    reads: dict[Any, Any]
    """What was read for it, so that one answer asks the same once and shows one state of a source."""


_asked: ContextVar[Asked | None] = ContextVar("asked_for_this_answer", default=None)


@contextmanager
def watching() -> Iterator[list[CallSeen]]:
    """Collects the calls that are made on behalf of what runs inside, in the order of their ends."""
    asked = Asked([], {})
    token = _asked.set(asked)
    try:
        yield asked.calls
    finally:
        _asked.reset(token)


def note(call: CallSeen) -> None:
    """Adds a call to the answer that asked for it, where one watches."""
    asked = _asked.get()
    if asked is not None:
        asked.calls.append(call)


def reads_of_answer() -> dict[Any, Any] | None:
    """What was read already for the answer that asks; None outside of one."""
    asked = _asked.get()
    return None if asked is None else asked.reads
