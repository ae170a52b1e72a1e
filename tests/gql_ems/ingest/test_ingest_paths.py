import json
import random
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.routing import Route

from adapters.caller import Caller
from adapters.errors import Unauthenticated
from adapters.local.alarm_filter import AlarmFilter
from adapters.local.event_queries import CallRecordFilter, MeasurementFilter, UeEventFilter
from adapters.omc import OPERATIONS
from adapters.operation import Effect
from adapters.ports import PageRequest
from adapters.records import AlarmStatus, Severity
from adapters.settings import SourceSettings
from gql_ems.front.origins import Origins
from gql_ems.ingest import IngestEndpoint, doors_of
from resolvers.permissions import INGEST
from tests.gql_ems.serving import served

LEDGER = json.loads((Path(__file__).parents[2] / "samples" / "ledger" / "omc.json").read_text())
EXAMPLES = {row["path"]: row["body"]["example"] for row in LEDGER if row["effect"] == "ingest"}
LIMIT = 16_384
ALARMS = "/api/rest/faultManagement/v1/elementType/smf/objectType/alarms"
DETACH = "/upload-ue/v1/detach"

POSTED = {
    "objectId": "SMF_0",
    "alarmTitle": "N4 association lost",
    "eventTime": "2026-03-01 12:00:00",
    "alarmCode": 113,
    "alarmType": "CommunicationAlarm",
    "perceivedSeverity": 2,
    "alarmStatus": 1,
    "specificProblem": "heartbeat timeout",
    "additionalText": "peer 10.0.0.2",
    "alarmSource": "smf",
}
FETCHED = {
    "neType": "SMF",
    "neId": "001",
    "alarmId": "SMF0113",
    "alarmTitle": "N4 association lost",
    "eventTime": "2026-03-01 12:00:00",
    "alarmCode": 113,
    "alarmType": "CommunicationAlarm",
    "origSeverity": "Major",
    "alarmStatus": 1,
    "specificProblem": "heartbeat timeout",
    "addInfo": "",
    "locationInfo": "Hall 1",
}


@pytest.fixture
def options() -> dict:
    return {"objects": {"SMF_0": "SMF/001"}}


@pytest.fixture
def kept() -> list:
    return []


@pytest.fixture
async def client(store, omc, omc_settings, options, kept):
    told = SourceSettings(
        name="omc", dialect="omc", base_url=omc_settings.base_url, options=options, username="admin"
    )
    idaas = SourceSettings(name="idaas", dialect="idaas", base_url="http://127.0.0.1:9")

    async def identify(headers) -> Caller:
        who = headers.get("authorization")
        if who is None:
            raise Unauthenticated("sign in first")
        return Caller(username=who, permissions=frozenset({INGEST} if who == "Bearer element" else ()))

    endpoint = IngestEndpoint(
        doors_of([omc], {"omc": told, "idaas": idaas}),
        store,
        identify,
        Origins((), loopback_only=True),
        LIMIT,
        lambda *facts: kept.append(facts),
    )
    app = Starlette(routes=[Route("/ingest/{path:path}", endpoint)])
    async with (
        served(app) as url,
        httpx.AsyncClient(base_url=f"{url}/ingest", headers={"Authorization": "Bearer element"}) as found,
    ):
        yield found


async def only_alarm(store):
    page = await store.alarms.page(AlarmFilter(), PageRequest(), down=False)
    (alarm,) = page.records
    return alarm


@pytest.mark.parametrize(
    "path", [operation.path for operation in OPERATIONS if operation.effect is Effect.INGEST]
)
async def test_the_documented_example_of_each_ingest_operation_is_kept(client, store, path):
    answer = await client.post(f"/omc{path}", json=EXAMPLES[path])

    assert (answer.status_code, answer.json(), (await store.journal.head()).position) == (200, {}, 1)


def test_there_are_eight_ingest_operations():
    declared = {operation.path for operation in OPERATIONS if operation.effect is Effect.INGEST}

    assert (len(declared), declared) == (8, set(EXAMPLES))


async def test_an_alarm_that_an_element_posts_stands_at_the_element_it_is_mapped_to(client, store):
    await client.post(f"/omc{ALARMS}", json=POSTED)
    alarm = await only_alarm(store)

    assert (alarm.ne_type, alarm.ne_id, alarm.severity) == ("SMF", "001", Severity.MAJOR)


