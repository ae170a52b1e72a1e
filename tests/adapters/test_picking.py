"""Objects out of a list, whatever their number and the list's length: all that there are, in the fewest calls."""

from math import ceil

from hypothesis import given
from hypothesis import strategies as st

from adapters.picking import Picker, Short

SIZE = 5


class Shelf:
    """A list of numbers, page by page, that may tell how long it is."""

    def __init__(self, length: int, *, counted: bool = True) -> None:
        self.rows = [str(number) for number in range(length)]
        self.counted = counted
        self.calls = 0

    async def page(self, number: int, size: int) -> tuple[list[str], int | None]:
        self.calls += 1
        rows = self.rows[(number - 1) * size : number * size]
        return rows, len(self.rows) if self.counted else None

    async def alone(self, one: str) -> str | None:
        self.calls += 1
        return f"alone {one}" if one.startswith("hidden") else None

    def picker(self, **how) -> Picker[str, str]:
        return Picker(self.page, lambda row: row, lambda row: f"row {row}", SIZE, **how)


@given(length=st.integers(0, 60), wanted=st.sets(st.integers(0, 70), max_size=20), counted=st.booleans())
async def test_what_is_picked_is_all_that_there_is_in_fewer_calls_than_ids(length, wanted, counted):
    shelf = Shelf(length, counted=counted)
    picker = shelf.picker()
    for _ in range(2):
        shelf.calls = 0
        found = await picker.pick(map(str, wanted))
        if found is not None:
            assert found == {str(n): f"row {n}" for n in wanted if n < length}
            assert shelf.calls <= len(wanted)
        else:
            assert ceil((length + 1) / SIZE) > len(wanted) > 0


async def test_a_list_that_is_too_long_is_tried_once():
    shelf = Shelf(60)
    picker = shelf.picker()

    assert [await picker.pick(["58", "59"]) for _ in range(3)] == [None, None, None]
    assert shelf.calls == 1


async def test_what_is_in_no_list_is_read_by_itself_where_that_can_be():
    shelf = Shelf(3)

    found = await shelf.picker(alone=shelf.alone).pick(["1", "hidden", "9"])
    assert found == {"1": "row 1", "hidden": "alone hidden"}


async def test_nothing_is_asked_for_no_ids():
    shelf = Shelf(3)

    assert (await shelf.picker().pick([]), shelf.calls) == ({}, 0)


@given(length=st.integers(0, 12))
async def test_a_short_list_is_read_whole_and_a_long_one_tried_once(length):
    shelf = Shelf(length)
    short = Short(shelf.page, SIZE)
    told = [await short.rows(), await short.rows()]

    assert told == ([shelf.rows] * 2 if length < SIZE else [None, None])
    assert shelf.calls == (2 if length < SIZE else 1)
