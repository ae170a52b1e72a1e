import asyncio
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

import pytest

from gql_ems.corked_protocol import HELD, Corked
from tests.gql_ems.serving import served

HEAD = {"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]}
ASK = b"GET / HTTP/1.1\r\nhost: a\r\n\r\n"


class Transport:
    """Keeps what was written, in the pieces in which it was."""

    def __init__(self) -> None:
        self.told: list = []

    def write(self, data: bytes) -> None:
        self.told.append(data)

    def close(self) -> None:
        self.told.append("closed")

    def is_closing(self) -> bool:
        return "closed" in self.told

    def get_extra_info(self, name: str) -> str:
        return f"the {name}"


@pytest.fixture
def transport() -> Transport:
    return Transport()


@pytest.fixture
async def corked(transport) -> Corked:
    return Corked(transport, asyncio.get_running_loop().call_soon)


async def test_what_is_written_in_one_turn_goes_out_together(corked, transport):
    corked.write(b"head ")
    corked.write(b"body")
    assert transport.told == []
    await asyncio.sleep(0)
    corked.write(b"next")
    await asyncio.sleep(0)

    assert transport.told == [b"head body", b"next"]


async def test_what_was_sent_before_the_end_of_its_turn_is_sent_once(corked, transport):
    corked.write(b"head ")
    corked.write(b"body")
    corked.flush()
    await asyncio.sleep(0)

    assert transport.told == [b"head body"]


async def test_much_is_not_held_back(corked, transport):
    corked.write(b"head ")
    corked.write(b"x" * HELD)

    assert transport.told == [b"head " + b"x" * HELD]


async def test_a_connection_ends_behind_what_was_written(corked, transport):
    corked.write(b"last")
    corked.close()

    assert (transport.told, corked.is_closing()) == ([b"last", "closed"], True)


async def test_everything_else_is_the_transports_own(corked):
    assert corked.get_extra_info("peer") == "the peer"


@asynccontextmanager
async def asked(app, request: bytes):
    """A connection that has sent a request to an application."""
    async with served(app) as url:
        reader, writer = await asyncio.open_connection("127.0.0.1", urlsplit(url).port)
        writer.write(request)
        yield reader, writer
        writer.close()


async def test_a_head_does_not_wait_for_a_body_that_is_not_there_yet():
    more = asyncio.Event()

    async def app(_scope, _receive, send):
        await send(HEAD)
        await more.wait()
        await send({"type": "http.response.body", "body": b"ok"})

    async with asked(app, ASK) as (reader, _):
        assert (await reader.readuntil(b"\r\n\r\n")).startswith(b"HTTP/1.1 200")
        more.set()
        assert await reader.readexactly(2) == b"ok"


async def test_answers_on_one_connection_come_one_after_the_other():
    async def app(scope, _receive, send):
        await send(HEAD)
        await send({"type": "http.response.body", "body": scope["path"].encode()})

    async with asked(app, ASK.replace(b"/ ", b"/1 ") + ASK.replace(b"/ ", b"/2 ")) as (reader, _):
        for expected in (b"/1", b"/2"):
            await reader.readuntil(b"\r\n\r\n")
            assert await reader.readexactly(2) == expected


async def test_a_client_who_waits_for_leave_to_send_its_body_gets_it():
    async def app(_scope, receive, send):
        body = (await receive())["body"]
        await send(HEAD)
        await send({"type": "http.response.body", "body": body})

    request = b"POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 2\r\nexpect: 100-continue\r\n\r\n"
    async with asked(app, request) as (reader, writer):
        assert (await reader.readuntil(b"\r\n\r\n")).startswith(b"HTTP/1.1 100")
        writer.write(b"hi")
        await reader.readuntil(b"\r\n\r\n")
        assert await reader.readexactly(2) == b"hi"
