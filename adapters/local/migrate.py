"""Bringing the store's tables up to date, under a lock, and telling whether they are."""

import secrets
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, insert, inspect, select, text

from adapters.errors import Conflict
from adapters.local.engine import Database
from adapters.local.tables.journal import HEAD

LOCK = 7_243_391_018
"""The advisory lock that keeps two processes from migrating one PostgreSQL at once."""


class OldSchema(Conflict):
    """The store's tables are of another release; the message says what to do."""


async def upgrade(url: str) -> str:
    """Bring the tables of this URL up to date; gives the revision."""
    database = Database(url)
    try:
        return await upgrade_database(database)
    finally:
        await database.close()


async def current(url: str) -> str | None:
    """Tell the revision of the tables at this URL; None where there are none."""
    database = Database(url)
    try:
        async with database.read() as connection:
            return await connection.run_sync(_revision)
    finally:
        await database.close()


async def upgrade_database(database: Database) -> str:
    """Bring a database's tables up to date; gives the revision."""
    async with database.write() as connection:
        if not database.is_sqlite:
            await connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
        await connection.run_sync(_upgrade)
        if (await connection.execute(select(HEAD.c.id))).first() is None:
            await connection.execute(
                insert(HEAD), {"id": 1, "journal": secrets.token_hex(4), "position": 0, "low_water": 0}
            )
    return head_revision()


async def prepare(database: Database) -> None:
    """Make a database ready to serve: SQLite and an empty PostgreSQL are upgraded, an older PostgreSQL refuses."""
    async with database.read() as connection:
        revision = await connection.run_sync(_revision)
    if revision == head_revision():
        return
    if not database.is_sqlite and revision is not None:
        raise OldSchema(f"The store's tables are at revision {revision}: run `gql-ems migrate` first.")
    await upgrade_database(database)


def head_revision() -> str:
    """Name the revision that this release works with."""
    head = ScriptDirectory.from_config(_config()).get_current_head()
    if head is None:
        raise OldSchema("This installation has lost its migrations.")
    return head


def _config(**attributes: Any) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes.update(attributes)
    return config


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return MigrationContext.configure(connection).get_current_revision()


def _upgrade(connection: Connection) -> None:
    command.upgrade(_config(connection=connection), "head")
