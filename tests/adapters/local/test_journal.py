import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select

from adapters.errors import BadInput, CursorExpired
from adapters.local.commit import Commit
from adapters.local.cursor import Cursor, parse_cursor
from adapters.local.entries import ue_entry
from adapters.local.store import LocalStore
from adapters.local.tables.journal import JOURNAL
from adapters.records import UeEvent, UeEventKind
from tests.adapters.local.samples import NOON, alarm_row


def detach(number: int, imsi: str = "460010000000001") -> UeEvent:
    return UeEvent(
        cursor="", source="omc", kind=UeEventKind.DETACH, imsi=imsi, at=NOON + timedelta(seconds=number)
    )


async def positions(store: LocalStore) -> list[int]:
    async with store.database.read() as connection:
        rows = await connection.execute(select(JOURNAL.c.position).order_by(JOURNAL.c.position))
        return [row.position for row in rows]


async def take(stream, count: int) -> list:
    """So many events; what came together with the last of them is not among them."""
    found: list = []
    async with asyncio.timeout(20):
        async for batch in stream:
            found += batch
            if len(found) >= count:
                break
    return found[:count]


async def test_what_many_append_at_once_gets_positions_without_gaps(store):
    await asyncio.gather(*(store.intake.ue_events([detach(i)]) for i in range(100)))

    assert await positions(store) == list(range(1, 101))


async def test_many_appends_share_few_commits(sqlite_store):
    seen = set()

    async def look(driver) -> None:
        while True:
            seen.add(str(await driver.execute_fetchall("PRAGMA data_version")))

    async with sqlite_store.database.driver() as driver:
        looking = asyncio.create_task(look(driver))
        await asyncio.gather(*(sqlite_store.intake.ue_events([detach(i)]) for i in range(300)))
        looking.cancel()
        await asyncio.wait([looking])

    assert len(seen) < 30


async def test_an_append_returns_only_once_the_entry_is_kept(store):
    (kept,) = await store.intake.ue_events([detach(1)])

    assert await positions(store) == [kept.position]


async def test_the_same_event_twice_is_one(store):
    await store.intake.ue_events([detach(1)])
    (again,) = await store.intake.ue_events([detach(1)])

    assert (again.position, await positions(store)) == (None, [1])


async def test_the_same_event_twice_in_one_commit_is_one(store):
    await store.intake.ue_events([detach(1), detach(1), detach(2)])

    assert await positions(store) == [1, 2]


async def test_a_commit_that_breaks_leaves_no_gap(store):
    await store.intake.ue_events([detach(1)])

    async def break_off() -> None:
        async with store.database.write() as connection:
            await Commit(NOON).add(connection, [ue_entry(detach(2))])
            raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        await break_off()
    await store.intake.ue_events([detach(3)])

    assert await positions(store) == [1, 2]


async def test_following_replays_what_is_past_and_goes_on_live(store):
    await store.intake.ue_events([detach(i) for i in range(5)])
    head = await store.journal.head()
    stream = await store.streams.ue_events(after=str(Cursor(head.journal, 2)))
    reading = asyncio.create_task(take(stream, 6))
    for i in range(5, 8):
        await store.intake.ue_events([detach(i)])

    assert [parse_cursor(e.cursor).position for e in await reading] == [3, 4, 5, 6, 7, 8]


async def test_followers_see_everything_once_while_many_append(store):
    head = await store.journal.head()
    streams = [await store.streams.ue_events(after=f"{head.journal}.0") for _ in range(5)]
    reading = [asyncio.create_task(take(stream, 400)) for stream in streams]
    await asyncio.gather(*(store.intake.ue_events([detach(i)]) for i in range(400)))

    for task in reading:
        assert [parse_cursor(e.cursor).position for e in await task] == list(range(1, 401))


async def test_a_reader_behind_what_is_held_in_memory_catches_up_from_the_tables(store):
    store.tail._kept = 10
    stream = await store.streams.ue_events(after=f"{(await store.journal.head()).journal}.0")
    await store.intake.ue_events([detach(0)])
    first = await take(stream, 1)
    for start in range(1, 100, 7):
        await store.intake.ue_events([detach(i) for i in range(start, start + 7)])
    again = await store.streams.ue_events(after=first[0].cursor)

    assert [e.at for e in await take(again, 98)] == [detach(i).at for i in range(1, 99)]


async def test_another_process_sees_commits(ready_url, store, hands):
    other = LocalStore(ready_url, hands)
    stream = await other.streams.ue_events()
    reading = asyncio.create_task(take(stream, 1))
    await asyncio.wait([reading], timeout=0.05)
    await store.intake.ue_events([detach(1)])

    assert [e.imsi for e in await reading] == [detach(1).imsi]
    await other.close()


async def test_readers_of_one_kind_are_not_shown_others(store):
    await store.intake.alarms("omc", [alarm_row()])
    await store.intake.ue_events([detach(1)])
    stream = await store.streams.ue_events(after=f"{(await store.journal.head()).journal}.0")

    assert [type(e) for e in await take(stream, 1)] == [UeEvent]


@pytest.mark.parametrize("text", ["", "x", "a.b", "a.1.2.3", "a.-1", "a. 1", "a.1.", "ä.¹", "a." + "9" * 40])
def test_text_that_is_no_cursor_is_refused(text):
    with pytest.raises(BadInput):
        parse_cursor(text)


async def test_a_cursor_of_another_journal_has_expired(store):
    with pytest.raises(CursorExpired):
        await store.streams.ue_events(after="0123abcd.0")


async def test_a_cursor_ahead_of_the_journal_has_expired(store):
    with pytest.raises(CursorExpired):
        await store.streams.ue_events(after=f"{(await store.journal.head()).journal}.7")
