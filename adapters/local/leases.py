"""Leases: one process at a time polls a source, holds a socket or runs the timers."""

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from adapters.errors import Conflict
from adapters.local.clock import Clock, system_clock, to_ms
from adapters.local.engine import Database
from adapters.local.tables.leases import LEASES

LEASE_SECONDS = 9.0
"""Unrenewed for so long, a lease may be taken over; holders renew each third of it."""


class LeaseLost(Conflict):
    """Another process holds the lease by now; what was to be written under it is not."""


@dataclass(eq=False)
class Lease:
    """A lease on a name. Its holder is alive as long as the row changes, judged by the onlooker's own steady clock.

    Wall clocks of two machines differ and jump, so nobody compares the stored expiry with a clock of its own.
    """

    database: Database
    name: str
    owner: str = field(default_factory=lambda: secrets.token_hex(8))
    seconds: float = LEASE_SECONDS
    clock: Clock = system_clock
    steady: Callable[[], float] = time.monotonic
    fence: int | None = None
    """Grows with every change of hands; None while this process does not hold the lease."""
    _seen: tuple[str, int, int] | None = None
    _since: float = 0.0

    async def acquire(self) -> bool:
        """Take the lease if it is free or its holder has gone silent; tells whether it is held now."""
        if self.fence is not None:
            return await self.renew()
        async with self.database.write() as connection:
            row = (await connection.execute(select(LEASES).where(LEASES.c.name == self.name))).one_or_none()
            if row is None:
                return await self._create(connection)
            if row.owner and not self._silent(row.owner, row.beat, row.fence):
                return False
            taken = await connection.execute(
                update(LEASES)
                .where(LEASES.c.name == self.name, LEASES.c.fence == row.fence, LEASES.c.beat == row.beat)
                .values(owner=self.owner, fence=row.fence + 1, beat=row.beat + 1, expires_at=self._expiry())
            )
            if taken.rowcount == 1:
                self.fence = row.fence + 1
        return self.fence is not None

    async def renew(self) -> bool:
        """Show that the holder is alive; False when another has taken over."""
        if self.fence is None:
            return False
        async with self.database.write() as connection:
            kept = await connection.execute(
                update(LEASES)
                .where(LEASES.c.name == self.name, LEASES.c.owner == self.owner, LEASES.c.fence == self.fence)
                .values(beat=LEASES.c.beat + 1, expires_at=self._expiry())
            )
            if kept.rowcount != 1:
                self._lose()
        return self.fence is not None

    async def release(self) -> None:
        """Give the lease back, so that the next one need not wait."""
        if self.fence is None:
            return
        async with self.database.write() as connection:
            await connection.execute(
                update(LEASES)
                .where(LEASES.c.name == self.name, LEASES.c.owner == self.owner, LEASES.c.fence == self.fence)
                .values(owner="")
            )
        self._lose()

    async def check(self, connection: AsyncConnection) -> None:
        """Within a writer's transaction: raise LeaseLost unless this process still holds the lease."""
        held = await connection.execute(
            select(LEASES.c.fence)
            .where(LEASES.c.name == self.name, LEASES.c.owner == self.owner)
            .with_for_update()
        )
        if self.fence is None or held.scalar_one_or_none() != self.fence:
            self._lose()
            raise LeaseLost(f"The lease on {self.name} has gone to another process.")

    async def _create(self, connection: AsyncConnection) -> bool:
        row = {"name": self.name, "owner": self.owner, "fence": 1, "beat": 1, "expires_at": self._expiry()}
        try:
            async with connection.begin_nested():
                await connection.execute(insert(LEASES), row)
        except IntegrityError:
            return False
        self.fence = 1
        return True

    def _silent(self, owner: str, beat: int, fence: int) -> bool:
        now = self.steady()
        if self._seen != (owner, beat, fence):
            self._seen, self._since = (owner, beat, fence), now
        return now - self._since >= self.seconds

    def _expiry(self) -> int:
        return to_ms(self.clock() + timedelta(seconds=self.seconds))

    def _lose(self) -> None:
        self.fence = None
        self._seen = None
