"""Loaders: what many fields ask for in one tick is asked of the source once, or a few at a time."""

import asyncio
from collections.abc import Awaitable, Callable, Hashable
from typing import Any, Generic, TypeVar

from adapters.errors import TooComplex

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

AT_ONCE = 8
"""Calls that go to one source at the same time where it has no list or batch operation."""


class Loader(Generic[K, V]):
    """Collects the keys of one tick and hands them to one call; an answer, or an exception in its place, is kept."""

    def __init__(self, batch: Callable[[tuple[K, ...]], Awaitable[dict[K, V]]]) -> None:
        self._batch = batch
        self._futures: dict[K, asyncio.Future[V | None]] = {}
        self._waiting: list[K] = []
        self._task: asyncio.Task[None] | None = None

    def load(self, key: K) -> Awaitable[V | None]:
        """What the batch gives for the key, None where it gives nothing."""
        future = self._futures.get(key)
        if future is None:
            future = asyncio.get_running_loop().create_future()
            self._futures[key] = future
            if not self._waiting:
                asyncio.get_running_loop().call_soon(self._dispatch)
            self._waiting.append(key)
        return future

    def prime(self, key: K, value: V) -> None:
        """Keeps what is known already."""
        if key not in self._futures:
            future: asyncio.Future[V | None] = asyncio.get_running_loop().create_future()
            future.set_result(value)
            self._futures[key] = future

    def _dispatch(self) -> None:
        keys, self._waiting = tuple(self._waiting), []
        self._task = asyncio.create_task(self._run(keys))

    async def _run(self, keys: tuple[K, ...]) -> None:
        try:
            found = await self._batch(keys)
        except BaseException as error:  # noqa: BLE001 - handed on to whoever waits
            for key in keys:
                _fail(self._futures[key], error)
            return
        for key in keys:
            value = found.get(key)
            if isinstance(value, BaseException):
                _fail(self._futures[key], value)
            elif not self._futures[key].done():
                self._futures[key].set_result(value)


class Fan(Generic[K, V]):
    """Like a loader, for a source without a batch operation: a call for each key, few at once, never too many."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._futures: dict[K, asyncio.Future[V]] = {}
        self._waiting: list[tuple[K, Callable[[], Awaitable[V]]]] = []
        self._asked = 0
        self._tasks: set[asyncio.Task[None]] = set()

    def load(self, key: K, call: Callable[[], Awaitable[V]]) -> Awaitable[V]:
        """The call's answer; made once for each key."""
        future = self._futures.get(key)
        if future is None:
            future = asyncio.get_running_loop().create_future()
            self._futures[key] = future
            if not self._waiting:
                asyncio.get_running_loop().call_soon(self._dispatch)
            self._waiting.append((key, call))
        return future

    def _dispatch(self) -> None:
        calls, self._waiting = self._waiting, []
        self._asked += len(calls)
        if self._asked > self._limit:
            error = TooComplex(
                f"this needs {self._asked} calls to one source where {self._limit} are allowed; ask for fewer at once"
            )
            for key, _ in calls:
                _fail(self._futures[key], error)
            return
        queue = iter(calls)
        for _ in range(min(AT_ONCE, len(calls))):
            task = asyncio.create_task(self._work(queue))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _work(self, queue: Any) -> None:
        for key, call in queue:
            try:
                value = await call()
            except BaseException as error:  # noqa: BLE001 - handed on to whoever waits
                _fail(self._futures[key], error)
            else:
                if not self._futures[key].done():
                    self._futures[key].set_result(value)


def _fail(future: asyncio.Future[Any], error: BaseException) -> None:
    if not future.done():
        future.set_exception(error)
        # Nobody may be waiting any more; that is no reason for a warning.
        future.exception()
