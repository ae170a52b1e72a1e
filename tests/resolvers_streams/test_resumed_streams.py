"""Who comes back with the last cursor misses nothing and sees nothing twice: over every transport, on any process."""

import asyncio

import pytest

from tests.resolvers_streams.gateway import started
from tests.resolvers_streams.samples import alarm, numbered
from tests.resolvers_streams.streaming import EVENTS, SOCKET, streamed

ALARMS = """subscription($after: String, $filter: AlarmFilter, $snapshot: Boolean) {
  alarms(after: $after, filter: $filter, snapshot: $snapshot) {
    cursor change matches severity by alarm { nativeId alarmId status severity additionalText }
  }
}"""


def texts(events) -> list[str]:
    return [event["alarm"]["additionalText"] for event in events]


def upto(*numbers: int) -> list[str]:
    return [f"alarm {number}" for number in range(*numbers)]


async def test_what_is_past_is_replayed_and_then_it_goes_on_live(gateway, transport):
    start = await gateway.head()
    await gateway.posted([numbered(i) for i in range(5)])
    async with streamed(gateway.url, transport, ALARMS, {"after": start}) as stream:
        past = await stream.take(5)
        await gateway.posted([numbered(i) for i in range(5, 8)])
        found = past + await stream.take(3)

    assert texts(found) == upto(8)


async def test_who_watches_without_a_cursor_sees_what_comes(gateway, transport):
    await gateway.posted(numbered(0))
    async with streamed(gateway.url, transport, ALARMS, {"snapshot": True}) as stream:
        await stream.take(1)
        await gateway.posted(numbered(1))

        assert texts(await stream.take(1)) == ["alarm 1"]


async def test_a_stream_goes_on_behind_its_last_cursor_after_a_restart(tables, hands, transport):
    async with started(tables, hands) as before:
        start = await before.head()
        await before.posted([numbered(i) for i in range(6)])
        async with streamed(before.url, transport, ALARMS, {"after": start}) as stream:
            first = await stream.take(4)
    async with started(tables, hands) as after:
        await after.posted(numbered(6))
        async with streamed(after.url, transport, ALARMS, {"after": first[-1]["cursor"]}) as stream:
            rest = await stream.take(3)

    assert texts(first + rest) == upto(7)


async def test_a_stream_goes_on_behind_its_last_cursor_on_another_process(gateway, another, transport):
    start = await gateway.head()
    await gateway.posted([numbered(i) for i in range(4)])
    async with streamed(gateway.url, transport, ALARMS, {"after": start}) as stream:
        first = await stream.take(2)
    async with streamed(another.url, transport, ALARMS, {"after": first[-1]["cursor"]}) as stream:
        rest = await stream.take(2)
        await gateway.posted(numbered(4))
        rest += await stream.take(1)

    assert texts(first + rest) == upto(5)


async def test_watchers_on_two_processes_see_the_same_while_both_take_posts(gateway, another, transport):
    start = await gateway.head()

    async def post(to, numbers) -> None:
        for number in numbers:
            await to.posted(numbered(number))

    async def follow(url) -> list[str]:
        async with streamed(url, transport, ALARMS, {"after": start}) as stream:
            return [event["cursor"] for event in await stream.take(60)]

    left, right, *_ = await asyncio.gather(
        follow(gateway.url), follow(another.url), post(gateway, range(30)), post(another, range(30, 60))
    )
    journal = start.partition(".")[0]

    assert left == right == [f"{journal}.{position}" for position in range(1, 61)]


async def test_an_alarm_that_leaves_the_filter_is_told_as_no_match(gateway, transport):
    await gateway.posted(alarm())
    asked = {"after": await gateway.head(), "filter": {"severities": ["MAJOR"], "status": "ACTIVE"}}
    async with streamed(gateway.url, transport, ALARMS, asked) as stream:
        await gateway.posted(
            alarm(1, origSeverity="Minor"),
            alarm(2, origSeverity="Minor"),
            alarm(3, origSeverity="Major"),
            alarm(4, origSeverity="Major", alarmStatus=0),
        )
        found = [(event["change"], event["matches"]) for event in await stream.take(3)]

    assert found == [("SEVERITY_CHANGED", False), ("SEVERITY_CHANGED", True), ("CLEARED", False)]


async def test_a_snapshot_gives_every_standing_alarm_that_matches_as_raised(gateway, transport):
    await gateway.posted([numbered(i, origSeverity="Major" if i % 2 else "Minor") for i in range(6)])
    await gateway.posted(numbered(1, alarmStatus=0, eventTime="2026-03-01 13:00:00"))
    asked = {"snapshot": True, "filter": {"severities": ["MAJOR"]}}
    async with streamed(gateway.url, transport, ALARMS, asked) as stream:
        found = await stream.take(2)

    assert [(e["change"], e["alarm"]["additionalText"]) for e in found] == [
        ("RAISED", "alarm 3"),
        ("RAISED", "alarm 5"),
    ]


async def test_a_snapshot_resumed_in_its_middle_shows_what_stood_when_it_was_taken_and_then_what_came(
    gateway, another, transport
):
    await gateway.posted([numbered(i) for i in range(5)])
    async with streamed(gateway.url, transport, ALARMS, {"snapshot": True}) as stream:
        first = await stream.take(2)
    await gateway.posted(numbered(3, alarmStatus=0, eventTime="2026-03-01 13:00:00"), numbered(5))
    async with streamed(another.url, transport, ALARMS, {"after": first[-1]["cursor"]}) as stream:
        rest = await stream.take(5)

    assert [(e["change"], e["alarm"]["status"], e["alarm"]["additionalText"]) for e in rest] == [
        ("RAISED", "ACTIVE", "alarm 2"),
        ("RAISED", "ACTIVE", "alarm 3"),
        ("RAISED", "ACTIVE", "alarm 4"),
        ("CLEARED", "CLEARED", "alarm 3"),
        ("RAISED", "ACTIVE", "alarm 5"),
    ]


