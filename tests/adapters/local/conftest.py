"""A store for each test: a SQLite file, or a schema of its own in PostgreSQL where one answers."""

import os
import secrets
from collections.abc import AsyncIterator

import asyncpg
import pytest

from adapters.local.store import LocalStore
from tests.adapters.local.samples import Hands

POSTGRES = os.environ.get("EMS_TEST_POSTGRES", "postgresql+asyncpg://postgres@127.0.0.1/test")


async def postgres() -> asyncpg.Connection | None:
    """A connection to the tests' PostgreSQL, or None where it does not answer."""
    try:
        return await asyncpg.connect(POSTGRES.replace("+asyncpg", ""), timeout=3)
    except (OSError, asyncpg.PostgresError, TimeoutError):
        return None


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture(params=["sqlite", "postgresql"])
async def url(request, tmp_path) -> AsyncIterator[str]:
    """The address of an empty database."""
    if request.param == "sqlite":
        yield f"sqlite+aiosqlite:///{tmp_path}/ems.db"
        return
    connection = await postgres()
    if connection is None:
        pytest.skip("PostgreSQL does not answer at EMS_TEST_POSTGRES")
    schema = f"t{secrets.token_hex(6)}"
    await connection.execute(f"CREATE SCHEMA {schema}")
    joint = "&" if "?" in POSTGRES else "?"
    yield f"{POSTGRES}{joint}schema={schema}"
    await connection.execute(f"DROP SCHEMA {schema} CASCADE")
    await connection.close()


@pytest.fixture
async def store(url, hands) -> AsyncIterator[LocalStore]:
    found = LocalStore(url, hands)
    await found.open()
    yield found
    await found.close()


@pytest.fixture
async def sqlite_store(tmp_path, hands) -> AsyncIterator[LocalStore]:
    found = LocalStore(f"sqlite+aiosqlite:///{tmp_path}/ems.db", hands)
    await found.open()
    yield found
    await found.close()
