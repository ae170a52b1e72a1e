"""Conditions on alarms, with one meaning in SQL and in memory."""

from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from typing import Any

from msgspec import Struct
from sqlalchemy import ColumnElement, UnaryExpression, and_, false, func, or_, true
from sqlalchemy.sql.operators import custom_op

from adapters.local.alarm_table import SEVERITY_RANK, words_of
from adapters.local.clock import from_ms, to_ms
from adapters.local.plain_text import folded
from adapters.local.tables.alarms import ALARMS
from adapters.records import Alarm, AlarmEventType, AlarmStatus, Severity

Matcher = Callable[[Alarm], bool]


class AlarmFilter(Struct, frozen=True, kw_only=True):
    """Every condition must hold; None asks for nothing, an empty list lets nothing through.

    `network_elements` are (source, type, id). Times are inclusive at both ends.
    """

    sources: tuple[str, ...] | None = None
    search: str | None = None
    ne_types: tuple[str, ...] | None = None
    ne_ids: tuple[str, ...] | None = None
    network_elements: tuple[tuple[str, str, str], ...] | None = None
    severities: tuple[Severity, ...] | None = None
    status: AlarmStatus | None = None
    event_types: tuple[AlarmEventType, ...] | None = None
    codes: tuple[int, ...] | None = None
    acknowledged: bool | None = None
    shelved: bool | None = None
    flapping: bool | None = None
    stale: bool | None = None
    raised_from: datetime | None = None
    raised_to: datetime | None = None

    @property
    def needle(self) -> str:
        """The text to look for, made comparable."""
        return folded(self.search or "")


EVERYTHING = AlarmFilter()


def conditions(where: AlarmFilter, dialect: str, ordered: str | None = None) -> ColumnElement[bool]:
    """Give the filter as a condition on the alarms table.

    A page names the column that it is `ordered` by: SQLite, which knows nothing of the values, would else read every
    alarm of a severity and sort them, rather than walk in order to the first few.
    """
    c = ALARMS.c
    found: list[ColumnElement[bool]] = []
    walk = (
        dialect == "sqlite"
        and ordered is not None
        and where.ne_ids is None
        and where.network_elements is None
    )
    _among(found, _unindexed(c.source) if walk else c.source, where.sources)
    _among(found, c.ne_type, _upper(where.ne_types))
    _among(found, c.ne_id, where.ne_ids)
    severity = _unindexed(c.severity) if walk and ordered != "severity" else c.severity
    _among(found, severity, _ranks(where.severities))
    _among(found, c.event_type, None if where.event_types is None else [t.value for t in where.event_types])
    _among(found, c.code, where.codes)
    if where.network_elements is not None:
        spots = [
            and_(c.source == source, c.ne_type == ne_type.upper(), c.ne_id == ne_id)
            for source, ne_type, ne_id in where.network_elements
        ]
        found.append(or_(false(), *spots))
    if where.status is not None:
        found.append(c.status == where.status.value)
    for name in ("acknowledged", "shelved", "flapping", "stale"):
        wanted = getattr(where, name)
        if wanted is not None:
            found.append(c[name] == wanted)
    if where.raised_from is not None:
        found.append(c.raised_at >= _ceiling(where.raised_from))
    if where.raised_to is not None:
        found.append(c.raised_at <= to_ms(where.raised_to))
    if where.needle:
        position = func.instr if dialect == "sqlite" else func.strpos
        found.append(position(c.words, where.needle) > 0)
    return and_(true(), *found)


@lru_cache(maxsize=512)
def matcher(where: AlarmFilter) -> Matcher:
    """Give the filter as a function of one alarm."""
    tests: list[Matcher] = []
    _one_of(tests, "source", where.sources)
    _one_of(tests, "ne_type", _upper(where.ne_types))
    _one_of(tests, "ne_id", where.ne_ids)
    _one_of(tests, "severity", where.severities)
    _one_of(tests, "event_type", where.event_types)
    _one_of(tests, "code", where.codes)
    if where.network_elements is not None:
        spots = frozenset(
            (source, ne_type.upper(), ne_id) for source, ne_type, ne_id in where.network_elements
        )
        tests.append(lambda a: (a.source, a.ne_type, a.ne_id) in spots)
    if where.status is not None:
        tests.append(lambda a: a.status is where.status)
    flags = ("acknowledged", "flapping", "stale")
    tests.extend(_equals(name, getattr(where, name)) for name in flags if getattr(where, name) is not None)
    if where.shelved is not None:
        tests.append(lambda a: (a.shelved_until is not None) == where.shelved)
    if where.raised_from is not None:
        start = where.raised_from
        tests.append(lambda a: a.raised_at >= start)
    if where.raised_to is not None:
        end = where.raised_to
        tests.append(lambda a: a.raised_at <= end)
    if where.needle:
        needle = where.needle
        tests.append(lambda a: needle in words_of(a))
    return lambda alarm: all(test(alarm) for test in tests)


def _unindexed(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """Spell a column so that SQLite looks for no index on it."""
    return UnaryExpression(column, operator=custom_op("+"), type_=column.type)


def _upper(values: tuple[str, ...] | None) -> tuple[str, ...] | None:
    return None if values is None else tuple(v.upper() for v in values)


def _ranks(values: tuple[Severity, ...] | None) -> list[int] | None:
    return None if values is None else [SEVERITY_RANK[v] for v in values]


def _ceiling(at: datetime) -> int:
    ms = to_ms(at)
    return ms if from_ms(ms) == at else ms + 1


def _among(found: list[ColumnElement[bool]], column: Any, values: Any) -> None:
    if values is not None:
        found.append(column.in_(list(values)))


def _one_of(tests: list[Matcher], name: str, values: Any) -> None:
    if values is not None:
        wanted = frozenset(values)
        tests.append(lambda alarm: getattr(alarm, name) in wanted)


def _equals(name: str, wanted: bool) -> Matcher:
    return lambda alarm: getattr(alarm, name) == wanted
