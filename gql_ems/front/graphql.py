"""GraphQL over HTTP: one endpoint for queries, mutations, uploads, batches, and subscriptions as event streams."""

from collections.abc import Awaitable, Callable
from math import ceil
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from adapters.caller import Caller
from adapters.errors import BadInput, EmsError, Unauthenticated
from gql_ems.execution import Answer, encode
from gql_ems.front.answering import Answering, NotByGet
from gql_ems.front.body import TooLarge, body_of, bounded
from gql_ems.front.errors import as_answer, status_of
from gql_ems.front.fanout import Fanout
from gql_ems.front.negotiation import EVENTS, GRAPHQL, JSON, MIXED, preferred
from gql_ems.front.origins import Origins
from gql_ems.front.parameters import Parameters, of_body, of_query, parsed
from gql_ems.front.payloads import once
from gql_ems.front.rates import Rates, TooManyRequests, bucket_of
from gql_ems.front.streams import event_stream, mixed_stream
from gql_ems.front.uploads import operations_of
from gql_ems.settings import LimitSettings

Identify = Callable[[Request], Awaitable[tuple[Caller, float | None]]]
"""The caller of a request, and for how many seconds his token counts."""

UTF8 = "; charset=utf-8"
HEADERS = {"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store"}


class Asking:
    """Who asks, under which id, for how long, and how the answer is to look."""

    def __init__(self, request: Request, caller: Caller, seconds: float | None, media_type: str) -> None:
        self.caller = caller
        self.seconds = seconds
        self.media_type = media_type
        self.request_id = str(request.scope.get("request_id", ""))
        self.reads_only = request.method == "GET"
        self.explain = request.headers.get("x-ems-explain") == "1"
        self.last_event_id = request.headers.get("last-event-id")


