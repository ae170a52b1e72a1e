"""The gateway's memory through an hour of storm: alarms raised and cleared without end, and slow subscribers beside fast ones.

EMS_BENCH_MINUTES says how long. The same alarms are raised and cleared in turn, so the open board stays as it is;
retention runs each minute and keeps the last few, so the journal does, too. What remains to grow is a leak.
"""

import asyncio
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import aiohttp
import orjson
import uvloop

from adapters.local.store import LocalStore
from benchmarks.gateway import ALARM_PATH, gateway, posted_alarm
from benchmarks.servers import LOAD_CORE, ROOT, WORK, Server, load_average
from benchmarks.told import Told, table
from benchmarks.watchers import Watcher, watching

MINUTES = float(os.environ.get("EMS_BENCH_MINUTES", "60"))
MINUTE = 60.0
RATE, PACE = 100, 10
"""Events a second, and requests that they come in."""
ALARMS = 500
"""They are all raised, then all cleared, and so on."""
FAST, SLOW, SILENT = 50, 10, 10
SIP_SECONDS = 4.0
"""A slow subscriber reads once and then rests so long, which is less than comes; a silent one never reads again.
Whoever the gateway gives up on comes back, with the last cursor that it saw.
"""
BUFFER = 16_384
"""Bytes that the kernel holds for one of them, so that the gateway feels it soon."""
KEPT = timedelta(minutes=2)
WARM_UP = 5
"""Minutes that are not judged: caches fill, the journal comes to its length. At most a quarter of the run."""
HEAD = ["minute", "MB", "CPU s", "journal at", "entries kept", "database MB"]
DOCUMENT = """subscription Alarms($after: String) {
  alarms(after: $after) { cursor change matches alarm { id title severity specificProblem status count } }
}"""
CURSOR = b'"cursor":"'


class Fast(Watcher):
    """Reads at once and holds the positions against each other: one follows the other."""

    def __init__(self, port: int) -> None:
        super().__init__(port, DOCUMENT)
        self.position = 0
        self.gaps = 0

    def received(self, text: bytes) -> None:
        """Takes the position out of the cursor."""
        position = int(_cursor(text).partition(b".")[2])
        self.gaps += self.position != 0 and position != self.position + 1
        self.position = position


class Late(Watcher):
    """Reads what the kernel holds for it and then rests until somebody wakes it."""

    def __init__(self, port: int, after: str | None) -> None:
        super().__init__(port, DOCUMENT, {"after": after})
        self.after = after

    @property
    def over(self) -> bool:
        """Whether the gateway gave up on it."""
        return self.lost or bool(self.errors)

    def received(self, text: bytes) -> None:
        """Keeps where it is."""
        self.after = _cursor(text).decode()

    def data_received(self, data: bytes) -> None:
        """Reads no further once it is subscribed."""
        super().data_received(data)
        if self.acknowledged.done():
            self.transport.pause_reading()


