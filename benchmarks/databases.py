"""A PostgreSQL database for a run: the one that is named, or one of its own at the local server, dropped afterwards."""

import asyncio
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager

import asyncpg

SERVER = "postgres@127.0.0.1:5432"
"""Who is tried, without a password."""
PATIENCE = 5
SCHEME = "postgresql+asyncpg"


@contextmanager
def postgres() -> Iterator[str | None]:
    """Its address; None where no server answers."""
    named = os.environ.get("EMS_BENCH_POSTGRES")
    if named:
        yield named
        return
    name = f"ems_bench_{secrets.token_hex(6)}"
    try:
        asyncio.run(_told(f"CREATE DATABASE {name}"))
    except (OSError, asyncpg.PostgresError, TimeoutError):
        yield None
        return
    try:
        yield f"{SCHEME}://{SERVER}/{name}"
    finally:
        asyncio.run(_told(f"DROP DATABASE {name} WITH (FORCE)"))


async def _told(statement: str) -> None:
    connection = await asyncpg.connect(f"postgresql://{SERVER}/postgres", timeout=PATIENCE)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()
