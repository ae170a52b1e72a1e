"""Elements that post alarms and send again whatever was not acknowledged."""

import asyncio
from collections.abc import Sequence

import httpx

from tests.storm.alarms import event, posts
from tests.storm.gateway import INGEST, Gateway

PAUSE = 0.2


class Posters:
    """Several elements at once, each with alarms of its own."""

    def __init__(self, gateways: Sequence[Gateway], events: int, posters: int = 8) -> None:
        self._gateways = gateways
        self._events = events
        self._posters = posters
        self.acknowledged = 0
        self.sent_again = 0
        self._changed = asyncio.Condition()

    async def run(self) -> None:
        """Returns once everything is acknowledged."""
        async with asyncio.TaskGroup() as group:
            for poster in range(self._posters):
                group.create_task(self._post_all(poster))

    async def acknowledge_count(self, wanted: int) -> None:
        """Waits until so many events are acknowledged."""
        async with self._changed:
            await self._changed.wait_for(lambda: self.acknowledged >= wanted)

    async def _post_all(self, poster: int) -> None:
        async with httpx.AsyncClient(timeout=30) as client:
            for number, numbers in enumerate(posts(poster, self._posters, self._events)):
                body = [event(one) for one in numbers]
                await self._post(client, poster + number, body if len(body) > 1 else body[0])
                async with self._changed:
                    self.acknowledged += len(numbers)
                    self._changed.notify_all()

    async def _post(self, client: httpx.AsyncClient, turn: int, body: object) -> None:
        while True:
            gateway = self._gateways[turn % len(self._gateways)]
            turn += 1
            try:
                answer = await client.post(gateway.url + INGEST, json=body)
            except httpx.TransportError:
                answer = None
            if answer is not None and answer.status_code == 200:
                return
            assert answer is None or answer.status_code >= 500, answer.text
            self.sent_again += 1
            await asyncio.sleep(PAUSE)
