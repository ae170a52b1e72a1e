"""Retention: old entries leave the journal in short steps, and the checkpoint takes their place."""

import asyncio
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from adapters.local.alarm_batch import Held, chunks
from adapters.local.alarm_table import decode_state, encode
from adapters.local.clock import to_ms
from adapters.local.journal import Journal
from adapters.local.leases import Lease
from adapters.local.rebuild import apply_entry
from adapters.local.tables.alarms import ALARMS, ALIASES
from adapters.local.tables.journal import CHECKPOINTS, HEAD, JOURNAL
from adapters.records import AlarmStatus

STEP = 500
"""Entries removed in one commit: appends wait no longer than that takes."""


class Retention:
    """Removes what is older than is kept: events, call records, and alarms that were cleared before."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    async def run(self, before: datetime, fence: Lease | None = None) -> int:
        """Remove what reached the gateway before then; gives how many entries that were."""
        last = await self._last_before(to_ms(before))
        head = await self._journal.head()
        mark = head.low_water
        while mark < last:
            upto = min(mark + STEP, last)
            await self._step(mark, upto, fence)
            mark = upto
            await asyncio.sleep(0)
        async with self._journal.database.write() as connection:
            await connection.execute(select(HEAD.c.id).with_for_update())
            await _forget_cleared(connection, mark)
        return max(last - head.low_water, 0)

    async def _last_before(self, ms: int) -> int:
        """Find the last entry that is too old; positions have no gaps, so halving finds it."""
        head = await self._journal.head()
        low, high = head.low_water, head.position
        async with self._journal.database.read() as connection:
            while low < high:
                middle = (low + high + 1) // 2
                received = (
                    await connection.execute(select(JOURNAL.c.received).where(JOURNAL.c.position == middle))
                ).scalar_one()
                if received < ms:
                    low = middle
                else:
                    high = middle - 1
        return low

    async def _step(self, mark: int, upto: int, fence: Lease | None) -> None:
        async with self._journal.database.write() as connection:
            if fence is not None:
                await fence.check(connection)
            await connection.execute(select(HEAD.c.id).with_for_update())
            await _checkpoint(connection, mark, upto)
            await connection.execute(
                delete(JOURNAL).where(JOURNAL.c.position > mark, JOURNAL.c.position <= upto)
            )
            await connection.execute(update(HEAD).values(low_water=upto))


async def _checkpoint(connection: AsyncConnection, mark: int, upto: int) -> None:
    """Fold the entries that are about to go into the checkpoint."""
    c = JOURNAL.c
    rows = (
        await connection.execute(
            select(c.position, c.subject, c.body, c.received)
            .where(c.position > mark, c.position <= upto, c.kind == "alarm")
            .order_by(c.position)
        )
    ).all()
    alarms: dict[str, Held] = {}
    for part in chunks({row.subject for row in rows}):
        found = await connection.execute(select(CHECKPOINTS).where(CHECKPOINTS.c.native_id.in_(part)))
        alarms.update((r.native_id, Held(decode_state(r.state), r.born, r.position)) for r in found)
    for row in rows:
        apply_entry(alarms, row)
    states = [
        {"native_id": native_id, "position": held.position, "born": held.born, "state": encode(held.state)}
        for native_id, held in alarms.items()
    ]
    if states:
        await connection.execute(_UPSERT[connection.dialect.name], states)


async def _forget_cleared(connection: AsyncConnection, upto: int) -> None:
    """Alarms of which nothing is kept but that they are over go, too."""
    found = await connection.execute(
        select(ALARMS.c.native_id).where(
            ALARMS.c.position <= upto, ALARMS.c.status == AlarmStatus.CLEARED.value
        )
    )
    for part in chunks(row.native_id for row in found):
        await connection.execute(delete(ALARMS).where(ALARMS.c.native_id.in_(part)))
        await connection.execute(delete(ALIASES).where(ALIASES.c.native_id.in_(part)))
        await connection.execute(delete(CHECKPOINTS).where(CHECKPOINTS.c.native_id.in_(part)))


def _upsert(module: Any) -> Any:
    statement = module.insert(CHECKPOINTS)
    names = ("position", "born", "state")
    return statement.on_conflict_do_update(
        index_elements=["native_id"], set_={name: statement.excluded[name] for name in names}
    )


_UPSERT = {"sqlite": _upsert(sqlite), "postgresql": _upsert(postgresql)}