async def test_an_alarm_in_the_other_form_is_taken_too(client, store):
    await client.post(f"/omc{ALARMS}", json=FETCHED)
    alarm = await only_alarm(store)

    assert (alarm.ne_type, alarm.ne_id, alarm.severity) == ("SMF", "001", Severity.MAJOR)


async def test_a_list_of_alarms_is_kept_whole(client, store):
    await client.post(f"/omc{ALARMS}", json=[FETCHED, {**FETCHED, "alarmId": "SMF0114", "alarmCode": 114}])

    assert await store.alarms.count(AlarmFilter()) == 2


async def test_nothing_of_a_list_is_kept_where_one_is_wrong(client, store):
    answer = await client.post(f"/omc{ALARMS}", json=[FETCHED, {**FETCHED, "alarmStatus": "perhaps"}])

    assert (answer.status_code, (await store.journal.head()).position) == (400, 0)


async def test_the_clear_of_an_alarm_clears_it(client, store):
    await client.post(f"/omc{ALARMS}", json=POSTED)
    await client.post(f"/omc{ALARMS}", json={**POSTED, "alarmStatus": 0, "eventTime": "2026-03-01 12:05:00"})

    assert (await only_alarm(store)).status is AlarmStatus.CLEARED


@pytest.mark.parametrize("kind", ["SMF", "Smf", "upf", "NRF"])
async def test_any_element_type_in_any_case_may_post(client, store, kind):
    answer = await client.post(f"/omc{ALARMS.replace('smf', kind)}", json={**POSTED, "objectId": "007"})

    assert (answer.status_code, (await only_alarm(store)).ne_type) == (200, kind.upper())


async def test_the_same_post_sent_twice_is_one_change(client, store, kept):
    for _ in range(2):
        await client.post(f"/omc{ALARMS}", json=POSTED)

    assert (kept, (await store.journal.head()).position) == (
        [("omc", "alarm", 1, 1), ("omc", "alarm", 1, 0)],
        1,
    )


async def test_the_same_detach_sent_twice_is_one_event(client, store):
    for _ in range(2):
        await client.post(f"/omc{DETACH}", json=EXAMPLES[DETACH])

    assert len((await store.events.ue_events(UeEventFilter(), PageRequest())).records) == 1


async def test_call_records_and_measurements_can_be_asked_for(client, store):
    for path, example in EXAMPLES.items():
        await client.post(f"/omc{path}", json=example)
    calls = await store.events.call_records(CallRecordFilter(), PageRequest())
    measured = await store.events.measurements(MeasurementFilter(), PageRequest())

    assert (len(calls.records), len(measured.records)) == (1, 2)


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({**POSTED, "perceivedSeverity": None}, ["perceivedSeverity"]),
        ({**POSTED, "eventTime": "yesterday"}, ["eventTime"]),
        ({**POSTED, "objectId": ["SMF_0"]}, ["objectId"]),
        ({**POSTED, "alarmStatus": 7}, ["alarmStatus"]),
        ([POSTED, {**POSTED, "alarmCode": {}}], ["1", "alarmCode"]),
    ],
)
async def test_a_wrong_body_is_refused_naming_the_field(client, body, field):
    answer = await client.post(f"/omc{ALARMS}", json=body)
    (error,) = answer.json()["errors"]

    assert (answer.status_code, error["extensions"]) == (400, {"code": "BAD_USER_INPUT", "field": field})


@pytest.mark.parametrize("body", [b"", b"{", b"alarm=1", b"7", b"[1]", b"\xff\xfe", b'{"a": NaN}'])
async def test_what_is_no_object_is_refused(client, store, body):
    answer = await client.post(f"/omc{ALARMS}", content=body)

    assert (answer.status_code, (await store.journal.head()).position) == (400, 0)


ODD = (
    None,
    "",
    "\x00",
    "\u202e\U0001f600",
    "x" * 5000,
    -1,
    2**31,
    2**53,
    2**63,
    1e308,
    True,
    [],
    {},
    [1],
    "NaN",
    "9999-12-31 23:59:59",
    "0001-01-01 00:00:00",
    "2023-02-30 00:00:00",
    "UTC+99",
)


