"""The pretend Milesight Beaver IoT as an ASGI app."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import orjson
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocket

from playground.upstreams.beaver import values
from playground.upstreams.beaver.answers import failed
from playground.upstreams.beaver.boards import Boards
from playground.upstreams.beaver.devices import Devices
from playground.upstreams.beaver.dialect import Beaver
from playground.upstreams.beaver.entities import Entities
from playground.upstreams.beaver.roles import Roles
from playground.upstreams.beaver.shares import Shares
from playground.upstreams.beaver.users import Users
from playground.upstreams.beaver.workflows import Workflows
from playground.upstreams.calls import Call
from playground.upstreams.knobs import Knobs
from playground.upstreams.vendor import CONTROL, Vendor


class Below:
    """Serve an app below a prefix as well as at the root, as the vendor's web server does."""

    def __init__(self, app: ASGIApp, prefix: str) -> None:
        self._app = app
        self._prefix = prefix

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Take the prefix off where it stands."""
        if scope.get("path", "").startswith(f"{self._prefix}/"):
            raw = scope.get("raw_path") or scope["path"].encode()
            cut = len(self._prefix)
            scope = {**scope, "path": scope["path"][cut:], "raw_path": raw[cut:]}
        await self._app(scope, receive, send)


class Sandbox:
    """What tests and demos may do to the platform behind its API."""

    def __init__(self, beaver: Beaver) -> None:
        self._beaver = beaver

    async def set_values(self, changed: dict[str, Any]) -> int:
        """Set entities' values by key and push the keys; says how many sockets were told."""
        for key, value in changed.items():
            entity = self._beaver.house.entity_by_key(key)
            if entity is None:
                raise KeyError(key)
            wrong = values.misfit(entity, value)
            if wrong:
                raise ValueError(f"{wrong}: {key}")
            last = entity.points[-1][0] + 1 if entity.points else 0
            entity.points.append((max(self._beaver.now_ms, last), value))
        return await self._beaver.hub.push(list(changed))

    async def take_values(self, request: Request) -> Response:
        """POST {entity key: value}."""
        try:
            told = await self.set_values(orjson.loads(await request.body()))
        except (KeyError, ValueError, AttributeError) as wrong:
            return JSONResponse({"message": str(wrong)}, 400)
        return JSONResponse({"told": told})

    async def sockets(self, _request: Request) -> Response:
        """Show who listens to what."""
        return JSONResponse(self._beaver.hub.shown())

    async def drop_sockets(self, _request: Request) -> Response:
        """Close all sockets."""
        return JSONResponse({"closed": await self._beaver.hub.drop()})

    async def live(self, seconds: float) -> None:
        """Give a few measured entities new values again and again."""
        turn = 0
        while True:
            await asyncio.sleep(seconds)
            turn += 1
            measured = [e for e in self._beaver.house.entities.values() if e.measured]
            some = measured[turn % 7 :: 41]
            await self.set_values({e.key: values.made_up(e, self._beaver.now_ms) for e in some})


def create_app(
    *,
    knobs: Knobs | None = None,
    clock: Callable[[], float] = time.time,
    base_path: str = "",
    initialised: bool = True,
    documented_shapes: bool = False,
    tick_seconds: float = 0.0,
) -> Starlette:
    """
    Make the platform.

    `base_path` serves it there, too; without `initialised` it has no account yet; `documented_shapes`
    answers as the document's examples do; `tick_seconds` lets values change by themselves.
    """
    beaver = Beaver(clock, initialised=initialised, documented_shapes=documented_shapes)
    vendor = Vendor("beaver", beaver, knobs=knobs, clock=clock)
    for chapter in (Users, Roles, Shares, Devices, Entities, Boards, Workflows):
        chapter(beaver).declare(vendor)
    vendor.route("GET", "/websocket", "beaver.connect_websocket", _no_upgrade, public=True)
    sandbox = Sandbox(beaver)

    async def websocket(socket: WebSocket) -> None:
        header = socket.query_params.get("Authorization") or socket.headers.get("authorization")
        user = beaver.sign_in_problem(header, clock())
        if isinstance(user, str):
            # Closing before accepting makes the server answer 403 to the upgrade.
            await socket.close()
            return
        await beaver.hub.serve(socket, user.user_id, {e.key for e in beaver.house.entities.values()})

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        task = asyncio.create_task(sandbox.live(tick_seconds)) if tick_seconds else None
        yield
        if task:
            task.cancel()

    app = vendor.app(
        extra=(
            WebSocketRoute("/websocket", websocket),
            Route(f"{CONTROL}/values", sandbox.take_values, methods=["POST"]),
            Route(f"{CONTROL}/sockets", sandbox.sockets),
            Route(f"{CONTROL}/sockets/drop", sandbox.drop_sockets, methods=["POST"]),
        )
    )
    app.router.lifespan_context = lifespan
    if base_path:
        app.add_middleware(Below, prefix=base_path.rstrip("/"))
    return app


def _no_upgrade(call: Call) -> Response:
    call.complain("/websocket wants a WebSocket upgrade")
    return failed("parameter_validation_failed", "a WebSocket upgrade is wanted")
