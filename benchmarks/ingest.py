"""Alarms a second that are posted, kept and answered, on SQLite and, where one answers, on PostgreSQL.

EMS_BENCH_POSTGRES names a database that may be filled; without it one is made, and dropped, at the local server.
"""

import asyncio
import os
import sys
import time
from typing import Any

import aiohttp
import orjson
import uvloop

from benchmarks.databases import SERVER, postgres
from benchmarks.gateway import ALARM_PATH, gateway, posted_alarm
from benchmarks.servers import LOAD_CORE, Server, load_average, posted
from benchmarks.told import Told, table

ALARMS = int(os.environ.get("EMS_BENCH_ALARMS", "20000"))
BATCH = 50
CONNECTIONS = 16
GOALS = {"SQLite": 5_000, "PostgreSQL": 10_000}


def run() -> Told:
    """Both databases."""
    rows = _on("SQLite", None)
    left_out = []
    with postgres() as storage:
        if storage is None:
            left_out.append(f"Left out: PostgreSQL, since none answers at {SERVER}.")
        else:
            rows += _on("PostgreSQL", storage)
    head = [
        "database",
        "alarms in a request",
        "alarms/s",
        "CPU ms an alarm",
        "p99 of a request ms",
        "kept",
        "goal",
    ]
    return Told("ingest", [table(head, rows), *left_out, f"Load average: {load_average()}."])


def _on(name: str, storage: str | None) -> list[list[str]]:
    rows = []
    for batch in (1, BATCH):
        with gateway("http://127.0.0.1:9", storage=storage) as server:
            rows.append(_posted(name, server, batch))
    return rows


def _posted(name: str, server: Server, batch: int) -> list[str]:
    count = ALARMS if batch > 1 else ALARMS // 5
    mark = int(time.time())
    before = server.cpu_seconds()
    seconds, taken = uvloop.run(_flood(server.url + "/ingest/omc" + ALARM_PATH, count, batch, mark))
    cpu = (server.cpu_seconds() - before) * 1000 / count
    body = {"query": f'{{ alarms(first: 1, filter: {{search: "flood {mark}"}}) {{ totalCount }} }}'}
    kept = posted(f"{server.url}/graphql", body)["data"]["alarms"]["totalCount"]
    if kept != count:
        raise RuntimeError(f"{count} alarms were answered, {kept} are kept")
    p99 = sorted(taken)[int(len(taken) * 0.99)] * 1000
    return [
        name,
        str(batch),
        f"{count / seconds:,.0f}",
        f"{cpu:.3f}",
        f"{p99:.0f}",
        f"{kept:,}",
        f"{GOALS[name]:,}",
    ]


async def _flood(url: str, count: int, batch: int, mark: int) -> tuple[float, list[float]]:
    os.sched_setaffinity(0, {LOAD_CORE})
    bodies = [
        orjson.dumps(
            [
                {**posted_alarm(number, code=number), "specificProblem": f"flood {mark} {number}"}
                for number in range(first, min(first + batch, count))
            ]
        )
        for first in range(0, count, batch)
    ]
    queue = iter(bodies)
    taken: list[float] = []

    async def work(session: aiohttp.ClientSession) -> None:
        for body in queue:
            began = time.perf_counter()
            async with session.post(url, data=body, headers={"Content-Type": "application/json"}) as answer:
                text: Any = await answer.read()
                if answer.status != 200:
                    sys.exit(f"refused: {text[:300]!r}")
            taken.append(time.perf_counter() - began)

    async with aiohttp.ClientSession() as session:
        started = time.perf_counter()
        await asyncio.gather(*(work(session) for _ in range(CONNECTIONS)))
        return time.perf_counter() - started, taken
