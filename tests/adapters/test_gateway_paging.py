"""Lists by pages: whatever the sizes, a walk over them gives every row once, in order, and says when it is over."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.errors import BadInput
from adapters.paging import aligned, capped, every, numbered, sifted, whole
from adapters.ports.page import Page, PageRequest

NO_ID = -1

rows_of = st.lists(st.booleans(), max_size=60).map(
    lambda known: [index if good else NO_ID for index, good in enumerate(known)]
)
"""Rows that are their own place in the list, some of them without an id."""
sizes = st.integers(1, 25)


class Shelf:
    """A list that is given by numbered pages, with its count or without, and remembers what it was asked."""

    def __init__(self, rows: list[int], *, tells_total: bool = True, largest: int | None = None) -> None:
        self.rows = rows
        self.tells_total = tells_total
        self.largest = largest
        self.asked: list[tuple[int, int]] = []

    async def fetch(self, number: int, size: int) -> tuple[list[int], int | None]:
        assert number >= 1
        assert self.largest is None or size <= self.largest
        self.asked.append((number, size))
        found = self.rows[(number - 1) * size : number * size]
        return found, len(self.rows) if self.tells_total else None


def to_record(row: int) -> int | None:
    return None if row == NO_ID else row


def even(record: int) -> bool:
    return record % 2 == 0


Ask = Callable[[PageRequest], Awaitable[Page[int]]]


async def walk(ask: Ask, firsts: list[int]) -> list[Page[int]]:
    """All pages of a list, each of the next size, as a caller turns them."""
    pages: list[Page[int]] = []
    after = None
    while True:
        first = firsts[len(pages) % len(firsts)]
        page = await ask(PageRequest(first=first, after=after))
        pages.append(page)
        assert len(page.records) <= first
        assert len(page.positions) == len(page.records)
        if not page.more:
            return pages
        assert len(pages) < 200
        after = page.end if page.end is not None or not page.positions else page.positions[-1]


def records_of(pages: list[Page[int]]) -> list[int]:
    return [record for page in pages for record in page.records]


@given(rows_of, st.lists(sizes, min_size=1, max_size=4), st.integers(1, 30), st.booleans())
def test_a_walk_over_numbered_pages_gives_every_row_once(rows, firsts, largest, tells_total):
    shelf = Shelf(rows, tells_total=tells_total)
    pages = asyncio.run(walk(lambda r: numbered(shelf.fetch, r, to_record, largest=largest), firsts))
    assert records_of(pages) == [row for row in rows if row != NO_ID]
    assert sum(len(page.problems) for page in pages) == rows.count(NO_ID)
    assert all(page.total == len(rows) for page in pages if page.total is not None)
    assert not tells_total or all(page.total == len(rows) for page in pages)


@given(rows_of, st.lists(sizes, min_size=1, max_size=4), st.integers(1, 10), st.booleans())
def test_a_walk_over_capped_pages_gives_every_row_once(rows, firsts, largest, tells_total):
    shelf = Shelf(rows, tells_total=tells_total, largest=largest)
    fetch = capped(shelf.fetch, largest)
    pages = asyncio.run(walk(lambda r: numbered(fetch, r, to_record), firsts))
    assert records_of(pages) == [row for row in rows if row != NO_ID]
    assert sum(len(page.problems) for page in pages) == rows.count(NO_ID)
    assert not tells_total or all(page.total == len(rows) for page in pages)


@given(rows_of, st.lists(sizes, min_size=1, max_size=4), sizes)
def test_a_walk_over_a_sifted_list_gives_every_match_once(rows, firsts, size):
    shelf = Shelf(rows)
    pages = asyncio.run(walk(lambda r: sifted(shelf.fetch, r, to_record, even, size=size), firsts))
    assert records_of(pages) == [row for row in rows if row != NO_ID and even(row)]
    assert sum(len(page.problems) for page in pages) >= rows.count(NO_ID)
    assert {page.total for page in pages} == {None}


@given(rows_of, st.lists(sizes, min_size=1, max_size=4))
def test_a_walk_over_a_whole_list_gives_every_match_once(rows, firsts):
    async def ask(request: PageRequest) -> Page[int]:
        return whole(rows, request, to_record, even)

    pages = asyncio.run(walk(ask, firsts))
    matches = [row for row in rows if row != NO_ID and even(row)]
    assert records_of(pages) == matches
    assert [page.total for page in pages] == [len(matches)] * len(pages)
    assert len(pages[0].problems) == rows.count(NO_ID)


@given(rows_of, sizes, st.integers(0, 80), sizes, st.booleans())
def test_each_position_leads_behind_its_own_row(rows, first, offset, largest, tells_total):
    async def both() -> None:
        shelf = Shelf(rows, tells_total=tells_total)
        page = await numbered(shelf.fetch, PageRequest(first=first, after=offset), to_record, largest=largest)
        for record, position in zip(page.records, page.positions, strict=True):
            assert position == record + 1
        assert page.total in (None, len(rows))
        assert not page.more or offset + first <= len(rows)

    asyncio.run(both())


@given(rows_of, sizes)
def test_a_whole_sweep_has_every_row(rows, size):
    assert asyncio.run(every(Shelf(rows).fetch, size=size)) == rows


@given(st.integers(0, 500), st.integers(1, 60), st.integers(1, 200))
def test_an_aligned_page_covers_what_is_asked_or_its_neighbour_does(offset, count, largest):
    size, number = aligned(offset, count, largest)
    start = (number - 1) * size
    assert start <= offset
    if size > count or offset % size == 0:
        assert offset + count <= start + size
    else:
        assert offset + count <= start + 2 * size


async def test_a_page_in_step_takes_one_call():
    shelf = Shelf(list(range(100)))
    await numbered(shelf.fetch, PageRequest(first=20, after=40), to_record)
    assert shelf.asked == [(3, 20)]


async def test_a_page_out_of_step_takes_one_larger_call_where_the_source_gives_one():
    shelf = Shelf(list(range(100)))
    page = await numbered(shelf.fetch, PageRequest(first=20, after=30), to_record)
    assert len(shelf.asked) == 1
    assert page.records == tuple(range(30, 50))


async def test_a_list_that_shrank_below_the_cursor_is_over_and_keeps_its_count():
    page = await numbered(Shelf(list(range(5))).fetch, PageRequest(first=10, after=20), to_record)
    assert (page.records, page.more, page.total) == ((), False, 5)


async def test_a_list_that_shrank_below_the_cursor_has_no_count_made_up():
    shelf = Shelf(list(range(5)), tells_total=False)
    page = await numbered(shelf.fetch, PageRequest(first=10, after=20), to_record)
    assert (page.records, page.more, page.total) == ((), False, None)


async def test_a_count_smaller_than_what_came_is_not_believed():
    async def fetch(number: int, size: int) -> tuple[list[int], int | None]:
        return list(range(100))[(number - 1) * size : number * size], 3

    page = await numbered(fetch, PageRequest(first=10), to_record)
    assert (page.more, page.total) == (True, None)


@pytest.mark.parametrize("after", [-1, True, "10", [3]])
async def test_a_made_up_position_is_refused(after):
    with pytest.raises(BadInput) as refused:
        await numbered(Shelf([1, 2]).fetch, PageRequest(first=1, after=after), to_record)
    assert refused.value.field == ("after",)
