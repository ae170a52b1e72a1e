"""Several objects out of a list that nothing narrows to their ids."""

from collections.abc import Callable, Collection
from math import ceil
from typing import Generic, TypeVar

from adapters.paging import Numbered

V = TypeVar("V")


class Picker(Generic[V]):
    """Reads the whole list where that takes no more pages than there are objects; it remembers how many it took."""

    def __init__(self, fetch: Numbered[V], id_of: Callable[[V], str | None], size: int) -> None:
        self._fetch = fetch
        self._id_of = id_of
        self._size = size
        self._pages = 1

    async def pick(self, ids: Collection[str]) -> dict[str, V] | None:
        """The rows of those ids that are in the list; None says that one call for each is less."""
        wanted = frozenset(ids)
        found: dict[str, V] = {}
        if self._pages > len(wanted) > 0:
            return None
        for number in range(1, len(wanted) + 1):
            rows, total = await self._fetch(number, self._size)
            found |= {key: row for row in rows if (key := self._id_of(row)) in wanted and key is not None}
            if len(rows) < self._size:
                self._pages = number
                return found
            self._pages = max(number + 1, ceil((total or 0) / self._size))
            if len(found) == len(wanted):
                return found
            if self._pages > len(wanted):
                break
        return None if wanted else found
