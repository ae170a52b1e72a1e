"""A small graph with every shape that execution has to know, over plain records."""

import asyncio
import enum
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from typing import Annotated, Any, NewType

import msgspec
import strawberry
from strawberry.extensions import FieldExtension
from strawberry.permission import BasePermission
from strawberry.schema.config import StrawberryConfig

Long = NewType("Long", int)


def long_out(value: Any) -> int | str:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(f"Long cannot represent {value!r}")
    return value if abs(value) <= 2**53 else str(value)


def long_in(value: Any) -> int:
    return int(value)


def instant_out(value: Any) -> str:
    if not isinstance(value, datetime):
        raise TypeError(f"DateTime cannot represent {value!r}")
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


SCALARS = {
    Long: strawberry.scalar(name="Long", serialize=long_out, parse_value=long_in),
    datetime: strawberry.scalar(name="DateTime", serialize=instant_out, parse_value=datetime.fromisoformat),
}


class CellRecord(msgspec.Struct, frozen=True):
    id: str
    name: Any = None
    label: Any = "label"
    level: Any = 3
    ratio: Any = 0.5
    online: Any = True
    size: Any = 2**60
    colour: Any = None
    raised: Any = datetime(2023, 3, 29, 15, 56, 9, tzinfo=UTC)
    expires: Any = date(2024, 12, 31)
    raw: Any = None
    tags: Any = ()
    matrix: Any = ()
    colours: Any = ()
    remark: Any = msgspec.UNSET


class SiteRecord(msgspec.Struct, frozen=True):
    id: str
    name: Any = "site"
    cells: Any = ()
    maybe: Any = None
    sure: Any = None


class InstanceOf:
    """A class that decides the type of its instances."""

    def __init__(self, record: type) -> None:
        self.record = record
        self.asked = 0

    def __call__(self, value: object, _info: object) -> bool:
        self.asked += 1
        return isinstance(value, self.record)


class BuoyRecord(msgspec.Struct, frozen=True):
    id: str


@strawberry.enum
class Colour(enum.Enum):
    RED = "red"
    GREEN = "green"
    BLUE = strawberry.enum_value("blue", name="AZURE")


@strawberry.interface
class Node:
    id: strawberry.ID


@strawberry.interface
class Named:
    name: str | None


@strawberry.type
class Cell(Node, Named):
    label: str
    level: int | None
    ratio: float | None
    online: bool | None
    size: Long | None
    colour: Colour | None
    raised: datetime | None
    expires: date | None
    raw: strawberry.scalars.JSON | None
    tags: list[str]
    matrix: list[list[int] | None] | None
    colours: list[Colour | None] | None

    is_type_of = InstanceOf(CellRecord)

    @strawberry.field
    def shout(parent: strawberry.Parent[CellRecord]) -> str:  # noqa: N805
        return f"{parent.label}!".upper()

    @strawberry.field(metadata={"attribute": "remark"})
    async def remark(self, parent: strawberry.Parent[CellRecord], info: strawberry.Info) -> str | None:
        if parent.remark is not msgspec.UNSET:
            return parent.remark
        return ".".join(map(str, info.path.as_list()))

    @strawberry.field
    def path(self, info: strawberry.Info) -> str:
        return ".".join(map(str, info.path.as_list()))

    @strawberry.field
    async def twins(self, parent: strawberry.Parent[CellRecord], count: int = 1) -> list["Cell"]:
        await asyncio.sleep(0)
        return [parent] * count  # type: ignore[return-value]

    @strawberry.field
    async def site(self, parent: strawberry.Parent[CellRecord]) -> "Site":
        await asyncio.sleep(0)
        return SiteRecord(f"site-{parent.id}")  # type: ignore[return-value]


IS_SITE = InstanceOf(SiteRecord)


@strawberry.type
class Site(Node, Named):
    cells: list[Cell]

    @strawberry.field(metadata={"light": True})
    async def twin(
        self, parent: strawberry.Parent[SiteRecord], info: strawberry.Info, id: strawberry.ID = "s"
    ) -> "Site | None":
        await asyncio.sleep(0)
        found = await info.context["twins"][id]
        return found if found is not None else parent  # type: ignore[return-value]

    @strawberry.field
    def mate(parent: strawberry.Parent[SiteRecord], info: strawberry.Info) -> "Site | None":  # noqa: N805
        return (info.context or {}).get("mate")

    maybe: Cell | None
    sure: Cell

    is_type_of = IS_SITE


@strawberry.type
class Buoy(Node):
    """A type that looks at each value."""

    @classmethod
    def is_type_of(cls, value: object, info: strawberry.Info) -> bool:
        return isinstance(value, BuoyRecord) and info.path.key == "buoys"


@strawberry.type
class Note:
    """A type without `is_type_of`."""

    text: str
    about: Node | None = None
    deeper: list["Note"] | None = None


@strawberry.input
class Where:
    x: int
    y: int = 7
    colour: Colour = Colour.GREEN
    names: list[str] | None = None


@strawberry.input
class Filter:
    where: Where | None = None
    all: list[Where] | None = None
    since: datetime | None = None
    big: Long | None = None
    text: str | None = strawberry.UNSET
    either: "list[Filter] | None" = None