class Laggards:
    """Slow and silent subscribers; each is replaced once the gateway gave up on it."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._all: list[Late] = []
        self.replaced = 0
        self.expired = 0

    async def run(self) -> None:
        """Wakes the slow ones, until cancelled."""
        self._all = [await self._opened(None) for _ in range(SLOW + SILENT)]
        while True:
            for place, late in enumerate(self._all):
                if late.over:
                    late.transport.abort()
                    expired = any(b"CURSOR_EXPIRED" in error for error in late.errors)
                    self._all[place] = await self._opened(None if expired else late.after)
                    self.replaced += 1
                    self.expired += expired
                elif place < SLOW:
                    late.transport.resume_reading()
            await asyncio.sleep(SIP_SECONDS)

    async def _opened(self, after: str | None) -> Late:
        loop = asyncio.get_running_loop()
        transport, late = await loop.create_connection(
            lambda: Late(self._port, after), "127.0.0.1", self._port
        )
        transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, BUFFER)
        return late


def _cursor(text: bytes) -> bytes:
    start = text.index(CURSOR) + len(CURSOR)
    return text[start : text.index(b'"', start)]


def run() -> Told:
    """The gateway on one core, everything else on the other."""
    WORK.mkdir(parents=True, exist_ok=True)
    path = Path(mkdtemp(dir=WORK, prefix="storm-")) / "ems.db"
    with gateway("http://127.0.0.1:9", name="storm", storage=_storage(path)) as server:
        minutes, found = _watched(server, path)
    for file in path.parent.glob("ems.db*"):
        file.unlink()
    path.parent.rmdir()
    told = f"Load average: {load_average()}."
    return Told("storm", [_summary(minutes, found), table(HEAD, minutes), told])


def _watched(server: Server, path: Path) -> tuple[list[list[str]], dict[str, Any]]:
    """A row for each minute, weighed when the storm tells that one is over, and what it tells at its end."""
    command = [sys.executable, "-m", "benchmarks.storm", str(server.port), str(path)]
    rows: list[list[str]] = []
    found: dict[str, Any] = {}
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as storm:
        for line in storm.stdout or ():
            found = orjson.loads(line)
            if "kept" in found:
                cells = [f"{len(rows) + 1}", f"{server.megabytes():.0f}", f"{server.cpu_seconds():.1f}"]
                rows.append([*cells, f"{found['head']:,}", f"{found['kept']:,}", f"{found['megabytes']:.1f}"])
                print(" | ".join(rows[-1]), file=sys.stderr, flush=True)
    if storm.returncode or not rows or "gaps" not in found:
        raise RuntimeError("the storm ended early")
    return rows, found


def _summary(minutes: list[list[str]], found: dict[str, Any]) -> str:
    memory = [float(row[1]) for row in minutes]
    judged = memory[min(WARM_UP, len(memory) // 4) :]
    rows = [
        ["memory after the warm-up, MB", f"{judged[0]:.0f}"],
        ["memory at the end, MB", f"{judged[-1]:.0f}"],
        ["most after the warm-up, MB", f"{max(judged):.0f}"],
        ["events posted", f"{found['events']:,}"],
        [f"gaps in what {FAST} fast subscribers saw", f"{found['gaps']}"],
        ["fast subscribers that saw the last event", f"{found['through']} of {FAST}"],
        [
            f"slow subscribers given up, of {SLOW} slow and {SILENT} silent at a time",
            f"{found['replaced']:,}",
        ],
        ["of these, come back behind what is kept", f"{found['expired']:,}"],
    ]
    return table([f"{RATE} events/s for {MINUTES:g} minutes", ""], rows)


def _storage(path: Path) -> str:
    return f"sqlite+aiosqlite:///{path}"


async def measure(port: int, path: Path) -> dict[str, Any]:
    """The storm itself; a line a minute."""
    os.sched_setaffinity(0, {LOAD_CORE})
    makes: list[Callable[[], Watcher]] = [lambda: Fast(port)] * FAST
    store, laggards = LocalStore(_storage(path)), Laggards(port)
    async with watching(port, makes) as clients:
        fast = [client for client in clients if isinstance(client, Fast)]
        lagging = asyncio.create_task(laggards.run())
        posting = asyncio.create_task(_storm(port))
        while not posting.done():
            await asyncio.wait([posting], timeout=MINUTE)
            print(orjson.dumps(await _minute(store, path)).decode(), flush=True)
        await asyncio.sleep(5)
        head = (await store.journal.head()).position
        if lagging.done():
            lagging.result()
        lagging.cancel()
        await store.close()
        return {
            "events": await posting,
            "gaps": sum(client.gaps for client in fast),
            "through": sum(client.position == head for client in fast),
            "replaced": laggards.replaced,
            "expired": laggards.expired,
        }


async def _minute(store: LocalStore, path: Path) -> dict[str, Any]:
    """Retention, as the gateway's own runs once a day, and what the store holds after it."""
    await store.retention.run(store.journal.clock() - KEPT)
    head = await store.journal.head()
    megabytes = sum(file.stat().st_size for file in path.parent.glob("ems.db*")) / 1e6
    return {"head": head.position, "kept": head.position - head.low_water, "megabytes": megabytes}


async def _storm(port: int) -> int:
    url = f"http://127.0.0.1:{port}/ingest/omc{ALARM_PATH}"
    size, number, began = RATE // PACE, 0, time.monotonic()
    async with aiohttp.ClientSession(headers={"Content-Type": "application/json"}) as session:
        while time.monotonic() - began < MINUTES * MINUTE:
            body = orjson.dumps([_event(n) for n in range(number, number + size)])
            async with session.post(url, data=body) as answer:
                if answer.status != 200:
                    sys.exit(f"refused: {await answer.text()}")
            number += size
            await asyncio.sleep(max(0.0, began + number / RATE - time.monotonic()))
    return number


def _event(number: int) -> dict[str, Any]:
    turn, alarm = divmod(number, ALARMS)
    told = posted_alarm(alarm, code=alarm)
    at = time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime())
    return {**told, "eventTime": at, "alarmStatus": 1 - turn % 2, "additionalText": f"event {number}"}


if __name__ == "__main__":
    port_, path_ = sys.argv[1:3]
    print(orjson.dumps(uvloop.run(measure(int(port_), Path(path_)))).decode(), flush=True)
