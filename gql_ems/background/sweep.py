"""The directory's sweeps: every list of every source is read through from time to time, by one process."""

import asyncio
import random
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import structlog

from adapters.errors import EmsError
from adapters.local.leases import Lease
from adapters.local.store import LocalStore
from adapters.ports import (
    END,
    DeviceApprovalFilter,
    DeviceFilter,
    EntityFilter,
    NetworkElementFilter,
    OrganizationFilter,
    PageRequest,
    Port,
    Position,
    RoleFilter,
    Source,
    SubscriberFilter,
    UserFilter,
    WorkflowFilter,
)
from adapters.records import ObjectKind
from gql_ems.background.pacing import Backoff, Chance, Sleep
from gql_ems.background.remembering import entry_for
from gql_ems.background.tenure import Tenure

_log = structlog.get_logger("gql_ems.background.sweep")

PAGE = 500
AT_ONCE = 8
"""Objects that are read by themselves at the same time."""
FIRST_RETRY = 30.0
"""Seconds until a source that failed is swept again; they double up to the usual interval."""

EVERYTHING: Mapping[ObjectKind, Callable[[], Any]] = {
    ObjectKind.USER: UserFilter,
    ObjectKind.ROLE: RoleFilter,
    ObjectKind.ORGANIZATION: OrganizationFilter,
    ObjectKind.NETWORK_ELEMENT: NetworkElementFilter,
    ObjectKind.SUBSCRIBER: SubscriberFilter,
    ObjectKind.DEVICE: DeviceFilter,
    ObjectKind.ENTITY: EntityFilter,
    ObjectKind.WORKFLOW: WorkflowFilter,
    ObjectKind.DEVICE_APPROVAL: DeviceApprovalFilter,
}
"""The conditions that let every object of a kind through."""


class DirectorySweep:
    """Reads all sources through at start and at an interval. A list that failed keeps what is known of it."""

    name = "sweep"

    def __init__(
        self,
        sources: Sequence[Source],
        store: LocalStore,
        seconds: float,
        *,
        lease: Lease | None = None,
        sleep: Sleep = asyncio.sleep,
        chance: Chance = random.random,
    ) -> None:
        self._sources = tuple(sources)
        self._store = store
        self._seconds = seconds
        self._sleep = sleep
        self._chance = chance
        self._tenure = Tenure(lease or store.lease(self.name), self._work, sleep=sleep)

    async def run(self) -> None:
        """Sweeps while this process holds the lease, until cancelled."""
        await self._tenure.run()

    async def _work(self, _lease: Lease) -> None:
        async with asyncio.TaskGroup() as group:
            for source in self._sources:
                group.create_task(self._kept_swept(source), name=f"sweep {source.name}")

    async def _kept_swept(self, source: Source) -> None:
        backoff = Backoff(min(FIRST_RETRY, self._seconds), self._seconds, self._chance)
        while True:
            if await self.sweep(source):
                backoff.succeeded()
                await self._sleep(self._seconds)
            else:
                await self._sleep(backoff.wait())

    async def sweep(self, source: Source) -> bool:
        """Reads every list of a source through; tells whether all of them came."""
        whole = True
        for kind, port in source.ports.items():
            mark = await self._store.directory.begin_sweep()
            try:
                seen = await self._read_through(port, mark)
            except Exception as error:  # noqa: BLE001 - whatever one list does, the others are read.
                whole = False
                told = error.message if isinstance(error, EmsError) else type(error).__name__
                unknown = None if isinstance(error, EmsError) else error
                _log.warning(
                    "sweep_failed", source=source.name, kind=kind.value, error=told, exc_info=unknown
                )
                continue
            gone = await self._store.directory.end_sweep(kind, source.name, mark)
            _log.debug("sweep_done", source=source.name, kind=kind.value, seen=seen, gone=gone)
        return whole

    async def _read_through(self, port: Port[Any, Any], mark: int) -> int:
        after: Position = None
        seen = 0
        while True:
            page = await port.page(EVERYTHING[port.kind](), PageRequest(first=PAGE, after=after, total=False))
            directory = self._store.directory
            known = await directory.entries(port.kind, port.source, [one.native_id for one in page.records])
            entries = [await entry_for(one, directory, known.get(one.native_id)) for one in page.records]
            await directory.upsert(entries, mark)
            await self._complete(port, [entry.native_id for entry in entries if not entry.whole])
            seen += len(entries)
            if not page.more:
                return seen
            following = page.end if page.end is not None or not page.positions else page.positions[-1]
            if following in (None, END, after):
                raise EmsError(f"{port.source} does not get on with its list of {port.kind.value}.")
            after = following

    async def _complete(self, port: Port[Any, Any], native_ids: list[str]) -> None:
        """Reads objects of which a list tells too little, each once; one that fails is left to the next sweep."""
        queue = iter(native_ids)

        async def read() -> None:
            for native_id in queue:
                try:
                    record = await port.get(native_id)
                except Exception as error:  # noqa: BLE001 - whatever one object does, the others are read.
                    told = error.message if isinstance(error, EmsError) else type(error).__name__
                    _log.debug("object_not_read", source=port.source, id=native_id, error=told)
                    continue
                if record is not None:
                    await self._store.directory.upsert([await entry_for(record, self._store.directory)])

        async with asyncio.TaskGroup() as group:
            for _ in range(min(AT_ONCE, len(native_ids))):
                group.create_task(read(), name=f"read for the directory: {port.source}")
