"""Everything that runs beside the requests, started and stopped together; what crashes is started again."""

import asyncio
import random
import time
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager, suppress
from typing import Protocol

import structlog

from gql_ems.background.pacing import Backoff, Chance, Sleep

_log = structlog.get_logger("gql_ems.background")

STEADY_SECONDS = 60.0
"""What ran for so long before it crashed is started again as if it had never failed."""


class Part(Protocol):
    """Something that runs until it is cancelled; returning says that there is nothing to do."""

    @property
    def name(self) -> str:
        """What logs call it."""

    async def run(self) -> None:
        """Runs until cancelled."""


class Background:
    """Runs its parts side by side. The crash of one is logged, and it starts again after a wait; the others go on."""

    def __init__(
        self,
        parts: Iterable[Part],
        *,
        sleep: Sleep = asyncio.sleep,
        monotonic: Callable[[], float] = time.monotonic,
        chance: Chance = random.random,
    ) -> None:
        self.parts = tuple(parts)
        self._sleep = sleep
        self._monotonic = monotonic
        self._chance = chance

    async def run(self) -> None:
        """Runs all parts; ends when it is cancelled and each part has put its things away."""
        async with asyncio.TaskGroup() as group:
            for part in self.parts:
                group.create_task(self._kept_running(part), name=part.name)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Runs all parts as long as the block lasts."""
        task = asyncio.create_task(self.run(), name="background")
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def _kept_running(self, part: Part) -> None:
        backoff = Backoff(1.0, 60.0, self._chance)
        while True:
            started = self._monotonic()
            try:
                await part.run()
            except Exception as error:  # noqa: BLE001 - whatever it is, the part must run again.
                _log.error("background_crashed", part=part.name, error=type(error).__name__, exc_info=error)
            else:
                return
            if self._monotonic() - started >= STEADY_SECONDS:
                backoff.succeeded()
            await self._sleep(backoff.wait())
