"""GraphQL over HTTP: one endpoint for queries, mutations, uploads, batches, and subscriptions as event streams."""

from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from adapters.caller import Caller
from adapters.errors import BadInput, EmsError
from gql_ems.execution import Answer, encode
from gql_ems.front.answering import Answering, NotByGet
from gql_ems.front.body import TooLarge, body_of, bounded
from gql_ems.front.errors import as_answer, status_of
from gql_ems.front.fanout import Fanout
from gql_ems.front.negotiation import EVENTS, GRAPHQL, JSON, MIXED, preferred
from gql_ems.front.origins import Origins
from gql_ems.front.parameters import Parameters, of_body, of_query, parsed
from gql_ems.front.streams import event_stream, mixed_stream, once
from gql_ems.front.uploads import operations_of
from gql_ems.settings import LimitSettings

Identify = Callable[[Request], Awaitable[Caller]]

UTF8 = "; charset=utf-8"


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
    ) -> None:
        self._answering = answering
        self._fanout = fanout
        self._identify = identify
        self._origins = origins
        self._limits = limits
        self._heartbeat = heartbeat

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
        await response(scope, receive, send)

    async def _respond(self, request: Request, media_type: str | None) -> Response:
        if request.method not in ("GET", "POST"):
            return Response(status_code=405, headers={"Allow": "GET, POST"})
        if media_type is None:
            return Response("none of the accepted media types is offered", 406)
        self._origins.check(request.headers)
        sent = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        self._origins.refuse_forged(request.method, sent, request.headers)
        caller = await self._identify(request)
        request_id = str(request.scope.get("request_id", ""))
        if request.method == "GET":
            asked: Any = of_query(request.query_params)
        elif sent == "application/json":
            limit = self._limits.body_bytes
            asked = self._operations(parsed(await body_of(request, limit)))
        elif sent == "multipart/form-data":
            request = bounded(request, self._limits.upload_bytes)
            asked = self._operations(await operations_of(request))
        else:
            return Response("send application/json or multipart/form-data", 415)
        explain = request.headers.get("x-ems-explain") == "1"
        if isinstance(asked, list):
            return await self._batch(asked, caller, request_id, explain=explain)
        if media_type in (EVENTS, MIXED):
            last = request.headers.get("last-event-id")
            stream = await self._stream(asked, caller, request_id, media_type, last)
            if stream is not None:
                return stream
            media_type = JSON
        elif self._is_subscription(asked):
            raise BadInput(f"ask for subscriptions over WebSocket, or accept {EVENTS}")
        answer, ran = await self._answering.answer(
            asked, caller, request_id, reads_only=request.method == "GET", explain=explain
        )
        status = 200 if ran or media_type == JSON else 400
        return Response(encode(answer), status, media_type=media_type + UTF8)

    def _operations(self, body: Any) -> Parameters | list[Parameters]:
        if not isinstance(body, list):
            return of_body(body)
        if not 1 <= len(body) <= self._limits.batch:
            raise BadInput(f"a batch holds from 1 to {self._limits.batch} operations")
        return [of_body(one) for one in body]

    async def _batch(
        self, asked: list[Parameters], caller: Caller, request_id: str, *, explain: bool
    ) -> Response:
        answers: list[Any] = []
        for one in asked:
            try:
                answer, _ = await self._answering.answer(one, caller, request_id, explain=explain)
            except EmsError as error:
                answer = as_answer(error)
            answers.append(answer)
        return Response(encode(answers), media_type=JSON + UTF8)

    def _is_subscription(self, asked: Parameters) -> bool:
        operation = self._answering.executor.operation(self._answering.query_of(asked), asked.operation_name)
        return not isinstance(operation, list) and operation.node.operation.value == "subscription"

    async def _stream(
        self, asked: Parameters, caller: Caller, request_id: str, media_type: str, last: str | None
    ) -> Response | None:
        """A subscription as a stream; None where the operation is none and a plain answer will do."""
        opened = await self._answering.subscribe(asked, caller, last)
        streamed = mixed_stream if media_type == MIXED else event_stream
        if opened is None:
            if media_type == MIXED:
                return None
            answer, _ = await self._answering.answer(asked, caller, request_id)
            return streamed(once(answer), self._heartbeat)
        if isinstance(opened, Answer):
            return streamed(once(self._answering.laid_out(opened, request_id)), self._heartbeat)
        return streamed(self._fanout.payloads(opened, caller, request_id), self._heartbeat)


def _refused(
    error: EmsError, media_type: str | None, status: int, headers: dict[str, str] | None = None
) -> Response:
    kind = media_type if media_type in (JSON, GRAPHQL) else JSON
    return Response(encode(as_answer(error)), status, headers, media_type=kind + UTF8)


def _extra(error: EmsError) -> dict[str, str] | None:
    return {"WWW-Authenticate": "Bearer"} if status_of(error) == 401 else None
