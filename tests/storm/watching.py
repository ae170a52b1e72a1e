"""Subscribers over graphql-transport-ws that resume by cursor wherever they get through."""

import asyncio
import json
import random
from array import array
from collections.abc import Sequence

import websockets
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

from tests.storm.gateway import Gateway

ASKED = "subscription($after: String) { alarms(after: $after) { cursor change alarm { additionalText } } }"
PAUSE = 0.2


class Seen:
    """What all subscribers of a storm were told at each position: the same."""

    def __init__(self) -> None:
        self.texts: dict[int, str] = {}
        self.contradictions: list[int] = []

    def note(self, position: int, text: str) -> None:
        if self.texts.setdefault(position, text) != text:
            self.contradictions.append(position)


class Subscriber:
    """Follows the alarms; `hop` says after how many events it leaves for another gateway."""

    def __init__(self, gateways: Sequence[Gateway], cursor: str, seen: Seen, turn: int, hop: int = 0) -> None:
        self._gateways = gateways
        self._cursor = cursor
        self._seen = seen
        self._turn = turn
        self._hop = hop
        self._chance = random.Random(turn)
        self.positions = array("Q")
        self.connections = 0
        self.refusals: list[str] = []
        self.last: int | None = None
        """The position at which it has seen everything; None until that is known."""

    @property
    def done(self) -> bool:
        return self.last is not None and bool(self.positions) and self.positions[-1] >= self.last

    async def run(self) -> None:
        """Returns once it has seen the last position."""
        while not self.done:
            gateway = self._gateways[self._turn % len(self._gateways)]
            self._turn += 1
            try:
                async with connect(
                    gateway.socket_url,
                    subprotocols=[Subprotocol("graphql-transport-ws")],
                    compression=None,
                    max_queue=256,
                    open_timeout=20,
                ) as socket:
                    self.connections += 1
                    await self._follow(socket)
                    # Left as a lost connection is, without waiting for what is still under way.
                    socket.transport.abort()
            except (OSError, TimeoutError, websockets.exceptions.WebSocketException):
                await asyncio.sleep(PAUSE * (1 + self._chance.random()))

    async def _follow(self, socket: ClientConnection) -> None:
        await socket.send('{"type":"connection_init"}')
        asked = {"query": ASKED, "variables": {"after": self._cursor}}
        await socket.send(json.dumps({"id": "1", "type": "subscribe", "payload": asked}))
        stay = self._chance.randint(self._hop // 2, self._hop * 2) if self._hop else None
        while not self.done and stay != 0:
            try:
                text = await asyncio.wait_for(socket.recv(decode=False), 1.0)
            except TimeoutError:
                continue
            message = json.loads(text)
            if message["type"] == "ping":
                await socket.send('{"type":"pong"}')
            elif message["type"] == "next":
                self._take(message["payload"])
                stay = None if stay is None else stay - 1
            elif message["type"] in ("error", "complete"):
                self.refusals.append(json.dumps(message))
                return

    def _take(self, payload: dict) -> None:
        told = payload["data"]["alarms"]
        self._cursor = told["cursor"]
        position = int(self._cursor.split(".")[1])
        self.positions.append(position)
        self._seen.note(position, told["alarm"]["additionalText"])