def bent(value: Any, chance: random.Random) -> Any:
    """A body with some of its values, at any depth, put in place of by odd ones, and some left out."""
    if chance.random() < 0.15:
        return chance.choice(ODD)
    if isinstance(value, dict):
        return {name: bent(inner, chance) for name, inner in value.items() if chance.random() > 0.03}
    return [bent(inner, chance) for inner in value] if isinstance(value, list) else value


@pytest.mark.parametrize("path", EXAMPLES)
async def test_no_body_breaks_the_gateway(client, path):
    chance = random.Random(path)
    answers = [await client.post(f"/omc{path}", json=bent(EXAMPLES[path], chance)) for _ in range(60)]

    assert {answer.status_code for answer in answers} <= {200, 400}


async def test_a_body_above_the_limit_is_refused(client):
    answer = await client.post(f"/omc{ALARMS}", json={**POSTED, "additionalText": "x" * LIMIT})

    assert answer.status_code == 413


async def test_a_body_that_does_not_tell_its_length_is_refused_above_the_limit(client):
    async def chunks():
        for _ in range(20):
            yield b" " * 1024

    answer = await client.post(f"/omc{ALARMS}", content=chunks())

    assert answer.status_code == 413


@pytest.mark.parametrize(
    "path",
    [
        f"/nobody{ALARMS}",
        f"/idaas{ALARMS}",
        "/omc/upload-ue/v1/attach",
        "/omc/upload-ue/v1/detach/",
        "/omc/api/rest/performanceManagement/v1/elementType/smf/objectType/measureTask",
        "/omc/api/rest/faultManagement/v1/elementType/a%2Fb/objectType/alarms",
        "/omc/../omc/secret",
    ],
)
async def test_an_unknown_source_or_path_is_not_found(client, path):
    assert (await client.post(path, json=POSTED)).status_code == 404


async def test_events_are_posted_and_not_read(client):
    answer = await client.get(f"/omc{ALARMS}")

    assert (answer.status_code, answer.headers["allow"]) == (405, "POST")


@pytest.mark.parametrize(("who", "status"), [(None, 401), ("Bearer viewer", 403)])
async def test_who_may_not_post_is_refused(client, store, who, status):
    del client.headers["authorization"]
    answer = await client.post(
        f"/omc{ALARMS}", json=POSTED, headers={} if who is None else {"Authorization": who}
    )

    assert (answer.status_code, (await store.journal.head()).position) == (status, 0)


async def test_a_page_of_another_site_cannot_post(client, store):
    answer = await client.post(f"/omc{ALARMS}", json=POSTED, headers={"Origin": "https://evil.example"})

    assert (answer.status_code, (await store.journal.head()).position) == (403, 0)


async def test_what_cannot_be_kept_is_to_be_sent_again(client, store):
    async with store.database.write() as connection:
        await connection.exec_driver_sql("DROP TABLE journal")
    answer = await client.post(f"/omc{ALARMS}", json=POSTED)

    assert (answer.status_code, answer.headers["retry-after"]) == (503, "1")


@pytest.mark.parametrize("options", [{"alarms_from": "poll"}])
async def test_a_source_that_is_polled_alone_takes_no_alarms_but_other_events(client, store):
    refused = await client.post(f"/omc{ALARMS}", json=POSTED)
    taken = await client.post(f"/omc{DETACH}", json=EXAMPLES[DETACH])

    assert (refused.status_code, taken.status_code, (await store.journal.head()).position) == (404, 200, 1)


async def test_an_alarm_that_was_posted_and_then_polled_is_one_alarm(client, store, omc, omc_app):
    omc_app.state.omc.alarms.connection.execute("delete from alarm")
    omc_app.state.omc.alarms.raise_alarm(
        ne_type="SMF",
        ne_id="001",
        alarm_code="113",
        event_time="2026-03-01 12:00:00",
        specific_problem="another wording",
    )
    await client.post(f"/omc{ALARMS}", json=POSTED)
    await store.images.ingest_image("omc", (await omc.alarm_feed.image()).rows, match=True)

    assert await store.alarms.count(AlarmFilter()) == 1
