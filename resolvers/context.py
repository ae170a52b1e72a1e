"""What a request carries through the graph: who asks, the sources, the store, and what was loaded already."""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Protocol, TypeVar

import strawberry

from adapters.caller import Caller
from adapters.errors import BadInput, NotFound
from adapters.local.store import LocalStore
from adapters.ports import Health, Port, Source, SourceStatus
from adapters.records import Dialect, ObjectKind, Sourced
from resolvers.files import Files, NoFiles
from resolvers.ids import KINDS
from resolvers.loading import Fan, Loader
from resolvers.signing_in import NoSignIn, SignIn
from resolvers.watching import Watches

V = TypeVar("V")


def departed(name: str) -> Source:
    """Stands for a source that was taken out of the configuration while its alarms and events are kept."""
    gone = Health(status=SourceStatus.UNKNOWN, last_error="This source is configured no more.")

    async def probe() -> Health:
        return gone

    async def close() -> None:
        """Nothing is open."""

    return Source(name=name, dialect=Dialect.LOCAL, health=lambda: gone, probe=probe, close=close)


class Memory(Protocol):
    """Remembers what passes, for the directory."""

    def saw(self, records: Iterable[Any], *, whole: bool = False) -> None:
        """Notes records that a read gave: as lists tell of them, or `whole`, as their own reads do."""

    async def forget(self, kind: ObjectKind, source: str, native_ids: Sequence[str]) -> None:
        """Forgets objects that were deleted."""


class NoMemory:
    """A graph without a directory to fill."""

    def saw(self, records: Iterable[Any], *, whole: bool = False) -> None:
        """Lets them pass."""

    async def forget(self, kind: ObjectKind, source: str, native_ids: Sequence[str]) -> None:
        """Had nothing to forget."""


