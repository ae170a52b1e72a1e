"""One kept HTTP/1.1 connection: a request out, its whole answer back, then the next.

What is between the bytes is httptools' to find (llhttp, as in Node); here is what a call needs around it.
"""

import zlib
from asyncio import Future, Protocol, Transport
from functools import lru_cache
from typing import Any
from typing import Protocol as Interface

from httptools import HttpParserError, HttpParserUpgrade, HttpResponseParser

from adapters.exchange import Response

HEAD_BYTES = 64 * 1024
"""Longer heads are refused."""
_PACKED = frozenset({"gzip", "x-gzip", "deflate"})


class CutOff(Exception):
    """The source hung up in the middle of an answer, or sent what is no HTTP."""


class HungUp(CutOff):
    """The source hung up before a byte of the answer came."""


class TooMuch(Exception):
    """An answer is larger than allowed."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class Exchange:
    """A request, and whoever waits for its answer. `limit` is the most bytes that the answer may have, unpacked."""

    __slots__ = ("answered", "connection", "limit", "message", "on_kept")

    def __init__(self, message: bytes, limit: int, answered: "Future[Response]") -> None:
        self.message = message
        self.limit = limit
        self.answered = answered
        self.connection: Connection | None = None
        self.on_kept = False
        """Whether it went out on a connection that had carried others, which a source may close at any moment."""

    def fail(self, error: Exception) -> None:
        """Tells whoever waits what went wrong."""
        if not self.answered.done():
            self.answered.set_exception(error)

    def leave(self) -> None:
        """Nobody waits any more: what is half answered cannot be used for another request."""
        if self.connection is not None:
            self.connection.abort()

    def expire(self) -> None:
        """The time is over."""
        self.fail(TimeoutError())
        self.leave()


class Keeper(Interface):
    """Who is told when a connection is free for another request, and when it is gone."""

    def freed(self, connection: "Connection") -> None:
        """It may take another request."""

    def lost(self, connection: "Connection") -> None:
        """It is closed."""


class Connection(Protocol):
    """A connection that is made; it carries one exchange at a time."""

    def __init__(self, keeper: Keeper) -> None:
        self._keeper = keeper
        self._transport: Transport | None = None
        self._exchange: Exchange | None = None
        self._kept = False
        self._parser = _parser(self)
        self._clear()

    def _clear(self) -> None:
        self._headers: list[tuple[bytes, bytes]] = []
        self._chunks: list[bytes] = []
        self._size = 0
        self._head_size = 0
        self._begun = self._headed = self._done = self._keep = False
        self._failure: Exception | None = None

    def start(self, exchange: Exchange) -> None:
        """Sends a request; its answer goes to whoever waits for it."""
        exchange.on_kept = self._kept
        transport = self._transport
        if transport is None or transport.is_closing():
            exchange.fail(HungUp())
            return
        self._exchange = exchange
        exchange.connection = self
        transport.write(exchange.message)

    def is_open(self) -> bool:
        """Whether a request may go out on it, as far as anybody knows."""
        return self._transport is not None and not self._transport.is_closing()

    def close(self) -> None:
        """Closes it; who waits is told that it was cut off."""
        if self._transport is not None:
            self._transport.close()

    def abort(self) -> None:
        """Closes at once; who waits is not told, as he left."""
        self._leave()
        if self._transport is not None:
            self._transport.abort()

    # What the event loop calls.

    def connection_made(self, transport: Any) -> None:
        """Ready."""
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Part of an answer; what comes unasked ends the connection."""
        if self._exchange is None:
            self.abort()
            return
        self._begun = True
        sound = True
        try:
            self._parser.feed_data(data)
        except (HttpParserError, HttpParserUpgrade):
            # What comes behind a whole answer does not spoil it.
            sound = False
        if self._failure is not None:
            self._fail(self._failure)
        elif self._done:
            self._finish(keep=sound and self._keep)
        elif not sound:
            self._fail(CutOff())

    def connection_lost(self, error: Exception | None) -> None:
        """Closed by either side. An answer without a length ends here."""
        self._transport = None
        if self._exchange is not None:
            if self._headed and error is None and self._is_open_ended():
                self._finish(keep=False)
            else:
                self._fail(CutOff() if self._begun else HungUp())
        self._keeper.lost(self)

    # What the parser calls.

    def on_header(self, name: bytes, value: bytes) -> None:
        """One header; those behind a chunked body tell nothing."""
        if self._headed:
            return
        self._head_size += len(name) + len(value)
        if self._head_size > HEAD_BYTES:
            self._failure = CutOff()
            return
        self._headers.append((name, value))

    def on_headers_complete(self) -> None:
        """The body begins."""
        self._headed = True

    def on_body(self, chunk: bytes) -> None:
        """Part of the body."""
        self._size += len(chunk)
        if self._exchange is not None and self._size > self._exchange.limit:
            self._failure = TooMuch(self._parser.get_status_code())
            return
        self._chunks.append(chunk)

    def on_message_complete(self) -> None:
        """The answer is whole; what only says that one is coming (100, 103) is none."""
        if self._parser.get_status_code() < 200:
            self._headers = []
            self._headed = False
        else:
            self._done = True
            self._keep = self._parser.should_keep_alive()

    # What becomes of an exchange.

    def _finish(self, *, keep: bool) -> None:
        exchange = self._leave()
        assert exchange is not None
        try:
            answer = self._answer(exchange.limit)
        except (CutOff, TooMuch) as error:
            exchange.fail(error)
        else:
            if not exchange.answered.done():
                exchange.answered.set_result(answer)
        if keep and self.is_open():
            self._kept = True
            self._clear()
            self._keeper.freed(self)
        elif self._transport is not None:
            self._transport.abort()

    def _fail(self, error: Exception) -> None:
        exchange = self._leave()
        if exchange is not None:
            exchange.fail(error)
        if self._transport is not None:
            self._transport.abort()

    def _leave(self) -> Exchange | None:
        exchange, self._exchange = self._exchange, None
        if exchange is not None:
            exchange.connection = None
        return exchange

    def _is_open_ended(self) -> bool:
        told = {_lowered(name) for name, _ in self._headers}
        return not told & {"content-length", "transfer-encoding"}

    def _answer(self, limit: int) -> Response:
        status = self._parser.get_status_code()
        headers: dict[str, str] = {}
        for name, value in self._headers:
            key, text = _lowered(name), value.decode("utf-8", "surrogateescape")
            headers[key] = f"{headers[key]}, {text}" if key in headers else text
        chunks = self._chunks
        body = chunks[0] if len(chunks) == 1 else b"".join(chunks)
        encoding = headers.get("content-encoding")
        if encoding is not None and body and encoding.strip().lower() in _PACKED:
            body = _unpacked(body, limit, status)
        return Response(status=status, headers=headers, body=body)


def _parser(connection: Connection) -> HttpResponseParser:
    """A parser that forgives what browsers forgive, too."""
    parser = HttpResponseParser(connection)
    parser.set_dangerous_leniencies(
        lenient_headers=True,
        lenient_optional_cr_before_lf=True,
        lenient_spaces_after_chunk_size=True,
    )
    return parser


@lru_cache(1024)
def _lowered(name: bytes) -> str:
    return name.decode("utf-8", "surrogateescape").lower()


def _unpacked(body: bytes, limit: int, status: int) -> bytes:
    """A compressed body as it was, never more than the limit; some servers leave zlib's own frame away."""
    for window in (zlib.MAX_WBITS | 32, -zlib.MAX_WBITS):
        unpacking = zlib.decompressobj(window)
        try:
            unpacked = unpacking.decompress(body, limit + 1)
        except zlib.error:
            continue
        if len(unpacked) > limit:
            raise TooMuch(status)
        if not unpacking.eof:
            break
        return unpacked
    raise CutOff
