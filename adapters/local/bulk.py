"""Many rows in one statement, handed to the driver as they are: what appends spend their time on."""

from collections.abc import Sequence
from operator import itemgetter
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.dml import Insert


class Bulk:
    """An insert that is compiled once for each database; values must be of the columns' own types."""

    def __init__(self, **statements: Insert) -> None:
        self._statements = statements
        self._compiled: dict[str, tuple[str, itemgetter[str]]] = {}

    async def run(self, connection: AsyncConnection, rows: Sequence[dict[str, Any]]) -> None:
        """Write the rows."""
        if not rows:
            return
        sql, values = self._for(connection, rows[0])
        await connection.exec_driver_sql(sql, [values(row) for row in rows])

    def _for(self, connection: AsyncConnection, row: dict[str, Any]) -> tuple[str, Any]:
        name = connection.dialect.name
        if name not in self._compiled:
            compiled: Any = self._statements[name].compile(dialect=connection.dialect, column_keys=list(row))
            self._compiled[name] = (str(compiled), itemgetter(*compiled.positiontup))
        return self._compiled[name]
