"""The page on streams: what it shows runs against a gateway and does what it says."""

import asyncio
import json
import shutil
from contextlib import aclosing, asynccontextmanager

import pytest

from tests.docs.pages import ROOT, blocks_of
from tests.resolvers_streams.samples import numbered
from tests.resolvers_streams.streaming import SOCKET, streamed

PAGE = blocks_of((ROOT / "docs/streams.md").read_text(encoding="utf-8"), "docs/streams.md")
SNAPSHOT, RESUMED, MULTIPART = (block.text for block in PAGE if block.kind == "sh")
(PYTHON,) = (block.text for block in PAGE if block.kind == "python")
(BROWSER,) = (block.text for block in PAGE if block.kind == "js")
(QUERY,) = (block.text for block in PAGE if block.kind == "graphql")


@asynccontextmanager
async def lines_of(*command: str, **environment: str):
    """What a program prints, line by line, as long as the block lasts."""
    process = await asyncio.create_subprocess_exec(
        *command, stdout=asyncio.subprocess.PIPE, env={"PATH": "/usr/local/bin:/usr/bin:/bin", **environment}
    )

    async def next_with(text: str) -> str:
        async with asyncio.timeout(30):
            while text not in (line := (await process.stdout.readline()).decode()):
                assert line, "it has ended"
        return line.strip()

    try:
        yield next_with
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


def shell(block: str, url: str) -> tuple[str, str, str]:
    return "/bin/sh", "-c", "exec " + block.replace("http://127.0.0.1:8000", url)


async def test_the_shown_subscription_runs(gateway):
    await gateway.posted(numbered(0))
    async with streamed(gateway.url, SOCKET, QUERY, {"snapshot": True}) as stream:
        (event,) = await stream.take(1)

    assert (event["change"], event["matches"], event["alarm"]["neId"]) == ("RAISED", True, "001")


async def test_curl_shows_events_and_goes_on_behind_the_last_id(gateway):
    await gateway.posted(numbered(0))
    async with lines_of(*shell(SNAPSHOT, gateway.url)) as next_with:
        last = (await next_with("id: ")).removeprefix("id: ")
    await gateway.posted(numbered(1, alarmTitle="Told while nobody listened"))
    async with lines_of(*shell(RESUMED, gateway.url), LAST=last) as next_with:
        told = await next_with("data: ")

    assert json.loads(told.removeprefix("data: "))["data"]["alarms"]["alarm"] == {
        "title": "Told while nobody listened",
        "severity": "MAJOR",
        "status": "ACTIVE",
    }


async def test_curl_shows_parts(gateway):
    await gateway.posted(numbered(0))
    async with lines_of(*shell(MULTIPART, gateway.url)) as next_with:
        await next_with("Content-Type: application/json")
        await gateway.posted(numbered(1))
        part = await next_with('"payload"')

    assert part.startswith('{"payload":{"data":{"alarms":{"cursor":')


async def test_the_python_client_shows_what_stands_then_what_comes_and_resumes_by_cursor(gateway):
    names: dict = {}
    exec(compile(PYTHON, "docs/streams.md", "exec", dont_inherit=True), names)
    url = f"ws{gateway.url[4:]}/graphql"
    await gateway.posted(numbered(0))
    async with asyncio.timeout(30):
        async with aclosing(names["follow"](url)) as events:
            first = [await anext(events)]
            await gateway.posted(numbered(1))
            first.append(await anext(events))
        await gateway.posted(numbered(2))
        async with aclosing(names["follow"](url, first[-1]["cursor"])) as events:
            again = await anext(events)

    assert [e["cursor"].split(".", 1)[1] for e in (*first, again)] == ["1.1", "2", "3"]


async def test_the_python_client_begins_anew_when_its_cursor_has_expired(gateway, hands):
    names: dict = {}
    exec(compile(PYTHON, "docs/streams.md", "exec", dont_inherit=True), names)
    cursor = await gateway.head()
    await gateway.posted(numbered(0))
    await gateway.service.store.retention.run(hands.turn(days=91))
    async with (
        asyncio.timeout(30),
        aclosing(names["follow"](f"ws{gateway.url[4:]}/graphql", cursor)) as events,
    ):
        assert (await anext(events))["change"] == "RAISED"


async def test_the_browser_s_client_shows_what_stands_then_what_comes(gateway, tmp_path):
    node = shutil.which("node")
    if node is None:
        pytest.skip("needs Node")
    script = tmp_path / "follow.mjs"
    call = f'follow("ws{gateway.url[4:]}/graphql", (event) => console.log(event.cursor.split(".").slice(1).join(".")));'
    script.write_text(f"{BROWSER}\n{call}\n")
    await gateway.posted(numbered(0))
    async with lines_of(node, "--experimental-websocket", str(script)) as next_with:
        first = await next_with(".")
        await gateway.posted(numbered(1))
        second = await next_with("2")

    assert (first, second) == ("1.1", "2")
