"""Requests over real sockets, and everything that can go wrong on the way, told apart."""

import socket as sockets
from collections.abc import AsyncIterator
from gzip import compress
from typing import Any

import pytest
from depot import HANG, Socket, answer, listening, settings

from adapters.errors import UpstreamBadResponse, UpstreamError, UpstreamTimeout, UpstreamUnavailable
from adapters.exchange import FileDownload, FileUpload, Part, Request, Response
from adapters.network import network_transport
from adapters.transport import Transport, file_name

READ = Request(method="GET", target="/things")
GONE = b"HTTP/1."
HALF = b'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"code"'
HALF_CHUNK = b'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n7\r\n{"code"\r\n40\r\nab'


def transport(url: str, **more: Any) -> Transport:
    source = settings(url, **more)
    return Transport(source, network_transport(source))


async def sent(socket: Socket, request: Request = READ, **more: Any) -> Response:
    sender = transport(socket.url, **more)
    try:
        return await sender.send(request, request.headers)
    finally:
        await sender.close()


async def refusal(url: str, request: Request = READ, **more: Any) -> UpstreamError:
    sender = transport(url, **more)
    try:
        with pytest.raises(UpstreamError) as raised:
            await sender.send(request, {})
    finally:
        await sender.close()
    assert raised.value.source == "depot"
    return raised.value


def closed_port() -> str:
    with sockets.socket() as one:
        one.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{one.getsockname()[1]}"


async def uploaded() -> AsyncIterator[bytes]:
    yield b"a,b\n"
    yield b"1,2\n"


SHEET = Request(
    method="POST",
    target="/things",
    parts=(
        Part(name="kind", text="csv"),
        Part(name="file", file=FileUpload(name='a"b\r\n.csv', media_type="text/csv", chunks=uploaded)),
    ),
)


async def test_an_answer_comes_whole_with_its_headers_in_lower_case():
    async with listening(answer(207, b"abc", X_Kind="one")) as socket:
        found = await sent(socket)
    assert (found.status, found.body, found.headers["x-kind"]) == (207, b"abc", "one")


async def test_a_target_is_sent_as_it_is_written():
    async with listening(answer(200, b"")) as socket:
        await sent(socket, Request(method="GET", target="/things/a%2Fb%20c?q=%C3%A4&q=%2B"))
    assert socket.asked[0].target == "/things/a%2Fb%20c?q=%C3%A4&q=%2B"


async def test_a_body_and_its_headers_are_sent():
    request = Request(
        method="PUT", target="/x", headers={"Content-Type": "application/json"}, body=b'{"a":1}'
    )
    async with listening(answer(200, b"")) as socket:
        await sent(socket, request)
    (asked,) = socket.asked
    assert (asked.method, asked.headers["content-type"], asked.body) == (
        "PUT",
        "application/json",
        b'{"a":1}',
    )


async def test_a_multipart_body_is_streamed_and_no_name_breaks_out_of_it():
    async with listening(answer(200, b"")) as socket:
        await sent(socket, SHEET)
    (asked,) = socket.asked
    boundary = asked.headers["content-type"].partition("boundary=")[2].encode()
    _, text, file, end = asked.body.split(b"--" + boundary)
    assert text == b'\r\nContent-Disposition: form-data; name="kind"\r\n\r\ncsv\r\n'
    assert b'filename="a_b__.csv"\r\nContent-Type: text/csv\r\n\r\na,b\n1,2\n\r\n' in file
    assert end == b"--\r\n"


async def test_a_compressed_answer_is_unpacked():
    async with listening(answer(200, compress(b"abc"), Content_Encoding="gzip")) as socket:
        assert (await sent(socket)).body == b"abc"


async def test_a_redirect_is_not_followed():
    async with listening(answer(302, b"", Location="/elsewhere")) as socket:
        assert (await sent(socket)).status == 302
    assert len(socket.asked) == 1


async def test_cookies_of_a_source_are_not_kept():
    async with listening(answer(200, b"", Set_Cookie="a=b"), answer(200, b"")) as socket:
        sender = transport(socket.url)
        await sender.send(READ, {})
        await sender.send(READ, {})
        await sender.close()
    assert "cookie" not in socket.asked[1].headers


@pytest.mark.parametrize("request_", [READ, SHEET])
async def test_a_refused_connection_is_told_at_once(request_):
    error = await refusal(closed_port(), request_)
    assert isinstance(error, UpstreamUnavailable)
    assert error.message == "depot cannot be reached."


@pytest.mark.parametrize("request_", [READ, SHEET])
async def test_a_source_that_never_answers_is_a_timeout(request_):
    async with listening(HANG) as socket:
        error = await refusal(socket.url, request_, timeout_seconds=0.1)
    assert isinstance(error, UpstreamTimeout)
    assert error.message == "depot did not answer within 0.1 s."


