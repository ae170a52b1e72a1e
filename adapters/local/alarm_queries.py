"""Alarms read from the store: pages in three orders, counts, one alarm, its history and its comments."""

from collections.abc import Sequence
from enum import Enum
from typing import Any

from sqlalchemy import Select, case, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from adapters.errors import BadInput
from adapters.local.alarm_filter import AlarmFilter, conditions
from adapters.local.alarm_table import SEVERITY_RANK, decode_alarm, state_of
from adapters.local.engine import Database
from adapters.local.keyset import MALFORMED, read_key, seek
from adapters.local.replay import read_event
from adapters.local.tables.alarms import ALARMS
from adapters.local.tables.journal import HEAD, JOURNAL
from adapters.ports import Page, PageRequest
from adapters.records import Alarm, AlarmComment, AlarmCounts, AlarmEvent, AlarmStatus, Severity

COUNTED = (Severity.CRITICAL, Severity.MAJOR, Severity.MINOR, Severity.WARNING, Severity.INDETERMINATE)


class AlarmOrderField(Enum):
    """What a list of alarms can be ordered by."""

    RAISED_AT = "raised_at"
    UPDATED_AT = "updated_at"
    SEVERITY = "severity"


class AlarmQueries:
    """What can be asked of the alarms that the journal folds to."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @property
    def _dialect(self) -> str:
        return "sqlite" if self._database.is_sqlite else "postgresql"

    async def page(
        self,
        where: AlarmFilter,
        request: PageRequest,
        order: AlarmOrderField = AlarmOrderField.RAISED_AT,
        *,
        down: bool = True,
    ) -> Page[Alarm]:
        """Part of the list of alarms that match, newest first unless asked otherwise."""
        async with self._database.read() as connection:
            statement = page_statement(where, request, order, self._dialect, down=down)
            rows = (await connection.execute(statement)).all()
            shown = rows[: request.first]
            total = await self._count(connection, where) if request.total else None
        mark = f"{order.value} {'down' if down else 'up'}"
        return Page(
            records=tuple([decode_alarm(body) for body, _, _ in shown]),
            positions=tuple([[mark, key, born] for _, born, key in shown]),
            more=len(rows) > len(shown),
            total=total,
        )

    async def count(self, where: AlarmFilter) -> int:
        """How many alarms match."""
        async with self._database.read() as connection:
            return await self._count(connection, where)

    async def _count(self, connection: AsyncConnection, where: AlarmFilter) -> int:
        statement = select(func.count()).select_from(ALARMS).where(conditions(where, self._dialect))
        return int((await connection.execute(statement)).scalar_one())

    async def summary(self, where: AlarmFilter) -> AlarmCounts:
        """How many alarms stand, by severity, under the filter."""
        async with self._database.read() as connection:
            rows = (await connection.execute(summary_statement(where, self._dialect))).all()
        counts = {row.severity: row.n for row in rows}
        by_name = {s.value.lower(): counts.get(SEVERITY_RANK[s], 0) for s in COUNTED}
        return AlarmCounts(
            total=sum(row.n for row in rows), unacknowledged=sum(int(row.open) for row in rows), **by_name
        )

    async def get_many(self, native_ids: Sequence[str]) -> dict[str, Alarm]:
        """The alarms of these ids that there are."""
        statement = select(ALARMS.c.native_id, ALARMS.c.body).where(ALARMS.c.native_id.in_(list(native_ids)))
        async with self._database.read() as connection:
            return {row.native_id: decode_alarm(row.body) for row in await connection.execute(statement)}

    async def get(self, native_id: str) -> Alarm | None:
        """One alarm, or None where there is none of that id."""
        return (await self.get_many([native_id])).get(native_id)

    async def comments(self, native_id: str) -> tuple[AlarmComment, ...] | None:
        """What people wrote to an alarm, oldest first; None where there is no such alarm."""
        statement = select(ALARMS.c.body, ALARMS.c.state).where(ALARMS.c.native_id == native_id)
        async with self._database.read() as connection:
            row = (await connection.execute(statement)).one_or_none()
        return None if row is None else state_of(row).comments

    async def history(self, native_id: str, limit: int = 1000) -> tuple[AlarmEvent, ...]:
        """Every step of an alarm's life that is still kept, oldest first; at most the last `limit`."""
        c = JOURNAL.c
        statement = (
            select(c.position, c.at, c.variant, c.body, c.after)
            .where(c.kind == "alarm", c.subject == native_id)
            .order_by(c.at.desc(), c.position.desc())
            .limit(limit)
        )
        async with self._database.read() as connection:
            journal = (await connection.execute(select(HEAD.c.journal))).scalar_one()
            rows = (await connection.execute(statement)).all()
        return tuple(read_event(journal, row) for row in reversed(rows))


def page_statement(
    where: AlarmFilter, request: PageRequest, order: AlarmOrderField, dialect: str, *, down: bool
) -> Select[Any]:
    """The statement of one page; a position of another order is refused."""
    column = ALARMS.c[order.value]
    key = read_key(request.after, (str, int, int))
    if key is not None and key[0] != f"{order.value} {'down' if down else 'up'}":
        raise BadInput(MALFORMED, ("after",))
    statement = select(ALARMS.c.body, ALARMS.c.born, column.label("key"))
    statement = statement.where(conditions(where, dialect, order.value))
    return seek(statement, (column, ALARMS.c.born), key and key[1:], down=down, limit=request.first)


def summary_statement(where: AlarmFilter, dialect: str) -> Select[Any]:
    """The statement that counts standing alarms by severity."""
    open_ones = func.sum(case((ALARMS.c.acknowledged, 0), else_=1)).label("open")
    return (
        select(ALARMS.c.severity, func.count().label("n"), open_ones)
        .where(conditions(where, dialect), ALARMS.c.status == AlarmStatus.ACTIVE.value)
        .group_by(ALARMS.c.severity)
    )
