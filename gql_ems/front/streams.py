"""Subscriptions over plain HTTP: server-sent events, and multipart answers; both show that they are alive."""

import asyncio
from collections.abc import AsyncIterator
from math import inf
from typing import Any

import structlog
from starlette.responses import StreamingResponse

from adapters.errors import EmsError, Internal, Unauthenticated
from gql_ems.execution import encode
from gql_ems.front.errors import MASKED, as_answer
from gql_ems.front.fanout import Payload

_log = structlog.get_logger("gql_ems.streams")

_NO_STORE = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}


def event_stream(
    payloads: AsyncIterator[Payload], heartbeat: float, seconds: float | None
) -> StreamingResponse:
    """The distinct-connections protocol of graphql-sse; an event's id is its cursor."""
    body = _sse(payloads, heartbeat, seconds)
    return StreamingResponse(body, media_type="text/event-stream; charset=utf-8", headers=_NO_STORE)


def mixed_stream(
    payloads: AsyncIterator[Payload], heartbeat: float, seconds: float | None
) -> StreamingResponse:
    """Each answer a part of one multipart answer."""
    kind = 'multipart/mixed; boundary="graphql"; subscriptionSpec="1.0"'
    return StreamingResponse(_mixed(payloads, heartbeat, seconds), media_type=kind, headers=_NO_STORE)


async def once(answer: dict[str, Any]) -> AsyncIterator[Payload]:
    """A stream of a single answer."""
    yield Payload(None, encode(answer))


async def _sse(
    payloads: AsyncIterator[Payload], heartbeat: float, seconds: float | None
) -> AsyncIterator[bytes]:
    yield b":\n\n"
    async for payload in _alive(payloads, heartbeat, seconds):
        if payload is None:
            yield b":\n\n"
            continue
        mark = b"" if payload.cursor is None else b"id: " + payload.cursor.encode() + b"\n"
        yield b"event: next\n" + mark + b"data: " + payload.body + b"\n\n"
    yield b"event: complete\ndata:\n\n"


async def _mixed(
    payloads: AsyncIterator[Payload], heartbeat: float, seconds: float | None
) -> AsyncIterator[bytes]:
    head = b"\r\n--graphql\r\nContent-Type: application/json; charset=utf-8\r\n\r\n"
    async for payload in _alive(payloads, heartbeat, seconds):
        yield head + (b"{}" if payload is None else b'{"payload":' + payload.body + b"}")
    yield b"\r\n--graphql--\r\n"


async def _alive(
    payloads: AsyncIterator[Payload], heartbeat: float, seconds: float | None
) -> AsyncIterator[Payload | None]:
    """The payloads, and None whenever nothing came for a while; an error ends the stream as an answer.

    After `seconds` the subscriber's token counts no more, and the stream ends with that.
    """
    clock = asyncio.get_running_loop().time
    end = clock() + seconds if seconds is not None else inf
    waiting: asyncio.Task[Payload] | None = None
    try:
        while True:
            if clock() >= end:
                yield Payload(
                    None, encode(as_answer(Unauthenticated("the token has expired; sign in again")))
                )
                return
            if waiting is None:
                waiting = asyncio.ensure_future(anext(payloads))
            done, _ = await asyncio.wait({waiting}, timeout=max(0.0, min(heartbeat, end - clock())))
            if not done and clock() < end:
                yield None
            if not done:
                continue
            task, waiting = waiting, None
            try:
                payload = task.result()
            except StopAsyncIteration:
                return
            except EmsError as error:
                yield Payload(None, encode(as_answer(error)))
                return
            except Exception as error:  # noqa: BLE001 - whatever it is, the subscriber is told that it has ended
                _log.error("stream_failed", exc_info=error)
                yield Payload(None, encode(as_answer(Internal(MASKED))))
                return
            yield payload
    finally:
        if waiting is not None:
            waiting.cancel()
            await asyncio.gather(waiting, return_exceptions=True)
        close = getattr(payloads, "aclose", None)
        if close is not None:
            await close()
