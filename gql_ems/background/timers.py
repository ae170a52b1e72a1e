"""What falls due by time alone, told each second by one process: shelves that end, feeds that fall silent."""

import asyncio

from adapters.local.leases import Lease
from adapters.local.store import LocalStore
from gql_ems.background.pacing import Sleep
from gql_ems.background.tenure import Tenure

EACH_SECONDS = 1.0


class Timers:
    """Runs the store's timers while this process holds their lease."""

    name = "timers"

    def __init__(
        self, store: LocalStore, *, lease: Lease | None = None, sleep: Sleep = asyncio.sleep
    ) -> None:
        self._store = store
        self._sleep = sleep
        self._tenure = Tenure(lease or store.lease(self.name), self._work, sleep=sleep)

    async def run(self) -> None:
        """Looks each second, until cancelled; what fell due while nothing ran is told at once."""
        await self._tenure.run()

    async def _work(self, lease: Lease) -> None:
        while True:
            await self._store.timers.due(self._store.journal.clock(), lease)
            await self._sleep(EACH_SECONDS)
