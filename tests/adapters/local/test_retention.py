from datetime import timedelta
from shutil import copy

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from adapters.errors import CursorExpired
from adapters.local.alarm_filter import AlarmFilter
from adapters.local.rebuild import rebuild
from adapters.local.store import LocalStore
from adapters.local.tables.alarms import ALARMS
from adapters.ports import PageRequest
from adapters.records import Severity
from tests.adapters.local.samples import Hands, alarm_row


async def table(store) -> list[tuple]:
    async with store.database.read() as connection:
        return [tuple(row) for row in await connection.execute(select(ALARMS).order_by(ALARMS.c.born))]


async def test_what_is_too_old_is_gone_and_its_cursors_have_expired(store, hands):
    await store.intake.alarms("omc", [alarm_row(i) for i in range(3)])
    hands.turn(days=91)
    await store.intake.alarms("omc", [alarm_row(91 * 1440)])
    removed = await store.retention.run(hands.now - timedelta(days=90))
    journal = (await store.journal.head()).journal

    assert removed == 3
    await store.alarm_stream.open(after=f"{journal}.3")
    with pytest.raises(CursorExpired):
        await store.alarm_stream.open(after=f"{journal}.2")


async def test_a_standing_alarm_outlives_its_entries_and_a_cleared_one_does_not(store, hands):
    rows = [alarm_row(0), alarm_row(1, alarm_id="other"), alarm_row(2, alarm_id="other", cleared=True)]
    await store.intake.alarms("omc", rows)
    await store.retention.run(hands.turn(days=91))
    page = await store.alarms.page(AlarmFilter(), PageRequest())

    assert [a.alarm_id for a in page.records] == ["SMF0113"]


async def test_an_event_after_retention_knows_the_alarm_before_it(store, hands):
    await store.intake.alarms("omc", [alarm_row(0)])
    stream = await store.alarm_stream.open(AlarmFilter(severities=(Severity.MAJOR,)))
    hands.turn(days=91)
    await store.retention.run(hands.now)
    await store.intake.alarms("omc", [alarm_row(91 * 1440, severity=Severity.MINOR)])

    assert [event.matches for event in await anext(stream)] == [False]


async def test_nothing_to_remove_removes_nothing(store, hands):
    assert await store.retention.run(hands.now) == 0


deeds = st.sampled_from(["acknowledge", "clear", "comment", "shelve", "unshelve", "due", "heard", "silent"])
reports = st.builds(
    alarm_row,
    st.integers(0, 60),
    alarm_id=st.sampled_from(["A1", "A2", None]),
    code=st.sampled_from([1, 2]),
    cleared=st.booleans(),
    severity=st.sampled_from([Severity.MAJOR, Severity.MINOR]),
    raw=st.none() | st.just({"id": 1}),
)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(reports | deeds, max_size=25), st.integers(0, 25))
async def test_replaying_checkpoint_and_rest_gives_the_same_table(
    migrated_file, tmp_path_factory, story, cut
):
    hands = Hands()
    path = copy(migrated_file, tmp_path_factory.mktemp("fold") / "ems.db")
    store = LocalStore(f"sqlite+aiosqlite:///{path}", hands)
    for number, event in enumerate(story):
        hands.turn(minutes=7)
        await tell(store, event, hands)
        if number == cut:
            await store.retention.run(hands.now - timedelta(minutes=30))
    before = await table(store)
    await rebuild(store.database)
    after = await table(store)
    await store.close()

    assert after == before


async def tell(store, event, hands) -> None:
    if not isinstance(event, str):
        await store.intake.alarms("omc", [event], match=True)
        return
    ids = [a.native_id for a in (await store.alarms.page(AlarmFilter(), PageRequest())).records][:2]
    match event:
        case "due":
            await store.timers.due(hands.now)
        case "heard":
            await store.timers.heard("omc", timedelta(minutes=10))
        case "silent":
            await store.timers.due(hands.turn(minutes=11))
        case "shelve":
            await store.desk.shelve(ids, "noc-shift-a", hands.now + timedelta(minutes=9))
        case "comment":
            for native_id in ids:
                await store.desk.comment(native_id, "noc-shift-a", "seen")
        case _:
            await getattr(store.desk, event)(ids, "noc-shift-a")
