import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families
from starlette.applications import Starlette
from starlette.routing import Route

from adapters.caller import Caller
from adapters.errors import Unauthenticated
from adapters.observing import CacheUse, CallSeen
from adapters.omc.source import open_source
from adapters.retrying import NEVER
from adapters.wiring import Wiring
from gql_ems.background.probes import EACH_SECONDS, Probes
from gql_ems.front.origins import Origins
from gql_ems.metrics import Metrics
from gql_ems.metrics_endpoint import MetricsEndpoint
from gql_ems.observed import Observed
from gql_ems.probes import ProbeEndpoints
from resolvers.permissions import READ
from tests.adapters.local.samples import alarm_row
from tests.gql_ems.serving import served


@pytest.fixture
def metrics() -> Metrics:
    return Metrics("7")


@pytest.fixture
async def watched(omc_settings, metrics):
    source = open_source(omc_settings, Wiring(retrying=NEVER, observer=metrics))
    yield source
    await source.close()


@pytest.fixture
def probes(watched, naps) -> Probes:
    return Probes([watched], sleep=naps)


@pytest.fixture
async def client(metrics, store, watched, probes):
    async def identify(request) -> Caller:
        if "authorization" not in request.headers:
            raise Unauthenticated("sign in first")
        permissions = {READ} if request.headers["authorization"] == "Bearer viewer" else ()
        return Caller(username="viewer", permissions=frozenset(permissions))

    async def broken(_request):
        raise RuntimeError("broken")

    endpoint = MetricsEndpoint(
        metrics,
        store,
        [watched],
        identify,
        Origins((), loopback_only=True),
        queues={"directory": lambda: 3},
        followed=lambda: 1,
    )
    app = Starlette(
        routes=[
            Route("/metrics", endpoint),
            Route("/files/{token}", broken),
            *ProbeEndpoints(store, probes).routes(),
        ]
    )
    async with (
        served(Observed(app, metrics)) as url,
        httpx.AsyncClient(base_url=url, headers={"Authorization": "Bearer viewer"}) as found,
    ):
        yield found


class Samples:
    """Every sample, by its name and the values of its labels in any order."""

    def __init__(self, text: str) -> None:
        self._values = {
            (sample.name, *sorted(sample.labels.values())): sample.value
            for family in text_string_to_metric_families(text)
            for sample in family.samples
        }

    def __getitem__(self, key: tuple[str, ...]) -> float:
        return self._values[key[0], *sorted(key[1:])]

    def __contains__(self, key: tuple[str, ...]) -> bool:
        return (key[0], *sorted(key[1:])) in self._values


async def samples(client) -> Samples:
    return Samples((await client.get("/metrics")).text)


async def test_calls_to_a_source_are_counted_by_operation_code_and_cache(client, watched):
    await watched.probe()
    found = await samples(client)

    assert found["ems_upstream_calls_total", "omc", "get_current_user_info", "ok", "MISS"] == 1


async def test_a_call_that_fails_is_counted_under_its_code(client, watched, omc_app):
    omc_app.state.vendor.turn(fail_rate=1.0, fail_status=503)
    await watched.probe()
    found = await samples(client)

    assert (
        "ems_upstream_calls_total",
        "omc",
        "get_current_user_info",
        "UPSTREAM_UNAVAILABLE",
        "MISS",
    ) in found


async def test_the_time_of_calls_that_went_out_is_measured(client, watched):
    await watched.probe()
    found = await samples(client)

    assert found["ems_upstream_call_seconds_count", "omc", "get_current_user_info"] == 1


async def test_a_call_that_joined_another_is_counted_and_not_measured(client, metrics):
    metrics.called(
        CallSeen(
            source="omc",
            operation="list_users",
            method="GET",
            path="/system/user/list",
            status=None,
            started=0.0,
            ms=3.0,
            cache=CacheUse.COALESCED,
        )
    )
    found = await samples(client)

    assert (
        found["ems_upstream_calls_total", "omc", "list_users", "ok", "COALESCED"],
        ("ems_upstream_call_seconds_count", "omc", "list_users") in found,
    ) == (1, False)


async def test_a_circuit_that_opened_is_shown_open(client, watched, omc_app):
    omc_app.state.vendor.turn(fail_rate=1.0, fail_status=503)
    for _ in range(6):
        await watched.probe()
    found = await samples(client)

    assert {state: found["ems_circuit_state", "omc", state] for state in ("OPEN", "CLOSED", "HALF_OPEN")} == {
        "OPEN": 1,
        "CLOSED": 0,
        "HALF_OPEN": 0,
    }


async def test_a_circuit_that_never_moved_is_shown_closed(client):
    assert (await samples(client))["ems_circuit_state", "omc", "CLOSED"] == 1


