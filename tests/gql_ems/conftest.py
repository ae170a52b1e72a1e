"""A store in a SQLite file, a clock with hands, a pretend OMC on a loopback port and the source over it."""

import asyncio
import io
import json
import logging
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from typing import Any

import pytest
import structlog

from adapters.local.store import LocalStore
from adapters.omc.source import open_source
from adapters.ports import Source
from adapters.retrying import NEVER
from adapters.settings import SourceSettings
from adapters.wiring import Wiring
from gql_ems.logs import configure
from playground.upstreams.omc import create_app
from playground.upstreams.vendor import running
from tests.adapters.local.samples import Hands
from tests.gql_ems.naps import Naps


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture
def naps() -> Naps:
    return Naps()


@pytest.fixture
def lines() -> Iterator[Callable[[], list[dict[str, Any]]]]:
    """What is logged while a test runs, line by line."""
    stream = io.StringIO()
    kept, level = logging.getLogger().handlers[:], logging.getLogger().level
    configure("INFO", stream)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    structlog.reset_defaults()
    logging.getLogger().handlers[:] = kept
    logging.getLogger().setLevel(level)


@pytest.fixture
async def store(tmp_path, hands) -> AsyncIterator[LocalStore]:
    found = LocalStore(f"sqlite+aiosqlite:///{tmp_path}/ems.db", hands)
    await found.open()
    yield found
    await found.close()


@pytest.fixture
def omc_app():
    return create_app()


@pytest.fixture
def omc_url(omc_app) -> Iterator[str]:
    with running(omc_app) as url:
        yield url


@pytest.fixture
def omc_settings(omc_url) -> SourceSettings:
    return SourceSettings(
        name="omc",
        dialect="omc",
        base_url=omc_url,
        username="admin",
        password="admin",
        options={"poll_seconds": 7},
    )


@pytest.fixture
async def omc(omc_settings) -> AsyncIterator[Source]:
    source = open_source(omc_settings, Wiring(retrying=NEVER))
    yield source
    await source.close()


@pytest.fixture
def unreachable(omc_settings) -> SourceSettings:
    return replace(omc_settings, base_url="http://127.0.0.1:9")


@asynccontextmanager
async def started(part) -> AsyncIterator[asyncio.Task]:
    """Runs a part as long as the block lasts."""
    task = asyncio.create_task(part.run())
    try:
        yield task
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


@pytest.fixture
def beside():
    return started
