"""Prometheus text at `/metrics`, with what is looked up only when somebody asks: the journal, the sources, queues."""

from collections.abc import Awaitable, Callable, Mapping, Sequence

from prometheus_client.exposition import choose_encoder
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from adapters.caller import Caller
from adapters.errors import EmsError, Unauthenticated
from adapters.local.store import LocalStore
from adapters.ports import Source, SourceStatus
from gql_ems.front.errors import as_answer, status_of
from gql_ems.front.origins import Origins
from gql_ems.metrics import Metrics
from gql_ems.plain_answers import json_response
from resolvers.permissions import READ, refusal

Identify = Callable[[Request], Awaitable[Caller]]


class MetricsEndpoint:
    """The ASGI application at `/metrics`: the numbers of the worker that answers, for callers who may read."""

    def __init__(
        self,
        metrics: Metrics,
        store: LocalStore,
        sources: Sequence[Source],
        identify: Identify,
        origins: Origins,
        *,
        queues: Mapping[str, Callable[[], int]] | None = None,
        followed: Callable[[], int | None] | None = None,
    ) -> None:
        """`followed` tells up to where this process has read the journal, None while nobody follows it."""
        self._metrics = metrics
        self._store = store
        self._sources = tuple(sources)
        self._identify = identify
        self._origins = origins
        self._queues = dict(queues or {})
        self._followed = followed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        try:
            response = await self._respond(request)
        except Unauthenticated as error:
            response = json_response(as_answer(error), 401, {"WWW-Authenticate": "Bearer"})
        except EmsError as error:
            response = json_response(as_answer(error), status_of(error))
        await response(scope, receive, send)

    async def _respond(self, request: Request) -> Response:
        if request.method not in ("GET", "HEAD"):
            return Response(status_code=405, headers={"Allow": "GET, HEAD"})
        self._origins.check(request.headers)
        caller = await self._identify(request)
        if not caller.may(READ):
            raise refusal(READ)
        await self._look()
        encode, content_type = choose_encoder(request.headers.get("accept", ""))
        return Response(encode(self._metrics.registry), headers={"Content-Type": content_type})

    async def _look(self) -> None:
        """Brings up to date what nobody counts as it happens."""
        for source in self._sources:
            health = source.health()
            self._metrics.up.labels(source.name).set(health.status is SourceStatus.UP)
            # An open circuit lets a call through after a while without anybody changing it.
            self._metrics.circuit_is(source.name, health.circuit.value)
        for name, size in self._queues.items():
            self._metrics.queues.labels(name).set(size())
        try:
            head = await self._store.journal.head()
        except (SQLAlchemyError, OSError):
            # The store is down: the last that is known stays, and everything else is told all the same.
            return
        self._metrics.position.set(head.position)
        self._metrics.low_water.set(head.low_water)
        followed = self._followed() if self._followed is not None else None
        self._metrics.lag.set(0 if followed is None else max(0, head.position - followed))
