"""Work that one process at a time does: whoever holds the lease works, the others stand by."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

import structlog
from sqlalchemy.exc import SQLAlchemyError

from adapters.local.leases import LEASE_SECONDS, Lease, LeaseLost
from gql_ems.background.pacing import Sleep

_log = structlog.get_logger("gql_ems.background")

RENEW_SECONDS = LEASE_SECONDS / 3
"""How often a holder shows that it is alive, and how often the others look: a silent one is replaced within 15 s."""

Work = Callable[[Lease], Awaitable[None]]


class Tenure:
    """Does its work while this process holds the lease, and renews the lease meanwhile."""

    def __init__(self, lease: Lease, work: Work, *, sleep: Sleep = asyncio.sleep) -> None:
        self.name = lease.name
        self._lease = lease
        self._work = work
        self._sleep = sleep

    async def run(self) -> None:
        """Stands by or works, until cancelled; then the lease is given back, so that the next need not wait."""
        try:
            while True:
                if await self._lease.acquire():
                    await self._hold()
                await self._sleep(RENEW_SECONDS)
        finally:
            with suppress(SQLAlchemyError, OSError):
                await self._lease.release()

    async def _hold(self) -> None:
        """Works until the lease is lost or the work fails."""
        _log.info("lease_taken", lease=self.name, fence=self._lease.fence)
        work = asyncio.ensure_future(self._work(self._lease))
        renewing = asyncio.create_task(self._renew(), name=f"renew {self.name}")
        try:
            await asyncio.wait({work, renewing}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            renewing.cancel()
            work.cancel()
            await asyncio.gather(renewing, work, return_exceptions=True)
        if not work.cancelled():
            with suppress(LeaseLost):
                work.result()
        _log.warning("lease_lost", lease=self.name)

    async def _renew(self) -> None:
        """Returns once another process has taken over."""
        while True:
            await self._sleep(RENEW_SECONDS)
            try:
                if not await self._lease.renew():
                    return
            except (SQLAlchemyError, OSError) as error:
                # Unrenewed for long enough, the lease goes to another: its fence keeps this process from writing.
                _log.warning("lease_not_renewed", lease=self.name, error=type(error).__name__)
