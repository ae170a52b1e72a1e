"""The gateway's graph as one caller sees it, over the pretend vendors and a store, without a front around it."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from adapters.caller import Caller
from adapters.observing import CacheUse, CallSeen, Silent
from adapters.retrying import NEVER
from adapters.wiring import Wiring
from gql_ems.background.feed import AlarmPolls
from gql_ems.background.sweep import DirectorySweep
from gql_ems.front.parameters import Parameters
from gql_ems.service import Service
from gql_ems.settings import Settings, build
from resolvers.permissions import ADMIN
from tests.e2e.vendors import Pretend

BOSS = Caller(username="noc-shift-a", roles=("admin",), permissions=ADMIN)
"""Who may do everything."""


class Seen(Silent):
    """Keeps every call that a gateway made."""

    def __init__(self) -> None:
        self.calls: list[CallSeen] = []

    def called(self, seen: CallSeen) -> None:
        self.calls.append(seen)


@dataclass(frozen=True)
class Told:
    """An answer, and what it cost."""

    data: Any
    errors: list[dict[str, Any]]
    calls: list[CallSeen] = field(default_factory=list)

    @property
    def codes(self) -> list[str]:
        """The code of each error."""
        return [error["extensions"]["code"] for error in self.errors]

    @property
    def upstream(self) -> list[str]:
        """The calls that went out: `source operation`."""
        return [f"{c.source} {c.operation}" for c in self.calls if c.cache is CacheUse.MISS]


class Graph:
    """A service without its background, so that nothing is called but what a query asks for."""

    def __init__(self, service: Service, vendors: dict[str, Pretend]) -> None:
        self.service = service
        self.vendors = vendors
        self.seen = _SEEN[service]

    async def ask(self, query: str, caller: Caller = BOSS, /, **variables: Any) -> Told:
        """What the graph answers."""
        return await self.answer(Parameters(query=query, operation_name=None, variables=variables), caller)

    async def answer(self, asked: Parameters, caller: Caller = BOSS) -> Told:
        """What the graph answers, with all that can be sent."""
        before = len(self.seen.calls)
        told, _ = await self.service.answering.answer(self.service.answering.inquiry(asked), caller, "test")
        return Told(told.get("data"), told.get("errors", []), self.seen.calls[before:])

    async def data(self, query: str, caller: Caller = BOSS, /, **variables: Any) -> Any:
        """The data of an answer that has no errors."""
        told = await self.ask(query, caller, **variables)
        assert told.errors == [], told.errors
        return told.data

    async def sweep(self) -> None:
        """Fills the directory from every source."""
        sweep = DirectorySweep(self.service.sources.all, self.service.store, 600)
        for source in self.service.sources.all:
            assert await sweep.sweep(source), source.name
        await self.service.memory.flush()

    async def poll_alarms(self) -> None:
        """Brings the alarm tables of the sources into the journal, once."""
        lease = self.service.store.lease("test")
        await lease.acquire()
        polls = AlarmPolls(self.service.sources.all, self.service._source_settings(), self.service.store)
        for poll in polls.polls:
            await poll._poll(lease)

    def forget(self) -> None:
        """Forgets what the vendors were asked so far."""
        for vendor in self.vendors.values():
            vendor.forget()

    def complaints(self) -> list[str]:
        """What any vendor found wrong with a request."""
        return [line for vendor in self.vendors.values() for line in vendor.complaints()]


def settings_over(
    vendors: dict[str, Pretend], folder: Path, own: dict[str, dict[str, Any]] | None = None, **more: Any
) -> Settings:
    """A configuration over these vendors; `own` adds to the tables of single sources."""
    tables = {
        "storage": {"url": f"sqlite+aiosqlite:///{folder / 'ems.db'}"},
        "auth": {"mode": "none", "secret_file": str(folder / "ems.key")},
        "sources": [vendor.table() | (own or {}).get(vendor.name, {}) for vendor in vendors.values()],
    } | more
    return build(tables, {})


def service_over(settings: Settings, **facts: Any) -> Service:
    """A service that tries nothing twice, so that calls can be counted; `facts` change its wiring."""
    seen = Seen()
    service = Service(settings, wiring=Wiring(retrying=NEVER, observer=seen, **facts))
    _SEEN[service] = seen
    return service


_SEEN: WeakKeyDictionary[Service, Seen] = WeakKeyDictionary()
