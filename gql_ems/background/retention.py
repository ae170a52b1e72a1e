"""Retention, once a day by one process: what is older than is kept leaves the journal, and sessions that are over."""

import asyncio
from datetime import timedelta

import structlog

from adapters.local.leases import Lease
from adapters.local.store import LocalStore
from gql_ems.background.pacing import Sleep
from gql_ems.background.tenure import Tenure

_log = structlog.get_logger("gql_ems.background.retention")

DAY_SECONDS = 86_400.0


class RetentionRuns:
    """Removes what is older than so many days: at start, and then each day."""

    name = "retention"

    def __init__(
        self, store: LocalStore, days: int, *, lease: Lease | None = None, sleep: Sleep = asyncio.sleep
    ) -> None:
        self._store = store
        self._kept = timedelta(days=days)
        self._sleep = sleep
        self._tenure = Tenure(lease or store.lease(self.name), self._work, sleep=sleep)

    async def run(self) -> None:
        """Runs each day while this process holds the lease, until cancelled."""
        await self._tenure.run()

    async def _work(self, lease: Lease) -> None:
        while True:
            removed = await self._store.retention.run(self._store.journal.clock() - self._kept, lease)
            if removed:
                _log.info("retention_done", removed=removed)
            await self._store.sessions.sweep()
            await self._sleep(DAY_SECONDS)
