"""Clocks jump, forwards and back; nothing is lost by it, and nothing goes round in circles."""

import asyncio
from datetime import timedelta

import pytest

from adapters.local.alarm_filter import AlarmFilter
from adapters.local.rebuild import rebuild
from adapters.local.retention import STEP
from adapters.ports import PageRequest
from adapters.records import AlarmChange, AlarmStatus
from tests.adapters.local.samples import NOON, alarm_row
from tests.adapters.local.test_journal import detach, positions


async def only(store):
    (alarm,) = (await store.alarms.page(AlarmFilter(), PageRequest())).records
    return alarm


async def changes(store) -> list[AlarmChange]:
    return [event.change for event in await store.alarms.history((await only(store)).native_id)]


async def test_a_shelf_that_ends_twice_at_the_same_moment_ends_twice(store, hands):
    await store.intake.alarms("omc", [alarm_row()])
    until = NOON + timedelta(minutes=5)
    for _ in range(2):
        hands.now = NOON
        await store.desk.shelve([(await only(store)).native_id], f"noc-shift-{_}", until)
        async with asyncio.timeout(10):
            await store.timers.due(hands.turn(minutes=6))

    assert (await changes(store)).count(AlarmChange.UNSHELVED) == 2


async def test_a_feed_that_falls_silent_twice_at_the_same_moment_is_stale_twice(store, hands):
    await store.intake.alarms("omc", [alarm_row()])
    for _ in range(2):
        hands.now = NOON
        async with asyncio.timeout(10):
            await store.timers.heard("omc", timedelta(minutes=1))
            await store.timers.due(hands.turn(minutes=2))

    assert ((await only(store)).stale, (await changes(store)).count(AlarmChange.STALE_CHANGED)) == (True, 3)


async def test_an_alarm_that_flaps_twice_at_the_same_moment_does_not_stop_the_journal(store, hands):
    for start in (0, 10):
        hands.now = NOON
        rows = [alarm_row(start + i, cleared=i % 2 == 1) for i in range(4)]
        async with asyncio.timeout(10):
            await store.intake.alarms("omc", rows)
            await store.timers.due(hands.turn(hours=2))

    assert (await changes(store)).count(AlarmChange.FLAPPING_CHANGED) == 4


async def test_retention_keeps_what_came_before_an_entry_that_a_wrong_clock_dated_too_early(store, hands):
    hands.turn(days=100)
    await store.intake.ue_events([detach(1), detach(2)])
    hands.turn(days=-5000)
    await store.intake.ue_events([detach(i) for i in range(3, 10)])
    hands.now = NOON + timedelta(days=100)
    removed = await store.retention.run(hands.now - timedelta(days=90))

    assert (removed, await positions(store)) == (0, list(range(1, 10)))


async def test_two_retention_runs_at_once_never_lower_the_mark(store, hands):
    await store.intake.ue_events([detach(i) for i in range(3 * STEP)])
    hands.turn(days=91)
    removed = await asyncio.gather(*(store.retention.run(hands.now) for _ in range(2)))

    assert (sum(removed), (await store.journal.head()).low_water) == (3 * STEP, 3 * STEP)


@pytest.mark.parametrize("again", [False, True])
async def test_an_alarm_raised_again_while_retention_runs_is_not_forgotten(store, hands, again):
    await store.intake.alarms("omc", [alarm_row(0), alarm_row(1, cleared=True)])
    hands.turn(days=91)
    if again:
        await store.intake.alarms("omc", [alarm_row(91 * 1440)])
    await store.retention.run(hands.now)
    standing = await store.alarms.count(AlarmFilter(status=AlarmStatus.ACTIVE))

    assert standing == again


async def test_a_late_report_of_a_forgotten_alarm_does_not_raise_it_when_the_table_is_made_anew(store, hands):
    await store.intake.alarms("omc", [alarm_row(0), alarm_row(29, cleared=True)])
    await store.intake.ue_events([detach(1)])
    hands.turn(days=91)
    await store.intake.alarms("omc", [alarm_row(5)])
    await store.retention.run(hands.now)

    assert (await store.alarms.count(AlarmFilter()), await rebuild(store.database)) == (0, 0)
