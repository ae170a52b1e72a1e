"""A pretend platform with its clock and journal, and sources that speak to it over a real socket."""

from dataclasses import dataclass, field
from typing import Any

from adapters.beaver.source import open_source
from adapters.dialect import Session
from adapters.ports import PageRequest, Source
from adapters.ports.directory import DirectoryEntry
from adapters.records import ObjectKind
from adapters.settings import SourceSettings
from adapters.wiring import Wiring
from playground.upstreams.vendor import Vendor

ALL = PageRequest(first=500)
FIVE = PageRequest(first=5)


@dataclass
class Clock:
    """Seconds of the epoch; a test moves it on."""

    now: float = 1_780_000_000.0

    def __call__(self) -> float:
        return self.now


@dataclass
class Vault:
    """Where several processes keep one session."""

    kept: dict[str, Session | None] = field(default_factory=dict)

    async def load(self, source: str) -> Session | None:
        return self.kept.get(source)

    async def save(self, source: str, session: Session | None) -> None:
        self.kept[source] = session


@dataclass
class Index:
    """A directory that remembers what a test puts in."""

    entries: dict[tuple[ObjectKind, str], DirectoryEntry] = field(default_factory=dict)

    def put(self, kind: ObjectKind, native_id: str, **told: Any) -> None:
        entry = DirectoryEntry(kind=kind, source="iot", native_id=native_id, **told)
        self.entries[kind, native_id] = entry

    async def entry(self, kind: ObjectKind, source: str, native_id: str) -> DirectoryEntry | None:
        return self.entries.get((kind, native_id)) if source == "iot" else None


@dataclass
class Platform:
    url: str
    vendor: Vendor
    clock: Clock
    opened: list[Source] = field(default_factory=list)

    def source(self, *, password: str = "Beaver-Admin-1", **given: Any) -> Source:
        options = given.pop("options", {})
        settings = SourceSettings(
            name="iot",
            dialect="beaver",
            base_url=given.pop("base_url", self.url),
            username="admin@example.net",
            password=password,
            options=options,
        )
        source = open_source(settings, Wiring(clock=self.clock, **given))
        self.opened.append(source)
        return source

    def asked(self, operation: str = "") -> list[tuple[str, int]]:
        """Operations asked for and their HTTP statuses, in order; sign-in left out unless it is asked for."""
        rows = self.vendor.journal.requests(operation=f"beaver.{operation}" if operation else "")
        return [
            (row["operation"].removeprefix("beaver."), row["status"])
            for row in rows
            if operation or row["operation"] != "beaver.oauth_token"
        ]

    def forget(self) -> None:
        """Starts the journal anew."""
        self.vendor.journal.reset()
