"""Several objects out of a list that nothing narrows to their ids."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from math import ceil
from typing import Generic, TypeVar

from adapters.paging import Mapped, Numbered

V = TypeVar("V")
R = TypeVar("R")

AT_ONCE = 8
"""Single reads under way for what the list leaves out."""


class Short(Generic[V]):
    """A list that is read whole as long as one page holds it."""

    def __init__(self, fetch: Numbered[V], size: int) -> None:
        self._fetch = fetch
        self._size = size
        self._long = False

    async def rows(self) -> list[V] | None:
        """All rows; None where there are more than a page holds."""
        if self._long:
            return None
        rows, _ = await self._fetch(1, self._size)
        self._long = len(rows) >= self._size
        return None if self._long else rows


class Picker(Generic[V, R]):
    """Reads the whole list where that takes no more pages than there are objects; it remembers how many it took."""

    def __init__(
        self,
        fetch: Numbered[V],
        id_of: Callable[[V], str | None],
        to_record: Mapped[V, R],
        size: int,
        *,
        alone: Callable[[str], Awaitable[R | None]] | None = None,
    ) -> None:
        """`size` is that of a page; `alone` reads what is in no list, where there is such a read."""
        self._fetch = fetch
        self._id_of = id_of
        self._to_record = to_record
        self._size = size
        self._alone = alone
        self._pages = 1

    async def pick(self, ids: Iterable[str]) -> dict[str, R] | None:
        """The objects of those ids that there are; None says that one call for each is less."""
        wanted = frozenset(ids)
        rows = await self._rows(wanted)
        if rows is None:
            return None
        found = {key: record for key, row in rows.items() if (record := self._to_record(row)) is not None}
        if self._alone is not None:
            found |= await self._read(self._alone, wanted - rows.keys())
        return found

    async def _rows(self, wanted: frozenset[str]) -> dict[str, V] | None:
        found: dict[str, V] = {}
        if not wanted:
            return found
        if self._pages > len(wanted):
            return None
        for number in range(1, len(wanted) + 1):
            rows, total = await self._fetch(number, self._size)
            found |= {key: row for row in rows if (key := self._id_of(row)) is not None and key in wanted}
            if len(rows) < self._size:
                self._pages = number
                return found
            self._pages = max(number + 1, ceil((total or 0) / self._size))
            if len(found) == len(wanted):
                return found
            if self._pages > len(wanted):
                break
        return None

    async def _read(self, alone: Callable[[str], Awaitable[R | None]], ids: Iterable[str]) -> dict[str, R]:
        turns = asyncio.Semaphore(AT_ONCE)

        async def read(one: str) -> tuple[str, R | None]:
            async with turns:
                return one, await alone(one)

        told = await asyncio.gather(*map(read, ids))
        return {one: record for one, record in told if record is not None}
