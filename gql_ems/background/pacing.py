"""How long to wait: a sleep that is handed in, and waits that grow with each failure in a row."""

import random
from collections.abc import Awaitable, Callable

Sleep = Callable[[float], Awaitable[None]]
"""Waits some seconds; handed in, so that tests need not."""

Chance = Callable[[], float]
"""A number from 0 up to 1."""


class Backoff:
    """Waits that double from `first` up to `longest`, each shortened by up to half so that many do not come at once."""

    def __init__(self, first: float, longest: float, chance: Chance = random.random) -> None:
        self._first = first
        self._longest = max(first, longest)
        self._chance = chance
        self._next = first

    def wait(self) -> float:
        """How long to wait after one more failure."""
        whole, self._next = self._next, min(self._next * 2, self._longest)
        return whole * (1 - self._chance() / 2)

    def succeeded(self) -> None:
        """The next failure is the first of its row."""
        self._next = self._first
