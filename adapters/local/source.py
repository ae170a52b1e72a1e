"""The local store as a source: every port over its tables."""

import time
from datetime import UTC, datetime

from sqlalchemy import text

from adapters.local.approvals import LocalDeviceApprovals
from adapters.local.devices import LocalDevices
from adapters.local.entities import LocalEntities
from adapters.local.network_elements import LocalNetworkElements
from adapters.local.organizations import LocalOrganizations
from adapters.local.roles import LocalRoles
from adapters.local.store import LocalStore
from adapters.local.subscribers import LocalSubscribers
from adapters.local.users import LocalUsers
from adapters.local.workflows import LocalWorkflows
from adapters.ports import Health, Source, SourceStatus
from adapters.records import Dialect

NAME = "local"


class Probe:
    """Asks the database for one row, and remembers the answer."""

    def __init__(self, store: LocalStore) -> None:
        self._store = store
        self._health = Health()

    def health(self) -> Health:
        """The last that is known."""
        return self._health

    async def probe(self) -> Health:
        """Ask now."""
        started = time.perf_counter()
        error: str | None = None
        try:
            async with self._store.database.read() as connection:
                await connection.execute(text("SELECT 1"))
        except Exception as failure:  # noqa: BLE001 - whatever it is, the store cannot be reached.
            error = f"The local store does not answer ({type(failure).__name__})."
        self._health = Health(
            status=SourceStatus.UP if error is None else SourceStatus.DOWN,
            checked_at=datetime.now(UTC),
            latency_ms=(time.perf_counter() - started) * 1000,
            last_error=error,
        )
        return self._health


def local_source(store: LocalStore, name: str = NAME) -> Source:
    """Build the source over an open store; closing it leaves the store to its owner."""
    database, clock = store.database, store.journal.clock
    probe = Probe(store)
    users = LocalUsers(database, name, store.passwords, clock)
    devices = LocalDevices(database, name, clock)
    return Source(
        name=name,
        dialect=Dialect.LOCAL,
        health=probe.health,
        probe=probe.probe,
        close=_nothing,
        users=users,
        roles=LocalRoles(database, name, users, clock),
        organizations=LocalOrganizations(database, name, users),
        network_elements=LocalNetworkElements(database, name),
        subscribers=LocalSubscribers(database, name),
        devices=devices,
        entities=LocalEntities(database, name, devices),
        workflows=LocalWorkflows(database, name, clock),
        device_approvals=LocalDeviceApprovals(database, name),
    )


async def _nothing() -> None:
    """The store outlives the source: its owner closes it."""
