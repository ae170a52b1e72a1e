"""The clients of graphql-ws and graphql-sse: they subscribe, resume by cursor, see what ends and what is refused."""

import json

import pytest

from tests.adapters.local.samples import alarm_row

ALARMS = "subscription($after: String, $snapshot: Boolean) { alarms(after: $after, snapshot: $snapshot) { cursor change alarm { title } } }"
BOTH = pytest.mark.parametrize("kind", ["ws", "sse"])


async def told(gateway, *numbers: int) -> None:
    """New alarms, of elements of their own."""
    rows = [alarm_row(ne_id=f"{n:03}", title=f"link {n} lost") for n in numbers]
    await gateway.service.store.intake.alarms("local", rows, match=False)


def titles(lines) -> list[str]:
    return [line["next"]["data"]["alarms"]["alarm"]["title"] for line in lines]


async def subscribed(script, gateway, kind: str, token: str, count: int, query=ALARMS, **variables):
    return await script(
        "clients.mjs", kind, gateway.endpoint, token, query, json.dumps(variables), str(count)
    )


@BOTH
async def test_a_client_that_resumes_misses_nothing_and_sees_nothing_twice(gateway, script, kind):
    token = await gateway.token("noc-shift-a", "viewer")
    await told(gateway, 0)
    first = await subscribed(script, gateway, kind, token, 2, after=None, snapshot=True)
    assert await first.line() == {"subscribed": True}
    # The standing alarm shows that the client listens.
    standing = await first.line()
    await told(gateway, 1)
    live = await first.line()
    assert titles([standing, live]) == ["link 0 lost", "link 1 lost"]
    assert await first.rest() == [{"complete": True}]
    await told(gateway, 2, 3)
    last = live["next"]["data"]["alarms"]["cursor"]
    second = await subscribed(script, gateway, kind, token, 3, after=last)
    assert await second.line() == {"subscribed": True}
    assert titles(await second.lines(2)) == ["link 2 lost", "link 3 lost"]
    await told(gateway, 4)
    assert titles(await second.lines(1)) == ["link 4 lost"]


@BOTH
async def test_a_query_gives_one_answer_and_completes(gateway, script, kind):
    token = await gateway.token("noc-shift-a", "viewer")
    client = await subscribed(script, gateway, kind, token, 9, "{ viewer { username } }")
    assert await client.rest() == [
        {"subscribed": True},
        {"next": {"data": {"viewer": {"username": "noc-shift-a"}}}},
        {"complete": True},
    ]


@BOTH
async def test_a_cursor_of_another_journal_is_refused(gateway, script, kind):
    token = await gateway.token("noc-shift-a", "viewer")
    client = await subscribed(script, gateway, kind, token, 9, after="bm9uc2Vuc2U")
    said = str(await client.rest())
    assert "'code': 'CURSOR_EXPIRED'" in said or "'code': 'BAD_USER_INPUT'" in said


@BOTH
async def test_a_document_that_is_no_good_is_told_as_errors(gateway, script, kind):
    token = await gateway.token("noc-shift-a", "viewer")
    client = await subscribed(script, gateway, kind, token, 9, "subscription { alarms { nothing } }")
    assert "Cannot query field 'nothing'" in str(await client.rest())


@BOTH
async def test_a_client_without_the_permission_is_told_so(gateway, script, kind):
    token = await gateway.token("probe-1", "ingest")
    client = await subscribed(script, gateway, kind, token, 9, after=None)
    assert "'code': 'FORBIDDEN'" in str(await client.rest())


async def test_a_socket_client_without_a_token_is_closed_as_unauthorized(gateway, script):
    client = await subscribed(script, gateway, "ws", "", 9, after=None)
    assert (await client.rest())[-1]["error"]["code"] == 4401


async def test_an_event_client_without_a_token_is_refused(gateway, script):
    client = await subscribed(script, gateway, "sse", "", 9, after=None)
    assert "error" in (await client.rest())[-1]
