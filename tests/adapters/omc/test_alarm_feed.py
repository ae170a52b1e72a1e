"""The OMC's alarm table as an image, over a real socket."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from core_network import Core

from adapters.errors import UpstreamUnavailable
from adapters.omc.alarm_feed import PART, row_of
from adapters.omc.database import TableAlarm, rows_of
from adapters.omc.source import open_source
from adapters.ports import AlarmFeed, Source
from adapters.records import AlarmEventType, Severity
from adapters.retrying import NEVER
from adapters.wiring import Wiring


def feed(source: Source) -> AlarmFeed:
    assert source.alarm_feed is not None
    return source.alarm_feed


async def test_every_row_is_in_the_image(source: Source) -> None:
    image = await feed(source).image()
    assert len(image.rows) == 72
    assert len({row.row_id for row in image.rows}) == 72
    assert image.problems == ()


async def test_rows_beyond_one_part_are_read_on(source: Source, core: Core) -> None:
    for _ in range(PART):
        core.omc.alarms.raise_alarm(alarm_code=10001, ne_type="AMF", ne_id="001")
    image = await feed(source).image()
    assert len(image.rows) == 72 + PART


async def test_a_row_is_told_in_the_terms_of_x733(source: Source, core: Core) -> None:
    (raised,) = httpx.post(
        f"{core.url}/__sandbox__/alarms",
        json={"raise": [{"alarm_code": 10001, "ne_type": "AMF", "ne_id": "001"}]},
    ).json()["raised"]
    (row,) = [row for row in (await feed(source).image()).rows if row.row_id == str(raised)]
    assert (row.ne_type, row.ne_id, row.code, row.title) == ("AMF", "001", 10001, "N2 interface down")
    assert (row.severity, row.event_type, row.cleared) == (
        Severity.CRITICAL,
        AlarmEventType.COMMUNICATIONS,
        False,
    )
    assert row.event_time is not None
    assert abs(row.event_time - datetime.now(UTC)) < timedelta(minutes=5)


async def test_a_clear_by_hand_is_told_from_one_by_the_element(source: Source, core: Core) -> None:
    first, second = core.omc.alarms.standing()[:2]
    core.omc.alarms.clear(first, user="noc-shift-a")
    core.omc.alarms.clear(second)
    rows = {row.row_id: row for row in (await feed(source).image()).rows}
    by_hand, by_element = rows[str(first)], rows[str(second)]
    assert (by_hand.cleared, by_hand.cleared_by, by_hand.cleared_by_hand) == (True, "noc-shift-a", True)
    assert (by_element.cleared, by_element.cleared_by, by_element.cleared_by_hand) == (True, None, False)
    assert by_element.cleared_at is not None


async def test_an_acknowledgement_is_told(source: Source) -> None:
    rows = (await feed(source).image()).rows
    acknowledged = [row for row in rows if row.acknowledged]
    assert acknowledged
    assert all(row.acknowledged_by == "noc-shift-a" and row.acknowledged_at for row in acknowledged)


async def test_nothing_can_be_passed_back(source: Source) -> None:
    assert not await feed(source).acknowledge((), "noc-shift-a")
    assert not await feed(source).clear((), "noc-shift-a")


async def test_an_omc_that_is_away_gives_no_image(core: Core) -> None:
    source = open_source(core.settings(), Wiring(retrying=NEVER))
    core.turn(fail_rate=1.0)
    with pytest.raises(UpstreamUnavailable):
        await feed(source).image()
    await source.close()


@pytest.mark.parametrize(
    ("facts", "severity", "cleared"),
    [
        ({"perceived_severity": "Major", "alarm_status": "1"}, Severity.MAJOR, False),
        ({"orig_severity": "warning", "alarm_status": "0"}, Severity.WARNING, True),
        ({"perceived_severity": "Cleared", "alarm_status": "1"}, Severity.CLEARED, True),
        ({"perceived_severity": "Event"}, Severity.INDETERMINATE, False),
        ({}, Severity.INDETERMINATE, False),
    ],
)
def test_words_of_severity_and_status_are_read(facts: Any, severity: Severity, cleared: bool) -> None:
    row = row_of(TableAlarm(id=1, ne_type="amf", ne_id="001", **facts))
    assert row is not None
    assert (row.ne_type, row.severity, row.cleared) == ("AMF", severity, cleared)


@pytest.mark.parametrize("facts", [{"ne_id": "1"}, {"ne_type": "AMF"}, {"ne_type": "A/F", "ne_id": "1"}])
def test_a_row_of_no_element_is_none(facts: Any) -> None:
    assert row_of(TableAlarm(id=1, **facts)) is None


def test_rows_come_below_the_name_of_their_table_or_bare() -> None:
    assert rows_of([{"alarm": [{"id": 1}, {"id": 2}]}]) == [{"id": 1}, {"id": 2}]
    assert rows_of([{"id": 1, "ne_type": "AMF"}]) == [{"id": 1, "ne_type": "AMF"}]
    assert rows_of([{"alarm": None}]) == []
    assert rows_of(None) == []


async def test_a_session_that_is_over_under_200_is_made_again(core: Core) -> None:
    source = open_source(core.settings(), Wiring())
    await feed(source).image()
    core.turn(expired_in_body=True, expire_tokens=True)
    assert len((await feed(source).image()).rows) == 72
    assert core.asked().count("login") == 2
    await source.close()
