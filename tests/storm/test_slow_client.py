"""A client that reads nothing costs the server no memory that grows, and catches up when it reads again."""

import asyncio
import json

import httpx
import pytest
from websockets.asyncio.client import connect
from websockets.typing import Subprotocol

from tests.storm.alarms import event
from tests.storm.gateway import INGEST, configured, resident_mb, running
from tests.storm.storming import begin

EVENTS = 5_000
CLIENTS = 20
WIDE = " ".join(f"t{i}: additionalText" for i in range(8))
ASKED = f"subscription($after: String) {{ alarms(after: $after) {{ cursor alarm {{ {WIDE} }} }} }}"
BOUND_MB = 150
"""Twenty clients behind by 5,000 events of 16 kB each would be 1,600 MB, were they kept for each."""


async def post(gateway, numbers) -> None:
    async with httpx.AsyncClient(timeout=60) as client:
        for start in range(numbers.start, numbers.stop, 100):
            part = range(start, min(start + 100, numbers.stop))
            body = [{**event(n), "alarmCode": n, "alarmStatus": 1} for n in part]
            wide = [{**one, "additionalText": "x" * 2000, "addInfo": "x" * 2000} for one in body]
            answer = await client.post(gateway.url + INGEST, json=wide)
            assert answer.status_code == 200, answer.text


async def opened(gateway, after: str):
    """A subscription whose socket is read only when the test does."""
    protocol = Subprotocol("graphql-transport-ws")
    socket = await connect(gateway.socket_url, subprotocols=[protocol], compression=None, max_queue=1)
    await socket.send('{"type":"connection_init"}')
    asked = {"query": ASKED, "variables": {"after": after}}
    await socket.send(json.dumps({"id": "1", "type": "subscribe", "payload": asked}))
    return socket


async def positions(socket, last: int) -> list[int]:
    found: list[int] = []
    while not found or found[-1] < last:
        message = json.loads(await asyncio.wait_for(socket.recv(), 30))
        if message["type"] == "next":
            found.append(int(message["payload"]["data"]["alarms"]["cursor"].partition(".")[2]))
    return found


@pytest.mark.timeout(110)
async def test_clients_that_read_nothing_cost_bounded_memory_and_catch_up(tmp_path, silent_omc):
    storage = f"sqlite+aiosqlite:///{tmp_path}/ems.db"
    with running(configured(tmp_path, storage, silent_omc, alarms_from="ingest")) as (gateway,):
        start = await begin(gateway, storage)
        await post(gateway, range(EVENTS))
        before = resident_mb(gateway.pid)
        sockets = [await opened(gateway, str(start)) for _ in range(CLIENTS)]
        await post(gateway, range(EVENTS, EVENTS + 100))
        grown = resident_mb(gateway.pid) - before
        caught_up = await positions(sockets[0], EVENTS + 101)
        for socket in sockets:
            socket.transport.abort()
    print(f"{before:.0f} MB before, {grown:.0f} MB more with {CLIENTS} clients that read nothing")

    assert caught_up == list(range(2, EVENTS + 102))
    assert grown < BOUND_MB
