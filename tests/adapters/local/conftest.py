"""A store for each test: a SQLite file, or a schema in PostgreSQL where one answers."""

import asyncio
import os
import secrets
from collections.abc import AsyncIterator, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from shutil import copy
from typing import Any

import asyncpg
import pytest

from adapters.local.demo import seed
from adapters.local.migrate import upgrade
from adapters.local.source import local_source
from adapters.local.store import LocalStore
from adapters.local.tables import METADATA
from tests.adapters.local.samples import Hands

POSTGRES = os.environ.get("EMS_TEST_POSTGRES", "postgresql+asyncpg://postgres@127.0.0.1/test")
SILENT = "PostgreSQL does not answer at EMS_TEST_POSTGRES"


def apart(work: Coroutine[Any, Any, Any]) -> Any:
    """Run something in a loop of its own, for fixtures that outlive a test's."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


async def postgres() -> asyncpg.Connection | None:
    """A connection to the tests' PostgreSQL, or None where it does not answer."""
    try:
        return await asyncpg.connect(POSTGRES.replace("+asyncpg", ""), timeout=3)
    except (OSError, asyncpg.PostgresError, TimeoutError):
        return None


async def tell(*statements: str) -> bool:
    """Run statements; False where PostgreSQL does not answer."""
    connection = await postgres()
    if connection is None:
        return False
    for statement in statements:
        await connection.execute(statement)
    await connection.close()
    return True


def within(schema: str) -> str:
    return f"{POSTGRES}{'&' if '?' in POSTGRES else '?'}schema={schema}"


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture(params=["sqlite", "postgresql"])
async def url(request, tmp_path) -> AsyncIterator[str]:
    """The address of an empty database."""
    if request.param == "sqlite":
        yield f"sqlite+aiosqlite:///{tmp_path}/ems.db"
        return
    schema = f"t{secrets.token_hex(6)}"
    if not await tell(f"CREATE SCHEMA {schema}"):
        pytest.skip(SILENT)
    yield within(schema)
    await tell(f"DROP SCHEMA {schema} CASCADE")


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory) -> Path:
    """A SQLite file with empty tables, to be copied."""
    path = tmp_path_factory.mktemp("migrated") / "ems.db"
    apart(upgrade(f"sqlite+aiosqlite:///{path}"))
    return path


@pytest.fixture(scope="session")
def migrated_schema() -> Iterator[str | None]:
    """A PostgreSQL schema with empty tables, emptied again for each test."""
    schema = f"t{secrets.token_hex(6)}"
    if not apart(tell(f"CREATE SCHEMA {schema}")):
        yield None
        return
    apart(upgrade(within(schema)))
    yield schema
    apart(tell(f"DROP SCHEMA {schema} CASCADE"))


@pytest.fixture(params=["sqlite", "postgresql"])
async def ready_url(request, tmp_path) -> str:
    """The address of a database with empty tables."""
    if request.param == "sqlite":
        copy(request.getfixturevalue("migrated_file"), tmp_path / "ems.db")
        return f"sqlite+aiosqlite:///{tmp_path}/ems.db"
    schema = request.getfixturevalue("migrated_schema")
    if schema is None:
        pytest.skip(SILENT)
    # DELETE and not TRUNCATE: that makes new files for every table and index, which takes seconds on a busy disk.
    await tell(
        "SET synchronous_commit = off",
        "; ".join(f'DELETE FROM {schema}."{table.name}"' for table in reversed(METADATA.sorted_tables)),
        f"INSERT INTO {schema}.journal_head VALUES (1, '{secrets.token_hex(4)}', 0, 0)",
    )
    return within(schema)


@pytest.fixture
async def store(ready_url, hands) -> AsyncIterator[LocalStore]:
    found = LocalStore(ready_url, hands)
    yield found
    await found.close()


@pytest.fixture
async def sqlite_store(migrated_file, tmp_path, hands) -> AsyncIterator[LocalStore]:
    copy(migrated_file, tmp_path / "one.db")
    found = LocalStore(f"sqlite+aiosqlite:///{tmp_path}/one.db", hands)
    yield found
    await found.close()


@pytest.fixture(scope="session")
def demo_file(migrated_file, tmp_path_factory):
    """A file with the demo data, made once."""
    path = copy(migrated_file, tmp_path_factory.mktemp("demo_file") / "ems.db")

    async def fill() -> None:
        store = LocalStore(f"sqlite+aiosqlite:///{path}", Hands())
        await seed(store)
        await store.close()

    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, fill()).result()
    return path


@pytest.fixture
async def source(demo_file, tmp_path, hands):
    """The source over a copy of the demo data."""
    copy(demo_file, tmp_path / "ems.db")
    store = LocalStore(f"sqlite+aiosqlite:///{tmp_path}/ems.db", hands)
    yield local_source(store)
    await store.close()


@pytest.fixture
async def either(store):
    """The source over the demo data, on SQLite and on PostgreSQL."""
    await seed(store)
    return local_source(store)
