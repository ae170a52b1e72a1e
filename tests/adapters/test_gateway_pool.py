"""Kept connections over real sockets: who gets which, what is cut off, what ends with whom."""

import asyncio
import ssl
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from depot import settings

from adapters.connection import CutOff, HungUp, TooMuch
from adapters.exchange import Request, Response
from adapters.network import NetworkTransport

READ = Request(method="GET", target="/things", repeatable=True)
WRITE = Request(method="POST", target="/things", body=b"{}")
YES = b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nyes"

Serve = Callable[["Line"], Awaitable[None]]


class Line:
    """The source's end of one connection."""

    def __init__(self, number: int, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.number = number
        self._reader = reader
        self._writer = writer

    async def request(self) -> bytes:
        """The next request, up to the end of its head."""
        return await self._reader.readuntil(b"\r\n\r\n")

    async def say(self, *pieces: bytes) -> None:
        """Sends bytes, each piece by itself."""
        for piece in pieces:
            self._writer.write(piece)
            await self._writer.drain()
            await asyncio.sleep(0.01)

    async def gone(self) -> None:
        """Waits until the other end hangs up."""
        while await self._reader.read(4096):
            pass


class Source:
    """How many connections were made, and where."""

    def __init__(self) -> None:
        self.url = ""
        self.lines = 0
        self.ended = asyncio.Event()


@asynccontextmanager
async def source(serve: Serve, tls: ssl.SSLContext | None = None) -> AsyncIterator[Source]:
    """A loopback port where each connection is served by a script and closed behind it."""
    told = Source()
    serving: set[asyncio.Task[None] | None] = set()

    async def accepted(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        told.lines += 1
        serving.add(asyncio.current_task())
        try:
            await serve(Line(told.lines, reader, writer))
        except (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            told.ended.set()
            writer.close()

    server = await asyncio.start_server(accepted, "127.0.0.1", 0, ssl=tls)
    scheme = "http" if tls is None else "https"
    told.url = f"{scheme}://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield told
    finally:
        server.close()
        await asyncio.gather(*(task for task in serving if task is not None))


@asynccontextmanager
async def network(url: str, **more: object) -> AsyncIterator[NetworkTransport]:
    transport = NetworkTransport(settings(url, **more))
    try:
        yield transport
    finally:
        await transport.aclose()


async def answered_by(*pieces: bytes, request: Request = READ, **more: object) -> Response:
    """The answer of a source that says these pieces and hangs up."""

    async def serve(line: Line) -> None:
        await line.request()
        await line.say(*pieces)

    async with source(serve) as there, network(there.url, **more) as transport:
        return await transport.fetch(request, {})


async def always(line: Line) -> None:
    while True:
        await line.request()
        await line.say(YES)


async def test_a_connection_is_kept_for_the_next_request():
    async with source(always) as there, network(there.url) as transport:
        for _ in range(3):
            assert (await transport.fetch(READ, {})).body == b"yes"
    assert there.lines == 1


async def test_no_more_connections_are_made_than_allowed_and_nobody_is_forgotten():
    async with source(always) as there, network(there.url, max_connections=2) as transport:
        answers = await asyncio.gather(*(transport.fetch(READ, {}) for _ in range(12)))
    assert ([a.body for a in answers], there.lines) == ([b"yes"] * 12, 2)


async def hangs_up_later(line: Line) -> None:
    """Answers once; of the second request on the same connection it wants to know nothing."""
    await line.request()
    await line.say(YES)
    if line.number == 1:
        await line.request()


async def test_a_read_on_a_connection_that_a_source_was_about_to_close_goes_out_over_another():
    async with source(hangs_up_later) as there, network(there.url) as transport:
        await transport.fetch(READ, {})
        assert (await transport.fetch(READ, {})).body == b"yes"
    assert there.lines == 2


async def test_a_change_does_not():
    async with source(hangs_up_later) as there, network(there.url) as transport:
        await transport.fetch(READ, {})
        with pytest.raises(HungUp):
            await transport.fetch(WRITE, {})
    assert there.lines == 1


async def test_a_read_that_a_new_connection_hangs_up_on_is_not_sent_again():
    async def serve(line: Line) -> None:
        await line.request()

    async with source(serve) as there, network(there.url) as transport:
        with pytest.raises(HungUp):
            await transport.fetch(READ, {})
    assert there.lines == 1


async def test_a_connection_that_the_source_closed_while_nobody_needed_it_is_not_used():
    async def once(line: Line) -> None:
        await line.request()
        await line.say(YES)

    async with source(once) as there, network(there.url) as transport:
        await transport.fetch(READ, {})
        await there.ended.wait()
        await asyncio.sleep(0.02)
        assert (await transport.fetch(WRITE, {})).body == b"yes"
    assert there.lines == 2


@pytest.mark.parametrize(
    "pieces",
    [
        (b"HTTP/1.1 200 OK\r\nContent-Le", b"ngth: 3\r\n\r\ny", b"es"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\ny\r\n", b"2\r\nes\r\n0\r\nA: b\r\n\r\n"),
        (b"HTTP/1.1 200 OK\r\n\r\ny", b"es"),
        (b"HTTP/1.0 200 OK\r\n\r\nyes",),
        (b"HTTP/1.1 100 Continue\r\n\r\n", YES),
        (b"HTTP/1.1 103 Early Hints\r\nLink: <x>\r\n\r\n" + YES,),
        (YES + b"and what nobody asked for",),
    ],
)
async def test_an_answer_comes_whole_however_it_is_told(pieces):
    answer = await answered_by(*pieces)
    assert (answer.status, answer.body) == (200, b"yes")
    assert answer.headers.keys() <= {"content-length", "transfer-encoding"}


@pytest.mark.parametrize(
    "pieces",
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nyes",),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nyes",),
        (b"HTTP/1.1 20",),
        (b"220 mail.example ESMTP\r\n",),
        (b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n",),
        (b"HTTP/1.1 200 OK\r\nX: " + b"x" * 70_000 + b"\r\n\r\n",),
        (b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\nyes",),
    ],
)
async def test_what_is_no_whole_answer_is_told(pieces):
    with pytest.raises(CutOff):
        await answered_by(*pieces)


async def test_headers_that_come_twice_are_joined():
    answer = await answered_by(b"HTTP/1.1 204 No Content\r\nX-A: 1\r\nx-a: 2\r\n\r\n")
    assert answer.headers == {"x-a": "1, 2"}


async def test_a_body_packed_without_a_frame_is_unpacked():
    packing = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    packed = packing.compress(b"yes") + packing.flush()
    head = b"HTTP/1.1 200 OK\r\nContent-Encoding: deflate\r\nContent-Length: %d\r\n\r\n" % len(packed)
    assert (await answered_by(head + packed)).body == b"yes"


async def test_what_is_too_much_is_refused_before_it_is_all_there():
    endless = b"HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n"

    async def serve(line: Line) -> None:
        await line.request()
        await line.say(endless, b"x" * 600)
        await line.gone()

    async with source(serve) as there, network(there.url, max_answer_bytes=500) as transport:
        with pytest.raises(TooMuch) as raised:
            await transport.fetch(READ, {})
    assert raised.value.status == 200


async def test_who_leaves_takes_his_connection_with_him():
    async def serve(line: Line) -> None:
        await line.request()
        if line.number == 1:
            await line.gone()
        else:
            await line.say(YES)

    async with source(serve) as there, network(there.url, max_connections=1) as transport:
        left = asyncio.create_task(transport.fetch(READ, {}))
        await asyncio.sleep(0.05)
        left.cancel()
        assert (await transport.fetch(READ, {})).body == b"yes"
        assert left.cancelled()
    assert there.lines == 2


async def test_who_waits_for_a_connection_waits_no_longer_than_the_timeout():
    async def serve(line: Line) -> None:
        await line.gone()

    async with (
        source(serve) as there,
        network(there.url, max_connections=1, timeout_seconds=0.1) as transport,
    ):
        found = await asyncio.gather(*(transport.fetch(READ, {}) for _ in range(3)), return_exceptions=True)
    assert [type(one) for one in found] == [TimeoutError] * 3


async def test_a_late_answer_is_nobody_elses():
    async def serve(line: Line) -> None:
        await line.request()
        if line.number == 1:
            await asyncio.sleep(0.15)
            await line.say(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nlate")
        else:
            await line.say(YES)

    async with (
        source(serve) as there,
        network(there.url, max_connections=1, timeout_seconds=0.1) as transport,
    ):
        with pytest.raises(TimeoutError):
            await transport.fetch(READ, {})
        await asyncio.sleep(0.1)
        assert (await transport.fetch(READ, {})).body == b"yes"


async def test_what_a_source_says_unasked_ends_the_connection():
    async def serve(line: Line) -> None:
        await line.request()
        await line.say(YES)
        if line.number == 1:
            await line.say(b"HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n\r\n")
            await line.gone()

    async with source(serve) as there, network(there.url) as transport:
        await transport.fetch(READ, {})
        await asyncio.sleep(0.05)
        assert (await transport.fetch(READ, {})).status == 200


@pytest.fixture
def own_certificate(tmp_path) -> ssl.SSLContext:
    """A certificate for loopback that nobody has signed but its owner."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "depot")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path / "depot.pem"
    pem = serialization.Encoding.PEM
    secret = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    file.write_bytes(secret + certificate.public_bytes(pem))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return context


async def test_an_unknown_certificate_is_refused_unless_nobody_is_to_look_at_it(own_certificate):
    async with source(always, own_certificate) as there:
        async with network(there.url) as transport:
            with pytest.raises(ssl.SSLError):
                await transport.fetch(READ, {})
        async with network(there.url, verify_tls=False) as transport:
            for _ in range(2):
                assert (await transport.fetch(READ, {})).body == b"yes"


async def test_a_header_that_breaks_out_of_its_line_is_not_sent():
    async with source(always) as there, network(there.url) as transport:
        with pytest.raises(Exception, match="line break"):
            await transport.fetch(READ, {"X": "a\r\nHost: elsewhere"})
    assert there.lines == 0


async def test_closing_tells_those_who_wait():
    async def serve(line: Line) -> None:
        await line.gone()

    async with source(serve) as there, network(there.url, max_connections=1) as transport:
        waiting = [asyncio.create_task(transport.fetch(READ, {})) for _ in range(2)]
        await asyncio.sleep(0.05)
        await transport.aclose()
        found = await asyncio.gather(*waiting, return_exceptions=True)
    assert [type(one) for one in found] == [HungUp] * 2


async def test_a_source_that_cannot_be_reached_is_told_to_each_who_asks():
    async with source(always) as there:
        url = there.url
    async with network(url, max_connections=1) as transport:
        found = await asyncio.gather(*(transport.fetch(READ, {}) for _ in range(3)), return_exceptions=True)
    assert all(isinstance(one, OSError) and not isinstance(one, TimeoutError) for one in found)
