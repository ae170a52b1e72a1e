"""Shared polls: however many watch, a source is asked once each interval, and only what changed is passed on."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Hashable
from typing import Any

Read = Callable[[], Awaitable[dict[Hashable, Any]]]
Sleep = Callable[[float], Awaitable[None]]


class Watcher:
    """One who watches: keeps the latest change of each key that he has not taken yet, so his memory is bounded."""

    def __init__(self) -> None:
        self._changes: dict[Hashable, Any] = {}
        self._ready = asyncio.Event()

    def tell(self, key: Hashable, value: Any) -> None:
        """Keeps a change until it is taken; a newer one of the same key takes its place."""
        self._changes[key] = value
        self._ready.set()

    async def take(self) -> list[Any]:
        """All changes since the last time, waiting for one if there is none."""
        await self._ready.wait()
        self._ready.clear()
        changes, self._changes = list(self._changes.values()), {}
        return changes


class Poll:
    """Reads keyed values each interval while anybody watches, and tells what is new or different."""

    def __init__(self, read: Read, interval: float, sleep: Sleep = asyncio.sleep) -> None:
        self._read = read
        self._interval = interval
        self._sleep = sleep
        self._watchers: set[Watcher] = set()
        self._known: dict[Hashable, Any] = {}
        self._task: asyncio.Task[None] | None = None

    async def changes(self) -> AsyncGenerator[Any, None]:
        """Values that changed after the first reading, until the iterator is closed."""
        watcher = Watcher()
        self._watchers.add(watcher)
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._run())
        try:
            while True:
                for value in await watcher.take():
                    yield value
        finally:
            self._watchers.discard(watcher)
            if not self._watchers and self._task is not None:
                self._task.cancel()
                self._task = None
                self._known = {}

    async def _run(self) -> None:
        first = True
        while True:
            found = await self._read()
            for key, value in found.items():
                if not first and self._known.get(key) != value:
                    for watcher in tuple(self._watchers):
                        watcher.tell(key, value)
            self._known |= found
            first = False
            await self._sleep(self._interval)


class Watches:
    """The shared polls of one process, made on first use."""

    def __init__(self, *, interval: float = 10.0, sleep: Sleep = asyncio.sleep) -> None:
        self.interval = interval
        self._sleep = sleep
        self._polls: dict[Hashable, Poll] = {}

    def poll(self, name: Hashable, read: Read) -> Poll:
        """The poll of a name."""
        poll = self._polls.get(name)
        if poll is None:
            poll = self._polls[name] = Poll(read, self.interval, self._sleep)
        return poll
