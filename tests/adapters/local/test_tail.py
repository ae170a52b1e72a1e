"""What was committed together is read once and goes to all who follow as one batch."""

import asyncio

import pytest

from adapters.local.alarm_filter import AlarmFilter
from adapters.local.cursor import parse_cursor
from adapters.local.watch import LOOK_SECONDS
from adapters.records import Severity, UeEventKind
from tests.adapters.local.samples import alarm_row
from tests.adapters.local.test_journal import detach


@pytest.fixture
def reads(store, monkeypatch) -> list[int]:
    """The positions behind which the tables were read for those who follow."""
    seen: list[int] = []
    read = store.tail.reader.read

    def counted(after, *arguments):
        seen.append(after)
        return read(after, *arguments)

    monkeypatch.setattr(store.tail.reader, "read", counted)
    return seen


async def following(*streams) -> list[asyncio.Task]:
    """Those who wait for the next batch of each stream."""
    waiting = [asyncio.create_task(anext(stream)) for stream in streams]
    await asyncio.wait(waiting, timeout=0.1)
    return waiting


def positions(batch) -> list[int]:
    return [parse_cursor(event.cursor).position for event in batch]


async def test_what_was_committed_together_is_one_object_for_all_who_watch_the_same(store):
    same = [await store.alarm_stream.open(AlarmFilter(severities=(Severity.MAJOR,))) for _ in range(2)]
    waiting = await following(*same, await store.alarm_stream.open())
    await store.intake.alarms("omc", [alarm_row(n, alarm_id=f"A{n}") for n in range(3)])
    first, second, every = await asyncio.gather(*waiting)

    assert first is second
    assert first is not every
    assert [one is other for one, other in zip(first, every, strict=True)] == [True] * 3
    assert positions(first) == [1, 2, 3]


async def test_a_filter_that_nothing_passes_wakes_nobody(store):
    authenticated, detached = [
        await store.streams.ue_events(kinds=(kind,))
        for kind in (UeEventKind.AUTHENTICATION, UeEventKind.DETACH)
    ]
    waiting, other = await following(authenticated, detached)
    await store.intake.ue_events([detach(1), detach(2)])

    assert positions(await other) == [1, 2]
    assert not waiting.done()
    waiting.cancel()


async def test_one_who_begins_within_what_came_together_gets_the_rest_of_it_from_memory(store, reads):
    journal = (await store.journal.head()).journal
    (waiting,) = await following(await store.streams.ue_events())
    await store.intake.ue_events([detach(n) for n in range(5)])
    await waiting
    before = len(reads)
    within = await store.streams.ue_events(after=f"{journal}.2")

    assert positions(await anext(within)) == [3, 4, 5]
    assert len(reads) == before


@pytest.mark.parametrize("ready_url", ["sqlite"], indirect=True)
async def test_where_nothing_has_come_the_journal_is_not_read_whatever_else_is_written(store, reads):
    stream = await store.streams.ue_events()
    (waiting,) = await following(stream)
    await store.intake.ue_events([detach(1)])
    await waiting
    (waiting,) = await following(stream)
    before = len(reads)
    await store.audit.append(by="noc-shift-a", action="createUser", outcome="OK")
    await asyncio.wait([waiting], timeout=4 * LOOK_SECONDS)
    waiting.cancel()

    assert reads[:1] == [0]
    assert len(reads) == before
