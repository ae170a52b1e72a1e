"""Deliveries a second to many subscribers over graphql-transport-ws, and how late they come at a steady rate."""

import asyncio
import base64
import os
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import orjson
import uvloop

from benchmarks.gateway import ALARM_PATH, gateway, posted_alarm
from benchmarks.servers import LOAD_CORE, ROOT, Server, load_average
from benchmarks.told import Told, table

SUBSCRIBERS = int(os.environ.get("EMS_BENCH_SUBSCRIBERS", "1000"))
BURST = 100
RATE, RATE_SECONDS = 200, 5
LOOKED_AT = 25
"""One client of so many reads what comes; the others count messages."""
DOCUMENT = """subscription Alarms {
  alarms { cursor change matches alarm { id title severity specificProblem status count } }
}"""


class Client(asyncio.Protocol):
    """A subscriber on a bare socket: it counts messages, since parsing all of them would be what is measured."""

    def __init__(self, port: int, *, looks: bool) -> None:
        self._port = port
        self._looks = looks
        self._left = b""
        self._open = False
        self._transport: Any = None
        self.messages = 0
        self.late: list[float] = []
        self.acknowledged: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Asks for the WebSocket."""
        self._transport = transport
        key = base64.b64encode(os.urandom(16)).decode()
        self._transport.write(
            f"GET /graphql HTTP/1.1\r\nHost: 127.0.0.1:{self._port}\r\nUpgrade: websocket\r\n"
            f"Connection: Upgrade\r\nSec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n"
            "Sec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n".encode()
        )

    def data_received(self, data: bytes) -> None:
        """Takes frames."""
        data = self._left + data
        if not self._open:
            end = data.find(b"\r\n\r\n")
            if end < 0:
                self._left = data
                return
            data = data[end + 4 :]
            self._open = True
            self._send({"type": "connection_init"})
            self._send({"id": "1", "type": "subscribe", "payload": {"query": DOCUMENT}})
        at = 0
        while len(data) - at >= 2:
            size, head = data[at + 1] & 127, 2
            if size == 126:
                if len(data) - at < 4:
                    break
                size, head = int.from_bytes(data[at + 2 : at + 4], "big"), 4
            if len(data) - at < head + size:
                break
            self._message(data[at + head : at + head + size])
            at += head + size
        self._left = data[at:]

    def _message(self, text: bytes) -> None:
        if text.startswith(b'{"id":"1","type":"next"'):
            self.messages += 1
            if self._looks:
                mark = text.find(b'"sent ')
                if mark >= 0:
                    self.late.append(time.time() - float(text[mark + 6 : text.index(b'"', mark + 6)]))
        elif not self.acknowledged.done() and b"connection_ack" in text:
            self.acknowledged.set_result(None)

    def _send(self, message: Any) -> None:
        text = orjson.dumps(message)
        mask = b"\0\0\0\0"
        size = bytes([128 | len(text)]) if len(text) < 126 else bytes([254]) + len(text).to_bytes(2, "big")
        self._transport.write(b"\x81" + size + mask + text)


@asynccontextmanager
async def subscribed(port: int, count: int) -> AsyncIterator[list[Client]]:
    """So many subscribers, all of them acknowledged."""
    loop = asyncio.get_running_loop()
    clients = []
    for number in range(count):
        looks = number % LOOKED_AT == 0
        _, client = await loop.create_connection(
            lambda looks=looks: Client(port, looks=looks), "127.0.0.1", port
        )
        clients.append(client)
        await client.acknowledged
    await asyncio.sleep(1)
    yield clients


async def _post(session: aiohttp.ClientSession, url: str, events: list[Any]) -> None:
    body = orjson.dumps(events)
    async with session.post(url, data=body, headers={"Content-Type": "application/json"}) as answer:
        if answer.status != 200:
            sys.exit(f"refused: {await answer.text()}")


def _event(number: int) -> dict[str, Any]:
    return {**posted_alarm(number % 1000, code=number), "specificProblem": f"sent {time.time():.6f}"}


async def measure(port: int, count: int, seconds: int) -> dict[str, float]:
    """Bursts, then a steady rate for so many seconds."""
    os.sched_setaffinity(0, {LOAD_CORE})
    url = f"http://127.0.0.1:{port}/ingest/omc{ALARM_PATH}"
    async with subscribed(port, count) as clients, aiohttp.ClientSession() as session:
        await _post(session, url, [_event(1)])
        await _all(clients, 1)
        best = 0.0
        for turn in range(1, 4):
            before = clients[0].messages
            began = time.perf_counter()
            await _post(session, url, [_event(turn * 100_000 + n) for n in range(BURST)])
            await _all(clients, before + BURST)
            best = max(best, BURST * count / (time.perf_counter() - began))
        for client in clients:
            client.late.clear()
        before, number = clients[0].messages, 1_000_000
        pace = RATE // 10
        for _ in range(seconds * 10):
            began = time.perf_counter()
            await _post(session, url, [_event(number + n) for n in range(pace)])
            number += pace
            await asyncio.sleep(max(0.0, 0.1 - (time.perf_counter() - began)))
        await _all(clients, before + number - 1_000_000)
        if not seconds:
            return {"burst": best}
        late = sorted(one for client in clients for one in client.late)
        return {
            "burst": best,
            "p50": late[len(late) // 2] * 1000,
            "p99": late[int(len(late) * 0.99)] * 1000,
            "seen": float(len(late)),
        }


async def _all(clients: list[Client], messages: int) -> None:
    # Clients only count: to wake somebody with each message would be part of what is measured.
    while min(client.messages for client in clients) < messages:  # noqa: ASYNC110 - see above
        await asyncio.sleep(0.005)


def run() -> Told:
    """One gateway on one core, all subscribers on the other."""
    with gateway("http://127.0.0.1:9") as server:
        found = _measured(server, SUBSCRIBERS, 0)
        steady = _measured(server, SUBSCRIBERS // 4, RATE_SECONDS)
        memory = server.megabytes()
    rows = [
        ["deliveries a second, bursts of 100 events", f"{found['burst']:,.0f}", "60,000"],
        [f"p50 from ingest to {SUBSCRIBERS // 4} clients at {RATE} events/s, ms", f"{steady['p50']:.0f}", ""],
        [
            f"p99 from ingest to {SUBSCRIBERS // 4} clients at {RATE} events/s, ms",
            f"{steady['p99']:.0f}",
            "250",
        ],
        ["memory, MB", f"{memory:.0f}", ""],
    ]
    told = f"{SUBSCRIBERS} subscribers, all clients in one process on the other core. Load average: {load_average()}."
    return Told("fanout", [table(["", "it", "goal"], rows), told])


def _measured(server: Server, count: int, seconds: int) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.fanout", str(server.port), str(count), str(seconds)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, timeout=300)
    told: dict[str, float] = orjson.loads(done.stdout)
    return told


if __name__ == "__main__":
    print(orjson.dumps(uvloop.run(measure(*map(int, sys.argv[1:4])))).decode())
