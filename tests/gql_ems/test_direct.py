import httpx
import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from gql_ems.direct import Direct
from tests.gql_ems.serving import served


class Endpoint:
    """Tells whether Starlette's router has brought the request."""

    async def __call__(self, scope, receive, send) -> None:
        told = f"{scope['method']} {'routed' if 'router' in scope else 'direct'}"
        await PlainTextResponse(told)(scope, receive, send)


async def function(request):
    return PlainTextResponse(f"{request.method} {'routed' if 'router' in request.scope else 'direct'}")


@pytest.fixture
async def client():
    routes = [
        Route("/graphql", Endpoint()),
        Route("/files/{token}", Endpoint()),
        Route("/ingest/{path:path}", Endpoint()),
        Route("/healthz", function),
    ]
    async with (
        served(Direct(Starlette(routes=routes), routes)) as url,
        httpx.AsyncClient(base_url=url) as found,
    ):
        yield found


@pytest.mark.parametrize(
    ("method", "path", "told"),
    [
        ("GET", "/graphql", "GET direct"),
        ("PUT", "/graphql?query=x", "PUT direct"),
        ("POST", "/ingest/omc/api/rest", "POST direct"),
        ("POST", "/ingest/", "POST direct"),
        ("GET", "/files/graphql", "GET routed"),
        ("GET", "/healthz", "GET routed"),
        ("POST", "/healthz", "Method Not Allowed"),
        ("GET", "/graphql/x", "Not Found"),
    ],
)
async def test_an_endpoint_that_takes_every_method_is_reached_at_once(client, method, path, told):
    assert (await client.request(method, path)).text == told


async def test_what_starlette_does_with_paths_stays(client):
    answer = await client.get("/graphql/")

    assert (answer.status_code, answer.headers["location"]) == (307, f"{client.base_url}/graphql")
