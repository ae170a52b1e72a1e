import asyncio
from collections.abc import Callable

import pytest

from adapters.local.leases import Lease, LeaseLost
from gql_ems.background.tenure import RENEW_SECONDS, Tenure
from tests.adapters.local.samples import Steady


class Shift:
    """Work that notes when it starts and ends, and goes on until told."""

    def __init__(self) -> None:
        self.working = asyncio.Event()
        self.ended = asyncio.Event()
        self.rounds = 0
        self.failure: Exception | None = None

    async def __call__(self, _lease: Lease) -> None:
        self.rounds += 1
        self.working.set()
        try:
            if self.failure is not None:
                raise self.failure
            await asyncio.Event().wait()
        finally:
            self.working.clear()
            self.ended.set()


@pytest.fixture
def steady() -> Steady:
    return Steady()


@pytest.fixture
def lease_of(store, steady) -> Callable[[str], Lease]:
    return lambda owner: Lease(store.database, "feed:omc", owner=owner, steady=steady)


async def test_the_others_stand_by_while_one_works(lease_of, naps, beside):
    first, second = Shift(), Shift()
    async with beside(Tenure(lease_of("first"), first, sleep=naps)):
        await first.working.wait()
        async with beside(Tenure(lease_of("second"), second, sleep=naps)):
            await naps.begun(RENEW_SECONDS)
            await naps.round(RENEW_SECONDS)

            assert (first.rounds, second.rounds) == (1, 0)


async def test_work_goes_on_at_once_in_another_process_when_a_holder_stops(lease_of, naps, beside):
    first, second = Shift(), Shift()
    async with beside(Tenure(lease_of("first"), first, sleep=naps)):
        await first.working.wait()

    async with beside(Tenure(lease_of("second"), second, sleep=naps)):
        await second.working.wait()

        assert (first.working.is_set(), second.working.is_set()) == (False, True)


async def test_the_work_of_a_dead_process_is_taken_over_within_fifteen_seconds(
    lease_of, steady, naps, beside
):
    await lease_of("dead").acquire()
    heir = Shift()
    async with beside(Tenure(lease_of("heir"), heir, sleep=naps)):
        await naps.begun(RENEW_SECONDS)
        while not heir.working.is_set():
            steady.now += RENEW_SECONDS
            await naps.round(RENEW_SECONDS)

        assert steady.now <= 15


async def test_a_holder_that_was_overtaken_stops_its_work(lease_of, steady, naps, beside):
    late, heir = Shift(), lease_of("heir")
    async with beside(Tenure(lease_of("late"), late, sleep=naps)):
        await late.working.wait()
        await heir.acquire()
        steady.now += 20
        await heir.acquire()
        await naps.end(RENEW_SECONDS)
        async with asyncio.timeout(10):
            await late.ended.wait()

        assert late.working.is_set() is False


async def test_a_lease_that_is_lost_while_writing_makes_the_process_stand_by(lease_of, naps, beside):
    work = Shift()
    work.failure = LeaseLost("gone")
    async with beside(Tenure(lease_of("first"), work, sleep=naps)) as task:
        await work.ended.wait()
        await naps.begun(RENEW_SECONDS)

        assert task.done() is False


async def test_work_that_fails_gives_the_lease_back_and_tells(lease_of, naps):
    work, other = Shift(), lease_of("other")
    work.failure = ValueError("broken")
    with pytest.raises(ValueError, match="broken"):
        await Tenure(lease_of("first"), work, sleep=naps).run()

    assert await other.acquire() is True
