"""Bringing the store's tables up to date, under a lock, and telling whether they are."""

import secrets
from pathlib import Path

from sqlalchemy import Connection, insert, inspect, select, text

from adapters.errors import Conflict
from adapters.local.engine import Database
from adapters.local.tables.journal import HEAD

REVISION = "0006"
"""The revision that this release works with: the last of `migrations/versions`."""

MIGRATIONS = Path(__file__).parent / "migrations"

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
    return REVISION


async def prepare(database: Database) -> None:
    """Make a database ready to serve: SQLite and an empty PostgreSQL are upgraded, an older PostgreSQL refuses."""
    async with database.read() as connection:
        revision = await connection.run_sync(_revision)
    if revision == REVISION:
        return
    if not database.is_sqlite and revision is not None:
        raise OldSchema(f"The store's tables are at revision {revision}: run `gql-ems migrate` first.")
    await upgrade_database(database)


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.execute(
        text("SELECT version_num FROM alembic_version")
    ).scalar_one_or_none()
    return found


def _upgrade(connection: Connection) -> None:
    # Most starts find the tables as they should be: what migrates them is loaded where it has something to do.
    from alembic import command  # noqa: PLC0415 - see above
    from alembic.config import Config  # noqa: PLC0415 - see above

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
