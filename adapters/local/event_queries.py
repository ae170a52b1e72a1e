"""What elements told beside alarms, read in pages, newest first."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, TypeVar

from msgspec import Struct
from sqlalchemy import ColumnElement, Select, false, or_, select, union_all

from adapters.local.clock import from_ms, to_ms
from adapters.local.engine import Database
from adapters.local.keyset import read_key, seek
from adapters.local.replay import read_told
from adapters.local.tables.journal import HEAD, JOURNAL
from adapters.ports import Page, PageRequest
from adapters.records import CallRecord, Measurement, UeEvent, UeEventKind

T = TypeVar("T", UeEvent, CallRecord, Measurement)


class UeEventFilter(Struct, frozen=True, kw_only=True):
    """Conditions on UE events; times are inclusive."""

    sources: tuple[str, ...] | None = None
    imsi: str | None = None
    kinds: tuple[UeEventKind, ...] | None = None
    start: datetime | None = None
    end: datetime | None = None


class CallRecordFilter(Struct, frozen=True, kw_only=True):
    """Conditions on call records; `party` is the caller or the called."""

    sources: tuple[str, ...] | None = None
    party: str | None = None
    start: datetime | None = None
    end: datetime | None = None


class MeasurementFilter(Struct, frozen=True, kw_only=True):
    """Conditions on measurements."""

    sources: tuple[str, ...] | None = None
    ne_types: tuple[str, ...] | None = None
    ne_ids: tuple[str, ...] | None = None


class EventQueries:
    """Pages of UE events and call records over the whole journal, each as fast as the first."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def ue_events(self, where: UeEventFilter, request: PageRequest) -> Page[UeEvent]:
        """UE events that match, newest first."""
        return await self._page(ue_statement(where, request), request, UeEvent)

    async def call_records(self, where: CallRecordFilter, request: PageRequest) -> Page[CallRecord]:
        """Call records that match, newest first."""
        return await self._page(call_statement(where, request), request, CallRecord)

    async def measurements(self, where: MeasurementFilter, request: PageRequest) -> Page[Measurement]:
        """Measurements that match, newest first."""
        return await self._page(measurement_statement(where, request), request, Measurement)

    async def _page(self, statement: Select[Any], request: PageRequest, kind: type[T]) -> Page[T]:
        async with self._database.read() as connection:
            journal = (await connection.execute(select(HEAD.c.journal))).scalar_one()
            rows = (await connection.execute(statement)).all()
        shown = rows[: request.first]
        records = tuple(told for row in shown if isinstance(told := read_told(journal, row), kind))
        return Page(
            records=records,
            positions=tuple([row.at, row.position] for row in shown),
            more=len(rows) > len(shown),
        )


def ue_statement(where: UeEventFilter, request: PageRequest) -> Select[Any]:
    """The statement of one page of UE events."""
    statement = _span(_of_kind("ue"), where.start, where.end, where.sources)
    if where.imsi is not None:
        statement = statement.where(JOURNAL.c.subject == where.imsi)
    if where.kinds is not None:
        statement = statement.where(JOURNAL.c.variant.in_([kind.value for kind in where.kinds]))
    return _newest(statement, request)


def call_statement(where: CallRecordFilter, request: PageRequest) -> Select[Any]:
    """The statement of one page of call records."""
    statement = _span(_of_kind("call"), where.start, where.end, where.sources)
    if where.party is None:
        return _newest(statement, request)
    # Two walks along two indexes, merged: an OR would walk over every call of everybody.
    made = _newest(statement.where(JOURNAL.c.subject == where.party), request).subquery()
    taken = _newest(statement.where(JOURNAL.c.other == where.party), request).subquery()
    both = union_all(select(made), select(taken)).subquery()
    return select(both).order_by(both.c.at.desc(), both.c.position.desc()).limit(request.first + 1)


def measurement_statement(where: MeasurementFilter, request: PageRequest) -> Select[Any]:
    """The statement of one page of measurements."""
    statement = _span(_of_kind("measurement"), None, None, where.sources)
    subject = JOURNAL.c.subject
    if where.ne_types is not None and where.ne_ids is not None:
        pairs = [f"{ne_type.upper()}/{ne_id}" for ne_type in where.ne_types for ne_id in where.ne_ids]
        statement = statement.where(subject.in_(pairs))
    elif where.ne_types is not None:
        statement = statement.where(
            _any(subject.startswith(f"{t.upper()}/", autoescape=True) for t in where.ne_types)
        )
    elif where.ne_ids is not None:
        statement = statement.where(_any(subject.endswith(f"/{i}", autoescape=True) for i in where.ne_ids))
    return _newest(statement, request)


def _any(tests: Iterable[ColumnElement[bool]]) -> ColumnElement[bool]:
    return or_(false(), *tests)


def _of_kind(kind: str) -> Select[Any]:
    c = JOURNAL.c
    return select(c.position, c.kind, c.at, c.body).where(c.kind == kind)


def _span(
    statement: Select[Any], start: datetime | None, end: datetime | None, sources: tuple[str, ...] | None
) -> Select[Any]:
    if start is not None:
        ms = to_ms(start)
        statement = statement.where(JOURNAL.c.at >= (ms if from_ms(ms) == start else ms + 1))
    if end is not None:
        statement = statement.where(JOURNAL.c.at <= to_ms(end))
    if sources is not None:
        statement = statement.where(JOURNAL.c.source.in_(list(sources)))
    return statement


def _newest(statement: Select[Any], request: PageRequest) -> Select[Any]:
    key = read_key(request.after, (int, int))
    return seek(statement, (JOURNAL.c.at, JOURNAL.c.position), key, down=True, limit=request.first)
