"""Subscribers on bare sockets: they take graphql-transport-ws apart as little as counting needs.

A client that parsed every message would be what is measured.
"""

import asyncio
import base64
import os
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import orjson

MARK = b'"sent '
"""Stands before the time at which an event was posted."""


class Watcher(asyncio.Protocol):
    """One subscriber."""

    def __init__(self, port: int, document: str, variables: dict[str, Any] | None = None) -> None:
        self._port = port
        self._asked = {"query": document, "variables": variables or {}}
        self._left = b""
        self._open = False
        self.transport: Any = None
        self.messages = 0
        self.errors: list[bytes] = []
        self.lost = False
        self.acknowledged: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Asks for the WebSocket."""
        self.transport = transport
        key = base64.b64encode(os.urandom(16)).decode()
        self.transport.write(
            f"GET /graphql HTTP/1.1\r\nHost: 127.0.0.1:{self._port}\r\nUpgrade: websocket\r\n"
            f"Connection: Upgrade\r\nSec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n"
            "Sec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n".encode()
        )

    def connection_lost(self, _: Exception | None) -> None:
        """Remembers that the server, or who holds this, ended it."""
        self.lost = True

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
        at = 0
        while len(data) - at >= 2:
            code, size, head = data[at] & 15, data[at + 1] & 127, 2
            if size >= 126:
                width = 2 if size == 126 else 8
                if len(data) - at < 2 + width:
                    break
                size, head = int.from_bytes(data[at + 2 : at + 2 + width], "big"), 2 + width
            if len(data) - at < head + size:
                break
            if code == 9:
                self._frame(0x8A, data[at + head : at + head + size])
            else:
                self._message(data[at + head : at + head + size])
            at += head + size
        self._left = data[at:]

    def received(self, text: bytes) -> None:
        """What a subclass does with an event."""

    def _message(self, text: bytes) -> None:
        kind = text[:40]
        if b'"next"' in kind:
            self.messages += 1
            self.received(text)
        elif b'"ping"' in kind:
            self._send({"type": "pong"})
        elif not self.acknowledged.done() and b'"connection_ack"' in text:
            self._send({"id": "1", "type": "subscribe", "payload": self._asked})
            self.acknowledged.set_result(None)
        elif b'"error"' in kind or b'"complete"' in kind:
            self.errors.append(text)

    def _send(self, message: Any) -> None:
        self._frame(0x81, orjson.dumps(message))

    def _frame(self, code: int, text: bytes) -> None:
        size = bytes([128 | len(text)]) if len(text) < 126 else bytes([254]) + len(text).to_bytes(2, "big")
        self.transport.write(bytes([code]) + size + b"\0\0\0\0" + text)


class Looking(Watcher):
    """One that reads what comes: the last event, and how late each was."""

    def __init__(self, port: int, document: str) -> None:
        super().__init__(port, document)
        self.last = b""
        self.late: list[float] = []

    def received(self, text: bytes) -> None:
        """Reads the time that stands in the event."""
        self.last = text
        mark = text.find(MARK)
        if mark >= 0:
            start = mark + len(MARK)
            self.late.append(time.time() - float(text[start : text.index(b'"', start)]))


@asynccontextmanager
async def watching(port: int, makes: list[Callable[[], Watcher]]) -> AsyncIterator[list[Watcher]]:
    """These subscribers, all of them acknowledged and subscribed."""
    loop = asyncio.get_running_loop()
    watchers = []
    for make in makes:
        _, watcher = await loop.create_connection(make, "127.0.0.1", port)
        watchers.append(watcher)
        await watcher.acknowledged
    await asyncio.sleep(1)
    try:
        yield watchers
    finally:
        for watcher in watchers:
            watcher.transport.abort()
