"""The ledger on PostgreSQL: one statement looks everything up and one writes everything, each a single trip."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import asyncpg  # type: ignore[import-untyped]
from sqlalchemy import Table, func, literal, select
from sqlalchemy.dialects import postgresql
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection

from adapters.local.ledger import FOR_GOOD, KeptAlarm, Known, Ledger, Near, Row, Rows, Spot
from adapters.local.tables.alarms import ALARMS, ALIASES
from adapters.local.tables.journal import HEAD, JOURNAL

_DIALECT = postgresql.dialect()  # type: ignore[no-untyped-call]
_BY_INDEX = func.set_config("enable_seqscan", "off", literal(value=True))
"""For this transaction alone: what a flood has just filled has no statistics, and the planner would walk it all."""
_LOCK = select(HEAD.c.journal, HEAD.c.position, _BY_INDEX).where(HEAD.c.id == 1).with_for_update()

_KNOWN = """
WITH known AS (SELECT key, native_id FROM alarm_aliases WHERE key = ANY($2::varchar[]))
SELECT digest, NULL::varchar, NULL::varchar, NULL::bigint, NULL::bigint, NULL::bytea, NULL::bytea
FROM journal WHERE digest = ANY($1::bytea[])
UNION ALL SELECT NULL, key, native_id, NULL, NULL, NULL, NULL FROM known
UNION ALL SELECT NULL, NULL, native_id, born, position, body, state FROM alarms
WHERE native_id = ANY(ARRAY(SELECT native_id FROM known UNION ALL SELECT unnest($3::varchar[])))
"""
_NEAR = """
WITH near AS (
  SELECT native_id FROM unnest($1::varchar[], $2::varchar[], $3::varchar[], $4::bigint[], $5::bigint[])
  AS spot (source, ne_type, ne_id, code, at)
  JOIN alarms USING (source, ne_type, ne_id, code) WHERE spot.at IN (raised_at, reported_at)
  UNION SELECT unnest($6::varchar[])
)
SELECT native_id, born, position, body, state,
  ARRAY(SELECT via FROM alarm_aliases WHERE alarm_aliases.native_id = alarms.native_id)
FROM near JOIN alarms USING (native_id)
"""


def _insert(table: Table, first: int) -> str:
    """Insert rows that come as one array for each column, numbered on from `first`."""
    names = ", ".join(f'"{column.name}"' for column in table.columns)
    kinds = (str(column.type.compile(_DIALECT)) for column in table.columns)
    arrays = ", ".join(f"${number}::{kind}[]" for number, kind in enumerate(kinds, first))
    return f"INSERT INTO {table.name} ({names}) SELECT * FROM unnest({arrays})"  # noqa: S608 - our own tables


_FIRST = 3
_CHANGES = ", ".join(f'"{c.name}" = excluded."{c.name}"' for c in ALARMS.columns if c.name not in FOR_GOOD)
_WRITE = f"""
WITH moved AS (UPDATE journal_head SET position = $1 WHERE id = 1),
entries AS ({_insert(JOURNAL, _FIRST)}),
changed AS (
  {_insert(ALARMS, _FIRST + len(JOURNAL.columns))} ON CONFLICT (born) DO UPDATE SET {_CHANGES}
),
named AS ({_insert(ALIASES, _FIRST + len(JOURNAL.columns) + len(ALARMS.columns))})
SELECT pg_notify($2, $1::text)
"""  # noqa: S608 - our own tables


class PostgresLedger(Ledger):
    """The head's row is locked until the commit; what is looked up is looked up after that."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection
        self._journal = ""

    async def look(self, digests: Sequence[bytes], keys: Sequence[str], ids: Sequence[str]) -> Known:
        """Lock first: a statement sees what was committed before it began, not what was while it waited."""
        head = (await self._connection.execute(_LOCK)).one()
        self._journal = head.journal
        known = Known(head.position)
        for digest, key, *alarm in await self._run("fetch", _KNOWN, digests, keys, ids):
            if digest is not None:
                known.digests.add(digest)
            elif key is not None:
                known.aliases[key] = alarm[0]
            else:
                known.alarms.append(KeptAlarm(*alarm))
        return known

    async def near(self, spots: Mapping[Spot, set[int]], ids: Sequence[str]) -> Near:
        """Look up all spots at once."""
        near = Near()
        asked = [(*spot, at) for spot, times in spots.items() for at in times]
        for *alarm, vias in await self._run("fetch", _NEAR, *zip(*asked, strict=True), ids):
            near.alarms.append(KeptAlarm(*alarm))
            near.vias[alarm[0]].update(vias)
        return near

    async def write(self, rows: Rows, position: int) -> None:
        """Write everything with one statement, and tell other processes the position when it is committed."""
        if not rows:
            return
        arrays = (
            *_arrays(JOURNAL, rows.journal),
            *_arrays(ALARMS, rows.alarms),
            *_arrays(ALIASES, rows.aliases),
        )
        await self._run("execute", _WRITE, position, f"ems_{self._journal}", *arrays)

    async def _run(self, method: str, statement: str, *values: Any) -> Any:
        driver = (await self._connection.get_raw_connection()).driver_connection
        try:
            return await getattr(driver, method)(statement, *values)
        except (asyncpg.PostgresError, asyncpg.InterfaceError) as error:
            raise OperationalError(None, None, error) from error


def _arrays(table: Table, rows: Sequence[Row]) -> Iterable[Sequence[Any]]:
    return zip(*rows, strict=True) if rows else ((),) * len(table.columns)