@pytest.mark.parametrize("request_", [READ, SHEET])
@pytest.mark.parametrize("reply", [HALF, HALF_CHUNK, b"HTTP/1.1 2", b"HTTP/1.1 200 OK\r\nContent-"])
async def test_an_answer_that_is_cut_off_is_told(request_, reply):
    async with listening(reply, reply) as socket:
        error = await refusal(socket.url, request_)
    assert isinstance(error, UpstreamUnavailable)
    assert error.message == "depot cut the answer off."


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "POST"])
@pytest.mark.parametrize("parts", [(), (Part(name="kind", text="csv"),)])
async def test_a_change_that_a_source_hung_up_on_is_sent_once(method, parts):
    request = Request(method=method, target="/things", parts=parts)
    async with listening(GONE, answer(200, b"")) as socket:
        assert isinstance(await refusal(socket.url, request), UpstreamUnavailable)
    assert len(socket.asked) == 1


@pytest.mark.parametrize("request_", [READ, SHEET])
async def test_an_answer_above_the_limit_is_refused(request_):
    async with listening(answer(200, b"x" * 5001)) as socket:
        error = await refusal(socket.url, request_, max_answer_bytes=5000)
    assert isinstance(error, UpstreamBadResponse)
    assert (error.http_status, error.message) == (200, "depot answered with more than 5000 bytes.")


async def test_the_limit_counts_what_is_unpacked():
    async with listening(answer(200, compress(b"x" * 300_000), Content_Encoding="gzip")) as socket:
        error = await refusal(socket.url, max_answer_bytes=100_000)
    assert isinstance(error, UpstreamBadResponse)


async def test_an_answer_as_large_as_the_limit_comes():
    async with listening(answer(200, b"x" * 5000)) as socket:
        assert len((await sent(socket, max_answer_bytes=5000)).body) == 5000


@pytest.mark.parametrize("request_", [READ, SHEET])
@pytest.mark.parametrize("reply", [b"\x00\x01\x02\r\n\r\n", b"SSH-2.0-door\r\n", b"HTTP/1.1 abc\r\n\r\n"])
async def test_what_is_no_http_is_an_error_of_the_source(request_, reply):
    async with listening(reply) as socket:
        error = await refusal(socket.url, request_)
    assert "door" not in error.message


async def test_an_answer_packed_wrongly_is_an_error_of_the_source():
    async with listening(answer(200, b"not packed", Content_Encoding="gzip")) as socket:
        assert isinstance(await refusal(socket.url), UpstreamError)


async def opened(socket: Socket) -> tuple[Transport, Response | FileDownload]:
    sender = transport(socket.url)
    return sender, await sender.open(READ, {})


async def test_a_file_comes_as_a_stream_with_its_name():
    reply = answer(
        200,
        b"a,b\n",
        Content_Type="text/csv; charset=utf-8",
        Content_Disposition='attachment; filename="a.csv"',
    )
    async with listening(reply) as socket:
        sender, file = await opened(socket)
        assert isinstance(file, FileDownload)
        assert (file.name, file.media_type, file.size) == ("a.csv", "text/csv", 4)
        assert b"".join([chunk async for chunk in file.chunks]) == b"a,b\n"
        await sender.close()


@pytest.mark.parametrize(
    ("status", "kind"), [(200, "application/json"), (200, "text/html"), (500, "text/csv")]
)
async def test_what_comes_in_place_of_a_file_comes_whole(status, kind):
    async with listening(answer(status, b"{}", Content_Type=kind)) as socket:
        sender, found = await opened(socket)
        assert isinstance(found, Response)
        assert (found.status, found.body) == (status, b"{}")
        await sender.close()


async def test_a_file_that_is_cut_off_is_told_while_it_is_read():
    async with listening(HALF) as socket:
        sender, file = await opened(socket)
        assert isinstance(file, FileDownload)
        with pytest.raises(UpstreamUnavailable, match="cut the answer off"):
            [chunk async for chunk in file.chunks]
        await sender.close()


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("attachment; filename=a.csv", "a.csv"),
        ('attachment; filename="a b.csv"', "a b.csv"),
        ("attachment; filename*=UTF-8''a.csv", "a.csv"),
        ('attachment; filename="../../etc/a.csv"', "a.csv"),
        ('attachment; filename="C:\\data\\a.csv"', "a.csv"),
        ('attachment; filename=""', None),
        ("inline", None),
        ("", None),
    ],
)
def test_a_file_name_is_read_without_its_folder(header, name):
    assert file_name(header) == name
