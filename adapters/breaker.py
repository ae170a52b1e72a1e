"""A circuit breaker: after several failures in a row calls are refused at once, then one is let through to probe."""

from collections.abc import Callable

from adapters.ports.source import Circuit


class Breaker:
    """Counts failures in a row; opens at `threshold`, probes again after `cooldown` seconds."""

    def __init__(self, *, clock: Callable[[], float], threshold: int = 5, cooldown: float = 10.0) -> None:
        self._clock = clock
        self._threshold = threshold
        self._cooldown = cooldown
        self._failures = 0
        self._opened_at: float | None = None
        self._probing = False

    @property
    def state(self) -> Circuit:
        """Where the circuit stands now."""
        if self._opened_at is None:
            return Circuit.CLOSED
        if self._probing or self._clock() - self._opened_at >= self._cooldown:
            return Circuit.HALF_OPEN
        return Circuit.OPEN

    def allows(self) -> bool:
        """Whether a call may go out; in half-open state only the first one may."""
        state = self.state
        if state is Circuit.CLOSED:
            return True
        if state is Circuit.OPEN or self._probing:
            return False
        self._probing = True
        return True

    def succeeded(self) -> None:
        self._failures = 0
        self._opened_at = None
        self._probing = False

    def failed(self) -> None:
        self._failures += 1
        self._probing = False
        if self._failures >= self._threshold or self._opened_at is not None:
            self._opened_at = self._clock()

    def abandoned(self) -> None:
        """The call ended without telling anything of the source, e.g. because its caller went away."""
        self._probing = False
