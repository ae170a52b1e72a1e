"""Subscriptions over plain HTTP: server-sent events, and multipart answers; both show that they are alive."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from math import inf

import structlog
from starlette.responses import StreamingResponse

from adapters.errors import EmsError, Internal, Unauthenticated
from gql_ems.front.errors import MASKED, as_answer
from gql_ems.front.payloads import Part, Payload, single

_log = structlog.get_logger("gql_ems.streams")

_MIXED_HEAD = b"\r\n--graphql\r\nContent-Type: application/json; charset=utf-8\r\n\r\n"
_NO_STORE = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}


def event_stream(parts: AsyncIterator[Part], heartbeat: float, seconds: float | None) -> StreamingResponse:
    """The distinct-connections protocol of graphql-sse; an event's id is its cursor."""
    body = _sse(parts, heartbeat, seconds)
    return StreamingResponse(body, media_type="text/event-stream; charset=utf-8", headers=_NO_STORE)


def mixed_stream(parts: AsyncIterator[Part], heartbeat: float, seconds: float | None) -> StreamingResponse:
    """Each answer a part of one multipart answer."""
    kind = 'multipart/mixed; boundary="graphql"; subscriptionSpec="1.0"'
    return StreamingResponse(_mixed(parts, heartbeat, seconds), media_type=kind, headers=_NO_STORE)


async def _sse(parts: AsyncIterator[Part], heartbeat: float, seconds: float | None) -> AsyncIterator[bytes]:
    yield b":\n\n"
    async for part in _alive(parts, heartbeat, seconds):
        yield b":\n\n" if part is None else part.laid_out("sse", _sent_events)
        del part
    yield b"event: complete\ndata:\n\n"


def _sent_events(payloads: Sequence[Payload]) -> bytes:
    text = bytearray()
    for payload in payloads:
        mark = b"" if payload.cursor is None else b"id: " + payload.cursor.encode() + b"\n"
        text += b"event: next\n" + mark + b"data: " + payload.body + b"\n\n"
    return bytes(text)


async def _mixed(parts: AsyncIterator[Part], heartbeat: float, seconds: float | None) -> AsyncIterator[bytes]:
    async for part in _alive(parts, heartbeat, seconds):
        yield _MIXED_HEAD + b"{}" if part is None else part.laid_out("mixed", _mixed_parts)
        del part
    yield b"\r\n--graphql--\r\n"


def _mixed_parts(payloads: Sequence[Payload]) -> bytes:
    return b"".join(_MIXED_HEAD + b'{"payload":' + payload.body + b"}" for payload in payloads)


async def _alive(
    parts: AsyncIterator[Part], heartbeat: float, seconds: float | None
) -> AsyncIterator[Part | None]:
    """The parts, and None whenever nothing came for a while; an error ends the stream as an answer.

    After `seconds` the subscriber's token counts no more, and the stream ends with that.
    """
    clock = asyncio.get_running_loop().time
    end = clock() + seconds if seconds is not None else inf
    waiting: asyncio.Task[Part] | None = None
    try:
        while True:
            if clock() >= end:
                yield single(as_answer(Unauthenticated("the token has expired; sign in again")))
                return
            if waiting is None:
                waiting = asyncio.ensure_future(anext(parts))
            done, _ = await asyncio.wait({waiting}, timeout=max(0.0, min(heartbeat, end - clock())))
            if not done and clock() < end:
                yield None
            if not done:
                continue
            task, waiting = waiting, None
            try:
                part = task.result()
            except StopAsyncIteration:
                return
            except EmsError as error:
                yield single(as_answer(error))
                return
            except Exception as error:  # noqa: BLE001 - whatever it is, the subscriber is told that it has ended
                _log.error("stream_failed", exc_info=error)
                yield single(as_answer(Internal(MASKED)))
                return
            yield part
            # Who waits for the next events holds nothing of the last.
            del part, task
    finally:
        if waiting is not None:
            waiting.cancel()
            await asyncio.gather(waiting, return_exceptions=True)
        close = getattr(parts, "aclose", None)
        if close is not None:
            await close()
