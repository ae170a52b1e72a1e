"""The store's database, SQLite or PostgreSQL by its URL, and the units of work on it."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DisconnectionError, OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from adapters.errors import BadInput

DRIVERS = ("sqlite+aiosqlite", "postgresql+asyncpg")
BUSY_MS = 15_000
CHECKPOINT_PAGES = 8_000
"""How long SQLite's log grows (32 MB) before it is written into the file: pages that change often are written once."""


def parse_url(text: str) -> URL:
    """Read a storage URL; refuse what the store cannot run on."""
    try:
        url = make_url(text)
    except ArgumentError as error:
        raise BadInput("storage.url is not a URL") from error
    if url.drivername not in DRIVERS:
        raise BadInput(f"storage.url must begin with one of {', '.join(DRIVERS)}")
    if url.get_backend_name() == "sqlite" and url.database in (None, "", ":memory:"):
        raise BadInput("storage.url must name a file: the store is shared by several connections")
    return url


class Database:
    """One database: `read()` gives a consistent view, `write()` a transaction that ends in a commit."""

    def __init__(self, url: str) -> None:
        self.url = parse_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        if self.is_sqlite:
            self._writer = _sqlite(self.url, begin="BEGIN IMMEDIATE", pool_size=1)
            self._reader = _sqlite(self.url, begin="BEGIN", pool_size=6)
        else:
            self._writer = _postgresql(self.url)
            self._reader = self._writer.execution_options(isolation_level="REPEATABLE READ")
        self._turn = asyncio.Lock()

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """Read at one moment: everything in here sees the same commits."""
        async with self._reader.connect() as connection, connection.begin():
            yield connection

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncConnection]:
        """Change the store; the commit is at the end, an exception takes everything back."""
        if not self.is_sqlite:
            async with self._writer.begin() as connection:
                yield connection
            return
        # Writers of one process queue here and not in SQLite, which would let them wait in no order.
        async with self._turn, self._writer.begin() as connection:
            yield connection

    @asynccontextmanager
    async def driver(self) -> AsyncIterator[Any]:
        """Lend the driver's own connection outside of any transaction: to listen, or to look at the file's version."""
        async with self._reader.connect() as connection:
            yield (await connection.get_raw_connection()).driver_connection

    async def close(self) -> None:
        """Close every connection."""
        await self._writer.dispose()
        if self.is_sqlite:
            await self._reader.dispose()


class _Connection(sqlite3.Connection):
    """Takes its transaction back before it closes.

    SQLite closes a connection for good only when its last cursor is gone. One that was left with rows to come, and that a
    traceback still holds, would keep the transaction and its lock.
    """

    def close(self) -> None:
        with suppress(sqlite3.ProgrammingError):  # closed already
            if self.in_transaction:
                self.rollback()
        super().close()


def _sqlite(url: URL, *, begin: str, pool_size: int) -> AsyncEngine:
    engine = create_async_engine(
        url,
        pool_size=pool_size,
        max_overflow=2 if pool_size > 1 else 0,
        pool_reset_on_return=None,
        connect_args={"factory": _Connection},
    )

    @event.listens_for(engine.sync_engine, "connect")
    def configure(connection: Any, _record: Any) -> None:
        # The driver must not begin transactions on its own: readers and writers begin differently.
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in (
            f"busy_timeout={BUSY_MS}",
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            "temp_store=MEMORY",
            "cache_size=-16000",
            f"wal_autocheckpoint={CHECKPOINT_PAGES}",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def open_transaction(connection: Any) -> None:
        # One trip to the driver's thread, where a cursor would take four.
        driven = connection.connection.dbapi_connection
        try:
            driven.run_async(lambda driver: driver.execute_fetchall(begin))
        except sqlite3.Error as error:
            raise OperationalError(begin, None, error) from error
        except BaseException:
            # Who leaves now does not know whether it is open already: nobody else is given this connection.
            connection.invalidate()
            raise

    @event.listens_for(engine.sync_engine, "reset")
    def take_back(connection: Any, _record: Any, state: Any) -> None:
        # After a commit there is nothing to take back, and no reason to go and ask for it.
        if not state.terminate_only and connection.driver_connection.in_transaction:
            connection.rollback()

    return engine


def _postgresql(url: URL) -> AsyncEngine:
    query = dict(url.query)
    schema = query.pop("schema", None)
    settings = {"application_name": "gql-ems"}
    if isinstance(schema, str):
        settings["search_path"] = f'"{schema}",public'
    engine = create_async_engine(
        url.set(query=query), pool_size=8, max_overflow=8, connect_args={"server_settings": settings}
    )

    @event.listens_for(engine.sync_engine, "checkout")
    def lend(connection: Any, _record: Any, _fairy: Any) -> None:
        # The driver knows when the server has hung up: a ping would take three trips before each transaction.
        if connection.driver_connection.is_closed():
            raise DisconnectionError

    return engine
