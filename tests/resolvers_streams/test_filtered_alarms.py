"""Under any filter the summary, the count, the pages and the stream hold the same alarms."""

import asyncio
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.adapters.local.samples import NOON
from tests.resolvers_streams.samples import numbered
from tests.resolvers_streams.streaming import SOCKET, streamed

SEVERITIES = ("Critical", "Major", "Minor", "Warning")
TYPES = ("CommunicationAlarm", "EquipmentAlarm", "EnvironmentalAlarm")
COUNTED = ("critical", "major", "minor", "warning", "indeterminate")
ASKED = """query($filter: AlarmFilter, $after: String) {
  alarmSummary(filter: $filter) { total unacknowledged critical major minor warning indeterminate }
  alarms(filter: $filter, first: 7, after: $after) {
    totalCount pageInfo { hasNextPage endCursor } nodes { nativeId severity status acknowledged }
  }
}"""
SNAPSHOT = """subscription($filter: AlarmFilter) {
  alarms(filter: $filter, snapshot: true) { alarm { nativeId } }
}"""


def some(values, **options):
    return st.lists(st.sampled_from(values), max_size=3, unique=True, **options)


moments = st.integers(-5, 45).map(lambda s: (NOON + timedelta(seconds=s)).isoformat())
filters = st.fixed_dictionaries(
    {},
    optional={
        "sources": some(["omc", "local"]),
        "search": st.sampled_from(["", "alarm 1", "HEARTBEAT", "no such thing", "%"]),
        "neTypes": some(["SMF", "smf", "AMF"]),
        "neIds": some(["001", "002", "x"]),
        "severities": some(["CRITICAL", "MAJOR", "MINOR", "WARNING", "CLEARED"]),
        "status": st.sampled_from(["ACTIVE", "CLEARED"]),
        "eventTypes": some(["COMMUNICATIONS", "EQUIPMENT", "OTHER"]),
        "codes": some([113, 114, 0]),
        "acknowledged": st.booleans(),
        "shelved": st.booleans(),
        "flapping": st.booleans(),
        "stale": st.booleans(),
        "raisedFrom": moments,
        "raisedTo": moments,
    },
)


@pytest.fixture
async def filled(gateway):
    """Forty alarms of all sorts."""
    await gateway.posted(
        [
            numbered(
                i,
                neType="SMF" if i % 3 else "AMF",
                neId=f"{i % 2 + 1:03d}",
                origSeverity=SEVERITIES[i % 4],
                alarmType=TYPES[i % 3],
                alarmCode=113 + i % 2,
            )
            for i in range(40)
        ]
    )
    over = [numbered(i, neType="SMF" if i % 3 else "AMF", neId=f"{i % 2 + 1:03d}") for i in range(0, 40, 5)]
    await gateway.posted([{**body, "alarmStatus": 0, "eventTime": "2026-03-01 12:30:00"} for body in over])
    desk = gateway.service.store.desk
    nodes = (await gateway.ask("{ alarms(first: 40) { nodes { nativeId } } }"))["alarms"]["nodes"]
    ids = [node["nativeId"] for node in nodes]
    await desk.acknowledge(ids[::3], "noc-shift-a")
    await desk.shelve(ids[1::4], "noc-shift-a", NOON + timedelta(hours=1))
    return gateway


async def pages(gateway, where) -> tuple[dict, list[dict]]:
    nodes, after = [], None
    while True:
        found = await gateway.ask(ASKED, filter=where, after=after)
        nodes += found["alarms"]["nodes"]
        if not found["alarms"]["pageInfo"]["hasNextPage"]:
            return found, nodes
        after = found["alarms"]["pageInfo"]["endCursor"]


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    derandomize=True,
)
@given(where=filters)
async def test_summary_count_pages_and_snapshot_agree(filled, where):
    found, nodes = await pages(filled, where)
    standing = [node for node in nodes if node["status"] == "ACTIVE"]
    counted = {name: sum(n["severity"] == name.upper() for n in standing) for name in COUNTED}
    async with streamed(filled.url, SOCKET, SNAPSHOT, {"filter": where}) as stream:
        raised = {event["alarm"]["nativeId"] for event in await stream.take(len(standing))}
        more = asyncio.ensure_future(stream.next())
        await asyncio.wait({more}, timeout=0.02)
        assert not more.done()
        more.cancel()

    assert found["alarms"]["totalCount"] == len(nodes) == len({n["nativeId"] for n in nodes})
    assert found["alarmSummary"] == {
        "total": len(standing),
        "unacknowledged": sum(not n["acknowledged"] for n in standing),
        **counted,
    }
    assert raised == {n["nativeId"] for n in standing}
