"""Bodies of requests, read no further than they may be long."""

from starlette.requests import Request
from starlette.types import Message

from adapters.errors import BadInput


class TooLarge(BadInput):
    """A request is larger than the limit."""


async def body_of(request: Request, limit: int) -> bytes:
    """The whole body; TooLarge as soon as it is longer than the limit."""
    _refuse_long(request, limit)
    chunks: list[bytes] = []
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > limit:
            raise TooLarge(f"a request has at most {limit} bytes")
        chunks.append(chunk)
    return b"".join(chunks)


def bounded(request: Request, limit: int) -> Request:
    """The same request, whose body ends in TooLarge where it is longer than the limit."""
    _refuse_long(request, limit)
    size = 0
    receive = request.receive

    async def counted() -> Message:
        nonlocal size
        message = await receive()
        size += len(message.get("body", b""))
        if size > limit:
            raise TooLarge(f"an upload has at most {limit} bytes")
        return message

    return Request(request.scope, counted)


def _refuse_long(request: Request, limit: int) -> None:
    told = request.headers.get("content-length", "")
    if told.isdecimal() and int(told) > limit:
        raise TooLarge(f"a request has at most {limit} bytes")
