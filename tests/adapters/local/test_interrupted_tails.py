"""Those who follow the journal go on when the database breaks off, and are told when retention has passed them."""

import asyncio

import pytest
from sqlalchemy import text

from adapters.errors import CursorExpired
from adapters.local.cursor import parse_cursor
from adapters.local.store import LocalStore
from tests.adapters.local.conftest import SILENT, tell
from tests.adapters.local.test_journal import detach, take


@pytest.fixture
def ready_postgres(request) -> str:
    if request.getfixturevalue("migrated_schema") is None:
        pytest.skip(SILENT)
    return request.getfixturevalue("migrated_schema")


@pytest.mark.parametrize("ready_url", ["postgresql"], indirect=True)
async def test_who_follows_goes_on_when_postgresql_ends_every_connection(ready_url, store, hands):
    other = LocalStore(ready_url, hands)
    stream = await other.streams.ue_events()
    reading = asyncio.create_task(take(stream, 3))
    await asyncio.wait([reading], timeout=0.2)
    await store.intake.ue_events([detach(1)])
    async with store.database.read() as connection:
        journal = (await connection.execute(text("SELECT journal FROM journal_head"))).scalar_one()
    await tell(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        f" WHERE query LIKE '%ems_{journal}%' AND pid <> pg_backend_pid()"
    )
    await store.intake.ue_events([detach(2)])
    await store.intake.ue_events([detach(3)])
    found = await reading
    await other.close()

    assert [parse_cursor(event.cursor).position for event in found] == [1, 2, 3]


async def test_who_stood_still_while_retention_passed_is_told_so_and_others_go_on(ready_url, store, hands):
    asleep = LocalStore(ready_url, hands)
    await asleep.tail._start()
    for task in asleep.tail._tasks:
        task.cancel()
    await asyncio.wait(asleep.tail._tasks)
    late = await asleep.streams.ue_events(after=f"{(await store.journal.head()).journal}.0")
    await store.intake.ue_events([detach(i) for i in range(5)])
    await store.retention.run(hands.turn(days=1))
    await store.intake.ue_events([detach(7)])
    asleep.tail._tasks[0] = asyncio.create_task(asleep.tail._run())
    asleep.journal.committed.set()
    with pytest.raises(CursorExpired):
        async with asyncio.timeout(10):
            await anext(late)
    live = await asleep.streams.ue_events()
    reading = asyncio.create_task(take(live, 1))
    await asyncio.wait([reading], timeout=0.2)
    await store.intake.ue_events([detach(8)])
    asleep.journal.committed.set()
    found = await reading
    await asleep.close()

    assert [event.at for event in found] == [detach(8).at]
