"""Connections: part of a list over one or several sources, merged, with a cursor that holds a place in each.

Sources come in the order of the configuration, each in its own order. All that are not through are asked at once. A
source that fails keeps its place and is told in `failures`; the others answer.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, Generic, TypeVar

import strawberry
from msgspec import Struct

from adapters.errors import BadInput, EmsError, ErrorCode, UpstreamError
from adapters.ports import END, Page, PageRequest, Position
from adapters.ports import Source as SourcePort
from adapters.records import ObjectKind
from resolvers import cursors
from resolvers.context import Info
from resolvers.cursors import Cursor
from resolvers.leaves import from_record
from resolvers.node import Source
from resolvers.places import selects

T = TypeVar("T")

strawberry.enum(ErrorCode)


class PageFacts(Struct, frozen=True):
    """Where a page stands in its list."""

    has_next_page: bool
    has_previous_page: bool
    start_cursor: str | None = None
    end_cursor: str | None = None


class EdgeValue(Struct, frozen=True):
    cursor: str
    node: Any


class Failure(Struct, frozen=True, kw_only=True):
    """A source that could not answer for its part."""

    source: Any
    code: ErrorCode
    message: str
    upstream_code: str | None = None
    upstream_message: str | None = None
    http_status: int | None = None


class Slice(Struct, frozen=True, kw_only=True):
    """Part of a list, as the graph shows it."""

    edges: tuple[EdgeValue, ...]
    nodes: tuple[Any, ...]
    page_info: PageFacts
    total_count: int | None = None
    failures: tuple[Failure, ...] = ()


@from_record(PageFacts)
class PageInfo:
    """Where a page stands in its list."""


@from_record(Failure, without=("source",))
class SourceFailure:
    """A source that could not answer for its part of a list; the rest is still there, nothing is left out silently."""

    source: Source
    upstream_code: str | None = strawberry.field(
        description="The source's own code and text, where it gave them.", default=None
    )


@strawberry.type
class Edge(Generic[T]):
    cursor: str
    node: T


@strawberry.type
class Connection(Generic[T]):
    edges: list[Edge[T]]
    nodes: list[T]
    page_info: PageInfo
    total_count: int | None
    failures: list[SourceFailure]


@strawberry.type
class CountedConnection(Generic[T]):
    """Of one source."""

    edges: list[Edge[T]]
    nodes: list[T]
    page_info: PageInfo
    total_count: int | None


@strawberry.type
class PlainConnection(Generic[T]):
    """Of one list that is too long to be counted."""

    edges: list[Edge[T]]
    nodes: list[T]
    page_info: PageInfo


Ask = Callable[[SourcePort, PageRequest], Awaitable[Page[Any]]]


def checked_first(info: Info, first: int | None) -> int:
    """How many rows are asked for: from 1 to the limit."""
    if first is None:
        return 20
    if first < 1:
        raise BadInput(f"first is at least 1, not {first}", ("first",))
    most = info.context.limits.page_size
    if first > most:
        raise BadInput(f"first is at most {most}, not {first}", ("first",))
    return first


def failure_of(source: Any, error: EmsError) -> Failure:
    """An error of one source as data."""
    told = error if isinstance(error, UpstreamError) else None
    return Failure(
        source=source,
        code=error.code,
        message=error.message,
        upstream_code=told.upstream_code if told else None,
        upstream_message=told.upstream_message if told else None,
        http_status=told.http_status if told else None,
    )


async def merged(
    info: Info,
    kind: str,
    where: Any,
    sources: tuple[SourcePort, ...],
    ask: Ask,
    *,
    first: int | None,
    after: str | None,
    strict: bool = False,
) -> Slice:
    """One page over several sources; a `strict` one is of a single source, whose failure is raised."""
    count = checked_first(info, first)
    mark = cursors.fingerprint(kind, where)
    cursor = cursors.decode(mark, after)
    through = {s.name for s in sources if cursor.positions.get(s.name) == END}
    total = selects(info, "totalCount")
    asked = tuple(
        s for s in sources if s.name not in through or (total and cursor.totals.get(s.name) is None)
    )

    async def part(source: SourcePort) -> Page[Any] | EmsError:
        # A source that is through is asked again only for its count.
        only_count = source.name in through
        request = PageRequest(
            first=1 if only_count else count,
            after=None if only_count else cursor.positions.get(source.name),
            total=total,
        )
        try:
            return await ask(source, request)
        except EmsError as error:
            if strict or isinstance(error, BadInput):
                raise
            return error

    # One alone needs no task.
    parts = [await part(asked[0])] if len(asked) == 1 else await asyncio.gather(*map(part, asked))
    found = dict(zip((s.name for s in asked), parts, strict=True))
    for page in parts:
        if isinstance(page, Page):
            info.context.memory.saw(page.records)
    # A cursor for each row costs more than the row, so they are made for who asks to see them.
    wanted = selects(info, "edges") or selects(info, "pageInfo")
    return _joined(mark, cursor, sources, found, count=count, later=after is not None, wanted=wanted)


def _joined(
    mark: str,
    cursor: Cursor,
    sources: tuple[SourcePort, ...],
    parts: dict[str, Page[Any] | EmsError],
    *,
    count: int,
    later: bool,
    wanted: bool,
) -> Slice:
    """The page; without edges and cursors where nobody asked for them."""
    nodes: list[Any] = []
    ends: list[str] = []
    failures: list[Failure] = []
    positions: dict[str, Position] = dict(cursor.positions)
    totals: dict[str, int | None] = dict(cursor.totals)
    counted: list[int | None] = [totals.get(s.name) for s in sources if s.name not in parts]
    more = False
    for source in sources:
        found = parts.get(source.name)
        if found is None:
            continue
        if isinstance(found, EmsError):
            failures.append(failure_of(source, found))
            counted.append(None)
            continue
        counted.append(found.total)
        failures.extend(
            Failure(source=source, code=ErrorCode.UPSTREAM_BAD_RESPONSE, message=problem.message)
            for problem in found.problems
        )
        if more or cursor.positions.get(source.name) == END:
            continue
        room = count - len(nodes)
        nodes += found.records[:room]
        if wanted:
            for position in found.positions[:room]:
                positions[source.name] = position
                ends.append(cursors.encode(mark, Cursor(positions=positions, totals=totals)))
        if len(found.records) > room or found.more:
            more = True
            if len(found.records) <= room and found.end is not None:
                positions[source.name] = found.end
        else:
            positions[source.name] = END
            totals[source.name] = found.total
    end = cursors.encode(mark, Cursor(positions=positions, totals=totals)) if wanted else None
    if ends and more:
        ends[-1] = end or ""
    known = [n for n in counted if n is not None]
    return Slice(
        edges=tuple(EdgeValue(*row) for row in zip(ends, nodes, strict=True)) if wanted else (),
        nodes=tuple(nodes),
        page_info=PageFacts(
            has_next_page=more,
            has_previous_page=later,
            start_cursor=ends[0] if ends else None,
            end_cursor=ends[-1] if ends else (end if more or failures else None),
        ),
        total_count=sum(known) if len(known) == len(counted) else None,
        failures=tuple(failures),
    )


Below = Callable[..., Awaitable[Page[Any] | None]]


async def below(
    info: Info,
    record: Any,
    kind: ObjectKind,
    what: str,
    read: Below,
    first: int | None,
    after: str | None,
    *details: Any,
) -> Slice | None:
    """A list that hangs on one object; null where its source has no such list, raised where it fails."""
    source = info.context.sources.named(record.source)
    port = info.context.port(record.source, kind)
    if port is None or getattr(type(port), read.__name__) is read:
        checked_first(info, first)
        return None
    found_none = False

    async def ask(_: SourcePort, request: PageRequest) -> Page[Any]:
        nonlocal found_none
        page = await getattr(port, read.__name__)(record, *details, request)
        found_none = page is None
        return page or Page()

    where = (record.source, record.native_id, *details)
    slice_ = await merged(info, what, where, (source,), ask, first=first, after=after, strict=True)
    return None if found_none else slice_
