"""Free text over every kind: the directory for what sources hold, the journal's table for alarms."""

import asyncio
from typing import Annotated, Any, NamedTuple

import strawberry
from msgspec.structs import replace

from adapters.errors import BadInput, EmsError
from adapters.local.alarm_filter import AlarmFilter as AlarmConditions
from adapters.ports import Page, PageRequest
from adapters.records import ObjectKind
from resolvers.alarms import Alarm
from resolvers.connections import Failure, PageInfo, Slice, SourceFailure, failure_of, merged
from resolvers.context import Info
from resolvers.devices import Device, DeviceApproval
from resolvers.elements import NetworkElement
from resolvers.entities import Entity
from resolvers.organizations import Organization
from resolvers.roles import Role
from resolvers.subscribers import Subscriber
from resolvers.users import User
from resolvers.workflows import Workflow

SearchResult = Annotated[
    User
    | Role
    | Organization
    | NetworkElement
    | Subscriber
    | Alarm
    | Device
    | Entity
    | Workflow
    | DeviceApproval,
    strawberry.union("SearchResult"),
]

LONGEST = 200


@strawberry.type
class SearchEdge:
    cursor: str
    node: SearchResult


@strawberry.type
class SearchConnection:
    edges: list[SearchEdge]
    nodes: list[SearchResult]
    page_info: PageInfo
    failures: list[SourceFailure]


class _Shelf(NamedTuple):
    """Where to look; takes the place of a source in a merged list."""

    name: str


_DIRECTORY, _ALARMS = _Shelf("directory"), _Shelf("alarms")


async def searched(
    info: Info, text: str, kinds: list[ObjectKind] | None, first: int | None, after: str | None
) -> Slice:
    """Objects that hold a text, read live, best match first; alarms last."""
    if not text.strip() or len(text) > LONGEST:
        raise BadInput(f"text has from 1 to {LONGEST} characters", ("text",))
    wanted: list[ObjectKind] | None = (
        None if kinds is None else [k for k in kinds if k is not ObjectKind.ALARM]
    )
    shelves: list[Any] = []
    if wanted is None or wanted:
        shelves.append(_DIRECTORY)
    if kinds is None or ObjectKind.ALARM in kinds:
        shelves.append(_ALARMS)
    failures: dict[str, Failure] = {}

    async def ask(shelf: Any, request: PageRequest) -> Page[Any]:
        if shelf is _ALARMS:
            return await info.context.store.alarms.page(AlarmConditions(search=text), request)
        return await _directory(info, text, wanted, request, failures)

    mark = (text, None if kinds is None else [k.value for k in kinds])
    found = await merged(info, "search", mark, tuple(shelves), ask, first=first, after=after, strict=True)
    return replace(found, failures=tuple(failures.values()))


async def _directory(
    info: Info, text: str, kinds: list[ObjectKind] | None, request: PageRequest, failures: dict[str, Failure]
) -> Page[Any]:
    """One page from the directory; what is gone meanwhile is left out, a source that fails is told."""
    page = await info.context.store.directory.search(text, request, kinds=kinds)
    objects = await asyncio.gather(
        *(info.context.object(e.kind, e.source, e.native_id) for e in page.records), return_exceptions=True
    )
    kept: list[Any] = []
    positions: list[Any] = []
    for entry, found, position in zip(page.records, objects, page.positions, strict=True):
        if isinstance(found, EmsError):
            source = info.context.sources.find(entry.source)
            if source is not None:
                failures.setdefault(entry.source, failure_of(source, found))
        elif isinstance(found, BaseException):
            raise found
        elif found is not None:
            kept.append(found)
            positions.append(position)
    end = page.positions[-1] if page.positions else None
    return Page(records=tuple(kept), positions=tuple(positions), more=page.more, end=end)
