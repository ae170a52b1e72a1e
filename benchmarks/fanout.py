"""Deliveries a second to many subscribers over graphql-transport-ws, beside Mercurius, and how late they come."""

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import orjson
import uvloop

from benchmarks.gateway import ALARM_PATH, gateway, posted_alarm
from benchmarks.lineup import OURS
from benchmarks.node import LeftOutError, installed
from benchmarks.servers import (
    LOAD_CORE,
    ROOT,
    SERVER_CORE,
    Server,
    cpu_seconds,
    free_port,
    load_average,
    running,
)
from benchmarks.told import Told, table
from benchmarks.watchers import MARK, Looking, Watcher, watching

SUBSCRIBERS = int(os.environ.get("EMS_BENCH_SUBSCRIBERS", "1000"))
TURNS = int(os.environ.get("EMS_BENCH_TURNS", "3"))
BURSTS, BURST = 3, 100
RATE, RATE_SECONDS = 200, float(os.environ.get("EMS_BENCH_SECONDS", "5"))
LOOKED_AT = 25
"""One client of so many reads what comes; the others count messages."""
GOAL = 60_000
INGEST = f"/ingest/omc{ALARM_PATH}"
DOCUMENT = """subscription Alarms {
  alarms { cursor change matches alarm { id title severity specificProblem status count } }
}"""
MERCURIUS = "Mercurius"

Start = Callable[[], AbstractContextManager[Server]]


@dataclass
class Figures:
    """What came of one server's turns."""

    bursts: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    p50: list[float] = field(default_factory=list)
    p99: list[float] = field(default_factory=list)
    p99_of_all: list[float] = field(default_factory=list)
    megabytes: float = 0.0


def run() -> Told:
    """Each server on one core in turns, all subscribers on the other."""
    servers: dict[str, Start] = {OURS: lambda: gateway("http://127.0.0.1:9")}
    left_out = []
    try:
        servers[MERCURIUS] = _mercurius()
    except LeftOutError as reason:
        left_out.append(f"Left out: {MERCURIUS}: {reason}.")
    figures = {name: Figures() for name in servers}
    events = {}
    for _ in range(TURNS):
        for name, start in servers.items():
            with start() as server:
                events[name] = _turn(server, figures[name])
            print(f"{name}: measured", file=sys.stderr, flush=True)
    if any(event != events[OURS] for event in events.values()):
        raise RuntimeError(f"they tell different events: {events}")
    quarter = SUBSCRIBERS // 4
    head = [
        "server",
        f"deliveries/s, bursts of {BURST} to {SUBSCRIBERS}",
        "gateway / it",
        "goal",
        "CPU us a delivery",
        f"p50 ms, {RATE} events/s to {quarter}",
        "p99 ms",
        f"p99 ms, to {SUBSCRIBERS}",
        "goal ms",
        "MB",
    ]
    ours = max(figures[OURS].bursts)
    rows = [
        [
            name,
            f"{max(found.bursts):,.0f}",
            f"{ours / max(found.bursts):.2f}",
            f"{GOAL:,}" if name == OURS else "twice it",
            f"{min(found.cpu):.2f}",
            f"{min(found.p50):.0f}",
            f"{min(found.p99):.0f}",
            f"{min(found.p99_of_all):.0f}" if found.p99_of_all else "",
            "250" if name == OURS else "",
            f"{found.megabytes:.0f}",
        ]
        for name, found in figures.items()
    ]
    told = (
        "All subscribers are in one process on the other core. The gateway keeps each event before it answers and"
        " tells it, Mercurius hands it to its pubsub alone. Who delivers less than a rate is not measured at it."
        f" Load average: {load_average()}."
    )
    return Told("fanout", [table(head, rows), *left_out, told])


def _mercurius() -> Start:
    folder = installed("node")

    def start() -> AbstractContextManager[Server]:
        port = free_port()
        command = ["node", "fanout.mjs", INGEST, str(port)]
        environment = {"NODE_ENV": "production"}
        return running(
            "fanout.mjs", command, core=SERVER_CORE, port=port, environment=environment, folder=folder
        )

    return start


