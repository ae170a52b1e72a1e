import httpx
import pytest
import structlog
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse, StreamingResponse
from starlette.routing import Route

from gql_ems.metrics import Metrics
from gql_ems.observed import Observed
from tests.gql_ems.serving import served


async def well(_request):
    structlog.get_logger("gql_ems.test").info("asked")
    return PlainTextResponse("well")


async def broken(_request):
    raise RuntimeError("a detail for nobody")


async def breaks(_scope, _receive, _send):
    raise RuntimeError("a detail for nobody")


async def cut(_request):
    async def pieces():
        yield b"so far"
        raise RuntimeError("a detail for nobody")

    return StreamingResponse(pieces())


@pytest.fixture
def metrics() -> Metrics:
    return Metrics()


@pytest.fixture
async def client(metrics):
    app = Starlette(routes=[Route("/", well), Route("/graphql", broken), Route("/files/{token}", cut)])
    async with served(Observed(app, metrics)) as url, httpx.AsyncClient(base_url=url) as found:
        yield found


async def test_each_answer_tells_an_id_of_its_own(client):
    ids = {(await client.get("/")).headers["x-request-id"] for _ in range(20)}

    assert len(ids) == 20
    assert {len(bytes.fromhex(one)) for one in ids} == {8}


async def test_what_is_logged_meanwhile_tells_the_id(client, lines):
    told = (await client.get("/")).headers["x-request-id"]
    logged = {line["event"]: line["request_id"] for line in lines() if "request_id" in line}

    assert logged == {"asked": told, "request": told}


@pytest.mark.parametrize("layers", ["with the layers of Starlette", "alone"])
async def test_an_exception_that_nobody_took_is_logged_under_the_id_and_answered_without_its_stack(
    metrics, lines, layers
):
    app = breaks if layers == "alone" else Starlette(routes=[Route("/graphql", broken)])
    async with served(Observed(app, metrics)) as url, httpx.AsyncClient(base_url=url) as client:
        answer = await client.get("/graphql")
    (failed,) = [line for line in lines() if "a detail for nobody" in str(line)]

    assert (answer.status_code, answer.text) == (500, "Internal Server Error")
    assert (failed["event"], failed["request_id"]) == ("request_failed", answer.headers["x-request-id"])


async def test_an_answer_that_breaks_off_is_no_whole_answer(client, lines):
    with pytest.raises(httpx.RemoteProtocolError):
        await client.get("/files/secret-token")
    (failed,) = [line for line in lines() if line["event"] == "request_failed"]

    assert "request_id" in failed
    assert "secret-token" not in str(lines())


async def test_a_request_that_broke_counts_as_500(client, metrics):
    await client.get("/graphql")
    labels = {"endpoint": "graphql", "method": "GET", "status": "500"}

    assert metrics.registry.get_sample_value("ems_http_requests_total", labels) == 1
