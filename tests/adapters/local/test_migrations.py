import asyncio

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from adapters.errors import BadInput
from adapters.local.engine import Database
from adapters.local.migrate import MIGRATIONS, REVISION, OldSchema, current, prepare, upgrade
from adapters.local.tables import METADATA


def ours(_object, name, kind, reflected, _other) -> bool:
    """Leave out what no model can say: the full-text tables and the trigram index."""
    if reflected and kind == "table":
        return name in METADATA.tables
    return not (reflected and name == "ix_directory_words")


async def test_the_migrations_make_the_tables_that_the_models_declare(url):
    await upgrade(url)
    database = Database(url)

    def differences(connection):
        context = MigrationContext.configure(connection, opts={"include_object": ours, "compare_type": True})
        return compare_metadata(context, METADATA)

    async with database.read() as connection:
        found = await connection.run_sync(differences)
    await database.close()

    assert found == []


def test_the_revision_that_is_asked_for_is_the_last_migration():
    assert ScriptDirectory(str(MIGRATIONS)).get_current_head() == REVISION


async def test_an_empty_database_is_made_ready_by_serving(url):
    database = Database(url)
    await prepare(database)
    await database.close()

    assert await current(url) == REVISION


async def test_an_empty_database_has_no_revision(url):
    assert await current(url) is None


async def test_two_processes_that_migrate_at_once_do_it_once(url):
    assert await asyncio.gather(upgrade(url), upgrade(url)) == [REVISION] * 2


async def test_an_older_postgresql_refuses_to_serve_and_an_older_sqlite_upgrades(url):
    await upgrade(url)
    database = Database(url)
    async with database.write() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '0004'"))
        await connection.execute(text("DROP TABLE directory"))
        await connection.execute(text("DROP TABLE watched"))
        if database.is_sqlite:
            await connection.execute(text("DROP TABLE directory_words"))
    if database.is_sqlite:
        await prepare(database)
    else:
        with pytest.raises(OldSchema, match="gql-ems migrate"):
            await prepare(database)
    await database.close()


@pytest.mark.parametrize("url", ["mysql://x/y", "nonsense", "sqlite+aiosqlite://", "sqlite:///x.db"], ids=str)
def test_a_url_that_the_store_cannot_run_on_is_refused(url):
    with pytest.raises(BadInput, match=r"storage\.url"):
        Database(url)
