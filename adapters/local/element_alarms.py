"""The first alarms of many elements at once: one statement, however many elements a list shows."""

from collections.abc import Sequence
from typing import Any

from msgspec.structs import replace
from sqlalchemy import Select, func, select

from adapters.local.alarm_filter import AlarmFilter, conditions
from adapters.local.alarm_queries import AlarmOrderField
from adapters.local.alarm_table import decode_alarm
from adapters.local.engine import Database
from adapters.local.tables.alarms import ALARMS
from adapters.ports import Page, PageRequest
from adapters.records import Alarm

Spot = tuple[str, str, str]
"""Source, type in upper case, id."""


class ElementAlarms:
    """Reads first pages only; a later page of one element is a read of its own."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def first_pages(
        self,
        where: AlarmFilter,
        spots: Sequence[Spot],
        request: PageRequest,
        order: AlarmOrderField,
        *,
        down: bool,
    ) -> dict[Spot, Page[Alarm]]:
        """The first page of each element's alarms; an element without any has an empty one."""
        dialect = "sqlite" if self._database.is_sqlite else "postgresql"
        within = replace(where, network_elements=tuple(spots))
        rows: dict[Spot, list[Any]] = {spot: [] for spot in spots}
        totals: dict[Spot, int] = {}
        async with self._database.read() as connection:
            for row in await connection.execute(
                _first_rows(within, request.first + 1, order, dialect, down=down)
            ):
                rows[row.source, row.ne_type, row.ne_id].append(row)
            if request.total:
                for row in await connection.execute(_counts(within, dialect)):
                    totals[row.source, row.ne_type, row.ne_id] = row.n
        mark = f"{order.value} {'down' if down else 'up'}"
        return {
            spot: Page(
                records=tuple(decode_alarm(row.body) for row in found[: request.first]),
                positions=tuple([mark, row.key, row.born] for row in found[: request.first]),
                more=len(found) > request.first,
                total=totals.get(spot, 0) if request.total else None,
            )
            for spot, found in rows.items()
        }


def _first_rows(
    where: AlarmFilter, most: int, order: AlarmOrderField, dialect: str, *, down: bool
) -> Select[Any]:
    c = ALARMS.c
    column = c[order.value]
    ways = (column.desc(), c.born.desc()) if down else (column.asc(), c.born.asc())
    place = func.row_number().over(partition_by=(c.source, c.ne_type, c.ne_id), order_by=ways).label("place")
    numbered = (
        select(c.source, c.ne_type, c.ne_id, c.body, c.born, column.label("key"), place)
        .where(conditions(where, dialect))
        .subquery()
    )
    return select(numbered).where(numbered.c.place <= most).order_by(numbered.c.place)


def _counts(where: AlarmFilter, dialect: str) -> Select[Any]:
    c = ALARMS.c
    return (
        select(c.source, c.ne_type, c.ne_id, func.count().label("n"))
        .where(conditions(where, dialect))
        .group_by(c.source, c.ne_type, c.ne_id)
    )
