"""From positions in a list to the pages that a vendor counts, and lists that only we can filter."""

from collections.abc import Awaitable, Callable, Iterable
from typing import TypeVar

from adapters.errors import BadInput
from adapters.ports.page import Page, PageRequest, Position, RowProblem

R = TypeVar("R")
V = TypeVar("V")

Numbered = Callable[[int, int], Awaitable[tuple[list[V], int | None]]]
"""(page number from 1, page size) -> rows and the vendor's total, None where it gives none."""

Mapped = Callable[[V], R | None]
"""A vendor's row as a unified record; None for a row without its id."""

SWEEP = 200
"""Rows a page when a list is read to be filtered here."""


def offset_of(position: Position) -> int:
    """A position that is a number of rows; anything else was made up."""
    if position is None:
        return 0
    if isinstance(position, int) and not isinstance(position, bool) and position >= 0:
        return position
    raise BadInput("the cursor does not belong to this list", ("after",))


def aligned(offset: int, count: int, largest: int) -> tuple[int, int]:
    """The smallest page size, and the page's number, such that one page covers `count` rows from `offset`.

    Where no page of at most `largest` rows does, the size `count`: then two neighbouring pages cover them.
    """
    for size in range(count, largest + 1):
        if offset // size == (offset + count - 1) // size:
            return size, offset // size + 1
    return count, offset // count + 1


def capped(fetch: Numbered[V], largest: int) -> Numbered[V]:
    """Pages of any size, put together where they are larger than those that the vendor gives."""

    async def page(number: int, size: int) -> tuple[list[V], int | None]:
        if size <= largest:
            return await fetch(number, size)
        start = (number - 1) * size
        first = start // largest
        rows: list[V] = []
        total: int | None = None
        for index in range(first, (start + size - 1) // largest + 1):
            some, total = await fetch(index + 1, largest)
            rows.extend(some)
            if len(some) < largest:
                break
        skip = start - first * largest
        return rows[skip : skip + size], total

    return page


async def numbered(
    fetch: Numbered[V], request: PageRequest, to_record: Mapped[V, R], *, largest: int = 500
) -> Page[R]:
    """Part of a list that the vendor pages by number, in the fewest calls."""
    offset = offset_of(request.after)
    size, number = aligned(offset, request.first, max(largest, request.first))
    rows, total = await fetch(number, size)
    skip = offset - (number - 1) * size
    window = rows[skip : skip + request.first]
    if len(window) < request.first and len(rows) >= size and skip:
        more_rows, later_total = await fetch(number + 1, size)
        window = (rows[skip:] + more_rows)[: request.first]
        reached = number * size + len(more_rows)
        full = len(more_rows) >= size
        total = total if total is not None else later_total
    else:
        reached = (number - 1) * size + len(rows)
        full = len(rows) >= size
    # A total that is smaller than what was seen is not believed; behind the end of a list nothing was seen.
    seen = bool(rows) or number == 1
    known = total if total is not None and (total >= reached or not seen) else None
    end = offset + len(window)
    more = end < known if known is not None else end < reached or full
    return page_of(
        window,
        offset,
        to_record,
        more=more and bool(window),
        total=known if known is not None else (reached if seen and not full else None),
    )


def page_of(
    rows: Iterable[V], offset: int, to_record: Mapped[V, R], *, more: bool, total: int | None
) -> Page[R]:
    """Rows from an offset as records; a row without its id is left out and told."""
    records: list[R] = []
    positions: list[Position] = []
    problems: list[RowProblem] = []
    for index, row in enumerate(rows):
        record = to_record(row)
        if record is None:
            problems.append(RowProblem(message="A row without its id was left out."))
            continue
        records.append(record)
        positions.append(offset + index + 1)
    return Page(
        records=tuple(records),
        positions=tuple(positions),
        more=more,
        end=offset + len(records) + len(problems),
        total=total,
        problems=tuple(problems),
    )


async def sifted(
    fetch: Numbered[V],
    request: PageRequest,
    to_record: Mapped[V, R],
    keep: Callable[[R], bool],
    *,
    size: int = SWEEP,
) -> Page[R]:
    """Part of a list with a condition that the vendor cannot check: read on until enough rows match."""
    offset = offset_of(request.after)
    records: list[R] = []
    positions: list[Position] = []
    problems: list[RowProblem] = []
    number = offset // size + 1
    while True:
        rows, _ = await fetch(number, size)
        skip = max(0, offset - (number - 1) * size)
        for position, row in enumerate(rows[skip:], (number - 1) * size + skip + 1):
            record = to_record(row)
            if record is None:
                problems.append(RowProblem(message="A row without its id was left out."))
            elif keep(record):
                if len(records) == request.first:
                    return Page(
                        records=tuple(records),
                        positions=tuple(positions),
                        more=True,
                        problems=tuple(problems),
                    )
                records.append(record)
                positions.append(position)
        if len(rows) < size:
            return Page(records=tuple(records), positions=tuple(positions), problems=tuple(problems))
        number += 1


def whole(
    rows: Iterable[V], request: PageRequest, to_record: Mapped[V, R], keep: Callable[[R], bool]
) -> Page[R]:
    """Part of a list that the vendor gives whole: filtered, counted and cut here."""
    offset = offset_of(request.after)
    records: list[R] = []
    problems: list[RowProblem] = []
    for row in rows:
        record = to_record(row)
        if record is None:
            problems.append(RowProblem(message="A row without its id was left out."))
        elif keep(record):
            records.append(record)
    window = records[offset : offset + request.first]
    return Page(
        records=tuple(window),
        positions=tuple(range(offset + 1, offset + len(window) + 1)),
        more=offset + len(window) < len(records),
        total=len(records),
        problems=tuple(problems),
    )


async def every(fetch: Numbered[V], *, size: int = SWEEP) -> list[V]:
    """All rows of a list, page by page."""
    rows: list[V] = []
    number = 1
    while True:
        page, _ = await fetch(number, size)
        rows.extend(page)
        if len(page) < size:
            return rows
        number += 1
