"""The gateway's cases as Markdown: what the source answers in which order, the calls, and what comes of each."""

import asyncio
import re
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import orjson
import pytest
from depot import HANG, Clock, Depot, answer, get_thing, listening, rename_thing, settings

from adapters.errors import EmsError
from adapters.gateway import Gateway
from adapters.network import network_transport
from adapters.operation import Call
from adapters.retrying import Retrying

FOLDER = Path(__file__).parents[1] / "cases" / "gateway"
CASES = sorted(path for path in FOLDER.glob("*.md") if path.name != "README.md")

EXCHANGE = re.compile(
    r"(?P<method>[A-Z]+) (?P<target>\S+)(?: with (?P<token>\w+))? -> "
    r"(?:(?P<status>\d+)(?P<headers>(?: [\w-]+=\S+)*)(?: (?P<body>.*))?|(?P<fault>cut|gone|hang))"
)


class Exchange(NamedTuple):
    """A request that must come next, and the answer to it."""

    method: str
    target: str
    token: str | None
    reply: bytes


def exchange(line: str) -> Exchange:
    found = EXCHANGE.fullmatch(line)
    assert found, f"not an exchange: {line}"
    if found["fault"] == "hang":
        reply = HANG
    elif found["fault"] == "gone":
        reply = b"HTTP/1."
    elif found["fault"] == "cut":
        reply = answer(200, b'{"code": 0}').replace(b"Length: 11", b"Length: 99")
    else:
        headers = dict(pair.split("=") for pair in found["headers"].split())
        reply = answer(int(found["status"]), (found["body"] or "").encode(), **headers)
    return Exchange(found["method"], found["target"], found["token"], reply)


def block(text: str, name: str) -> list[str]:
    found = re.search(rf"```{name}\n(.*?)```", text, re.DOTALL)
    return found[1].splitlines() if found else []


def call(words: str) -> Call[Any]:
    match words.split():
        case ["read", id_]:
            return get_thing(id_)
        case ["rename", id_, name]:
            return rename_thing(id_, name)
    raise AssertionError(words)


def outcome(value: Any) -> str:
    """A value as JSON without what is missing, an error by its code."""
    if isinstance(value, EmsError):
        return value.code.value
    if isinstance(value, BaseException):
        raise value
    told = msgspec.to_builtins(value)
    if isinstance(told, dict):
        told = {k: v for k, v in told.items() if v is not None}
    return orjson.dumps(told).decode()


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
async def test_a_case_of_the_gateway_comes_out_as_written(path):
    text = path.read_text()
    told: dict[str, Any] = {name: float(value) for name, value in map(str.split, block(text, "settings"))}
    expected = [exchange(line) for line in block(text, "source")]
    clock = Clock()
    async with listening(*(e.reply for e in expected)) as socket:
        source = settings(socket.url, **told)
        gateway = Gateway(
            Depot(source),
            network_transport(source),
            retrying=Retrying(sleep=clock.sleep, chance=lambda: 1.0),
            clock=clock,
            monotonic=clock,
        )
        try:
            steps = block(text, "calls")
            assert steps
            for line in steps:
                if line.startswith("wait "):
                    clock.now += float(line[5:])
                    continue
                calls, result = line.split(" => ")
                sent = [gateway.send(call(words)) for words in calls.split(", ")]
                came = await asyncio.gather(*sent, return_exceptions=True)
                assert [outcome(v) for v in came] == [result] * len(sent), line
        finally:
            await gateway.close()
    asked = [
        (a.method, a.target, a.headers.get("authorization") if e.token else None)
        for a, e in zip(socket.asked, expected, strict=False)
    ]
    assert asked == [(e.method, e.target, e.token) for e in expected]
    assert len(socket.asked) == len(expected)
    assert [f"{seconds:g}" for seconds in clock.slept] == block(text, "slept")


def test_there_are_cases():
    assert len(CASES) >= 12
