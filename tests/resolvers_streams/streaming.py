"""A subscription as a client sees it over each of the three transports: answers, cursors, heartbeats."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import httpx
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

SOCKET, EVENTS, MIXED = "websocket", "event stream", "multipart"
TRANSPORTS = (SOCKET, EVENTS, MIXED)
PATIENCE = 20


class Stream:
    """One open subscription."""

    def __init__(self, payloads: AsyncIterator[dict[str, Any]]) -> None:
        self._payloads = payloads
        self.beats = 0
        self.leave: Callable[[], Awaitable[None]] = _stay
        self.marks: list[str] = []
        """Ids of server-sent events."""

    async def next(self) -> dict[str, Any]:
        """The next answer, heartbeats left out."""
        async with asyncio.timeout(PATIENCE):
            return await anext(self._payloads)

    async def take(self, count: int, field: str = "alarms") -> list[dict[str, Any]]:
        """The next events."""
        found = []
        for _ in range(count):
            payload = await self.next()
            assert "errors" not in payload, payload
            found.append(payload["data"][field])
        return found

    async def code(self) -> str:
        """The error's code that the next answer holds."""
        return (await self.next())["errors"][0]["extensions"]["code"]

    async def rest(self) -> list[dict[str, Any]]:
        """What comes until the server ends it."""
        async with asyncio.timeout(PATIENCE):
            return [payload async for payload in self._payloads]

    async def close(self) -> None:
        """Leaves without a word."""
        await self.leave()

    async def beaten(self, count: int) -> int:
        """Waits for so many heartbeats; nothing else may come."""
        waiting = asyncio.ensure_future(anext(self._payloads))
        async with asyncio.timeout(PATIENCE):
            while self.beats < count:
                done, _ = await asyncio.wait({waiting}, timeout=0.01)
                assert not done
        waiting.cancel()
        await asyncio.wait({waiting})
        return self.beats


async def _stay() -> None:
    """Ends with the block."""


@asynccontextmanager
async def streamed(
    url: str, transport: str, query: str, variables: dict[str, Any] | None = None, last: str | None = None
) -> AsyncIterator[Stream]:
    """Subscribes as long as the block lasts."""
    asked = {"query": query, "variables": variables or {}}
    if transport == SOCKET:
        async with over_socket(url, asked) as stream:
            yield stream
        return
    headers = {"Accept": "text/event-stream" if transport == EVENTS else "multipart/mixed"}
    if last is not None:
        headers["Last-Event-ID"] = last
    async with (
        httpx.AsyncClient(timeout=PATIENCE) as client,
        client.stream("POST", f"{url}/graphql", json=asked, headers=headers) as answer,
    ):
        assert answer.status_code == 200, await answer.aread()
        stream = Stream(iter(()))  # type: ignore[arg-type]
        stream._payloads = events_of(answer, stream) if transport == EVENTS else parts_of(answer, stream)
        yield stream


@asynccontextmanager
async def over_socket(url: str, asked: dict[str, Any]) -> AsyncIterator[Stream]:
    protocol = Subprotocol("graphql-transport-ws")
    async with connect(f"ws{url[4:]}/graphql", subprotocols=[protocol], compression=None) as socket:
        await socket.send('{"type":"connection_init"}')
        await socket.send(json.dumps({"id": "1", "type": "subscribe", "payload": asked}))
        stream = Stream(iter(()))  # type: ignore[arg-type]
        stream._payloads = messages_of(socket, stream)
        stream.leave = socket.close
        yield stream


async def messages_of(socket: ClientConnection, stream: Stream) -> AsyncIterator[dict[str, Any]]:
    async for text in socket:
        message = json.loads(text)
        match message["type"]:
            case "next":
                yield message["payload"]
            case "error":
                yield {"errors": message["payload"]}
                return
            case "ping":
                stream.beats += 1
            case "complete":
                return


async def events_of(answer: httpx.Response, stream: Stream) -> AsyncIterator[dict[str, Any]]:
    event: dict[str, str] = {}
    async for line in answer.aiter_lines():
        if line == ":":
            stream.beats += 1
        elif line:
            name, _, value = line.partition(": ")
            event[name] = value
        elif event:
            if event["event"] == "complete":
                return
            if "id" in event:
                stream.marks.append(event["id"])
            yield json.loads(event["data"])
            event = {}


async def parts_of(answer: httpx.Response, stream: Stream) -> AsyncIterator[dict[str, Any]]:
    text = ""
    async for piece in answer.aiter_text():
        *parts, text = (text + piece).split("\r\n--graphql")
        # A part's end shows only with the next boundary, so what looks whole is taken at once.
        for part in [*parts, text]:
            head, found, body = part.partition("\r\n\r\n")
            if not found or "application/json" not in head or not body.strip().endswith("}"):
                continue
            if part is text:
                text = ""
            told = json.loads(body)
            if told:
                yield told["payload"]
            else:
                stream.beats += 1
        if text.startswith("--"):
            return
