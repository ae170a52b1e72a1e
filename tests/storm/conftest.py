"""An OMC for the storms, PostgreSQL databases of their own, and no skipping where that is not allowed."""

import os
import secrets
from collections.abc import AsyncIterator, Iterator

import asyncpg
import pytest
from starlette.applications import Starlette

from playground.upstreams.omc import create_app
from playground.upstreams.vendor import running

POSTGRES = os.environ.get("EMS_TEST_POSTGRES", "postgresql+asyncpg://postgres@127.0.0.1/test")
SILENT = "PostgreSQL does not answer at EMS_TEST_POSTGRES"


@pytest.fixture
def omc_app() -> Starlette:
    return create_app()


@pytest.fixture
def omc_url(omc_app) -> Iterator[str]:
    with running(omc_app) as url:
        yield url


@pytest.fixture
def omc_url_too(omc_app) -> Iterator[str]:
    """The same OMC at another port, so that its journal tells who asked."""
    with running(omc_app) as url:
        yield url


@pytest.fixture
def silent_omc() -> str:
    """The address of an OMC that is not there; what elements post needs none."""
    return "http://127.0.0.1:9"


@pytest.fixture
async def postgres_url() -> AsyncIterator[str]:
    """The address of an empty PostgreSQL database, dropped after the test."""
    plain = POSTGRES.replace("+asyncpg", "")
    name = f"ems_storm_{secrets.token_hex(6)}"
    try:
        connection = await asyncpg.connect(plain, timeout=5)
    except (OSError, asyncpg.PostgresError, TimeoutError):
        pytest.skip(SILENT)
    await connection.execute(f"CREATE DATABASE {name}")
    head, _, tail = POSTGRES.rpartition("/")
    query = tail.partition("?")[2]
    yield f"{head}/{name}" + (f"?{query}" if query else "")
    await connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
    await connection.close()
