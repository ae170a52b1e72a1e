"""Subscriptions over plain HTTP: server-sent events, and multipart answers; both show that they are alive."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

from starlette.responses import StreamingResponse

from adapters.errors import EmsError
from gql_ems.execution import encode
from gql_ems.front.errors import as_answer
from gql_ems.front.fanout import Payload

_NO_STORE = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}


def event_stream(payloads: AsyncIterator[Payload], heartbeat: float) -> StreamingResponse:
    """The distinct-connections protocol of graphql-sse; an event's id is its cursor."""
    body = _sse(payloads, heartbeat)
    return StreamingResponse(body, media_type="text/event-stream; charset=utf-8", headers=_NO_STORE)


def mixed_stream(payloads: AsyncIterator[Payload], heartbeat: float) -> StreamingResponse:
    """Each answer a part of one multipart answer."""
    kind = 'multipart/mixed; boundary="graphql"; subscriptionSpec="1.0"'
    return StreamingResponse(_mixed(payloads, heartbeat), media_type=kind, headers=_NO_STORE)


async def once(answer: dict[str, Any]) -> AsyncIterator[Payload]:
    """A stream of a single answer."""
    yield Payload(None, encode(answer))


async def _sse(payloads: AsyncIterator[Payload], heartbeat: float) -> AsyncIterator[bytes]:
    yield b":\n\n"
    async for payload in _alive(payloads, heartbeat):
        if payload is None:
            yield b":\n\n"
            continue
        mark = b"" if payload.cursor is None else b"id: " + payload.cursor.encode() + b"\n"
        yield b"event: next\n" + mark + b"data: " + payload.body + b"\n\n"
    yield b"event: complete\ndata:\n\n"


async def _mixed(payloads: AsyncIterator[Payload], heartbeat: float) -> AsyncIterator[bytes]:
    head = b"\r\n--graphql\r\nContent-Type: application/json; charset=utf-8\r\n\r\n"
    async for payload in _alive(payloads, heartbeat):
        yield head + (b"{}" if payload is None else b'{"payload":' + payload.body + b"}")
    yield b"\r\n--graphql--\r\n"


async def _alive(payloads: AsyncIterator[Payload], heartbeat: float) -> AsyncIterator[Payload | None]:
    """The payloads, and None whenever nothing came for a while; an error ends the stream as an answer."""
    waiting: asyncio.Task[Payload] | None = None
    try:
        while True:
            if waiting is None:
                waiting = asyncio.ensure_future(anext(payloads))
            done, _ = await asyncio.wait({waiting}, timeout=heartbeat)
            if not done:
                yield None
                continue
            task, waiting = waiting, None
            try:
                payload = task.result()
            except StopAsyncIteration:
                return
            except EmsError as error:
                yield Payload(None, encode(as_answer(error)))
                return
            yield payload
    finally:
        if waiting is not None:
            waiting.cancel()
            await asyncio.gather(waiting, return_exceptions=True)
        close = getattr(payloads, "aclose", None)
        if close is not None:
            await close()
