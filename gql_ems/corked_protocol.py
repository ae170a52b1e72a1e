"""uvicorn's HTTP protocol, which sends a turn's answers at its end, each head together with its body.

That is one packet instead of two, and a peer on the same machine is woken once for all answers of the turn: waking it
for each costs the server as much as making a small answer does.
"""

import asyncio
from collections.abc import Callable
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

HELD = 65_536
"""Bytes that are held back at most: more of them would hide from the server that a client reads slowly."""


class Corked:
    """A transport that sends what is written in one turn of the loop at its end."""

    def __init__(self, transport: asyncio.Transport, call_soon: Callable[[Callable[[], None]], Any]) -> None:
        self.transport = transport
        self.is_closing = transport.is_closing
        self._call_soon = call_soon
        self._held: list[bytes] = []
        self._size = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self.transport, name)

    def write(self, data: bytes) -> None:
        """Holds bytes back, no longer than for this turn."""
        if not self._held:
            self._call_soon(self.flush)
        self._held.append(data)
        self._size += len(data)
        if self._size > HELD:
            self.flush()

    def flush(self) -> None:
        """Sends what is held back."""
        if self._held:
            held, self._held, self._size = self._held, [], 0
            self.transport.write(b"".join(held))

    def close(self) -> None:
        """Sends what is held back, and then ends the connection."""
        self.flush()
        self.transport.close()


class CorkedProtocol(HttpToolsProtocol):
    """Lets what is written wait for the end of its turn."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begins."""
        self._corked = Corked(transport, self.loop.call_soon)
        super().connection_made(self._corked)  # type: ignore[arg-type]

    def handle_websocket_upgrade(self) -> None:
        """Hands the connection on as it is: frames are put together by who writes them."""
        self.transport = self._corked.transport
        super().handle_websocket_upgrade()
