import asyncio
from datetime import timedelta
from shutil import copy

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adapters.local.alarm_filter import AlarmFilter, matcher
from adapters.local.store import LocalStore
from adapters.ports import PageRequest
from adapters.records import AlarmEventType, AlarmStatus, Severity
from tests.adapters.local.samples import NOON, Hands, alarm_row

TITLES = ["Link lost", "LINK up", "ſtraße ÄÖ", "100% _load_", "Board", "İstanbul", ""]
WORDS = ["link", "STRASSE", "äö", "%", "_", "smf/001", "113", "rack", "\0", " ", "i̇", "x"]

moments = st.integers(0, 30).map(lambda minutes: NOON + timedelta(minutes=minutes, microseconds=minutes * 37))
severities = st.sampled_from([s for s in Severity if s is not Severity.CLEARED])
rows = st.builds(
    alarm_row,
    st.integers(0, 30),
    ne_type=st.sampled_from(["SMF", "smf", "UPF"]),
    ne_id=st.sampled_from(["001", "002"]),
    alarm_id=st.sampled_from(["SMF0113", "A2", "A3"]),
    code=st.sampled_from([1, 2, None]),
    title=st.sampled_from(TITLES),
    event_type=st.sampled_from(list(AlarmEventType)),
    severity=severities,
    cleared=st.booleans(),
    location=st.sampled_from([None, "Rack 7"]),
)


def some(values) -> st.SearchStrategy:
    return st.none() | st.lists(st.sampled_from(values), max_size=2).map(tuple)


filters = st.builds(
    AlarmFilter,
    sources=some(["omc", "local"]),
    search=st.none() | st.sampled_from(WORDS) | st.text(max_size=3),
    ne_types=some(["SMF", "upf"]),
    ne_ids=some(["001", "002"]),
    network_elements=some([("omc", "SMF", "001"), ("omc", "upf", "002")]),
    severities=some(list(Severity)),
    status=st.none() | st.sampled_from(list(AlarmStatus)),
    event_types=some(list(AlarmEventType)),
    codes=some([1, 2, 3]),
    acknowledged=st.none() | st.booleans(),
    shelved=st.none() | st.booleans(),
    flapping=st.none() | st.booleans(),
    stale=st.none() | st.booleans(),
    raised_from=st.none() | moments,
    raised_to=st.none() | moments,
)


async def agree(url: str, alarms: list, wheres: list) -> None:
    hands = Hands()
    store = LocalStore(url, hands)
    await store.intake.alarms("omc", alarms)
    everything = (await store.alarms.page(AlarmFilter(), PageRequest(first=100))).records
    ids = [alarm.native_id for alarm in everything]
    hands.turn(minutes=40)
    await store.desk.acknowledge(ids[::2], "noc-shift-a")
    await store.desk.shelve(ids[::3], "noc-shift-a", hands.now + timedelta(hours=1))
    everything = (await store.alarms.page(AlarmFilter(), PageRequest(first=100))).records
    for where in wheres:
        page = await store.alarms.page(where, PageRequest(first=100))
        assert list(page.records) == [alarm for alarm in everything if matcher(where)(alarm)]
        assert page.total == len(page.records)
    await store.close()


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(rows, min_size=3, max_size=12), st.lists(filters, min_size=10, max_size=25))
async def test_a_filter_means_the_same_in_the_list_and_in_the_stream(
    migrated_file, tmp_path_factory, alarms, wheres
):
    path = copy(migrated_file, tmp_path_factory.mktemp("filter") / "ems.db")
    await agree(f"sqlite+aiosqlite:///{path}", alarms, wheres)


@pytest.mark.parametrize("word", WORDS)
async def test_every_word_finds_the_same_on_both_databases(ready_url, word):
    alarms = [
        alarm_row(i, alarm_id=f"A{i}", title=title, location="Rack 7") for i, title in enumerate(TITLES)
    ]

    await agree(ready_url, alarms, [AlarmFilter(search=word)])


async def test_what_is_shelved_can_be_left_out(store, hands):
    await store.intake.alarms("omc", [alarm_row(0), alarm_row(0, alarm_id="other")])
    page = await store.alarms.page(AlarmFilter(), PageRequest())
    await store.desk.shelve([page.records[0].native_id], "noc-shift-a", hands.now + timedelta(hours=1))
    left = await store.alarms.page(AlarmFilter(shelved=False), PageRequest())

    assert [alarm.native_id for alarm in left.records] == [page.records[1].native_id]


async def test_a_stream_with_a_search_shows_what_the_list_shows(store):
    stream = await store.alarm_stream.open(AlarmFilter(search="RACK 7"))
    await store.intake.alarms("omc", [alarm_row(0), alarm_row(0, alarm_id="other", location="Rack 7")])
    async with asyncio.timeout(10):
        (event,) = await anext(stream)

    assert event.alarm.alarm_id == "other"
