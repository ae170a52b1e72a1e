import asyncio
from datetime import timedelta

import pytest

from adapters.errors import BadInput
from adapters.local.alarm_filter import AlarmFilter
from adapters.local.alarm_queries import AlarmOrderField
from adapters.local.alarm_reports import reports_of
from adapters.local.entries import report_entry
from adapters.ports import PageRequest
from adapters.records import AlarmChange, AlarmCounts, AlarmStatus, Severity
from tests.adapters.local.samples import NOON, alarm_row
from tests.adapters.local.test_journal import take

SEVERITIES = (Severity.CRITICAL, Severity.MAJOR, Severity.MINOR, Severity.WARNING, Severity.INDETERMINATE)


async def fill(store, count: int = 25) -> None:
    rows = [
        alarm_row(i, ne_id=f"{i % 3:03}", alarm_id=f"SMF{i:04}", code=i, severity=SEVERITIES[i % 5])
        for i in range(count)
    ]
    await store.intake.alarms("omc", rows)


async def walk(store, where, order, *, down: bool, first: int = 4) -> list[str]:
    found, after = [], None
    while True:
        page = await store.alarms.page(where, PageRequest(first=first, after=after), order, down=down)
        found += [alarm.native_id for alarm in page.records]
        if not page.more:
            return found
        after = page.positions[-1]


@pytest.mark.parametrize("order", list(AlarmOrderField))
@pytest.mark.parametrize("down", [True, False])
async def test_pages_in_every_order_show_each_alarm_once(store, order, down):
    await fill(store)
    whole = await store.alarms.page(AlarmFilter(), PageRequest(first=100), order, down=down)

    assert await walk(store, AlarmFilter(), order, down=down) == [a.native_id for a in whole.records]


async def test_alarms_come_newest_first(store):
    await fill(store)
    page = await store.alarms.page(AlarmFilter(), PageRequest(first=2))

    assert [a.raised_at for a in page.records] == [NOON + timedelta(minutes=m) for m in (24, 23)]


async def test_by_severity_the_worst_come_first(store):
    await fill(store)
    page = await store.alarms.page(AlarmFilter(), PageRequest(first=6), AlarmOrderField.SEVERITY)

    assert [a.severity for a in page.records] == [Severity.CRITICAL] * 5 + [Severity.MAJOR]


async def test_a_page_tells_how_many_match(store):
    await fill(store)
    page = await store.alarms.page(AlarmFilter(severities=(Severity.MINOR,)), PageRequest(first=2))

    assert (page.total, page.more) == (5, True)


@pytest.mark.parametrize(
    "position", [5, "x", [], ["raised_at down", "1", 2], ["updated_at down", 1, 2], [1, 2, 3]]
)
async def test_a_position_of_another_list_is_refused(sqlite_store, position):
    with pytest.raises(BadInput):
        await sqlite_store.alarms.page(AlarmFilter(), PageRequest(after=position))


async def test_the_summary_counts_what_stands(store):
    await fill(store, 10)
    ids = [a.native_id for a in (await store.alarms.page(AlarmFilter(), PageRequest())).records]
    await store.desk.clear(ids[:1], "noc-shift-a")
    await store.desk.acknowledge(ids[1:3], "noc-shift-a")

    assert await store.alarms.summary(AlarmFilter()) == AlarmCounts(
        total=9, unacknowledged=7, critical=2, major=2, minor=2, warning=2, indeterminate=1
    )


async def test_the_history_of_an_alarm_is_told_oldest_first_with_what_came_late(store, hands):
    await store.intake.alarms("omc", [alarm_row(1), alarm_row(3, cleared=True), alarm_row(2)])
    (alarm,) = (await store.alarms.page(AlarmFilter(), PageRequest())).records
    hands.turn(minutes=10)
    await store.desk.comment(alarm.native_id, "noc-shift-a", "seen")
    history = await store.alarms.history(alarm.native_id)

    assert [(e.change, e.by) for e in history] == [
        (AlarmChange.RAISED, None),
        (AlarmChange.RAISED, None),
        (AlarmChange.CLEARED, None),
        (AlarmChange.COMMENTED, "noc-shift-a"),
    ]


