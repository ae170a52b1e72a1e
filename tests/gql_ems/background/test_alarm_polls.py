from dataclasses import replace

import pytest

from adapters.local.alarm_filter import AlarmFilter
from adapters.omc.source import open_source
from adapters.ports import PageRequest
from adapters.records import AlarmChange
from adapters.retrying import NEVER
from adapters.settings import SourceSettings
from adapters.wiring import Wiring
from gql_ems.background.feed import AlarmPolls
from gql_ems.background.feed_settings import AlarmsFrom, feed_settings
from gql_ems.settings import ConfigurationError

EACH = 7


def settings(**options) -> SourceSettings:
    return SourceSettings(name="omc", dialect="omc", base_url="http://127.0.0.1:9", options=options)


@pytest.fixture
def polls(omc, omc_settings, store, naps) -> AlarmPolls:
    return AlarmPolls([omc], {"omc": omc_settings}, store, sleep=naps, chance=lambda: 0.0)


PROBLEM = "unlike any other"


async def count(store, **conditions) -> int:
    return await store.alarms.count(AlarmFilter(**conditions))


async def changes(store) -> list[AlarmChange]:
    page = await store.alarms.page(AlarmFilter(search=PROBLEM), PageRequest(), down=False)
    return [event.change for alarm in page.records for event in await store.alarms.history(alarm.native_id)]


def rows_of(omc_app) -> int:
    found = omc_app.state.omc.alarms.connection.execute("select count(*) from alarm")
    return found.fetchone()[0]


async def test_the_whole_table_of_an_omc_comes_in(polls, omc_app, store, naps, beside):
    async with beside(polls):
        await naps.begun(EACH)

    assert (await store.journal.head()).position >= rows_of(omc_app) > 0


async def test_what_is_raised_between_two_polls_is_one_more_alarm(polls, omc_app, store, naps, beside):
    async with beside(polls):
        await naps.begun(EACH)
        omc_app.state.omc.alarms.raise_alarm(ne_type="SMF", ne_id="001", specific_problem=PROBLEM)
        await naps.round(EACH)

    assert await changes(store) == [AlarmChange.RAISED]


async def test_a_clear_at_the_omc_clears_here(polls, omc_app, store, naps, beside):
    async with beside(polls):
        raised = omc_app.state.omc.alarms.raise_alarm(
            ne_type="SMF", ne_id="001", specific_problem=PROBLEM, alarm_id="ONE"
        )
        await naps.begun(EACH)
        omc_app.state.omc.alarms.clear(raised)
        await naps.round(EACH)

    assert sorted(change.value for change in await changes(store)) == ["CLEARED", "RAISED"]


async def test_an_unchanged_table_leaves_the_journal_alone(polls, store, naps, beside):
    async with beside(polls):
        await naps.begun(EACH)
        before = (await store.journal.head()).position
        await naps.round(EACH)

        assert (await store.journal.head()).position == before


async def test_an_omc_that_is_away_is_asked_less_and_less_often(omc_settings, store, naps, beside):
    away = replace(omc_settings, base_url="http://127.0.0.1:9")
    source = open_source(away, Wiring(retrying=NEVER))
    polls = AlarmPolls([source], {"omc": away}, store, sleep=naps, chance=lambda: 0.0)
    async with beside(polls):
        for seconds in (7, 14, 28, 56, 112, 224, 300, 300):
            await naps.end(seconds)
    await source.close()

    assert await count(store) == 0


async def test_an_omc_that_is_back_is_polled_as_before(polls, omc_app, store, naps, beside):
    omc_app.state.vendor.turn(fail_next=1, fail_status=500)
    async with beside(polls):
        await naps.end(EACH)
        await naps.begun(EACH)

    assert await count(store) > 0


async def test_alarms_turn_stale_when_the_omc_stays_away_and_fresh_when_it_is_back(
    polls, omc_app, store, hands, naps, beside
):
    async with beside(polls):
        await naps.begun(EACH)
        omc_app.state.vendor.turn(fail_rate=1.0)
        await naps.round(EACH)
        await store.timers.due(hands.turn(minutes=2))
        stale = await count(store, stale=True)
        omc_app.state.vendor.turn(fail_rate=0.0)
        await naps.end(EACH)
        await naps.begun(EACH)

        assert (stale > 0, await count(store, stale=True)) == (True, 0)


async def test_two_processes_poll_in_turn_and_not_at_once(omc, omc_settings, store, omc_app, naps, beside):
    two = [AlarmPolls([omc], {"omc": omc_settings}, store, sleep=naps) for _ in range(2)]
    async with beside(two[0]):
        await naps.begun(EACH)
        async with beside(two[1]):
            await naps.begun(3.0)

            assert naps.asked.count(EACH) == 1


async def test_a_source_that_elements_post_to_alone_is_not_polled(omc, omc_settings, store):
    told = replace(omc_settings, options={"alarms_from": "ingest"})

    assert AlarmPolls([omc], {"omc": told}, store).polls == ()


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"alarms_from": "post"}, "sources[omc].alarms_from: is `ingest`, `poll` or `both`"),
        ({"alarms_from": ["poll"]}, "sources[omc].alarms_from: is `ingest`, `poll` or `both`"),
        ({"poll_seconds": "soon"}, "sources[omc].poll_seconds: is a number of seconds from 0.5 to 86400"),
        ({"poll_seconds": 0}, "sources[omc].poll_seconds: is a number of seconds from 0.5 to 86400"),
        ({"poll_seconds": True}, "sources[omc].poll_seconds: is a number of seconds from 0.5 to 86400"),
        ({"poll_seconds": "nan"}, "sources[omc].poll_seconds: is a number of seconds from 0.5 to 86400"),
    ],
)
def test_a_feed_setting_that_says_nothing_is_told_in_one_line(options, told):
    with pytest.raises(ConfigurationError) as refused:
        feed_settings(settings(**options))

    assert str(refused.value) == told


def test_a_number_out_of_the_environment_counts():
    found = feed_settings(settings(poll_seconds="2.5", alarms_from="poll"))

    assert (found.poll_seconds, found.alarms_from) == (2.5, AlarmsFrom.POLL)
