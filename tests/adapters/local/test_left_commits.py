"""Commits that are left in the middle: all of it is kept or nothing, and the journal goes on without a gap."""

import asyncio
from contextlib import suppress

import pytest
from sqlalchemy import func, select

from adapters.local.alarm_filter import AlarmFilter
from adapters.local.commit import PART
from adapters.local.tables.alarms import IMAGES
from adapters.local.tables.journal import JOURNAL
from adapters.ports import AlarmRow
from tests.adapters.local.samples import alarm_row

ROWS = 2 * PART + 20


def rows(turn: int) -> list[AlarmRow]:
    return [alarm_row(row_id=f"{turn} {n}", alarm_id=f"{turn} {n}") for n in range(ROWS)]


async def counted(store) -> tuple[int, int, int, int, int]:
    """Entries, the last position, the head, rows of images, alarms."""
    async with store.database.read() as connection:
        entries, last = (
            await connection.execute(select(func.count(), func.max(JOURNAL.c.position)).select_from(JOURNAL))
        ).one()
        images = await connection.scalar(select(func.count()).select_from(IMAGES))
        head = await store.journal.head_in(connection)
    return entries, last or 0, head.position, images, await store.alarms.count(AlarmFilter())


@pytest.mark.parametrize("turns", [1, 4, 7, 10, 15, 20, 25, 30, 40, 60])
async def test_a_commit_that_is_left_is_kept_whole_or_not_at_all(store, turns):
    leaving = asyncio.create_task(store.images.ingest_image("omc", rows(0)))
    for _ in range(turns):
        await asyncio.sleep(0.0005)
    leaving.cancel()
    with suppress(asyncio.CancelledError):
        await leaving
    async with asyncio.timeout(20):
        kept = await counted(store)
        await store.images.ingest_image("omc", rows(1))

    assert kept in ((0,) * 5, (ROWS,) * 5)
    after = kept[0] + ROWS
    assert (await counted(store))[:3] == (after, after, after)
