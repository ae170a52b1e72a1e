"""Reads beside a write: what began before the write was told is joined by nobody afterwards, and kept for nobody."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from depot import Clock, Depot, Socket, get_thing, json, rename_thing, settings

from adapters.gateway import Gateway
from adapters.network import network_transport


class Desk(Socket):
    """A source that answers each request only when it is told to: `METHOD number`, counted from 1."""

    def __init__(self) -> None:
        super().__init__(())
        self._seen: defaultdict[str, int] = defaultdict(int)
        self._arrived: defaultdict[str, asyncio.Event] = defaultdict(asyncio.Event)
        self._answers: defaultdict[str, asyncio.Future[bytes]] = defaultdict(
            lambda: asyncio.get_running_loop().create_future()
        )
        self._answers["POST 1"].set_result(json({"token": "one"}))

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        line = (await reader.readuntil(b"\r\n\r\n")).decode()
        method = line.split()[0]
        self._seen[method] += 1
        turn = f"{method} {self._seen[method]}"
        self._arrived[turn].set()
        writer.write(await self._answers[turn])
        await writer.drain()
        writer.close()

    async def arrived(self, turn: str) -> None:
        """Waits until that request is there."""
        async with asyncio.timeout(5):
            await self._arrived[turn].wait()

    def tell(self, turn: str, name: str = "") -> None:
        """Answers a request."""
        self._answers[turn].set_result(json({"code": 0, "data": {"id": "7", "name": name}}))

    def reads(self) -> int:
        """How many reads have come in."""
        return self._seen["GET"]


@asynccontextmanager
async def gateway_over(desk: Desk, **more: float) -> AsyncIterator[Gateway]:
    server = await asyncio.start_server(desk.serve, "127.0.0.1", 0)
    made = settings(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", **more)
    clock = Clock()
    gateway = Gateway(Depot(made), network_transport(made), clock=clock, monotonic=clock)
    try:
        yield gateway
    finally:
        await gateway.close()
        server.close()
        await server.wait_closed()


@pytest.fixture
async def desk() -> Desk:
    return Desk()


def reading(gateway: Gateway) -> asyncio.Task:
    return asyncio.create_task(gateway.send(get_thing("7")))


async def test_a_read_that_began_before_a_write_is_joined_by_nobody_who_asks_during_it(desk):
    async with gateway_over(desk) as gateway:
        early = reading(gateway)
        await desk.arrived("GET 1")
        write = asyncio.create_task(gateway.send(rename_thing("7", "valve")))
        await desk.arrived("PUT 1")
        during = reading(gateway)
        await desk.arrived("GET 2")
        for turn, name in (("GET 1", "pump"), ("GET 2", "valve"), ("PUT 1", "")):
            desk.tell(turn, name)

        assert [(await early).name, (await during).name, await write] == ["pump", "valve", None]


async def test_a_read_that_began_during_a_write_is_joined_by_nobody_who_asks_after_it(desk):
    async with gateway_over(desk) as gateway:
        write = asyncio.create_task(gateway.send(rename_thing("7", "valve")))
        await desk.arrived("PUT 1")
        during = [reading(gateway), reading(gateway)]
        await desk.arrived("GET 1")
        desk.tell("PUT 1")
        await write
        after = [reading(gateway), reading(gateway)]
        await desk.arrived("GET 2")
        desk.tell("GET 2", "valve")
        desk.tell("GET 1", "pump")

        assert [(await one).name for one in (*during, *after)] == ["pump", "pump", "valve", "valve"]
        assert desk.reads() == 2


async def test_a_read_that_began_during_a_write_is_not_kept(desk):
    async with gateway_over(desk, ttl_seconds=30) as gateway:
        write = asyncio.create_task(gateway.send(rename_thing("7", "valve")))
        await desk.arrived("PUT 1")
        during = reading(gateway)
        await desk.arrived("GET 1")
        desk.tell("PUT 1")
        await write
        desk.tell("GET 1", "pump")
        await during
        after = reading(gateway)
        await desk.arrived("GET 2")
        desk.tell("GET 2", "valve")

        assert [(await after).name, (await gateway.send(get_thing("7"))).name] == ["valve", "valve"]
        assert desk.reads() == 2


async def test_a_write_that_is_left_lets_go_of_reads_as_well(desk):
    async with gateway_over(desk) as gateway:
        write = asyncio.create_task(gateway.send(rename_thing("7", "valve")))
        await desk.arrived("PUT 1")
        during = reading(gateway)
        await desk.arrived("GET 1")
        write.cancel()
        await asyncio.wait([write])
        after = reading(gateway)
        await desk.arrived("GET 2")
        desk.tell("GET 1", "pump")
        desk.tell("GET 2", "valve")

        assert [(await during).name, (await after).name] == ["pump", "valve"]
        desk.tell("PUT 1")
