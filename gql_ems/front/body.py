"""Bodies of requests, read no further than they may be long."""

from collections.abc import Mapping

from starlette.requests import ClientDisconnect
from starlette.types import Message, Receive

from adapters.errors import BadInput


class TooLarge(BadInput):
    """A request is larger than the limit."""


async def body_of(headers: Mapping[str, str], receive: Receive, limit: int) -> bytes:
    """The whole body; TooLarge as soon as it is longer than the limit, ClientDisconnect where the client has left."""
    _refuse_long(headers, limit)
    chunks: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientDisconnect
        chunk = message.get("body", b"")
        size += len(chunk)
        if size > limit:
            raise TooLarge(f"a request has at most {limit} bytes")
        chunks.append(chunk)
        if not message.get("more_body", False):
            return b"".join(chunks)


def bounded(headers: Mapping[str, str], receive: Receive, limit: int) -> Receive:
    """The same messages; TooLarge where a body of them is longer than the limit."""
    _refuse_long(headers, limit)
    size = 0

    async def counted() -> Message:
        nonlocal size
        message = await receive()
        size += len(message.get("body", b""))
        if size > limit:
            raise TooLarge(f"an upload has at most {limit} bytes")
        return message

    return counted


def _refuse_long(headers: Mapping[str, str], limit: int) -> None:
    told = headers.get("content-length", "")
    if told.isdecimal() and int(told) > limit:
        raise TooLarge(f"a request has at most {limit} bytes")
