import asyncio
import hashlib
import threading
from dataclasses import replace

import httpx
import pytest
from starlette.applications import Starlette
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Mount, Route

from adapters.omc import call_records, positions, users
from adapters.omc.source import open_source
from adapters.retrying import NEVER
from adapters.wiring import Wiring
from gql_ems.file_endpoint import FileEndpoint, disposition
from gql_ems.file_links import FileLinks
from playground.upstreams.vendor import running
from resolvers.context import Sources
from tests.gql_ems.serving import served

EXPORT = users.export_users(users.UserQuery(page_num=1, page_size=20))


@pytest.fixture
def links(omc, hands) -> FileLinks:
    return FileLinks(Sources((omc,)), b"sandbox-key", hands)


@pytest.fixture
async def client(links):
    app = Starlette(routes=[Route("/files/{token}", FileEndpoint(links))])
    async with served(app) as url, httpx.AsyncClient(base_url=url) as found:
        yield found


@pytest.fixture
async def odd_client(omc_settings, hands):
    """A client of the gateway, a signed-in source whose files are what the test puts there, and the links to them."""
    answers: dict[str, Response] = {}

    async def login(_request):
        return JSONResponse({"code": 1, "msg": "success", "data": {"access_token": "sandbox"}})

    async def any_file(_request):
        return answers["file"]

    vendor = Starlette(routes=[Route("/login", login, methods=["POST"]), Route("/{path:path}", any_file)])
    with running(Starlette(routes=[Mount("/", vendor)])) as upstream:
        source = open_source(replace(omc_settings, base_url=upstream), Wiring(retrying=NEVER))
        found = FileLinks(Sources((source,)), b"sandbox-key", hands)
        app = Starlette(routes=[Route("/files/{token}", FileEndpoint(found))])
        async with served(app) as url, httpx.AsyncClient(base_url=url) as http:

            async def fetch(answer: Response, *, stream: bool = False) -> httpx.Response:
                answers["file"] = answer
                link = await found.link("omc", call_records.get_cdr_file_ims(), "operator")
                return await http.send(http.build_request("GET", link.url), stream=stream)

            yield fetch
        await source.close()


async def test_an_export_comes_through_as_the_omc_gave_it(client, links):
    link = await links.link("omc", EXPORT, "operator")
    answer = await client.get(link.url)

    assert (answer.status_code, answer.content[:2], answer.headers["content-type"]) == (
        200,
        b"PK",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )


async def test_a_file_is_saved_and_never_guessed_at(client, links):
    answer = await client.get((await links.link("omc", EXPORT, "operator")).url)

    assert (
        answer.headers["content-disposition"].partition(";")[0],
        answer.headers["x-content-type-options"],
        answer.headers["cache-control"],
        answer.headers["content-security-policy"],
    ) == ("attachment", "nosniff", "no-store", "default-src 'none'; sandbox")


async def test_a_link_works_until_it_expires(client, links, hands):
    link = await links.link("omc", EXPORT, "operator")
    first = await client.get(link.url)
    hands.turn(minutes=4)
    again = await client.get(link.url)
    hands.turn(minutes=2)
    late = await client.get(link.url)

    assert [answer.status_code for answer in (first, again, late)] == [200, 200, 404]


async def test_a_link_that_nobody_made_is_not_found(client):
    answer = await client.get("/files/gAAAAABmade-up")

    assert (answer.status_code, answer.json()["errors"][0]["extensions"]["code"]) == (404, "NOT_FOUND")


async def test_a_link_is_fetched_by_get_alone(client, links):
    link = await links.link("omc", EXPORT, "operator")
    answer = await client.post(link.url)

    assert (answer.status_code, answer.headers["allow"]) == (405, "GET")


async def test_an_omc_that_fails_is_told_as_such(client, links, omc_app):
    link = await links.link("omc", EXPORT, "operator")
    omc_app.state.vendor.turn(fail_rate=1.0, fail_status=503)
    answer = await client.get(link.url)

    assert (answer.status_code, answer.json()["errors"][0]["extensions"]["code"]) == (
        503,
        "UPSTREAM_UNAVAILABLE",
    )


async def test_a_refusal_that_comes_in_place_of_a_file_is_told(client, links):
    call = positions.export_positions(
        positions.PositionQuery(page_num=1, page_size=20, post_name="nothing is called so")
    )
    answer = await client.get((await links.link("omc", call, "operator")).url)

    assert (answer.status_code, answer.json()["errors"][0]["extensions"]["upstream"]["source"]) == (
        502,
        "omc",
    )


async def test_a_part_of_a_file_is_told_as_a_part(odd_client):
    answer = await odd_client(
        Response(b"cd", 206, {"content-range": "bytes 2-3/6"}, "application/octet-stream")
    )

    assert (answer.status_code, answer.content, answer.headers["content-range"]) == (
        206,
        b"cd",
        "bytes 2-3/6",
    )


async def test_a_long_file_comes_whole_and_in_order(odd_client):
    chunks = [bytes([number % 251]) * 65_536 for number in range(160)]

    async def long():
        for chunk in chunks:
            yield chunk

    answer = await odd_client(StreamingResponse(long(), media_type="application/octet-stream"))

    assert hashlib.sha256(answer.content).digest() == hashlib.sha256(b"".join(chunks)).digest()


async def test_a_file_that_nobody_wants_any_more_is_not_fetched_on(odd_client):
    ended = threading.Event()

    async def endless():
        try:
            while True:
                yield b"x" * 65_536
                await asyncio.sleep(0)
        finally:
            ended.set()

    answer = await odd_client(
        StreamingResponse(endless(), media_type="application/octet-stream"), stream=True
    )
    await anext(answer.aiter_bytes())
    await answer.aclose()

    assert await asyncio.to_thread(ended.wait, 20) is True


async def test_a_name_of_the_source_cannot_break_out_of_the_header(odd_client):
    name = '..%2f..\\evil";" html.html'
    answer = await odd_client(
        Response(
            b"<script>",
            headers={"content-disposition": f'attachment; filename="{name}"'},
            media_type="text/csv",
        )
    )

    assert answer.headers["content-disposition"].count('"') == 2


async def test_a_picture_may_be_shown_in_place(odd_client):
    answer = await odd_client(Response(b"\x89PNG", media_type="image/png"))

    assert answer.headers["content-disposition"].startswith("inline;")


async def test_a_picture_that_could_hold_a_script_is_saved(odd_client):
    answer = await odd_client(Response(b"<svg/>", media_type="image/svg+xml"))

    assert answer.headers["content-disposition"].startswith("attachment;")


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("users.xlsx", 'attachment; filename="users.xlsx"'),
        ("../../etc/passwd", 'attachment; filename="_.._etc_passwd"'),
        ("a\r\nSet-Cookie: x", 'attachment; filename="a_Set-Cookie_ x"'),
        ("用户.xlsx", "attachment; filename=\"__.xlsx\"; filename*=UTF-8''%E7%94%A8%E6%88%B7.xlsx"),
        ("...", 'attachment; filename="file"'),
    ],
)
def test_names_are_made_safe(name, told):
    assert disposition(name) == told
