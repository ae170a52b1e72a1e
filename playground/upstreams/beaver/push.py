"""The WebSocket side of the pretend Beaver IoT: who listens to which entities."""

import asyncio
from typing import Any

import orjson
from starlette.websockets import WebSocket, WebSocketDisconnect


class Hub:
    """Subscriptions, one set for each account, shared by all of its sockets."""

    def __init__(self) -> None:
        self._sockets: dict[str, list[WebSocket]] = {}
        self._keys: dict[str, set[str]] = {}
        self.complaints: list[str] = []

    def forget(self) -> None:
        """Forget what was subscribed; sockets stay open."""
        self._keys.clear()
        self.complaints.clear()

    def shown(self) -> dict[str, Any]:
        """Show sockets and subscribed keys by account, for tests."""
        accounts = {
            user_id: {"sockets": len(sockets), "entity_key": sorted(self._keys.get(user_id, set()))}
            for user_id, sockets in self._sockets.items()
            if sockets
        }
        return {"accounts": accounts, "complaints": list(self.complaints)}

    async def serve(self, socket: WebSocket, user_id: str, known: set[str]) -> None:
        """Hold one socket: echo heartbeats, take subscriptions, until it closes."""
        await socket.accept()
        self._sockets.setdefault(user_id, []).append(socket)
        try:
            while True:
                await self._take(socket, user_id, known, await socket.receive_text())
        except (WebSocketDisconnect, KeyError):
            # A binary frame has no text: the platform closes on it, too.
            pass
        finally:
            if socket in self._sockets.get(user_id, []):
                self._sockets[user_id].remove(socket)

    async def _take(self, socket: WebSocket, user_id: str, known: set[str], text: str) -> None:
        try:
            message = orjson.loads(text)
            kind = str(message["event_type"]).lower()
            payload = message["payload"]
        except (orjson.JSONDecodeError, TypeError, KeyError):
            self.complaints.append("WebSocket message is no {event_type, payload}")
            return
        if kind == "heartbeat":
            if payload != "ping":
                self.complaints.append("Heartbeat payload is not ping")
            await socket.send_text(text)
        elif kind == "exchange":
            keys = payload.get("entity_key") if isinstance(payload, dict) else None
            if not isinstance(keys, list) or not all(isinstance(key, str) for key in keys):
                self.complaints.append("Exchange payload has no list of entity_key")
                return
            self.complaints += [f"no such entity: {key}" for key in keys if key not in known]
            self._keys[user_id] = set(keys)
        else:
            self.complaints.append(f"unknown event_type: {kind[:40]}")

    async def push(self, changed: list[str]) -> int:
        """Tell every listening account which of its keys changed; says how many sockets were told."""
        told = 0
        for user_id, sockets in self._sockets.items():
            keys = [key for key in changed if key in self._keys.get(user_id, set())]
            if not keys:
                continue
            text = orjson.dumps({"event_type": "Exchange", "payload": {"entity_key": keys}}).decode()
            done = await asyncio.gather(*(one.send_text(text) for one in sockets), return_exceptions=True)
            told += sum(not isinstance(one, BaseException) for one in done)
        return told

    async def drop(self) -> int:
        """Close all sockets, as a restart of the platform would; says how many."""
        sockets = [socket for each in self._sockets.values() for socket in each]
        await asyncio.gather(*(one.close(1012) for one in sockets), return_exceptions=True)
        return len(sockets)
