"""The connections to one source: kept, few, handed on to whoever has waited longest."""

import ssl
from asyncio import AbstractEventLoop, CancelledError, Task, current_task, get_running_loop, timeout
from collections import deque
from functools import cache
from urllib.parse import urlsplit

from adapters.connection import Connection, Exchange, HungUp
from adapters.exchange import Response

KEPT_SECONDS = 30.0
"""A connection that nobody needed that long is closed."""


class Pool:
    """Makes connections to one host as they are needed, at most `limit` at once."""

    def __init__(self, url: str, *, limit: int, seconds: float, verify_tls: bool) -> None:
        told = urlsplit(url)
        self._host = told.hostname or ""
        self._port = told.port or (443 if told.scheme == "https" else 80)
        self._tls = told.scheme == "https"
        self._verify_tls = verify_tls
        self._limit = limit
        self._seconds = seconds
        self._idle: dict[Connection, float] = {}
        self._all: set[Connection] = set()
        self._queue: deque[Exchange] = deque()
        self._connecting: set[Task[None] | None] = set()
        self._tidying = False

    async def fetch(self, message: bytes, limit: int, *, repeatable: bool) -> Response:
        """The whole answer to a request.

        Raises TooMuch beyond `limit` bytes, CutOff, HungUp, OSError where no connection can be made, and TimeoutError
        where all of it takes longer than the pool's seconds. A source may close a kept connection just when a request
        goes out on it: a repeatable one goes out once more.
        """
        loop = get_running_loop()
        exchange = Exchange(message, limit, loop.create_future())
        timer = loop.call_later(self._seconds, exchange.expire)
        try:
            self._send(exchange, loop)
            try:
                return await exchange.answered
            except HungUp:
                if not (exchange.on_kept and repeatable):
                    raise
            exchange.answered = loop.create_future()
            self._wait(exchange, loop)
            return await exchange.answered
        except CancelledError:
            exchange.leave()
            raise
        finally:
            timer.cancel()

    async def close(self) -> None:
        """Closes every connection; who waits is told that the source hung up."""
        for task in tuple(self._connecting):
            if task is not None:
                task.cancel()
        waiting, self._queue = self._queue, deque()
        for exchange in waiting:
            exchange.fail(HungUp())
        for connection in tuple(self._all):
            connection.close()

    def freed(self, connection: Connection) -> None:
        """Gives a connection to whoever has waited longest; else it is kept."""
        while self._queue:
            exchange = self._queue.popleft()
            if not exchange.answered.done():
                connection.start(exchange)
                return
        loop = get_running_loop()
        self._idle[connection] = loop.time()
        if not self._tidying:
            self._tidying = True
            loop.call_later(KEPT_SECONDS, self._tidy, loop)

    def lost(self, connection: Connection) -> None:
        """A connection is gone; another is made where somebody waits."""
        self._all.discard(connection)
        self._idle.pop(connection, None)
        if self._queue:
            self._connect(get_running_loop())

    def _send(self, exchange: Exchange, loop: AbstractEventLoop) -> None:
        """Sends on the connection that was used last; where none is to spare, one is made or waited for."""
        while self._idle:
            connection, _ = self._idle.popitem()
            if connection.is_open():
                connection.start(exchange)
                return
        self._wait(exchange, loop)

    def _wait(self, exchange: Exchange, loop: AbstractEventLoop) -> None:
        self._queue.append(exchange)
        self._connect(loop)

    def _connect(self, loop: AbstractEventLoop) -> None:
        if len(self._all) + len(self._connecting) < self._limit:
            task = loop.create_task(self._connected(loop))
            self._connecting.add(task)
            task.add_done_callback(self._connecting.discard)

    async def _connected(self, loop: AbstractEventLoop) -> None:
        making = current_task()
        context = _tls_context(verified=self._verify_tls) if self._tls else None
        try:
            async with timeout(self._seconds):
                _, connection = await loop.create_connection(
                    lambda: Connection(self), self._host, self._port, ssl=context
                )
        except OSError as error:
            self._connecting.discard(making)
            self._refused(error, loop)
            return
        self._connecting.discard(making)
        self._all.add(connection)
        if connection.is_open():
            self.freed(connection)
        else:
            self.lost(connection)

    def _refused(self, error: OSError, loop: AbstractEventLoop) -> None:
        """Tells whoever has waited longest; for the next one it is tried anew."""
        while self._queue:
            exchange = self._queue.popleft()
            if not exchange.answered.done():
                exchange.fail(error)
                break
        if self._queue:
            self._connect(loop)

    def _tidy(self, loop: AbstractEventLoop) -> None:
        long_ago = loop.time() - KEPT_SECONDS
        for connection in [one for one, since in self._idle.items() if since <= long_ago]:
            del self._idle[connection]
            connection.close()
        self._tidying = bool(self._idle)
        if self._tidying:
            loop.call_later(KEPT_SECONDS / 2, self._tidy, loop)


@cache
def _tls_context(*, verified: bool) -> ssl.SSLContext:
    context = ssl.create_default_context()
    if not verified:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    context.set_alpn_protocols(["http/1.1"])
    return context
