from datetime import timedelta

import pytest

from adapters.local.source import local_source
from adapters.omc.source import open_source
from adapters.ports import SourceStatus
from adapters.retrying import NEVER
from adapters.wiring import Wiring
from gql_ems.background.probes import EACH_SECONDS, Probes
from gql_ems.background.retention import DAY_SECONDS, RetentionRuns
from gql_ems.background.timers import Timers
from tests.adapters.local.samples import alarm_row


@pytest.fixture
async def away(unreachable):
    source = open_source(unreachable, Wiring(retrying=NEVER))
    yield source
    await source.close()


async def test_nothing_is_known_before_the_first_probe(omc, store):
    assert Probes([omc, local_source(store)]).pending == ("omc", "local")


async def test_a_source_that_is_down_counts_as_probed(away, naps, beside):
    probes = Probes([away], sleep=naps)
    async with beside(probes):
        await naps.begun(EACH_SECONDS)

    assert (probes.pending, away.health().status) == ((), SourceStatus.DOWN)


async def test_a_source_that_comes_back_is_seen_by_the_next_probe(omc, omc_app, naps, beside):
    omc_app.state.vendor.turn(fail_next=1, fail_status=503)
    async with beside(Probes([omc], sleep=naps)):
        await naps.begun(EACH_SECONDS)
        first = omc.health().status
        await naps.round(EACH_SECONDS)

        assert (first, omc.health().status) == (SourceStatus.DOWN, SourceStatus.UP)


async def test_a_shelf_that_ends_is_told_within_the_second(store, hands, naps, beside):
    (raised,) = await store.intake.alarms("omc", [alarm_row()])
    alarm = raised.state.alarm
    await store.desk.shelve([alarm.native_id], "noc-shift-a", hands() + timedelta(minutes=5))
    async with beside(Timers(store, sleep=naps)):
        await naps.begun(1.0)
        hands.turn(minutes=10)
        await naps.round(1.0)

    assert (await store.alarms.get(alarm.native_id)).shelved_until is None


async def test_what_is_older_than_is_kept_leaves_the_journal_each_day(store, hands, naps, beside):
    await store.intake.alarms("omc", [alarm_row()])
    async with beside(RetentionRuns(store, 90, sleep=naps)):
        await naps.begun(DAY_SECONDS)
        young = (await store.journal.head()).low_water
        hands.turn(days=91)
        await naps.round(DAY_SECONDS)

        assert (young, (await store.journal.head()).low_water) == (0, 1)