async def test_comments_are_told(store):
    await store.intake.alarms("omc", [alarm_row()])
    (alarm,) = (await store.alarms.page(AlarmFilter(), PageRequest())).records
    await store.desk.comment(alarm.native_id, "noc-shift-a", " seen ")

    assert [c.text for c in await store.alarms.comments(alarm.native_id)] == ["seen"]


async def test_handling_an_unknown_alarm_is_told_by_its_id(store):
    assert (await store.desk.acknowledge(["nothing"], "noc-shift-a")).missing == ("nothing",)


async def test_shelving_into_the_past_is_refused(store):
    with pytest.raises(BadInput):
        await store.desk.shelve(["x"], "noc-shift-a", NOON)


async def test_the_stream_tells_a_change_with_the_alarm_as_it_stood(store):
    stream = await store.alarm_stream.open()
    await store.intake.alarms("omc", [alarm_row(1), alarm_row(2, severity=Severity.CRITICAL, raw={"id": 7})])
    first, second = await take(stream, 2)

    assert (first.change, first.alarm.severity, second.change, second.alarm.severity, second.alarm.raw) == (
        AlarmChange.RAISED,
        Severity.MAJOR,
        AlarmChange.SEVERITY_CHANGED,
        Severity.CRITICAL,
        {"id": 7},
    )


async def test_an_alarm_that_leaves_the_filter_is_told_once_more(store):
    stream = await store.alarm_stream.open(AlarmFilter(status=AlarmStatus.ACTIVE))
    await store.intake.alarms("omc", [alarm_row(1), alarm_row(2, cleared=True), alarm_row(3)])

    assert [(e.change, e.matches) for e in await take(stream, 3)] == [
        (AlarmChange.RAISED, True),
        (AlarmChange.CLEARED, False),
        (AlarmChange.RAISED, True),
    ]


async def test_a_snapshot_comes_before_what_happens_then(store):
    await fill(store, 5)
    stream = await store.alarm_stream.open(AlarmFilter(severities=(Severity.CRITICAL,)), snapshot=True)
    first = await take(stream, 1)
    await store.intake.alarms("omc", [alarm_row(30, alarm_id="later", severity=Severity.CRITICAL)])

    assert [e.alarm.alarm_id for e in first + await take(stream, 1)] == ["SMF0000", "later"]


async def test_a_snapshot_resumed_in_the_middle_shows_the_alarms_as_they_stood_then(store, hands):
    await fill(store, 6)
    begun = await take(await store.alarm_stream.open(snapshot=True), 2)
    ids = [a.native_id for a in (await store.alarms.page(AlarmFilter(), PageRequest(), down=False)).records]
    hands.turn(minutes=30)
    await store.desk.clear(ids[3:4], "noc-shift-a")
    rest = await take(await store.alarm_stream.open(after=begun[-1].cursor, snapshot=True), 5)

    assert [(e.alarm.native_id, e.change, e.alarm.status) for e in rest] == [
        (ids[2], AlarmChange.RAISED, AlarmStatus.ACTIVE),
        (ids[3], AlarmChange.RAISED, AlarmStatus.ACTIVE),
        (ids[4], AlarmChange.RAISED, AlarmStatus.ACTIVE),
        (ids[5], AlarmChange.RAISED, AlarmStatus.ACTIVE),
        (ids[3], AlarmChange.CLEARED, AlarmStatus.CLEARED),
    ]


async def test_the_same_change_is_one_object_for_all_who_watch(store):
    streams = [await store.alarm_stream.open() for _ in range(2)]
    reading = [asyncio.create_task(take(stream, 1)) for stream in streams]
    await asyncio.wait(reading, timeout=0.1)
    await store.intake.alarms("omc", [alarm_row()])
    (first,), (second,) = [await task for task in reading]

    assert first is second


async def test_a_polled_report_finds_the_alarm_that_was_pushed_under_another_key(store):
    await store.intake.alarms("omc", [alarm_row(1, alarm_id=None)], match=True)
    (polled,) = reports_of("omc", alarm_row(1, location="rack 1"), NOON)
    await store.journal.append([report_entry(polled, "poll", match=True)])

    assert await store.alarms.count(AlarmFilter()) == 1


async def test_two_pushed_alarms_of_one_code_and_time_stay_two(store):
    await store.intake.alarms(
        "omc", [alarm_row(1, location="rack 1"), alarm_row(1, location="rack 2")], match=True
    )

    assert await store.alarms.count(AlarmFilter()) == 2
