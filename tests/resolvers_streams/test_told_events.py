"""What elements tell beside alarms: posted as documented, read in lists and streams, refused with the field."""

import pytest

from tests.gql_ems.ingest.test_ingest_paths import EXAMPLES
from tests.resolvers_streams.samples import alarm, detach
from tests.resolvers_streams.streaming import streamed

DETACH, STATE, RESULT = (f"/upload-ue/v1/{name}" for name in ("detach", "cm-state", "auth-result"))
CALL = "/api/rest/cdrManagement/v1/elementType/ims/objectType/cdrEvent"
MEASUREMENT = "/api/rest/performanceManagement/v1/elementType/smf/objectType/measurement"
REPORT = "/api/rest/performanceManagement/v1/elementType/smf/objectType/measureReport"
ALARMS = "/api/rest/faultManagement/v1/elementType/smf/objectType/alarms"

STREAMS = {
    "ueEvents": (DETACH, "ueEvents(after: $after) { cursor imsi kind result source { name } }"),
    "callRecords": (CALL, "callRecords(after: $after) { cursor recordType callReference caller called }"),
    "measurements": (
        MEASUREMENT,
        "measurements(after: $after) { cursor neType objects { kpiId values { name value } } }",
    ),
}


@pytest.mark.parametrize("field", STREAMS)
async def test_each_kind_is_streamed_with_a_cursor_that_resumes(gateway, transport, field):
    path, selection = STREAMS[field]
    start = await gateway.head()
    await gateway.posted(EXAMPLES[path], path=path)
    query = f"subscription($after: String) {{ {selection} }}"
    async with streamed(gateway.url, transport, query, {"after": start}) as stream:
        (past,) = await stream.take(1, field)
    changed = _changed(EXAMPLES[path])
    async with streamed(gateway.url, transport, query, {"after": past["cursor"]}) as stream:
        await gateway.posted(changed, path=path)
        (live,) = await stream.take(1, field)

    assert [event["cursor"].rpartition(".")[2] for event in (past, live)] == ["1", "2"]


def _changed(body: dict) -> dict:
    if "CDR" in body:
        return {**body, "CDR": {**body["CDR"], "callReference": "another"}}
    return (
        {**body, "imsi": "460010000000009"}
        if "imsi" in body
        else {**body, "StartTime": "2026-03-01 13:00:00"}
    )


async def test_ue_events_of_one_subscriber_are_streamed_alone(gateway, transport):
    asked = 'subscription($after: String) { ueEvents(imsi: "460010000000002", after: $after) { imsi } }'
    start = await gateway.head()
    await gateway.posted([detach(1), detach(2, "460010000000002"), detach(3)], path=DETACH)
    await gateway.posted(detach(4, "460010000000002"), path=DETACH)
    async with streamed(gateway.url, transport, asked, {"after": start}) as stream:
        found = await stream.take(2, "ueEvents")

    assert [event["imsi"] for event in found] == ["460010000000002"] * 2


async def test_measurements_of_some_elements_are_streamed_alone(gateway, transport):
    asked = 'subscription($after: String) { measurements(neTypes: ["AMF"], after: $after) { neType } }'
    start = await gateway.head()
    example = EXAMPLES[MEASUREMENT]
    await gateway.posted(example, {**example, "NeType": "AMF"}, path=MEASUREMENT)
    async with streamed(gateway.url, transport, asked, {"after": start}) as stream:
        assert await stream.take(1, "measurements") == [{"neType": "AMF"}]


async def test_ue_events_are_listed_newest_first_page_by_page(gateway):
    await gateway.posted([detach(i) for i in range(5)], path=DETACH)
    query = (
        "query($after: String) { ueEvents(first: 2, after: $after) { nodes { at } pageInfo { endCursor } } }"
    )
    seen, after = [], None
    for _ in range(3):
        page = (await gateway.ask(query, after=after))["ueEvents"]
        seen += [node["at"][17:19] for node in page["nodes"]]
        after = page["pageInfo"]["endCursor"]

    assert seen == ["04", "03", "02", "01", "00"]


@pytest.mark.parametrize(
    ("path", "kind"), [(DETACH, "DETACH"), (STATE, "CONNECTION_STATE"), (RESULT, "AUTHENTICATION")]
)
async def test_each_documented_ue_event_is_listed_as_its_kind(gateway, path, kind):
    await gateway.posted(EXAMPLES[path], path=path)
    found = await gateway.ask("{ ueEvents { nodes { imsi kind } } }")

    assert found["ueEvents"]["nodes"] == [{"imsi": "4600212141", "kind": kind}]


async def test_a_call_is_listed_for_either_party(gateway):
    await gateway.posted(EXAMPLES[CALL], path=CALL)
    call = EXAMPLES[CALL]["CDR"]
    query = "query($party: String) { callRecords(filter: {party: $party}) { nodes { callReference } } }"
    found = [
        (await gateway.ask(query, party=party))["callRecords"]["nodes"]
        for party in (call["callerParty"], call["calledParty"], "nobody")
    ]

    assert found == [[{"callReference": call["callReference"]}]] * 2 + [[]]


@pytest.mark.parametrize("path", [path for path in EXAMPLES if path != REPORT])
async def test_the_same_event_sent_twice_is_one(gateway, path):
    await gateway.posted(EXAMPLES[path], EXAMPLES[path], path=path)

    assert (await gateway.head()).endswith(".1")


async def test_each_report_of_a_task_counts_as_it_tells_neither_time_nor_number(gateway):
    await gateway.posted(EXAMPLES[REPORT], path=REPORT)
    gateway.service.clock.turn(seconds=1)
    await gateway.posted(EXAMPLES[REPORT], path=REPORT)

    assert (await gateway.head()).endswith(".2")


@pytest.mark.parametrize(
    ("path", "body", "field"),
    [
        (ALARMS, alarm(eventTime="soon"), ["eventTime"]),
        (ALARMS, alarm(alarmStatus=7), ["alarmStatus"]),
        (ALARMS, [alarm(), alarm(neId="a b")], ["1", "neId"]),
        (ALARMS, "text", []),
        (DETACH, {**detach(), "imsi": "x"}, ["imsi"]),
        (DETACH, {"imsi": "460010000000001"}, ["detachTime"]),
        (STATE, {"imsi": "460010000000001", "changeTime": "2026-03-01 12:00:00"}, ["status"]),
        (CALL, {"neType": "IMS"}, ["CDR"]),
        (MEASUREMENT, {"NeType": "SMF"}, ["StartTime"]),
        (REPORT, {"id": "x"}, ["id"]),
    ],
)
async def test_a_wrong_body_is_refused_with_its_field_and_nothing_is_kept(gateway, path, body, field):
    answer = await gateway.post(body, path)
    (error,) = answer.json()["errors"]

    assert (answer.status_code, error["extensions"].get("field", [])) == (400, field)
    assert (await gateway.head()).endswith(".0")


async def test_a_body_that_is_too_large_is_refused_as_such(gateway):
    answer = await gateway.post([alarm(addInfo="x" * 4000)] * 400)

    assert (answer.status_code, (await gateway.head())[-2:]) == (413, ".0")


@pytest.mark.parametrize(
    ("source", "path"), [("nobody", ALARMS), ("local", ALARMS), ("omc", "/api/rest/other")]
)
async def test_a_source_or_path_that_takes_no_events_is_not_found(gateway, source, path):
    answer = await gateway.post(alarm(), path, source)

    assert answer.status_code == 404
