"""A table of whole records: pages by keyset, single reads, many at once, and writes that a port shares."""

from collections.abc import Iterable, Sequence
from typing import Any, Generic, TypeVar

import msgspec
from sqlalchemy import ColumnElement, Select, Table, and_, delete, func, insert, select, true, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from adapters.errors import Conflict, ErrorCode, NotFound
from adapters.local.alarm_batch import chunks
from adapters.local.engine import Database
from adapters.local.keyset import read_key, seek
from adapters.local.plain_text import folded
from adapters.ports import Outcome, Page, PageRequest, Refusal
from adapters.records import Sourced

R = TypeVar("R", bound=Sourced)

encode = msgspec.json.encode


class Shelf(Generic[R]):
    """Records of one kind, ordered by native id."""

    def __init__(self, database: Database, table: Table, record: type[R], noun: str) -> None:
        self.database = database
        self.table = table
        self.noun = noun
        self.decode = msgspec.json.Decoder(record).decode

    def holds(self, text: str | None) -> list[ColumnElement[bool]]:
        """The condition that a record's words hold a text, whatever its case."""
        needle = folded(text or "")
        if not needle:
            return []
        position = func.instr if self.database.is_sqlite else func.strpos
        return [position(self.table.c.words, needle) > 0]

    async def page(
        self,
        where: Sequence[ColumnElement[bool]],
        request: PageRequest,
        along: ColumnElement[str] | None = None,
    ) -> Page[R]:
        """Part of the records that match, by native id; or along a column that is unique where they match."""
        statement = self.statement(where, request, along)
        async with self.database.read() as connection:
            rows = (await connection.execute(statement)).all()
            total = await self.count(connection, where) if request.total else None
        shown = rows[: request.first]
        return Page(
            records=tuple(self.decode(row.body) for row in shown),
            positions=tuple([row.key] for row in shown),
            more=len(rows) > len(shown),
            total=total,
        )

    def statement(
        self,
        where: Sequence[ColumnElement[bool]],
        request: PageRequest,
        along: ColumnElement[str] | None = None,
    ) -> Select[Any]:
        """The statement of one page."""
        column = self.table.c.native_id if along is None else along
        key = read_key(request.after, (str,))
        matching = select(column.label("key"), self.table.c.body).where(and_(true(), *where))
        return seek(matching, (column,), key, down=False, limit=request.first)

    async def count(self, connection: AsyncConnection, where: Sequence[ColumnElement[bool]]) -> int:
        """How many records match."""
        statement = select(func.count()).select_from(self.table).where(and_(true(), *where))
        return int((await connection.execute(statement)).scalar_one())

    async def get_many(self, native_ids: Iterable[str]) -> dict[str, R]:
        """The records of these ids that there are."""
        c = self.table.c
        found: dict[str, R] = {}
        async with self.database.read() as connection:
            for part in chunks(native_ids):
                rows = await connection.execute(select(c.native_id, c.body).where(c.native_id.in_(part)))
                found.update((row.native_id, self.decode(row.body)) for row in rows)
        return found

    async def get(self, native_id: str) -> R | None:
        """One record, or None."""
        return (await self.get_many([native_id])).get(native_id)

    async def all(self, *where: ColumnElement[bool]) -> tuple[R, ...]:
        """Every record that matches, for lists that are short by nature."""
        c = self.table.c
        statement = select(c.body).where(*where).order_by(c.native_id)
        async with self.database.read() as connection:
            return tuple(self.decode(row.body) for row in await connection.execute(statement))

    async def need(self, native_id: str) -> R:
        """One record; NOT_FOUND where there is none."""
        record = await self.get(native_id)
        if record is None:
            raise NotFound(f"There is no {self.noun} {native_id}.")
        return record

    async def insert(self, row: dict[str, Any]) -> None:
        """Add a record; CONFLICT where its id or name is taken, or what it refers to is not there."""
        async with self.database.write() as connection:
            await self._try(connection, insert(self.table), row)

    async def insert_many(self, rows: list[dict[str, Any]]) -> None:
        """Add records, all or none."""
        async with self.database.write() as connection:
            await self._try(connection, insert(self.table), rows)

    async def update(self, native_id: str, row: dict[str, Any]) -> None:
        """Replace the columns of a record."""
        async with self.database.write() as connection:
            await self._try(connection, update(self.table).where(self.table.c.native_id == native_id), row)

    async def delete(self, native_ids: Iterable[str]) -> Outcome[str]:
        """Remove records; each is told on its own."""
        done: list[str] = []
        refusals: list[Refusal] = []
        async with self.database.write() as connection:
            for native_id in dict.fromkeys(native_ids):
                try:
                    async with connection.begin_nested():
                        gone = await connection.execute(
                            delete(self.table).where(self.table.c.native_id == native_id)
                        )
                except IntegrityError:
                    refusals.append(self.refusal(native_id, ErrorCode.CONFLICT, "is still in use"))
                    continue
                if gone.rowcount:
                    done.append(native_id)
                else:
                    refusals.append(self.refusal(native_id, ErrorCode.NOT_FOUND, "is not there"))
        return Outcome(done=tuple(done), refusals=tuple(refusals))

    def refusal(self, native_id: str, code: ErrorCode, what: str) -> Refusal:
        return Refusal(code=code, message=f"The {self.noun} {native_id} {what}.", native_id=native_id)

    async def _try(self, connection: AsyncConnection, statement: Any, row: Any) -> None:
        try:
            await connection.execute(statement, row)
        except IntegrityError as error:
            raise Conflict(
                f"There is such a {self.noun} already, or something that it refers to does not exist."
            ) from error


def words(*parts: object) -> str:
    """Give the text to search in: the parts that there are, folded."""
    return folded("\n".join(str(part) for part in parts if isinstance(part, str | int)))


def changed(record: R, change: msgspec.Struct, *, without: tuple[str, ...] = ("native",)) -> R:
    """Give the record with what a change sets; what it leaves UNSET stays."""
    told = {
        name: getattr(change, name)
        for name in change.__struct_fields__
        if name not in without and getattr(change, name) is not msgspec.UNSET
    }
    return msgspec.structs.replace(record, **told)
