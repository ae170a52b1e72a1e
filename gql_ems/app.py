"""The ASGI application: routes over one service, its start and its end."""

import gc
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any
from uuid import uuid4

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocket

from adapters.caller import Caller
from adapters.errors import Unauthenticated
from gql_ems.file_endpoint import FileEndpoint
from gql_ems.front.graphql import GraphQLEndpoint
from gql_ems.front.origins import Origins
from gql_ems.front.page import page_routes
from gql_ems.front.websocket import GraphQLSocket
from gql_ems.ingest import IngestEndpoint
from gql_ems.service import Service


def create(make_service: Callable[[], Service]) -> ASGIApp:
    """The application; its service is made when it starts, so each worker has its own."""
    app = Starlette(lifespan=lambda app: _lifespan(app, make_service), routes=[])
    return Identified(app)


@asynccontextmanager
async def _lifespan(app: Starlette, make_service: Callable[[], Service]) -> AsyncIterator[dict[str, Any]]:
    service = make_service()
    await service.open()
    app.router.routes.extend(routes(service))
    settle()
    try:
        async with service.background.running():
            yield {"service": service}
    finally:
        await service.close()


def settle() -> None:
    """Takes what was built for good out of the garbage collector's rounds: they would walk the graph each time."""
    gc.collect()
    gc.freeze()


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
    ingest = IngestEndpoint(service.doors(), service.store, identify, origins, settings.limits.body_bytes)
    return [
        Route("/graphql", endpoint),
        WebSocketRoute("/graphql", socket),
        Route("/ingest/{source}/{path:path}", ingest),
        Route("/files/{token}", FileEndpoint(service.files)),
        *page_routes(),
    ]


class Identified:
    """Gives each request an id, which stands in its answer's headers, in logs and in internal errors."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] in ("http", "websocket"):
            scope["request_id"] = uuid4().hex[:16]
        await self._app(scope, receive, send)
