"""GraphQL over HTTP: one endpoint for queries, mutations, uploads, batches, and subscriptions as event streams."""

from collections.abc import Awaitable, Callable, Mapping
from math import ceil
from typing import Any

from starlette.datastructures import QueryParams
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from adapters.caller import Caller
from adapters.errors import BadInput, EmsError, Unauthenticated
from gql_ems.execution import Answer, encode
from gql_ems.front.answering import Answering, NotByGet
from gql_ems.front.body import TooLarge, body_of, bounded
from gql_ems.front.errors import as_answer, status_of
from gql_ems.front.fanout import Fanout
from gql_ems.front.headers import headers_of
from gql_ems.front.inquiry import Inquiry
from gql_ems.front.negotiation import EVENTS, GRAPHQL, JSON, MIXED, preferred
from gql_ems.front.origins import Origins
from gql_ems.front.parameters import Parameters, of_body, of_query, parsed
from gql_ems.front.payloads import once
from gql_ems.front.rates import Rates, TooManyRequests, bucket_of
from gql_ems.front.reply import RawHeaders, Reply
from gql_ems.front.streams import event_stream, mixed_stream
from gql_ems.front.uploads import operations_of
from gql_ems.settings import LimitSettings

Identify = Callable[[Mapping[str, str]], Awaitable[tuple[Caller, float | None]]]
"""The caller of a request by its headers, and for how many seconds his token counts."""


class Asking:
    """Who asks, under which id, for how long, and how the answer is to look."""

    __slots__ = (
        "bucket",
        "caller",
        "explain",
        "last_event_id",
        "media_type",
        "reads_only",
        "request_id",
        "seconds",
    )

    def __init__(
        self,
        scope: Scope,
        headers: Mapping[str, str],
        caller: Caller,
        seconds: float | None,
        bucket: str,
        media_type: str,
    ) -> None:
        self.caller = caller
        self.seconds = seconds
        self.bucket = bucket
        self.media_type = media_type
        self.request_id: str = scope.get("request_id", "")
        self.reads_only = scope["method"] == "GET"
        self.explain = headers.get("x-ems-explain") == "1"
        self.last_event_id = headers.get("last-event-id")


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
        headers = headers_of(scope)
        media_type = preferred(headers.get("accept"))
        try:
            response = await self._respond(scope, receive, headers, media_type)
        except ClientDisconnect:
            return
        except TooLarge as error:
            response = _refused(error, media_type, 413)
        except NotByGet as error:
            response = _refused(error, media_type, 405, [(b"allow", b"POST")])
        except EmsError as error:
            response = _refused(error, media_type, status_of(error), _extra(error))
        response.raw_headers += self._origins.answered(headers)
        await response(scope, receive, send)

    async def _respond(
        self, scope: Scope, receive: Receive, headers: Mapping[str, str], media_type: str | None
    ) -> Response:
        method = scope["method"]
        if method == "OPTIONS":
            return self._preflight(headers)
        if method not in ("GET", "POST"):
            return Response(status_code=405, headers={"Allow": "GET, POST, OPTIONS"})
        if media_type is None:
            return Response("none of the accepted media types is offered", 406)
        self._origins.check(headers)
        sent = headers.get("content-type", "").partition(";")[0].strip().lower()
        self._origins.refuse_forged(method, sent, headers)
        address = scope["client"][0] if scope.get("client") else ""
        try:
            caller, seconds = await self._identify(headers)
        except Unauthenticated:
            # Whoever tries tokens is counted, too.
            self._rates.take(f"from {address}")
            raise
        bucket = bucket_of(caller, address)
        self._rates.take(bucket)
        asking = Asking(scope, headers, caller, seconds, bucket, media_type)
        if method == "GET":
            return await self._answered(of_query(QueryParams(scope["query_string"])), asking)
        if sent == "application/json":
            body = await body_of(headers, receive, self._limits.body_bytes)
            return await self._answered(self._operations(parsed(body)), asking)
        if sent == "multipart/form-data":
            request = Request(scope, bounded(headers, receive, self._limits.upload_bytes))
            try:
                return await self._answered(self._operations(await operations_of(request)), asking)
            finally:
                await request.close()
        return Response("send application/json or multipart/form-data", 415)

    def _preflight(self, headers: Mapping[str, str]) -> Response:
        """What a browser asks before it lets a page of another origin send something."""
        self._origins.check(headers)
        return Response(status_code=204, headers={"Allow": "GET, POST, OPTIONS", **self._origins.PREFLIGHTED})

    async def _answered(self, asked: Parameters | list[Parameters], asking: Asking) -> Response:
        if isinstance(asked, list):
            return await self._batch(asked, asking)
        inquiry = self._answering.admitted(asked, asking.caller)
        media_type = asking.media_type
        if media_type in (EVENTS, MIXED):
            stream = await self._stream(inquiry, asking)
            if stream is not None:
                return stream
            media_type = JSON
        elif inquiry.kind == "subscription":
            raise BadInput(f"ask for subscriptions over WebSocket, or accept {EVENTS}")
        answer, ran = await self._answering.answer(
            inquiry,
            asking.caller,
            asking.request_id,
            reads_only=asking.reads_only,
            explain=asking.explain,
        )
        return Reply(encode(answer), 200 if ran or media_type == JSON else 400, media_type)

    def _operations(self, body: Any) -> Parameters | list[Parameters]:
        if not isinstance(body, list):
            return of_body(body)
        if not 1 <= len(body) <= self._limits.batch:
            raise BadInput(f"a batch holds from 1 to {self._limits.batch} operations")
        return [of_body(one) for one in body]

    async def _batch(self, asked: list[Parameters], asking: Asking) -> Response:
        if len(asked) > 1:
            self._rates.take(asking.bucket, len(asked) - 1)
        if not asking.caller.username:
            # One that may not be run lets none be run.
            for one in asked:
                self._answering.admitted(one, asking.caller)
        answers: list[Any] = []
        for one in asked:
            try:
                inquiry = self._answering.admitted(one, asking.caller)
                if inquiry.kind == "subscription":
                    raise BadInput("a batch holds queries and mutations alone")
                answer, _ = await self._answering.answer(
                    inquiry, asking.caller, asking.request_id, explain=asking.explain
                )
            except EmsError as error:
                answer = as_answer(error)
            answers.append(answer)
        return Reply(encode(answers), 200, JSON)

    async def _stream(self, asked: Inquiry, asking: Asking) -> Response | None:
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


def _refused(error: EmsError, media_type: str | None, status: int, more: RawHeaders = ()) -> Response:
    kind = media_type if media_type in (JSON, GRAPHQL) else JSON
    return Reply(encode(as_answer(error)), status, kind, more)


def _extra(error: EmsError) -> RawHeaders:
    if isinstance(error, TooManyRequests):
        return [(b"retry-after", b"%d" % ceil(error.retry_after))]
    return [(b"www-authenticate", b"Bearer")] if status_of(error) == 401 else []
