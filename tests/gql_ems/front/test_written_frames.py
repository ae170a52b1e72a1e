"""The server writes frames as they were laid out, unless a client's extension or another server would have them else."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from gql_ems.framed_protocol import FramedProtocol
from gql_ems.front.frames import FRAMES, cut_frames
from gql_ems.front.payloads import Payload
from tests.gql_ems.serving import served

FRAME = b'"1"'.join(cut_frames([Payload(None, b'"' + b"x" * 60_000 + b'"')], 3))


class Writer:
    """An application that writes the same frame until it is refused, or so often."""

    def __init__(self, times: int = 10_000) -> None:
        self.times = times
        self.offered: list[bool] = []
        self.written = 0
        self.ended: asyncio.Future[BaseException | None] = asyncio.get_running_loop().create_future()

    async def __call__(self, scope: Any, _receive: Any, send: Any) -> None:
        await send({"type": "websocket.accept"})
        self.offered.append(FRAMES in scope["extensions"])
        try:
            while self.offered[-1] and self.written < self.times:
                await scope["extensions"][FRAMES]["write"](FRAME)
                self.written += 1
        except OSError as error:
            self.ended.set_result(error)
            return
        await send({"type": "websocket.close", "code": 1000})

    async def stands(self) -> int:
        """Waits until nothing more is written."""
        seen = -1
        while seen != self.written or not seen:
            seen = self.written
            await asyncio.sleep(0.1)
        return seen


@asynccontextmanager
async def connected(
    writer: Writer, compression: str | None = None, **served_as: Any
) -> AsyncIterator[ClientConnection]:
    async with (
        served(writer, **served_as) as url,
        connect(f"ws{url[4:]}", compression=compression, max_queue=1) as client,
    ):
        yield client


async def test_frames_arrive_in_their_order_and_before_the_close():
    writer = Writer(times=5)
    async with connected(writer) as client:
        found = [await client.recv() for _ in range(5)]
        with pytest.raises(ConnectionClosed):
            await client.recv()

    assert {len(text) for text in found} == {len(FRAME) - 4}
    assert client.close_code == 1000


async def test_who_does_not_read_is_written_no_more_until_he_does():
    writer = Writer()
    async with connected(writer) as client:
        stood = await writer.stands()
        for _ in range(stood):
            await client.recv()
        after = await writer.stands()
        client.transport.abort()

    assert stood < 300
    assert after > stood


async def test_who_has_gone_ends_the_writing():
    writer = Writer()
    async with connected(writer) as client:
        await writer.stands()
        client.transport.abort()
        async with asyncio.timeout(20):
            assert isinstance(await writer.ended, OSError)


async def test_frames_are_not_offered_where_they_would_be_compressed():
    writer = Writer()
    async with connected(writer, "deflate", ws=FramedProtocol, ws_per_message_deflate=True) as client:
        with pytest.raises(ConnectionClosed):
            await client.recv()

    assert writer.offered == [False]


async def test_other_servers_offer_none():
    writer = Writer()
    async with connected(writer, ws=WebSocketsSansIOProtocol) as client:
        with pytest.raises(ConnectionClosed):
            await client.recv()

    assert writer.offered == [False]
