"""Lists over several sources: whatever they hold and whenever one fails, each object comes once and in order."""

import asyncio
from types import SimpleNamespace
from typing import Any

from graphql import parse
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct

from adapters.errors import UpstreamUnavailable
from adapters.ports import Page, PageRequest
from resolvers import cursors
from resolvers.connections import merged
from resolvers.context import Limits, NoMemory
from resolvers.cursors import Cursor


class Rows(Struct):
    """Stands for a source: numbered rows, and the calls that fail."""

    name: str
    count: int
    fails_at: frozenset[int] = frozenset()
    calls: int = 0

    async def page(self, request: PageRequest) -> Page[str]:
        self.calls += 1
        if self.calls in self.fails_at:
            raise UpstreamUnavailable("down", source=self.name)
        start = request.after if isinstance(request.after, int) else 0
        stop = min(self.count, start + request.first)
        return Page(
            records=tuple(f"{self.name} {n}" for n in range(start, stop)),
            positions=tuple(range(start + 1, stop + 1)),
            more=stop < self.count,
            total=self.count,
        )


FIELD: Any = (
    parse("{ list { totalCount pageInfo { endCursor } } }").definitions[0].selection_set.selections[0]
)  # type: ignore[union-attr]
INFO: Any = SimpleNamespace(
    context=SimpleNamespace(limits=Limits(), memory=NoMemory()),
    _raw_info=SimpleNamespace(field_nodes=[FIELD], fragments={}),
)


def walked(sources: tuple[Rows, ...], first: int) -> tuple[list[str], list[Any]]:
    """Every object, page after page, and the pages. A page that a source is missing from is not the last."""

    async def ask(source: Any, request: PageRequest) -> Page[str]:
        return await source.page(request)

    async def walk() -> tuple[list[str], list[Any]]:
        found: list[str] = []
        pages: list[Any] = []
        after = None
        while True:
            page = await merged(INFO, "list", None, sources, ask, first=first, after=after)  # type: ignore[arg-type]
            pages.append(page)
            found += page.nodes
            if not page.page_info.has_next_page and not page.failures:
                return found, pages
            after = page.page_info.end_cursor or after

    return asyncio.run(walk())


counts = st.lists(st.integers(0, 12), min_size=1, max_size=4)


@given(counts, st.integers(1, 9))
def test_each_object_comes_once_in_the_order_of_the_sources(sizes, first):
    sources = tuple(Rows(f"s{n}", size) for n, size in enumerate(sizes))
    found, pages = walked(sources, first)
    assert found == [f"s{n} {row}" for n, size in enumerate(sizes) for row in range(size)]
    assert {page.total_count for page in pages} == {sum(sizes)}
    assert all(len(page.nodes) <= first for page in pages)


@given(
    counts, st.integers(1, 9), st.lists(st.frozensets(st.integers(1, 4), max_size=3), min_size=4, max_size=4)
)
def test_a_source_that_fails_now_and_then_loses_nothing(sizes, first, failing):
    sources = tuple(Rows(f"s{n}", size, failing[n]) for n, size in enumerate(sizes))
    found, _ = walked(sources, first)
    assert sorted(found) == sorted(f"s{n} {row}" for n, size in enumerate(sizes) for row in range(size))


positions = (
    st.none() | st.integers(0, 2**40) | st.text(max_size=10) | st.lists(st.integers(0, 2**40), max_size=3)
)


@given(
    st.dictionaries(st.text(max_size=8), positions),
    st.dictionaries(st.text(max_size=8), st.none() | st.integers(0, 2**40)),
)
def test_a_cursor_comes_back_as_it_was(places, totals):
    cursor = Cursor(positions=places, totals={k: v for k, v in totals.items() if v is None or v < 2**53})
    mark = cursors.fingerprint("list", ("a", 1))
    assert cursors.decode(mark, cursors.encode(mark, cursor)) == cursor
