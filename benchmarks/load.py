"""The load: so many connections, each sends its next request once it has the last answer.

    python -m benchmarks.load JSON

The argument holds port, path, headers, body, connections and seconds; `@@` in path or body becomes a number that no
other request under way has; with a `prefix` it becomes the two of them in base64, as the graph writes its ids. It
prints one JSON object: requests a second, percentiles in ms, and what went wrong. What is under way at the end is
awaited, so `answers` is the number of all requests that were sent; only those within the time count as a second's.
"""

import asyncio
import sys
import time
from base64 import urlsafe_b64encode
from contextlib import suppress
from typing import Any

import orjson
import uvloop

MARK = b"@@"
PATIENCE = 20
"""Seconds to wait for the last answers."""
SPAN = 97
"""So many different requests come in turn: more than connections, so that no two are equal at once."""


class Run:
    """What all connections of a run share."""

    def __init__(self, asked: dict[str, Any]) -> None:
        self.path = str(asked["path"]).encode()
        body = asked.get("body")
        self.body = b"" if body is None else orjson.dumps(body)
        self.headers = "".join(f"{k}: {v}\r\n" for k, v in asked.get("headers", {}).items()).encode()
        self.method = b"POST" if body is not None else b"GET"
        self.number = int(asked.get("first", 0))
        self.prefix = str(asked.get("prefix", "")).encode()
        self.taken: list[float] = []
        self.bad = 0
        self.ended = False
        self.waiting = 0
        self.answered = asyncio.Event()

    def request(self) -> bytes:
        """The next request."""
        self.number += 1
        number = b"%06d" % (self.number % SPAN)
        if self.prefix:
            number = urlsafe_b64encode(self.prefix + number).rstrip(b"=")
        body, path = self.body.replace(MARK, number), self.path.replace(MARK, number)
        return (
            self.method
            + b" "
            + path
            + b" HTTP/1.1\r\nHost: 127.0.0.1\r\n"
            + self.headers
            + b"Content-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body)
            + body
        )


class Connection(asyncio.Protocol):
    """One client, which waits for its answer."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._data = b""
        self._sent = 0.0
        self._waits = False
        self._transport: Any = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begins."""
        self._transport = transport
        self._next()

    def connection_lost(self, _: Exception | None) -> None:
        """Counts an end that nobody asked for."""
        self._run.bad += self._waits
        self._answered()

    def data_received(self, data: bytes) -> None:
        """Takes the time of a whole answer and sends the next request."""
        self._data += data
        end = self._data.find(b"\r\n\r\n")
        if end < 0:
            return
        head = self._data[:end].lower()
        mark = head.find(b"content-length:")
        if mark >= 0:
            size = int(head[mark + 15 :].split(b"\r\n", 1)[0])
            if len(self._data) < end + 4 + size:
                return
        elif not self._data.endswith(b"0\r\n\r\n"):
            return
        self._run.taken.append(time.perf_counter() - self._sent)
        wrong = not head.startswith(b"http/1.1 200") or b'"errors"' in self._data
        self._run.bad += wrong
        self._data = b""
        self._answered()
        if not self._run.ended:
            self._next()

    def _answered(self) -> None:
        self._run.waiting -= self._waits
        self._waits = False
        if not self._run.waiting:
            self._run.answered.set()

    def _next(self) -> None:
        self._waits = True
        self._run.waiting += 1
        self._sent = time.perf_counter()
        self._transport.write(self._run.request())


def percentile(values: list[float], share: float) -> float:
    """The value that so many of them do not exceed; values are sorted."""
    return values[min(len(values) - 1, int(len(values) * share))] if values else 0.0


async def measure(asked: dict[str, Any]) -> dict[str, Any]:
    """Runs the load and tells what came of it."""
    run = Run(asked)
    loop = asyncio.get_running_loop()
    started = time.perf_counter()
    made = [
        await loop.create_connection(lambda: Connection(run), "127.0.0.1", asked["port"])
        for _ in range(asked["connections"])
    ]
    await asyncio.sleep(asked["seconds"])
    run.ended = True
    seconds, in_time = time.perf_counter() - started, len(run.taken)
    run.answered.clear()
    if run.waiting:
        with suppress(TimeoutError):
            await asyncio.wait_for(run.answered.wait(), PATIENCE)
    for transport, _ in made:
        transport.close()
    run.taken.sort()
    return {
        "rps": in_time / seconds,
        "answers": len(run.taken),
        "p50": percentile(run.taken, 0.5) * 1000,
        "p99": percentile(run.taken, 0.99) * 1000,
        "bad": run.bad,
        "last": run.number,
    }


if __name__ == "__main__":
    print(orjson.dumps(uvloop.run(measure(orjson.loads(sys.argv[1])))).decode())
