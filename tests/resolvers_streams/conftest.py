"""A gateway over a file and a pretend OMC, a second one over the same file, and clocks with hands."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from shutil import copy

import pytest

from adapters.local.migrate import upgrade
from playground.upstreams.omc import create_app
from playground.upstreams.vendor import running
from tests.adapters.local.conftest import apart
from tests.adapters.local.samples import Hands
from tests.resolvers_streams.gateway import Gateway, configured, polls_of, started
from tests.resolvers_streams.streaming import TRANSPORTS


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture(params=TRANSPORTS)
def transport(request) -> str:
    return request.param


@pytest.fixture
def omc_app(hands):
    return create_app(clock=lambda: hands().timestamp())


@pytest.fixture
def omc_url(omc_app) -> Iterator[str]:
    with running(omc_app) as url:
        yield url


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory):
    """A SQLite file with empty tables, to be copied."""
    path = tmp_path_factory.mktemp("empty") / "ems.db"
    apart(upgrade(f"sqlite+aiosqlite:///{path}"))
    return path


@pytest.fixture
def tables(tmp_path, empty_file) -> dict:
    copy(empty_file, tmp_path / "ems.db")
    return configured(tmp_path, "http://127.0.0.1:9")


@pytest.fixture
async def gateway(tables, hands) -> AsyncIterator[Gateway]:
    async with started(tables, hands) as found:
        yield found


@pytest.fixture
async def another(tables, hands, gateway) -> AsyncIterator[Gateway]:
    """Another process over the same store."""
    async with started(tables, hands) as found:
        yield found


@pytest.fixture
async def fed(tables, hands, omc_url) -> AsyncIterator[Gateway]:
    """A gateway that reads the OMC's alarm table whenever the test lets it."""
    tables["sources"][0]["base_url"] = omc_url
    async with started(tables, hands) as found:
        polling = asyncio.create_task(polls_of(found).run())
        await found.naps.begun(7.0)
        yield found
        polling.cancel()
        with suppress(asyncio.CancelledError):
            await polling
