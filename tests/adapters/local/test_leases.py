import pytest

from adapters.local.alarm_events import Remark
from adapters.local.entries import deed_entry
from adapters.local.leases import Lease, LeaseLost
from tests.adapters.local.samples import NOON, Steady


@pytest.fixture
def steady() -> Steady:
    return Steady()


@pytest.fixture
def pair(store, hands, steady) -> tuple[Lease, Lease]:
    """Two processes that want one lease."""
    first, second = (
        Lease(store.database, "poll omc", owner=owner, clock=hands, steady=steady)
        for owner in ("first", "second")
    )
    return first, second


async def test_one_of_two_holds_the_lease(pair):
    first, second = pair

    assert [await first.acquire(), await second.acquire(), await first.acquire()] == [True, False, True]


async def test_a_silent_holder_is_taken_over_from_within_fifteen_seconds(pair, steady):
    first, second = pair
    await first.acquire()
    held = [await second.acquire()]
    for _ in range(5):
        steady.now += 3
        held.append(await second.acquire())

    assert held == [False, False, False, True, True, True]


async def test_a_holder_that_renews_keeps_the_lease_however_long(pair, steady):
    first, second = pair
    await first.acquire()
    taken = []
    for _ in range(10):
        steady.now += 3
        await first.renew()
        taken.append(await second.acquire())

    assert taken == [False] * 10


async def test_a_wall_clock_that_jumps_takes_nothing_from_the_holder(pair, hands):
    first, second = pair
    await first.acquire()
    await second.acquire()
    hands.turn(hours=5)

    assert await second.acquire() is False


async def test_a_lease_given_back_is_free_at_once(pair):
    first, second = pair
    await first.acquire()
    await first.release()

    assert await second.acquire() is True


async def test_each_change_of_hands_raises_the_fence(pair):
    first, second = pair
    await first.acquire()
    before = first.fence
    await first.release()
    await second.acquire()

    assert (before, second.fence) == (1, 2)


async def test_one_who_lost_the_lease_learns_it_on_renewing(pair, steady):
    first, second = pair
    await first.acquire()
    await second.acquire()
    steady.now += 10
    await second.acquire()

    assert (await first.renew(), first.fence) == (False, None)


async def test_what_is_written_under_a_lost_lease_is_refused(pair, steady, store):
    first, second = pair
    await first.acquire()
    await second.acquire()
    steady.now += 10
    await second.acquire()

    with pytest.raises(LeaseLost):
        await store.journal.append([deed_entry("a1", Remark(at=NOON, by="x", text="y"))], first)
