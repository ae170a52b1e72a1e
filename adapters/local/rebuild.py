"""The alarms table made anew from the checkpoint and the rest of the journal."""

from collections.abc import AsyncIterator
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from adapters.local.alarm_batch import Held
from adapters.local.alarm_table import columns_of, decode_state
from adapters.local.clock import from_ms
from adapters.local.engine import Database
from adapters.local.fold import fold
from adapters.local.replay import decode_event
from adapters.local.tables.alarms import ALARMS
from adapters.local.tables.journal import CHECKPOINTS, HEAD, JOURNAL

SLICE = 2000


async def rebuild(database: Database) -> int:
    """Write the alarms table anew; gives how many alarms there are."""
    async with database.write() as connection:
        await connection.execute(select(HEAD.c.id).with_for_update())
        alarms = await replayed(connection)
        await connection.execute(delete(ALARMS))
        names = ALARMS.columns.keys()
        rows = (columns_of(held.state, held.born, held.position) for held in alarms.values())
        if alarms:
            await connection.execute(insert(ALARMS), [dict(zip(names, row, strict=True)) for row in rows])
    return len(alarms)


async def replayed(connection: AsyncConnection) -> dict[str, Held]:
    """Fold the checkpoint and every entry after it."""
    alarms = {
        row.native_id: Held(decode_state(row.state), row.born, row.position)
        for row in await connection.execute(select(CHECKPOINTS))
    }
    async for row in _entries(connection):
        apply_entry(alarms, row)
    return alarms


def apply_entry(alarms: dict[str, Held], row: Any) -> None:
    """Fold one entry of the journal into the alarms."""
    held = alarms.get(row.subject)
    step = fold(held.state if held else None, decode_event(row.body), row.subject, from_ms(row.received))
    if step.state is None or step.change is None or step.late:
        return
    if held is None:
        alarms[row.subject] = Held(step.state, row.position, row.position)
    else:
        held.state, held.position = step.state, row.position


async def _entries(connection: AsyncConnection) -> AsyncIterator[Any]:
    c = JOURNAL.c
    statement = (
        select(c.position, c.subject, c.body, c.received)
        # What came late changed nothing then, and must not now that what it came after may be forgotten.
        .where(c.kind == "alarm", ~c.late)
        .order_by(c.position)
    )
    after = 0
    while True:
        rows = (await connection.execute(statement.where(c.position > after).limit(SLICE))).all()
        for row in rows:
            yield row
        if len(rows) < SLICE:
            return
        after = rows[-1].position