class Passing:
    """What passes in one request: handed on to the directory, and found again by whoever needs the same object."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self._fresh: defaultdict[ObjectKind, list[tuple[Any, ...]]] = defaultdict(list)
        self._found: dict[tuple[ObjectKind, str, str], Any] = {}

    def saw(self, records: Iterable[Any], *, whole: bool = False) -> None:
        """Notes records that a read gave."""
        told = tuple(records)
        kind = next((KINDS[type(record)] for record in told if type(record) in KINDS), None)
        if kind is not None:
            self._fresh[kind].append(told)
        self._memory.saw(told, whole=whole)

    async def forget(self, kind: ObjectKind, source: str, native_ids: Sequence[str]) -> None:
        """Forgets objects that were deleted."""
        self.forget_all()
        await self._memory.forget(kind, source, native_ids)

    def find(self, kind: ObjectKind, source: str, native_ids: tuple[str, ...]) -> dict[str, Any]:
        """Those of some objects that passed, as they did last."""
        for record in (record for told in self._fresh.pop(kind, ()) for record in told):
            if KINDS.get(type(record)) is kind:
                self._found[kind, record.source, record.native_id] = record
        keys = ((native_id, (kind, source, native_id)) for native_id in native_ids)
        return {native_id: self._found[key] for native_id, key in keys if key in self._found}

    def forget_all(self) -> None:
        """Forgets what passed so far: it may be different now."""
        self._fresh.clear()
        self._found.clear()


@dataclass(frozen=True)
class Limits:
    """What a single request may ask for."""

    page_size: int = 500
    fanout: int = 500


class Sources:
    """The configured sources, in the order of the configuration."""

    def __init__(self, sources: tuple[Source, ...]) -> None:
        self.all = sources
        self._by_name = {source.name: source for source in sources}

    def named(self, name: str, field: tuple[str, ...] = ("source",)) -> Source:
        """The source of a name; BadInput where none is configured."""
        source = self._by_name.get(name)
        if source is None:
            known = ", ".join(self._by_name) or "none"
            raise BadInput(f"no source is called {name[:80]!r}; configured: {known}", field)
        return source

    def find(self, name: str) -> Source | None:
        """The source of a name, or None."""
        return self._by_name.get(name)

    def whence(self, name: str) -> Source:
        """The source of something that is kept here, also when it is configured no more."""
        return self._by_name.get(name) or departed(name)

    def among(self, names: list[str] | None) -> tuple[Source, ...]:
        """All, or those named, in the order of the configuration."""
        if names is None:
            return self.all
        wanted = {self.named(name, ("filter", "sources")).name for name in names}
        return tuple(source for source in self.all if source.name in wanted)

    def of(self, dialect: Dialect, name: str | None) -> Source:
        """The source of a dialect; `name` may be left out where one is configured."""
        found = [s for s in self.all if s.dialect is dialect]
        if name is not None:
            source = self.named(name)
            if source.dialect is not dialect:
                raise BadInput(f"{name!r} does not speak {dialect.value}", ("source",))
            return source
        if len(found) != 1:
            told = ", ".join(s.name for s in found) or "none"
            raise BadInput(f"say which source: {told} of {dialect.value} configured", ("source",))
        return found[0]


@dataclass
class Context:
    """One request's; subscriptions make one for each event."""

    caller: Caller
    sources: Sources
    store: LocalStore
    limits: Limits = field(default_factory=Limits)
    sign_in: SignIn = field(default_factory=NoSignIn)
    files: Files = field(default_factory=NoFiles)
    watches: Watches = field(default_factory=Watches)
    memory: Memory = field(default_factory=NoMemory)
    last_event_id: str | None = None
    """Where a subscription over server-sent events was cut off; goes before its `after`."""
    _loaders: dict[Hashable, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._passing = self.memory = Passing(self.memory)

    def loader(
        self, key: Hashable, batch: Callable[[tuple[Any, ...]], Awaitable[dict[Any, V]]]
    ) -> Loader[Any, V]:
        """The loader of a name, made on first use."""
        loader = self._loaders.get(key)
        if loader is None:
            loader = self._loaders[key] = Loader(batch)
        return loader

    def shelf(self, name: Hashable) -> dict[Any, Any]:
        """Where a request keeps what it found out, by a name for each kind of thing."""
        shelf: dict[Any, Any] | None = self._loaders.get(name)
        if shelf is None:
            shelf = self._loaders[name] = {}
        return shelf

    def forget_loaded(self) -> None:
        """Lets everything be read anew: what was loaded before a change may be different after it."""
        self._loaders.clear()
        self._passing.forget_all()

    def fan(
        self, source: str, deed: str, key: Hashable, call: Callable[[], Awaitable[Any]]
    ) -> Awaitable[Any]:
        """A call of which a source takes only one at a time: few at once, once for each key."""
        fan = self._loaders.get(("fan", source, deed))
        if fan is None:
            fan = self._loaders["fan", source, deed] = Fan(self.limits.fanout)
        return fan.load(key, call)

    def port(self, source: str, kind: ObjectKind) -> Port[Any, Any] | None:
        """The port of a kind in a source, or None."""
        found = self.sources.find(source)
        return found.ports.get(kind) if found else None

    def object(self, kind: ObjectKind, source: str, native_id: str) -> Awaitable[Any]:
        """An object by its native id, read live; None where there is none. It may be as a list tells of it.

        One that a list of the same answer told of is not read again.
        """

        async def batch(native_ids: tuple[str, ...]) -> dict[str, Any]:
            passed = self._passing.find(kind, source, native_ids)
            left = tuple(native_id for native_id in native_ids if native_id not in passed)
            port = self.port(source, kind)
            listed = await port.listed(left) if left and port is not None else {}
            if listed is not None:
                return passed | listed
            calls = [self._whole(kind, source, native_id) for native_id in left]
            found = await asyncio.gather(*calls, return_exceptions=True)
            return passed | dict(zip(left, found, strict=True))

        return self.loader(("object", kind, source), batch).load(native_id)

    def _whole(self, kind: ObjectKind, source: str, native_id: str) -> Awaitable[Any]:
        """All that a source tells of an object."""

        async def batch(native_ids: tuple[str, ...]) -> dict[str, Any]:
            port = self.port(source, kind)
            if port is None:
                return {}
            if len(native_ids) > 1:
                many = await port.get_many(native_ids)
                if many is not None:
                    self.memory.saw(many.values(), whole=True)
                    return many
            single = port
            calls = [
                self.fan(source, f"get {kind.value}", native_id, partial(single.get, native_id))
                for native_id in native_ids
            ]
            found = await asyncio.gather(*calls, return_exceptions=True)
            self.memory.saw(found, whole=True)
            return dict(zip(native_ids, found, strict=True))

        return self.loader(("whole", kind, source), batch).load(native_id)

    async def details(self, record: Sourced) -> Any:
        """The whole object of a record that a list gave in part; None where it is gone."""
        return await self._whole(KINDS[type(record)], record.source, record.native_id)

    async def must_find(self, kind: ObjectKind, source: str, native_id: str) -> Any:
        """Like `object`, for one that has to be there."""
        self.sources.named(source, ("id",))
        found = await self.object(kind, source, native_id)
        if found is None:
            raise NotFound(f"{source} has no such {kind.value.lower().replace('_', ' ')}")
        return found


Info = strawberry.Info[Context, None]
