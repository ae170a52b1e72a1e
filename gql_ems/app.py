"""The ASGI application: routes over one service, its start and its end."""

import gc
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from os import urandom
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocket

from adapters.caller import Caller
from adapters.errors import Unauthenticated
from gql_ems.file_endpoint import FileEndpoint
from gql_ems.front.graphql import GraphQLEndpoint
from gql_ems.front.origins import Origins
from gql_ems.front.page import page_routes
from gql_ems.front.websocket import GraphQLSocket
from gql_ems.ingest import IngestEndpoint
from gql_ems.metrics_endpoint import MetricsEndpoint
from gql_ems.observed import Observed
from gql_ems.probes import ProbeEndpoints
from gql_ems.service import Service


def create(make_service: Callable[[], Service]) -> ASGIApp:
    """The application over a service of its own: each worker makes one."""
    service = make_service()
    app = Starlette(lifespan=lambda _: _lifespan(service), routes=routes(service))
    return Identified(Observed(app, service.metrics, service.tracing))


@asynccontextmanager
async def _lifespan(service: Service) -> AsyncIterator[dict[str, Any]]:
    await service.open()
    settle()
    try:
        async with service.background.running():
            yield {"service": service}
    finally:
        await service.close()


def settle() -> None:
    """Takes what was built for good out of the garbage collector's rounds: they would walk the graph each time."""
    # Where it rested until now there is hardly any garbage, and looking for it takes a tenth of a second.
    if gc.isenabled():
        gc.collect()
    gc.freeze()
    gc.enable()


def routes(service: Service) -> list[BaseRoute]:
    """Every endpoint."""
    settings = service.settings
    origins = Origins(settings.server.allowed_origins, loopback_only=settings.auth.mode == "none")
    heartbeat = settings.server.heartbeat_seconds

    async def identify(request: Request) -> Caller:
        caller = await service.identity.of_headers(request.headers)
        if not caller.username:
            raise Unauthenticated("send Authorization: Bearer <token>")
        return caller

    async def admitted(request: Request) -> tuple[Caller, float | None]:
        return await service.identity.admitted(request.headers)

    async def identify_socket(socket: WebSocket, payload: dict[str, Any]) -> tuple[Caller, float | None]:
        return await service.identity.of_init(socket.headers, payload)

    endpoint = GraphQLEndpoint(
        service.answering, service.fanout, admitted, origins, settings.limits, heartbeat, service.rates
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
        identify,
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
        Route("/ingest/{source}/{path:path}", ingest),
        Route("/files/{token}", FileEndpoint(service.files)),
        Route("/metrics", metrics),
        *ProbeEndpoints(service.store, service.probes).routes(),
        *page_routes(),
    ]


class Identified:
    """Gives each request an id, which stands in its answer's headers, in logs and in internal errors."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] in ("http", "websocket"):
            request_id = scope["request_id"] = urandom(8).hex()
            header = (b"x-request-id", request_id.encode())

            async def named(message: Message) -> None:
                if message["type"] == "http.response.start":
                    message["headers"] = [*message.get("headers", ()), header]
                await send(message)

            await self._app(scope, receive, named)
            return
        await self._app(scope, receive, send)
