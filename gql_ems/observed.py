"""Each request, watched from outside: given an id, counted, timed, logged, and answered where nobody else could."""

import logging
import time
from collections.abc import Awaitable, Callable
from random import getrandbits

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gql_ems.endpoints import endpoint_of, method_of
from gql_ems.logs import REQUEST, Told
from gql_ems.metrics import Metrics

_log = logging.getLogger("gql_ems.requests")

QUIET = frozenset({"healthz", "readyz", "metrics"})
"""Asked by machines every few seconds; logged at DEBUG."""

FAILED = PlainTextResponse("Internal Server Error", 500)
"""The answer where nobody took an exception: its stack is for the log."""


class Observed:
    """Goes around the application, and gives each request an id, which its answer, its logs and internal errors tell."""

    def __init__(
        self,
        app: ASGIApp,
        metrics: Metrics,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._app = app
        self._metrics = metrics
        self._monotonic = monotonic

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        endpoint, method = endpoint_of(scope), method_of(scope)
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
            await self._app(scope, receive, noted)
        except Exception:
            if scope["type"] == "websocket":
                raise
            _log.exception("request_failed")
            if began is None:
                await FAILED(scope, receive, noted)
        finally:
            REQUEST.reset(told)
            scope["status"] = status
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
