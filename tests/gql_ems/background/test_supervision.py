import asyncio

import pytest

from gql_ems.background.supervision import Background


class Fragile:
    """Crashes so many times, then runs."""

    name = "fragile"

    def __init__(self, crashes: int) -> None:
        self.crashes = crashes
        self.starts = 0
        self.running = asyncio.Event()
        self.put_away = False

    async def run(self) -> None:
        self.starts += 1
        if self.starts <= self.crashes:
            raise RuntimeError("crashed")
        self.running.set()
        try:
            await asyncio.Event().wait()
        finally:
            self.put_away = True


@pytest.fixture
def waits() -> list[float]:
    return []


@pytest.fixture
def sleep(waits):
    async def slept(seconds: float) -> None:
        waits.append(seconds)

    return slept


async def test_a_part_that_crashes_is_started_again_after_growing_waits(sleep, waits):
    part = Fragile(crashes=4)
    async with Background([part], sleep=sleep, monotonic=lambda: 0.0, chance=lambda: 0.0).running():
        await part.running.wait()

    assert (part.starts, waits) == (5, [1.0, 2.0, 4.0, 8.0])


async def test_a_part_that_ran_for_long_is_started_again_soon(sleep, waits):
    part, hours = Fragile(crashes=3), iter(range(0, 100_000, 3600))
    background = Background([part], sleep=sleep, monotonic=lambda: next(hours), chance=lambda: 0.0)
    async with background.running():
        await part.running.wait()

    assert waits == [1.0, 1.0, 1.0]


async def test_the_crash_of_one_part_leaves_the_others_running(sleep):
    sound, broken = Fragile(crashes=0), Fragile(crashes=3)
    async with Background([sound, broken], sleep=sleep, chance=lambda: 0.0).running():
        await broken.running.wait()

        assert (sound.starts, sound.put_away) == (1, False)


async def test_what_stops_puts_its_things_away(sleep):
    part = Fragile(crashes=0)
    async with Background([part], sleep=sleep).running():
        await part.running.wait()

    assert part.put_away is True


async def test_a_part_that_has_nothing_to_do_is_not_started_again(sleep, waits):
    class Idle:
        name = "idle"

        async def run(self) -> None:
            return

    await Background([Idle()], sleep=sleep).run()

    assert waits == []
