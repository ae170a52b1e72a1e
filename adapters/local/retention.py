"""Retention: old entries leave the journal in short steps, and the checkpoint takes their place."""

import asyncio
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import takewhile
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
        removed = 0
        while gone := await self._step(to_ms(before), fence):
            removed += gone
            await asyncio.sleep(0)
        await self._forget_cleared(fence)
        return removed

    async def _step(self, ms: int, fence: Lease | None) -> int:
        """Remove the first entries as far as they are too old.

        Clocks jump: an entry that was dated too early stays until all that came before it are old.
        """
        c = JOURNAL.c
        async with self._journal.database.write() as connection:
            await _locked(connection, fence)
            mark = (await connection.execute(select(HEAD.c.low_water))).scalar_one()
            first = select(c.position, c.received).where(c.position > mark).order_by(c.position).limit(STEP)
            rows = (await connection.execute(first)).all()
            upto = max(_too_old(rows, ms), default=mark)
            if upto > mark:
                await _checkpoint(connection, mark, upto)
                await connection.execute(delete(JOURNAL).where(c.position > mark, c.position <= upto))
                await connection.execute(update(HEAD).values(low_water=upto))
        return int(upto - mark)

    async def _forget_cleared(self, fence: Lease | None) -> None:
        """Alarms of which nothing is kept but that they are over go, too."""
        c = ALARMS.c
        over = (c.status == AlarmStatus.CLEARED.value) & (
            c.position <= select(HEAD.c.low_water).scalar_subquery()
        )
        async with self._journal.database.read() as connection:
            found = [row.native_id for row in await connection.execute(select(c.native_id).where(over))]
        for start in range(0, len(found), STEP):
            part = c.native_id.in_(found[start : start + STEP])
            async with self._journal.database.write() as connection:
                await _locked(connection, fence)
                # Looked at again: one of them may have been raised meanwhile.
                gone = list((await connection.execute(select(c.native_id).where(part, over))).scalars())
                for table in (ALARMS, ALIASES, CHECKPOINTS):
                    await connection.execute(delete(table).where(table.c.native_id.in_(gone)))
            await asyncio.sleep(0)


def _too_old(rows: Iterable[Any], ms: int) -> Iterator[int]:
    """The positions of the first rows, up to one that is new enough to be kept."""
    return (row.position for row in takewhile(lambda row: row.received < ms, rows))


async def _locked(connection: AsyncConnection, fence: Lease | None) -> None:
    """Holds the journal's head until the commit; a lost lease refuses."""
    if fence is not None:
        await fence.check(connection)
    await connection.execute(select(HEAD.c.id).with_for_update())


async def _checkpoint(connection: AsyncConnection, mark: int, upto: int) -> None:
    """Fold the entries that are about to go into the checkpoint."""
    c = JOURNAL.c
    rows = (
        await connection.execute(
            select(c.position, c.subject, c.body, c.received)
            .where(c.position > mark, c.position <= upto, c.kind == "alarm", ~c.late)
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


def _upsert(module: Any) -> Any:
    statement = module.insert(CHECKPOINTS)
    names = ("position", "born", "state")
    return statement.on_conflict_do_update(
        index_elements=["native_id"], set_={name: statement.excluded[name] for name in names}
    )


_UPSERT = {"sqlite": _upsert(sqlite), "postgresql": _upsert(postgresql)}