class GraphQLEndpoint:
    """The ASGI application at `/graphql` for HTTP."""

    def __init__(
        self,
        answering: Answering,
        fanout: Fanout,
        identify: Identify,
        origins: Origins,
        limits: LimitSettings,
        heartbeat: float,
        rates: Rates,
    ) -> None:
        self._answering = answering
        self._fanout = fanout
        self._identify = identify
        self._origins = origins
        self._limits = limits
        self._heartbeat = heartbeat
        self._rates = rates

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        media_type = preferred(request.headers.get("accept"))
        try:
            response = await self._respond(request, media_type)
        except TooLarge as error:
            response = _refused(error, media_type, 413)
        except NotByGet as error:
            response = _refused(error, media_type, 405, {"Allow": "POST"})
        except EmsError as error:
            response = _refused(error, media_type, status_of(error), _extra(error))
        response.headers.update(self._origins.answered(request.headers))
        await response(scope, receive, send)

    async def _respond(self, request: Request, media_type: str | None) -> Response:
        if request.method == "OPTIONS":
            return self._preflight(request)
        if request.method not in ("GET", "POST"):
            return Response(status_code=405, headers={"Allow": "GET, POST, OPTIONS"})
        if media_type is None:
            return Response("none of the accepted media types is offered", 406)
        self._origins.check(request.headers)
        sent = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        self._origins.refuse_forged(request.method, sent, request.headers)
        address = request.client.host if request.client else ""
        try:
            caller, seconds = await self._identify(request)
        except Unauthenticated:
            # Whoever tries tokens is counted, too.
            self._rates.take(f"from {address}")
            raise
        bucket = bucket_of(caller, address)
        self._rates.take(bucket)
        asking = Asking(request, caller, seconds, media_type)
        if request.method == "GET":
            return await self._answered(of_query(request.query_params), asking, bucket)
        if sent == "application/json":
            body = await body_of(request, self._limits.body_bytes)
            return await self._answered(self._operations(parsed(body)), asking, bucket)
        if sent == "multipart/form-data":
            request = bounded(request, self._limits.upload_bytes)
            try:
                return await self._answered(self._operations(await operations_of(request)), asking, bucket)
            finally:
                await request.close()
        return Response("send application/json or multipart/form-data", 415)

    def _preflight(self, request: Request) -> Response:
        """What a browser asks before it lets a page of another origin send something."""
        self._origins.check(request.headers)
        return Response(status_code=204, headers={"Allow": "GET, POST, OPTIONS", **self._origins.PREFLIGHTED})

    async def _answered(self, asked: Parameters | list[Parameters], asking: Asking, bucket: str) -> Response:
        if isinstance(asked, list):
            if len(asked) > 1:
                self._rates.take(bucket, len(asked) - 1)
            for one in asked:
                self._answering.admit(one, asking.caller)
            return await self._batch(asked, asking)
        self._answering.admit(asked, asking.caller)
        media_type = asking.media_type
        if media_type in (EVENTS, MIXED):
            stream = await self._stream(asked, asking)
            if stream is not None:
                return stream
            media_type = JSON
        elif self._is_subscription(asked):
            raise BadInput(f"ask for subscriptions over WebSocket, or accept {EVENTS}")
        answer, ran = await self._answering.answer(
            asked,
            asking.caller,
            asking.request_id,
            reads_only=asking.reads_only,
            explain=asking.explain,
        )
        status = 200 if ran or media_type == JSON else 400
        return Response(encode(answer), status, HEADERS, media_type=media_type + UTF8)

    def _operations(self, body: Any) -> Parameters | list[Parameters]:
        if not isinstance(body, list):
            return of_body(body)
        if not 1 <= len(body) <= self._limits.batch:
            raise BadInput(f"a batch holds from 1 to {self._limits.batch} operations")
        return [of_body(one) for one in body]

    async def _batch(self, asked: list[Parameters], asking: Asking) -> Response:
        answers: list[Any] = []
        for one in asked:
            try:
                if self._is_subscription(one):
                    raise BadInput("a batch holds queries and mutations alone")
                answer, _ = await self._answering.answer(
                    one, asking.caller, asking.request_id, explain=asking.explain
                )
            except EmsError as error:
                answer = as_answer(error)
            answers.append(answer)
        return Response(encode(answers), 200, HEADERS, media_type=JSON + UTF8)

    def _is_subscription(self, asked: Parameters) -> bool:
        operation = self._answering.executor.operation(self._answering.query_of(asked), asked.operation_name)
        return not isinstance(operation, list) and operation.node.operation.value == "subscription"

    async def _stream(self, asked: Parameters, asking: Asking) -> Response | None:
        """A subscription as a stream; None where the operation is none and a plain answer will do."""
        opened = await self._answering.subscribe(asked, asking.caller, asking.last_event_id)
        streamed = mixed_stream if asking.media_type == MIXED else event_stream
        if opened is None:
            if asking.media_type == MIXED:
                return None
            answer, _ = await self._answering.answer(
                asked, asking.caller, asking.request_id, reads_only=asking.reads_only
            )
            return streamed(once(answer), self._heartbeat, None)
        if isinstance(opened, Answer):
            laid_out = self._answering.laid_out(opened, asking.request_id)
            return streamed(once(laid_out), self._heartbeat, None)
        transport = "multipart" if asking.media_type == MIXED else "sse"
        parts = self._fanout.parts(opened, asking.caller, asking.request_id, transport)
        return streamed(parts, self._heartbeat, asking.seconds)


def _refused(
    error: EmsError, media_type: str | None, status: int, headers: dict[str, str] | None = None
) -> Response:
    kind = media_type if media_type in (JSON, GRAPHQL) else JSON
    return Response(encode(as_answer(error)), status, {**HEADERS, **(headers or {})}, media_type=kind + UTF8)


def _extra(error: EmsError) -> dict[str, str]:
    if isinstance(error, TooManyRequests):
        return {"Retry-After": str(ceil(error.retry_after))}
    return {"WWW-Authenticate": "Bearer"} if status_of(error) == 401 else {}