def _turn(server: Server, kept: Figures) -> Any:
    """One turn; gives what a subscriber was told of an event that all servers get."""
    burst = _measured(server, SUBSCRIBERS, 0)
    kept.bursts.append(burst["burst"])
    kept.cpu.append(burst["cpu"])
    steady = _measured(server, SUBSCRIBERS // 4, RATE_SECONDS)
    kept.p50.append(steady["p50"])
    kept.p99.append(steady["p99"])
    if burst["burst"] > RATE * SUBSCRIBERS:
        kept.p99_of_all.append(_measured(server, SUBSCRIBERS, RATE_SECONDS)["p99"])
    kept.megabytes = max(kept.megabytes, server.megabytes())
    return burst["event"]


def _measured(server: Server, count: int, seconds: float) -> dict[str, Any]:
    asked = (server.port, server.process.pid, count, seconds)
    command = [sys.executable, "-m", "benchmarks.fanout", *map(str, asked)]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True, timeout=300)
    told: dict[str, Any] = orjson.loads(done.stdout)
    return told


async def measure(port: int, pid: int, count: int, seconds: float) -> dict[str, Any]:
    """Bursts, then a steady rate for so many seconds."""
    os.sched_setaffinity(0, {LOAD_CORE})
    url = f"http://127.0.0.1:{port}{INGEST}"
    makes: list[Callable[[], Watcher]] = [
        (lambda: Watcher(port, DOCUMENT)) if number % LOOKED_AT else (lambda: Looking(port, DOCUMENT))
        for number in range(count)
    ]
    async with watching(port, makes) as clients, aiohttp.ClientSession() as session:
        looking = [client for client in clients if isinstance(client, Looking)]
        await _post(session, url, [posted_alarm(1, code=int(time.time()))])
        await _all(clients, 1)
        event = _told(looking[0].last)
        best, used = 0.0, cpu_seconds(pid)
        for turn in range(1, BURSTS + 1):
            before = clients[0].messages
            began = time.perf_counter()
            await _post(session, url, [_event(turn * 100_000 + n) for n in range(BURST)])
            await _all(clients, before + BURST)
            best = max(best, BURST * count / (time.perf_counter() - began))
        if not seconds:
            cpu = (cpu_seconds(pid) - used) * 1e6 / (BURSTS * BURST * count)
            return {"burst": best, "cpu": cpu, "event": event}
        for client in looking:
            client.late.clear()
        before, number = clients[0].messages, 1_000_000
        pace = RATE // 10
        for _ in range(round(seconds * 10)):
            began = time.perf_counter()
            await _post(session, url, [_event(number + n) for n in range(pace)])
            number += pace
            await asyncio.sleep(max(0.0, 0.1 - (time.perf_counter() - began)))
        await _all(clients, before + number - 1_000_000)
        late = sorted(one for client in looking for one in client.late)
        return {"p50": late[len(late) // 2] * 1000, "p99": late[int(len(late) * 0.99)] * 1000}


def _told(message: bytes) -> Any:
    """An event without what each server makes up for itself."""
    event = orjson.loads(message)["payload"]["data"]["alarms"]
    return {**event, "cursor": "", "alarm": {**event["alarm"], "id": ""}}


async def _post(session: aiohttp.ClientSession, url: str, events: list[Any]) -> None:
    body = orjson.dumps(events)
    async with session.post(url, data=body, headers={"Content-Type": "application/json"}) as answer:
        if answer.status != 200:
            sys.exit(f"refused: {await answer.text()}")


def _event(number: int) -> dict[str, Any]:
    sent = f"{MARK[1:].decode()}{time.time():.6f}"
    return {**posted_alarm(number % 1000, code=number), "specificProblem": sent}


async def _all(clients: list[Watcher], messages: int) -> None:
    # Clients only count: to wake somebody with each message would be part of what is measured.
    while min(client.messages for client in clients) < messages:
        if any(client.errors or client.lost for client in clients):
            sys.exit(f"a subscription ended: {[client.errors for client in clients if client.errors][:1]}")
        await asyncio.sleep(0.005)


if __name__ == "__main__":
    port_, pid_, count_, seconds_ = sys.argv[1:5]
    print(orjson.dumps(uvloop.run(measure(int(port_), int(pid_), int(count_), float(seconds_)))).decode())