async def test_a_change_of_a_circuit_is_noted_as_it_happens(metrics):
    metrics.circuit_changed("omc", "OPEN")

    assert metrics.registry.get_sample_value("ems_circuit_state", {"source": "omc", "state": "OPEN"}) == 1


async def test_whether_a_source_works_is_shown(client, watched, omc_app):
    await watched.probe()
    up = (await samples(client))["ems_source_up", "omc"]
    omc_app.state.vendor.turn(fail_rate=1.0, fail_status=503)
    await watched.probe()

    assert (up, (await samples(client))["ems_source_up", "omc"]) == (1, 0)


async def test_where_the_journal_stands_and_how_far_its_reader_is_behind(client, store):
    await store.intake.alarms("omc", [alarm_row(code=number, alarm_id=f"A{number}") for number in range(4)])
    found = await samples(client)

    assert (found["ems_journal_position",], found["ems_journal_reader_lag",]) == (4, 3)


async def test_the_size_of_a_queue_is_shown(client):
    assert (await samples(client))["ems_queue_size", "directory"] == 3


async def test_open_subscriptions_are_counted_while_they_last(client, metrics):
    with metrics.subscribed("sse"):
        during = (await samples(client))["ems_subscribers", "sse"]

    assert (during, (await samples(client))["ems_subscribers", "sse"]) == (1, 0)


async def test_odd_fields_are_counted(client, metrics):
    for _ in range(2):
        metrics.odd_fields("omc", "list_users", {"userId": "is no text", "deptId": "is no text"})

    assert (await samples(client))["ems_odd_fields_total", "omc", "list_users"] == 4


async def test_posted_events_are_counted_and_repeated_ones_apart(client, metrics):
    metrics.ingested("omc", "alarm", 5, 2)
    found = await samples(client)

    assert (
        found["ems_ingested_total", "omc", "alarm"],
        found["ems_ingest_repeated_total", "omc", "alarm"],
    ) == (5, 3)


async def test_operations_are_counted_by_type_and_outcome(client, metrics):
    metrics.answered("mutation", "FORBIDDEN", 0.01)

    assert (await samples(client))["ems_graphql_operations_total", "mutation", "FORBIDDEN"] == 1


async def test_requests_are_counted_by_endpoint_and_status(client):
    await client.get("/healthz")
    await client.get("/no/such/page")
    found = await samples(client)

    assert (
        found["ems_http_requests_total", "healthz", "GET", "200"],
        found["ems_http_requests_total", "page", "GET", "404"],
    ) == (1, 1)


async def test_a_request_that_broke_is_counted_as_such(client):
    await client.get("/files/secret-token")

    assert (await samples(client))["ems_http_requests_total", "files", "GET", "500"] == 1


async def test_the_worker_that_answers_says_which_it_is(client):
    assert (await samples(client))["ems_worker_info", "7"] == 1


@pytest.mark.parametrize(("who", "status"), [(None, 401), ("Bearer element", 403), ("Bearer viewer", 200)])
async def test_metrics_are_for_those_who_may_read(client, who, status):
    del client.headers["authorization"]
    answer = await client.get("/metrics", headers={} if who is None else {"Authorization": who})

    assert answer.status_code == status


async def test_metrics_are_told_while_the_store_is_down(client, store):
    async with store.database.write() as connection:
        await connection.exec_driver_sql("DROP TABLE journal_head")

    assert (await client.get("/metrics")).status_code == 200


async def test_a_process_that_runs_is_alive(client):
    del client.headers["authorization"]

    assert (await client.get("/healthz")).status_code == 200


async def test_a_process_is_ready_once_each_source_was_probed(client, probes, naps, beside):
    before = await client.get("/readyz")
    async with beside(probes):
        await naps.begun(EACH_SECONDS)
    after = await client.get("/readyz")

    assert (before.status_code, before.json(), after.status_code) == (
        503,
        {"status": "waiting", "store": True, "sourcesToProbe": 1},
        200,
    )


async def test_a_process_whose_source_is_down_is_ready_too(client, probes, naps, beside, omc_app):
    omc_app.state.vendor.turn(fail_rate=1.0, fail_status=503)
    async with beside(probes):
        await naps.begun(EACH_SECONDS)

    assert (await client.get("/readyz")).status_code == 200


async def test_a_process_without_its_store_is_not_ready(client, probes, store, naps, beside):
    async with beside(probes):
        await naps.begun(EACH_SECONDS)
    async with store.database.write() as connection:
        await connection.exec_driver_sql("DROP TABLE journal_head")
    answer = await client.get("/readyz")

    assert (answer.status_code, answer.json()["store"]) == (503, False)
