"""The ledger on SQLite: short statements that are prepared once, many of them in one trip to the driver's thread."""

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import Table, insert
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection

from adapters.local.ledger import FOR_GOOD, KeptAlarm, Known, Ledger, Near, Rows, Spot
from adapters.local.tables.alarms import ALARMS, ALIASES
from adapters.local.tables.journal import JOURNAL

T = TypeVar("T")


def _upsert(table: Table) -> Any:
    statement = sqlite.insert(table)
    changed = {c.name: statement.excluded[c.name] for c in table.columns if c.name not in FOR_GOOD}
    return statement.on_conflict_do_update(index_elements=["born"], set_=changed)


def _text(statement: Any) -> str:
    return str(statement.compile(dialect=sqlite.dialect()))


_HEAD = "SELECT position FROM journal_head WHERE id = 1"
_MOVE = "UPDATE journal_head SET position = ? WHERE id = 1"
_DIGEST = "SELECT 1 FROM journal WHERE digest = ? LIMIT 1"
_ALIAS = "SELECT native_id FROM alarm_aliases WHERE key = ?"
_VIAS = "SELECT via FROM alarm_aliases WHERE native_id = ?"
_ALARM = "SELECT native_id, born, position, body, state FROM alarms WHERE native_id = ?"
_SPOT = (
    "SELECT native_id, born, position, body, state FROM alarms"
    " WHERE source = ? AND ne_type = ? AND ne_id = ? AND code = ?"
    " AND (raised_at IN ({times}) OR reported_at IN ({times}))"
)
_INSERT_ENTRY = _text(insert(JOURNAL))
_UPSERT_ALARM = _text(_upsert(ALARMS))
_INSERT_ALIAS = _text(insert(ALIASES))


class SqliteLedger(Ledger):
    """Every method is one call in the driver's thread. The transaction has begun with the only lock there is."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def look(self, digests: Sequence[bytes], keys: Sequence[str], ids: Sequence[str]) -> Known:
        """Look up one by one."""
        return await self._run(lambda driver: _known(driver, digests, keys, ids))

    async def near(self, spots: Mapping[Spot, set[int]], ids: Sequence[str]) -> Near:
        """Look up spot by spot."""
        return await self._run(lambda driver: _near(driver, spots, ids))

    async def write(self, rows: Rows, position: int) -> None:
        """Write each table with one statement; other processes see by the head that something has come."""
        if rows:
            await self._run(lambda driver: _write(driver, rows, position))

    async def _run(self, work: Callable[[sqlite3.Connection], T]) -> T:
        driver: Any = (await self._connection.get_raw_connection()).driver_connection
        try:
            # The driver has no public way to do several things in one trip to its thread.
            done: T = await driver._execute(work, driver._conn)  # noqa: SLF001
        except sqlite3.Error as error:
            raise OperationalError(None, None, error) from error
        return done


def _known(
    driver: sqlite3.Connection, digests: Sequence[bytes], keys: Sequence[str], ids: Sequence[str]
) -> Known:
    execute = driver.cursor().execute
    known = Known(*execute(_HEAD).fetchone())
    known.digests = {digest for digest in digests if execute(_DIGEST, (digest,)).fetchone()}
    for key in keys:
        if row := execute(_ALIAS, (key,)).fetchone():
            known.aliases[key] = row[0]
    for native_id in {*ids, *known.aliases.values()}:
        if row := execute(_ALARM, (native_id,)).fetchone():
            known.alarms.append(KeptAlarm(*row))
    return known


def _near(driver: sqlite3.Connection, spots: Mapping[Spot, set[int]], ids: Sequence[str]) -> Near:
    execute = driver.cursor().execute
    near = Near()
    for spot, times in spots.items():
        statement = _SPOT.format(times=", ".join("?" * len(times)))
        near.alarms += (KeptAlarm(*row) for row in execute(statement, (*spot, *times, *times)))
    for native_id in {*ids, *(alarm.native_id for alarm in near.alarms)}:
        near.vias[native_id].update(via for (via,) in execute(_VIAS, (native_id,)))
    return near


def _write(driver: sqlite3.Connection, rows: Rows, position: int) -> None:
    cursor = driver.cursor()
    cursor.executemany(_INSERT_ENTRY, rows.journal)
    cursor.executemany(_UPSERT_ALARM, rows.alarms)
    cursor.executemany(_INSERT_ALIAS, rows.aliases)
    cursor.execute(_MOVE, (position,))
