"""A small source of a vendor that never was: its dialect and operations, and a socket that answers by a script."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from typing import Any, NamedTuple

import orjson

from adapters.dialect import Dialect, Session, SessionRefused, SignIn
from adapters.errors import UpstreamRejected
from adapters.exchange import FileDownload, Request, Response
from adapters.operation import Call, Operation, Rename, verbs
from adapters.record import Record
from adapters.settings import SourceSettings

get, post, put, patch, delete = verbs(Rename.CAMEL)


class Thing(Record, frozen=True, rename="camel"):
    id: str | None = None
    name: str | None = None
    stock_level: int | None = None


@get("/things/{thingId}")
def get_thing(thing_id: str) -> Thing:
    """One thing. (Depot)"""


@put("/things/{thingId}")
def rename_thing(thing_id: str, name: str) -> None:
    """Gives a thing another name. (Depot)"""


@get("/things/{thingId}/sheet")
def get_sheet(thing_id: str) -> FileDownload:
    """The sheet of a thing. (Depot)"""


class Depot(Dialect):
    """A session by name and password, or by what renews it; errors under HTTP 200, as they love to do."""

    def sign_in(self, now: float, refresh: str | None) -> SignIn:
        target = f"/renew?by={refresh}" if refresh else "/login"
        answer = yield Request(method="POST", target=target)
        told = self.parsed(answer)
        if "token" not in told:
            raise SessionRefused("depot refused the account.", source=self.settings.name)
        lasts = told.get("lasts")
        return Session(
            headers={"Authorization": told["token"]},
            renew_at=now + lasts if lasts else None,
            refresh=told.get("renew"),
        )

    def answer(self, operation: Operation[Any, Any], response: Response) -> Any:
        told = self.parsed(response)
        code = told.get("code", 0)
        if response.status == 401 or code == 401:
            raise SessionRefused("depot refused the session.", source=self.settings.name)
        if code:
            raise UpstreamRejected(
                "depot said no.", source=self.settings.name, upstream_code=str(code), http_status=200
            )
        return told.get("data")

    def probe(self) -> Call[Any]:
        return get_thing("0")


class Clock:
    """A clock that moves when told to; whoever sleeps by it is noted and never waits."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


class Asked(NamedTuple):
    """What arrived at the socket."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes


HANG = b""
"""An answer that never comes."""


class Socket:
    """Where the source listens, what it will answer, and what it was asked."""

    def __init__(self, replies: Iterable[bytes]) -> None:
        self.replies = deque(replies)
        self.asked: list[Asked] = []
        self.url = ""
        self.held = asyncio.Event()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            self.asked.append(await _read(reader))
            reply = self.replies.popleft() if self.replies else answer(500, b"nobody expected this")
            if reply == HANG:
                await self.held.wait()
            writer.write(reply)
            await writer.drain()
        except (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()


@asynccontextmanager
async def listening(*replies: bytes) -> AsyncIterator[Socket]:
    """A loopback port that gives these bytes, one answer a connection, in this order."""
    socket = Socket(replies)
    server = await asyncio.start_server(socket.serve, "127.0.0.1", 0)
    socket.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield socket
    finally:
        socket.held.set()
        server.close()
        await server.wait_closed()


def answer(status: int, body: bytes, **headers: str) -> bytes:
    """A whole HTTP answer; `retry_after` becomes Retry-After."""
    lines = [f"HTTP/1.1 {status} So", f"Content-Length: {len(body)}", "Connection: close"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode() + body


def json(value: Any, status: int = 200, **headers: str) -> bytes:
    return answer(status, orjson.dumps(value), **headers)


def settings(url: str, **more: Any) -> SourceSettings:
    return SourceSettings(name="depot", dialect="depot", base_url=url, **more)


async def _read(reader: asyncio.StreamReader) -> Asked:
    head = (await reader.readuntil(b"\r\n\r\n")).decode()
    first, *lines = head.split("\r\n")
    method, target, _ = first.split(" ")
    headers = {k.lower(): v for k, _, v in (line.partition(": ") for line in lines if line)}
    if headers.get("transfer-encoding") == "chunked":
        body = b""
        while size := int((await reader.readline()).strip(), 16):
            body += (await reader.readexactly(size + 2))[:-2]
        await reader.readline()
    else:
        body = await reader.readexactly(int(headers.get("content-length", "0")))
    return Asked(method, target, headers, body)
