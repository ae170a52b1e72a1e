"""What is made once for all who ask for it at the same time, whoever of them leaves."""

import asyncio

import pytest

from adapters.flight import Flights


class Maker:
    """Makes values when it is told to, and counts how often it began."""

    def __init__(self) -> None:
        self.begun = 0
        self.value: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    async def __call__(self) -> str:
        self.begun += 1
        return await asyncio.shield(self.value)


async def some_turns() -> None:
    """Lets everybody come as far as they can."""
    for _ in range(10):
        await asyncio.sleep(0)


@pytest.fixture
async def maker() -> Maker:
    return Maker()


@pytest.fixture
def flights() -> Flights[str]:
    return Flights()


def asking(flights: Flights[str], maker: Maker, count: int, key: str = "a") -> list[asyncio.Task[str]]:
    return [asyncio.create_task(flights.share(key, maker)) for _ in range(count)]


async def test_all_who_ask_at_once_get_the_same(flights, maker):
    tasks = asking(flights, maker, 5)
    await some_turns()
    maker.value.set_result("one")

    assert await asyncio.gather(*tasks) == ["one"] * 5
    assert maker.begun == 1


async def test_who_asks_for_something_else_gets_that(flights, maker):
    other = Maker()
    tasks = asking(flights, maker, 1) + asking(flights, other, 1, "b")
    await some_turns()
    maker.value.set_result("one")
    other.value.set_result("other")

    assert await asyncio.gather(*tasks) == ["one", "other"]


async def test_what_was_made_is_not_kept(flights, maker):
    maker.value.set_result("one")

    assert [await flights.share("a", maker), await flights.share("a", maker)] == ["one", "one"]
    assert maker.begun == 2


async def test_nothing_counts_as_a_value_too(flights):
    async def nothing() -> None:
        await asyncio.sleep(0)

    assert await asyncio.gather(*(flights.share("a", nothing) for _ in range(3))) == [None] * 3


async def test_what_goes_wrong_is_told_to_all_and_tried_anew_by_the_next(flights, maker):
    tasks = asking(flights, maker, 3)
    await some_turns()
    maker.value.set_exception(OSError("no route"))
    told = await asyncio.gather(*tasks, return_exceptions=True)
    again = Maker()
    again.value.set_result("two")

    assert [str(one) for one in told] == ["no route"] * 3
    assert (maker.begun, await flights.share("a", again)) == (1, "two")


async def test_who_began_it_and_leaves_lets_one_of_the_others_begin_anew(flights, maker):
    first, *others = asking(flights, maker, 4)
    await some_turns()
    first.cancel()
    await some_turns()
    maker.value.set_result("one")

    assert await asyncio.gather(*others) == ["one"] * 3
    assert maker.begun == 2
    assert first.cancelled()


async def test_who_only_waits_leaves_alone(flights, maker):
    first, waiting, other = asking(flights, maker, 3)
    await some_turns()
    waiting.cancel()
    await some_turns()
    maker.value.set_result("one")

    assert await asyncio.gather(first, other) == ["one", "one"]
    assert (maker.begun, waiting.cancelled()) == (1, True)


async def test_where_all_leave_one_after_the_other_nothing_is_left(flights, maker):
    for task in asking(flights, maker, 3):
        await some_turns()
        task.cancel()
    await some_turns()
    again = Maker()
    again.value.set_result("two")

    assert await flights.share("a", again) == "two"
    assert maker.begun == 3