@strawberry.input(one_of=True)
class Key:
    id: strawberry.Maybe[strawberry.ID]
    name: strawberry.Maybe[str]


class Exclaim(FieldExtension):
    async def resolve_async(self, next_: Any, source: Any, info: Any, **kwargs: Any) -> Any:
        return f"{await next_(source, info, **kwargs)}!"


class OnlyFriends(BasePermission):
    message = "Only friends see this"

    async def has_permission(self, source: Any, info: strawberry.Info, **kwargs: Any) -> bool:
        return bool(info.context and info.context.get("friend"))


Anything = Annotated[Cell | Site, strawberry.union("Anything")]


@strawberry.type
class Query:
    @strawberry.field
    def cells(self, first: int = 2) -> list[Cell]:
        return [CellRecord(f"c{i}", colour=Colour.RED) for i in range(first)]  # type: ignore[misc]

    @strawberry.field
    def cell(self, info: strawberry.Info, id: strawberry.ID) -> Cell | None:
        found = (info.context or {}).get("cells", {}).get(id)
        if isinstance(found, Exception):
            raise found
        return found

    @strawberry.field
    async def site(self, info: strawberry.Info, delay: int = 0) -> Site | None:
        for _ in range(delay):
            await asyncio.sleep(0)
        return (info.context or {}).get("site")

    @strawberry.field
    def sites(self, info: strawberry.Info) -> list[Site | None]:
        return (info.context or {}).get("sites", [])

    @strawberry.field
    def buoys(self, info: strawberry.Info) -> list[Buoy | None]:
        return (info.context or {}).get("buoys", [])

    @strawberry.field
    async def nodes(self, info: strawberry.Info) -> list[Node | None]:
        return (info.context or {}).get("nodes", [])

    @strawberry.field
    def named(self, info: strawberry.Info) -> list[Named]:
        return (info.context or {}).get("nodes", [])

    @strawberry.field
    def anything(self, info: strawberry.Info) -> list[Anything]:
        return (info.context or {}).get("nodes", [])

    @strawberry.field
    async def stream(self, info: strawberry.Info) -> list[Node]:
        async def items() -> AsyncIterator[Any]:
            for item in (info.context or {}).get("nodes", []):
                if isinstance(item, ZeroDivisionError):
                    raise item
                yield item

        return items()  # type: ignore[return-value]

    @strawberry.field
    def note(self) -> Note:
        return Note(text="one", about=None, deeper=[Note(text="two"), Note(text="three")])

    @strawberry.field
    def echo(
        self,
        filter: Filter | None = None,
        colours: list[Colour] | None = None,
        word: Annotated[str, strawberry.argument(name="theWord")] = "none",
        raw: strawberry.scalars.JSON | None = None,
    ) -> str:
        return repr((filter, colours, word, raw))

    @strawberry.field
    def find(self, by: Key) -> str:
        return repr(by)

    @strawberry.field
    async def later(self, id: strawberry.relay.GlobalID, word: str = "x") -> str:
        return f"{id} {word}"

    @strawberry.field(extensions=[Exclaim()])
    async def exclaimed(self, word: str = "hello") -> str:
        return word

    @strawberry.field(permission_classes=[OnlyFriends])
    def secret(self) -> str | None:
        return "secret"

    @strawberry.field
    def guarded(self, word: str = "open") -> str | None:
        return word

    @strawberry.field
    def about(self, info: strawberry.Info, depth: int = 0) -> strawberry.scalars.JSON:
        return {
            "field_name": info.field_name,
            "python_name": info.python_name,
            "path": info.path.as_list(),
            "typename": info.path.typename,
            "context": info.context,
            "selected": repr(info.selected_fields),
            "variables": info.variable_values,
            "schema": type(info.schema).__name__,
            "parent": info._raw_info.parent_type.name,
            "declared": str(info._raw_info.return_type),
            "returns": repr(info.return_type),
            "root": info.root_value,
            "operation": info.operation.operation.value,
            "query": info.query,
        }


@strawberry.type
class Mutation:
    @strawberry.mutation
    async def append(self, info: strawberry.Info, word: str, ticks: int = 0) -> list[str]:
        for _ in range(ticks):
            await asyncio.sleep(0)
        info.context["log"].append(word)
        return list(info.context["log"])

    @strawberry.mutation
    def now(self, info: strawberry.Info, word: str) -> list[str]:
        info.context["log"].append(word)
        return list(info.context["log"])

    @strawberry.mutation
    async def refuse(self, info: strawberry.Info, word: str) -> str:
        info.context["log"].append(word)
        raise PermissionError(word)


class EventRecord(msgspec.Struct, frozen=True):
    cursor: str
    cell: Any = None


@strawberry.type
class Event:
    cursor: str
    cell: Cell | None


@strawberry.type
class Subscription:
    @strawberry.subscription
    async def events(
        self, info: strawberry.Info, after: str | None = None, fail: bool = False
    ) -> AsyncIterator[Event]:
        if fail:
            raise PermissionError("no events for you")
        for event in info.context["events"]:
            if event.cursor > (after or ""):
                yield event


def make_schema() -> strawberry.Schema:
    return strawberry.Schema(
        Query,
        Mutation,
        Subscription,
        config=StrawberryConfig(scalar_map=SCALARS),
    )