async def test_a_snapshot_of_many_alarms_holds_each_once(gateway, transport):
    await gateway.posted([numbered(i) for i in range(450)])
    async with streamed(gateway.url, transport, ALARMS, {"snapshot": True}) as stream:
        found = texts(await stream.take(450))

    assert found == upto(450)


async def test_a_cursor_older_than_what_is_kept_has_expired(gateway, hands, transport):
    start = await gateway.head()
    await gateway.posted(numbered(0), numbered(1))
    await gateway.service.store.retention.run(hands.turn(days=91))
    async with streamed(gateway.url, transport, ALARMS, {"after": start}) as stream:
        assert await stream.code() == "CURSOR_EXPIRED"


@pytest.mark.parametrize("cursor", ["ahead", "of another journal"])
async def test_a_cursor_that_is_not_of_this_journal_s_past_has_expired(gateway, transport, cursor):
    journal = (await gateway.head()).partition(".")[0]
    after = f"{journal}.7" if cursor == "ahead" else "0123abcd.0"
    async with streamed(gateway.url, transport, ALARMS, {"after": after}) as stream:
        assert await stream.code() == "CURSOR_EXPIRED"


async def test_text_that_is_no_cursor_is_bad_input(gateway, transport):
    async with streamed(gateway.url, transport, ALARMS, {"after": "yesterday"}) as stream:
        assert await stream.code() == "BAD_USER_INPUT"


async def test_a_reader_too_slow_for_retention_gets_what_was_under_way_and_then_the_code(
    gateway, hands, transport
):
    gateway.service.store.tail._kept = 10
    start = await gateway.head()
    bodies = [numbered(i, addInfo="x" * 4000) for i in range(900)]
    await gateway.posted(*(bodies[i : i + 180] for i in range(0, 900, 180)))
    wide = " ".join(f"t{i}: additionalText" for i in range(6))
    asked = f"subscription($after: String) {{ alarms(after: $after) {{ cursor alarm {{ {wide} }} }} }}"
    async with streamed(gateway.url, transport, asked, {"after": start}) as stream:
        (first,) = await stream.take(1)
        await gateway.service.store.retention.run(hands.turn(days=91))
        *rest, last = await stream.rest()
    positions = [int(e["cursor"].partition(".")[2]) for e in (first, *(p["data"]["alarms"] for p in rest))]

    assert last["errors"][0]["extensions"]["code"] == "CURSOR_EXPIRED"
    assert positions == list(range(1, len(positions) + 1))


async def test_the_id_of_a_sent_event_is_its_cursor_and_resumes_it(gateway):
    start = await gateway.head()
    await gateway.posted([numbered(i) for i in range(4)])
    async with streamed(gateway.url, EVENTS, ALARMS, {"after": start}) as stream:
        first = await stream.take(2)
        marks = list(stream.marks)
    async with streamed(gateway.url, EVENTS, ALARMS, {"after": start}, last=marks[-1]) as stream:
        rest = await stream.take(2)

    assert (marks, texts(first + rest)) == ([event["cursor"] for event in first], upto(4))


async def test_a_quiet_stream_shows_that_it_is_alive(tables, hands, transport):
    tables["server"]["heartbeat_seconds"] = 0.05
    async with started(tables, hands) as gateway, streamed(gateway.url, transport, ALARMS) as stream:
        assert await stream.beaten(3) >= 3


async def test_a_watcher_who_leaves_takes_nothing_from_those_who_ask_the_same(
    tables, hands, omc_app, omc_url
):
    asked = """subscription($after: String) { alarms(after: $after) { alarm { alarmId networkElement { name } } } }"""
    vendor = omc_app.state.vendor
    tables["sources"][0]["base_url"] = omc_url
    async with started(tables, hands) as gateway:
        start = {"after": await gateway.head()}
        async with streamed(gateway.url, SOCKET, asked, start) as leaves:
            await gateway.posted(numbered(0))
            await leaves.take(1)
            async with streamed(gateway.url, SOCKET, asked, start) as stays:
                await stays.take(1)
                vendor.turn(delay_ms=1500)
                hands.turn(minutes=5)
                await gateway.posted(numbered(1, neId="002"))
                async with asyncio.timeout(20):
                    while not vendor.journal.busy:
                        await asyncio.sleep(0.01)
                await leaves.close()

                assert [event["alarm"]["alarmId"] for event in await stays.take(1)] == ["SMF000001"]


async def test_an_event_shows_the_comment_that_it_tells_of(gateway):
    asked = (
        """subscription($after: String) { alarms(after: $after) { change alarm { comments { text } } } }"""
    )
    comment = (
        "mutation($id: ID!, $text: String!) { commentAlarm(id: $id, text: $text) { userErrors { message } } }"
    )
    await gateway.posted(alarm())
    (node,) = (await gateway.ask("{ alarms { nodes { id } } }"))["alarms"]["nodes"]
    async with streamed(gateway.url, SOCKET, asked, {"after": await gateway.head()}) as stream:
        found = []
        for text in ("first", "second", "third"):
            await gateway.ask(comment, id=node["id"], text=text)
            found += await stream.take(1)

    assert [event["alarm"]["comments"][-1]["text"] for event in found] == ["first", "second", "third"]
