"""Each request, watched from outside: counted, timed, logged under its id, and traced where that is configured."""

import logging
import time
from collections.abc import Callable

import structlog
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gql_ems.logs import Told
from gql_ems.metrics import Metrics
from gql_ems.telemetry import NoTracing, Tracing

_log = logging.getLogger("gql_ems.requests")

ENDPOINTS = frozenset({"graphql", "ingest", "files", "healthz", "readyz", "metrics"})
METHODS = frozenset({"GET", "POST", "HEAD", "OPTIONS", "PUT", "DELETE", "PATCH"})
QUIET = frozenset({"healthz", "readyz", "metrics"})
"""Asked by machines every few seconds; logged at DEBUG."""


class Observed:
    """Goes around the application. A path is told by its endpoint alone: what follows may be a secret."""

    def __init__(
        self,
        app: ASGIApp,
        metrics: Metrics,
        tracing: Tracing | None = None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._app = app
        self._metrics = metrics
        self._tracing: Tracing = tracing or NoTracing()
        self._monotonic = monotonic

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        endpoint = endpoint_of(scope["path"])
        method = "WS" if scope["type"] == "websocket" else _method(scope["method"])
        started = self._monotonic()
        # 500 is what an application that raises before it answers makes of a request.
        status = 500
        began: float | None = None

        async def noted(message: Message) -> None:
            nonlocal status, began
            if began is None:
                began = self._monotonic()
            if message["type"] in ("http.response.start", "websocket.http.response.start"):
                status = message["status"]
            elif message["type"] == "websocket.accept":
                status = 101
            elif message["type"] == "websocket.close" and status == 500:
                status = 403
            await send(message)

        request_id = str(scope.get("request_id", ""))
        facts = {"http.request.method": method, "http.route": f"/{endpoint}", "ems.request_id": request_id}
        with (
            structlog.contextvars.bound_contextvars(request_id=request_id),
            self._tracing.request(f"{method} /{endpoint}", facts, Headers(scope=scope)) as note,
        ):
            try:
                await self._app(scope, receive, noted)
            finally:
                ended = self._monotonic()
                # Streams and sockets last as long as somebody listens: what counts is when they began to answer.
                self._metrics.requested(endpoint, method, status, (began or ended) - started)
                note.done(status)
                level = logging.DEBUG if endpoint in QUIET else logging.INFO
                if _log.isEnabledFor(level):
                    ms = round((ended - started) * 1000, 3)
                    told = Told(
                        method=method,
                        endpoint=endpoint,
                        status=status,
                        ms=ms,
                        event="request",
                        request_id=request_id,
                    )
                    _log.log(level, told)


def endpoint_of(path: str) -> str:
    """The endpoint of a path, of which there are few."""
    first = path.lstrip("/").partition("/")[0]
    return first if first in ENDPOINTS else "page"


def _method(told: str) -> str:
    return told if told in METHODS else "OTHER"
