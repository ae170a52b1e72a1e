"""Sleeps that end when the test says so."""

import asyncio


class Naps:
    """Handed in as `sleep`: whoever sleeps does so until the test ends a nap of that length."""

    def __init__(self) -> None:
        self.asked: list[float] = []
        self._sleepers: list[tuple[float, asyncio.Future[None]]] = []
        self._begun = asyncio.Event()

    async def __call__(self, seconds: float) -> None:
        sleeper = (seconds, asyncio.get_running_loop().create_future())
        self.asked.append(seconds)
        self._sleepers.append(sleeper)
        self._begun.set()
        try:
            await sleeper[1]
        finally:
            self._sleepers.remove(sleeper)

    async def begun(self, seconds: float) -> None:
        """Waits until somebody sleeps for so long."""
        async with asyncio.timeout(20):
            while not any(s == seconds and not done.done() for s, done in self._sleepers):
                self._begun.clear()
                await self._begun.wait()

    async def end(self, seconds: float) -> None:
        """Waits until somebody sleeps for so long, and wakes the first."""
        await self.begun(seconds)
        next(done for s, done in self._sleepers if s == seconds and not done.done()).set_result(None)

    async def round(self, seconds: float) -> None:
        """Wakes who sleeps for so long, and waits until he sleeps again."""
        await self.end(seconds)
        await self.begun(seconds)
