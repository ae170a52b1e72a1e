"""Each request, watched from outside: counted, timed, logged under its id, and traced where that is configured."""

import logging
import time
from collections.abc import Awaitable, Callable
from random import getrandbits

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gql_ems.logs import REQUEST, Told
from gql_ems.metrics import Metrics
from gql_ems.telemetry import NoTracing, Tracing

_log = logging.getLogger("gql_ems.requests")

ENDPOINTS = frozenset({"graphql", "ingest", "files", "healthz", "readyz", "metrics"})
METHODS = frozenset({"GET", "POST", "HEAD", "OPTIONS", "PUT", "DELETE", "PATCH"})
QUIET = frozenset({"healthz", "readyz", "metrics"})
"""Asked by machines every few seconds; logged at DEBUG."""

FAILED = PlainTextResponse("Internal Server Error", 500)
"""The answer where nobody took an exception: its stack is for the log."""


class Observed:
    """Goes around the application, and gives each request an id, which its answer, its logs and internal errors tell.

    A path is told by its endpoint alone: what follows may be a secret.
    """

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
        # An id is no secret: it has to be told from others, and to cost nothing.
        request_id = scope["request_id"] = f"{getrandbits(64):016x}"
        started = self._monotonic()
        # 500 is what an application that raises before it answers makes of a request.
        status = 500
        began: float | None = None

        def noted(message: Message) -> Awaitable[None]:
            nonlocal status, began
            if began is None:
                began = self._monotonic()
                kind = message["type"]
                if kind == "http.response.start":
                    status = message["status"]
                    message["headers"] = [*message.get("headers", ()), (b"x-request-id", request_id.encode())]
                elif kind == "websocket.http.response.start":
                    status = message["status"]
                elif kind == "websocket.accept":
                    status = 101
                elif kind == "websocket.close":
                    status = 403
            return send(message)

        told = REQUEST.set(request_id)
        try:
            with self._tracing.request(method, endpoint, scope) as note:
                try:
                    await self._app(scope, receive, noted)
                except Exception:
                    if scope["type"] == "websocket":
                        raise
                    _log.exception("request_failed")
                    if began is None:
                        await FAILED(scope, receive, noted)
                finally:
                    note.done(status)
        finally:
            REQUEST.reset(told)
            ended = self._monotonic()
            # Streams and sockets last as long as somebody listens: what counts is when they began to answer.
            self._metrics.requested(endpoint, method, status, (began or ended) - started)
            level = logging.DEBUG if endpoint in QUIET else logging.INFO
            if _log.isEnabledFor(level):
                _log.log(
                    level,
                    Told(
                        method=method,
                        endpoint=endpoint,
                        status=status,
                        ms=round((ended - started) * 1000, 3),
                        event="request",
                        request_id=request_id,
                    ),
                )


def endpoint_of(path: str) -> str:
    """The endpoint of a path, of which there are few."""
    first = path.lstrip("/").partition("/")[0]
    return first if first in ENDPOINTS else "page"


def _method(told: str) -> str:
    return told if told in METHODS else "OTHER"
