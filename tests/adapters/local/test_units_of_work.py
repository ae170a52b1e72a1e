"""Units of work that are left in the middle: nothing of them stays, and nobody after them is held up."""

import asyncio
from contextlib import suppress

import pytest
from sqlalchemy import text

from adapters.local.engine import Database

STEPS = 40


@pytest.fixture
async def database(tmp_path):
    database = Database(f"sqlite+aiosqlite:///{tmp_path}/work.db")
    async with database.write() as connection:
        await connection.execute(text("create table step (number integer)"))
    yield database
    await database.close()


async def work(database: Database) -> None:
    async with database.write() as connection:
        for number in range(STEPS):
            await connection.execute(text("insert into step values (:number)"), {"number": number})


async def test_who_leaves_leaves_nothing_behind(database):
    for whole, turns in enumerate([*range(60), *range(60, 600, 20)], 1):
        leaving = asyncio.create_task(work(database))
        for _ in range(turns):
            await asyncio.sleep(0)
        leaving.cancel()
        with suppress(asyncio.CancelledError):
            await leaving
        async with asyncio.timeout(5):
            await work(database)
            async with database.read() as connection:
                kept = await connection.scalar(text("select count(*) from step"))
        assert kept % STEPS == 0
        assert kept // STEPS >= whole


async def test_rows_that_nobody_fetched_keep_no_lock(database):
    await work(database)
    with suppress(asyncio.CancelledError):
        async with database.write() as connection:
            driver = (await connection.get_raw_connection()).driver_connection
            rows = await driver.execute("select number from step")
            await rows.fetchone()
            # As it goes for who is cancelled while the rest of the rows is on its way.
            await connection.invalidate()
            raise asyncio.CancelledError
    async with asyncio.timeout(5):
        await work(database)
    assert rows.description
