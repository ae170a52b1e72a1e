"""Node and the clients of npm: there, or the tests that need them are skipped by name."""

import asyncio
import json
import os
import shutil
import subprocess
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from tests.adapters.local.samples import Hands
from tests.gql_ems.trust.gateway import Gateway, gateway_with

HERE = Path(__file__).parent
OLDEST = 20


def _missing() -> str | None:
    node = shutil.which("node")
    if node is None:
        return "Node is not installed"
    told = subprocess.run([node, "-p", "process.versions.node"], capture_output=True, text=True, check=False)
    if int(told.stdout.partition(".")[0] or 0) < OLDEST:
        return f"Node {OLDEST} or newer is needed"
    if not (HERE / "node_modules" / "graphql-http").is_dir():
        return "the clients are not installed: npm ci in tests/e2e_js"
    return None


@pytest.fixture(scope="session", autouse=True)
def node() -> str:
    """The program that runs the clients."""
    missing = _missing()
    if missing is not None:
        if os.environ.get("EMS_TEST_STRICT"):
            pytest.fail(missing)
        pytest.skip(missing)
    return shutil.which("node") or ""


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture
async def gateway(tmp_path, hands) -> AsyncIterator[Gateway]:
    async with gateway_with(tmp_path, hands, limits={"depth": 15}) as found:
        yield found


class Script:
    """A script that runs: what it says, line by line."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    async def line(self) -> Any:
        """The next line; None at the end."""
        assert self._process.stdout is not None
        async with asyncio.timeout(30):
            said = await self._process.stdout.readline()
        return json.loads(said) if said else None

    async def lines(self, count: int) -> list[Any]:
        """The next lines."""
        return [await self.line() for _ in range(count)]

    async def rest(self) -> list[Any]:
        """Everything that it still says."""
        found = []
        while (said := await self.line()) is not None:
            found.append(said)
        return found

    async def end(self) -> None:
        """Ends it where it has not ended by itself."""
        if self._process.returncode is None:
            self._process.kill()
        await self._process.wait()


@pytest.fixture
async def script(node) -> AsyncIterator[Any]:
    """Starts scripts, and ends them with the test."""
    running: list[Script] = []

    async def start(name: str, *words: str) -> Script:
        process = await asyncio.create_subprocess_exec(
            node, str(HERE / name), *words, stdout=asyncio.subprocess.PIPE, limit=2**22
        )
        running.append(Script(process))
        return running[-1]

    yield start
    for one in running:
        await one.end()
