"""The ASGI application: routes over one service, its start and its end."""

import gc
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.types import ASGIApp
from starlette.websockets import WebSocket

from adapters.caller import Caller
from adapters.errors import Unauthenticated
from gql_ems.direct import REST, Direct
from gql_ems.file_endpoint import FileEndpoint
from gql_ems.front.graphql import GraphQLEndpoint
from gql_ems.front.origins import Origins
from gql_ems.front.page import page_routes
from gql_ems.front.websocket import GraphQLSocket
from gql_ems.ingest import PREFIX, IngestEndpoint
from gql_ems.metrics_endpoint import MetricsEndpoint
from gql_ems.observed import Observed
from gql_ems.probes import ProbeEndpoints
from gql_ems.service import Service


def create(make_service: Callable[[], Service]) -> ASGIApp:
    """The application over a service of its own: each worker makes one."""
    service = make_service()
    listed = routes(service)
    app = Starlette(lifespan=lambda _: _lifespan(service), routes=listed)
    return service.tracing.around(Observed(Direct(app, listed), service.metrics))


@asynccontextmanager
async def _lifespan(service: Service) -> AsyncIterator[dict[str, Any]]:
    await service.open()
    settle()
    try:
        async with service.background.running():
            yield {"service": service}
    finally:
        await service.close()


ROUND = 50_000
"""Objects that are made before the garbage collector looks at the youngest: a list of rows is not worth a round."""


def settle() -> None:
    """Takes what was built for good out of the garbage collector's rounds, and makes the rounds fewer."""
    # Where it rested until now there is hardly any garbage, and looking for it takes a tenth of a second.
    if gc.isenabled():
        gc.collect()
    gc.freeze()
    gc.enable()
    gc.set_threshold(ROUND, 20, 20)


def routes(service: Service) -> list[BaseRoute]:
    """Every endpoint."""
    settings = service.settings
    origins = Origins(settings.server.allowed_origins, loopback_only=settings.auth.mode == "none")
    heartbeat = settings.server.heartbeat_seconds

    async def identify_headers(headers: Mapping[str, str]) -> Caller:
        caller = await service.identity.of_headers(headers)
        if not caller.username:
            raise Unauthenticated("send Authorization: Bearer <token>")
        return caller

    async def identify(request: Request) -> Caller:
        return await identify_headers(request.headers)

    async def identify_socket(socket: WebSocket, payload: dict[str, Any]) -> tuple[Caller, float | None]:
        return await service.identity.of_init(socket.headers, payload)

    endpoint = GraphQLEndpoint(
        service.answering,
        service.fanout,
        service.identity.admitted,
        origins,
        settings.limits,
        heartbeat,
        service.rates,
    )
    socket = GraphQLSocket(
        service.answering,
        service.fanout,
        identify_socket,
        origins,
        settings.limits,
        heartbeat,
        service.rates,
    )
    ingest = IngestEndpoint(
        service.doors(),
        service.store,
        identify_headers,
        origins,
        settings.limits.body_bytes,
        kept=service.metrics.ingested,
    )
    metrics = MetricsEndpoint(
        service.metrics,
        service.store,
        service.sources.all,
        identify,
        origins,
        queues={
            "journal": lambda: service.store.journal.waiting,
            "directory": lambda: len(service.memory),
        },
        followed=lambda: service.store.tail.position,
    )
    return [
        Route("/graphql", endpoint),
        WebSocketRoute("/graphql", socket),
        Route(f"{PREFIX}{REST}", ingest),
        Route("/files/{token}", FileEndpoint(service.files)),
        Route("/metrics", metrics),
        *ProbeEndpoints(service.store, service.probes).routes(),
        *page_routes(),
    ]
