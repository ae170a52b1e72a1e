from datetime import timedelta

from adapters.local.alarm_filter import AlarmFilter
from adapters.ports import PageRequest
from adapters.records import AlarmChange, AlarmStatus, Severity
from tests.adapters.local.samples import NOON, alarm_row


async def poll(store, *rows, match: bool = False) -> int:
    return await store.images.ingest_image("omc", rows, match=match)


async def alarms(store) -> list:
    return list((await store.alarms.page(AlarmFilter(), PageRequest(), down=False)).records)


async def only(store):
    (alarm,) = await alarms(store)
    return alarm


async def changes(store) -> list[AlarmChange]:
    return [event.change for event in await store.alarms.history((await only(store)).native_id)]


async def test_the_same_image_again_is_nothing_new(store):
    counts = [await poll(store, alarm_row(row_id="1")) for _ in range(2)]

    assert counts == [1, 0]


async def test_a_row_that_is_over_in_the_next_image_clears(store):
    await poll(store, alarm_row(row_id="1"))
    await poll(store, alarm_row(row_id="1", cleared=True, cleared_at=NOON + timedelta(minutes=5)))

    assert (await only(store)).status is AlarmStatus.CLEARED


async def test_a_row_that_vanishes_is_no_clear(store):
    await poll(store, alarm_row(row_id="1"))
    await poll(store)

    assert (await only(store)).status is AlarmStatus.ACTIVE


async def test_a_row_that_comes_back_unchanged_is_nothing_new(store):
    await poll(store, alarm_row(row_id="1"))
    await poll(store)

    assert await poll(store, alarm_row(row_id="1")) == 0


async def test_an_acknowledgement_made_here_survives_the_next_poll(store):
    await poll(store, alarm_row(row_id="1"))
    await store.desk.acknowledge([(await only(store)).native_id], "noc-shift-a")
    await poll(store, alarm_row(row_id="1"))

    assert (await only(store)).acknowledged is True


async def test_a_clear_made_here_survives_the_next_poll(store, hands):
    await poll(store, alarm_row(row_id="1"))
    hands.turn(minutes=1)
    await store.desk.clear([(await only(store)).native_id], "noc-shift-a")
    await poll(store, alarm_row(row_id="1", additional_text="still there"))

    assert (await only(store)).status is AlarmStatus.CLEARED


async def test_an_acknowledgement_made_at_the_source_is_taken_over(store):
    await poll(store, alarm_row(row_id="1"))
    await poll(store, alarm_row(row_id="1", acknowledged=True, acknowledged_by="omc-admin"))

    assert (await only(store)).acknowledged_by == "omc-admin"


async def test_a_row_first_seen_acknowledged_is_acknowledged(store):
    await poll(store, alarm_row(row_id="1", acknowledged=True, acknowledged_by="omc-admin"))

    assert (await only(store)).acknowledged is True


async def test_a_row_raised_again_without_a_new_time_reopens(store, hands):
    await poll(store, alarm_row(row_id="1"))
    hands.turn(minutes=1)
    await poll(store, alarm_row(row_id="1", cleared=True))
    hands.turn(minutes=1)
    await poll(store, alarm_row(row_id="1"))

    assert (await only(store)).status is AlarmStatus.ACTIVE


async def test_a_changed_severity_is_told(store):
    await poll(store, alarm_row(row_id="1"))
    await poll(store, alarm_row(row_id="1", severity=Severity.CRITICAL))

    assert await changes(store) == [AlarmChange.RAISED, AlarmChange.SEVERITY_CHANGED]


async def test_a_grown_counter_is_a_repeat(store, hands):
    await poll(store, alarm_row(row_id="1", count=1))
    hands.turn(minutes=1)
    await poll(store, alarm_row(row_id="1", count=6))

    assert ((await only(store)).count, await changes(store)) == (
        6,
        [AlarmChange.RAISED, AlarmChange.REPEATED],
    )


async def test_pushed_and_polled_reports_of_one_alarm_are_one(store):
    await store.intake.alarms("omc", [alarm_row(alarm_id=None)], match=True)
    await poll(store, alarm_row(row_id="1", location="rack 2"), match=True)
    await store.intake.alarms("omc", [alarm_row(3, alarm_id=None, cleared=True)], match=True)
    await poll(
        store,
        alarm_row(row_id="1", location="rack 2", cleared=True, cleared_at=NOON + timedelta(minutes=3)),
        match=True,
    )

    assert await changes(store) == [AlarmChange.RAISED, AlarmChange.CLEARED]


async def test_a_shelf_ends_by_itself_also_for_what_fell_due_while_nothing_ran(store, hands):
    await poll(store, alarm_row())
    alarm = await only(store)
    await store.desk.shelve([alarm.native_id], "noc-shift-a", hands.now + timedelta(minutes=5))
    early = await store.timers.due(hands.turn(minutes=4))
    late = await store.timers.due(hands.turn(days=2))
    history = await store.alarms.history(alarm.native_id)

    assert (early, late, history[-1].change, history[-1].at) == (
        0,
        1,
        AlarmChange.UNSHELVED,
        NOON + timedelta(minutes=5),
    )


async def test_an_alarm_raised_and_cleared_again_and_again_flaps_until_it_calms_down(store, hands):
    await store.intake.alarms("omc", [alarm_row(i, cleared=i % 2 == 1) for i in range(4)])
    flapping = (await only(store)).flapping
    await store.timers.due(hands.turn(minutes=31))

    assert (flapping, (await only(store)).flapping) == (True, False)


async def test_alarms_of_a_silent_feed_are_stale_until_it_is_heard_again(store, hands):
    await poll(store, alarm_row())
    await store.timers.heard("omc", timedelta(seconds=30))
    told = [await store.timers.due(hands.turn(seconds=20)), await store.timers.due(hands.turn(seconds=20))]
    stale = (await only(store)).stale
    await store.timers.heard("omc", timedelta(seconds=30))

    assert (told, stale, (await only(store)).stale) == ([0, 1], True, False)
