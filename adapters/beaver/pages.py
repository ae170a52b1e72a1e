"""The platform's lists page by page, those too that come whole whatever page is asked for."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from adapters.paging import SWEEP, Numbered
from adapters.record import Rows

V = TypeVar("V")


def numbered_by(search: Callable[[int, int], Awaitable[Rows[V]]]) -> Numbered[V]:
    """A search as pages that are counted, whether or not the platform pages it."""

    async def fetch(number: int, size: int) -> tuple[list[V], int | None]:
        answer = await search(number, size)
        rows = list(answer.rows)
        if answer.total == len(rows):
            # Everything came: on the first page, or because this list is never paged.
            rows = rows[(number - 1) * size : number * size]
        return rows, answer.total

    return fetch


async def first_of(fetch: Numbered[V], wanted: Callable[[V], bool], *, size: int = SWEEP) -> V | None:
    """The first row that is wanted, read page by page until it is found."""
    number = 1
    while True:
        rows, _ = await fetch(number, size)
        for row in rows:
            if wanted(row):
                return row
        if len(rows) < size:
            return None
        number += 1
