import pytest

from adapters.local.watched import SILENT_SECONDS, StoreWatched
from tests.adapters.local.samples import Steady


@pytest.fixture
def steady() -> Steady:
    return Steady()


@pytest.fixture
def two(store, steady) -> tuple[StoreWatched, StoreWatched]:
    return StoreWatched(store.database, steady), StoreWatched(store.database, steady)


def keys(*names: str) -> frozenset[str]:
    return frozenset(names)


async def test_each_process_learns_what_all_watch(two):
    one, other = two

    assert await one.exchange("iot", keys("a", "b")) == keys("a", "b")
    assert await other.exchange("iot", keys("b", "c")) == keys("a", "b", "c")
    assert await one.exchange("iot", keys("a")) == keys("a", "b", "c")


async def test_what_is_watched_no_more_is_nobodys(two):
    one, other = two
    await one.exchange("iot", keys("a"))
    await other.exchange("iot", keys("b"))

    assert await one.exchange("iot", keys()) == keys("b")
    assert await other.exchange("iot", keys("b")) == keys("b")


async def test_sources_have_nothing_to_do_with_each_other(two):
    one, other = two
    await one.exchange("iot", keys("a"))

    assert await other.exchange("plant", keys("b")) == keys("b")


async def test_a_process_that_fell_silent_is_forgotten(two, steady):
    one, other = two
    await one.exchange("iot", keys("a"))
    await other.exchange("iot", keys("b"))
    steady.now += SILENT_SECONDS - 1
    just_before = await other.exchange("iot", keys("b"))
    steady.now += 1
    after = await other.exchange("iot", keys("b"))

    assert (just_before, after) == (keys("a", "b"), keys("b"))


async def test_a_process_that_goes_on_is_not(two, steady):
    one, other = two
    for _ in range(5):
        steady.now += SILENT_SECONDS - 1
        await one.exchange("iot", keys("a"))

        assert await other.exchange("iot", keys("b")) == keys("a", "b")


async def test_a_process_that_was_forgotten_comes_back_with_its_next_word(two, steady):
    one, other = two
    await one.exchange("iot", keys("a"))
    await other.exchange("iot", keys("b"))
    steady.now += SILENT_SECONDS
    await other.exchange("iot", keys("b"))
    await one.exchange("iot", keys("a"))

    assert await other.exchange("iot", keys("b")) == keys("a", "b")
