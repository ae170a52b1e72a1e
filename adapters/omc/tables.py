"""SQL for the OMC's tables, made of typed conditions alone: allow-listed tables and columns, quoted values."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from adapters.errors import BadInput

COLUMNS: dict[str, frozenset[str]] = {
    "alarm": frozenset(
        {
            "id",
            "alarm_id",
            "alarm_code",
            "alarm_title",
            "alarm_type",
            "alarm_status",
            "orig_severity",
            "ne_type",
            "ne_id",
            "event_time",
        }
    ),
    "ne_info": frozenset({"ne_type", "ne_id"}),
    "ne_state": frozenset({"ne_type", "ne_id"}),
    "user": frozenset({"id"}),
}
"""What may stand in a condition, by table."""

LARGEST = 10_000
"""Rows that one statement may ask for."""


@dataclass(frozen=True)
class Compared:
    """A column against one value."""

    column: str
    operator: Literal["=", "<>", "<", "<=", ">", ">="]
    value: str | int


@dataclass(frozen=True)
class Among:
    """A column whose value is one of several."""

    column: str
    values: tuple[str | int, ...]


@dataclass(frozen=True)
class Containing:
    """A column whose text holds another, wherever."""

    column: str
    text: str


Condition = Compared | Among | Containing

_OPERATORS = frozenset({"=", "<>", "<", "<=", ">", ">="})


def where(table: str, conditions: Sequence[Condition]) -> str:
    """The conditions joined by `and`; there must be one, as the OMC takes none for all."""
    if not conditions:
        raise BadInput(f"a condition on {table} is needed")
    return " and ".join(_written(table, condition) for condition in conditions)


def select(
    table: str, conditions: Sequence[Condition] = (), *, order_by: str | None = None, limit: int | None = None
) -> str:
    """One select on one table."""
    statement = f"select * from {_table(table)}"  # noqa: S608 - the table is one of COLUMNS
    if conditions:
        statement += f" where {where(table, conditions)}"
    if order_by is not None:
        statement += f" order by {_column(table, order_by)}"
    if limit is not None:
        if not 0 < limit <= LARGEST:
            raise BadInput(f"limit is 1 to {LARGEST}", ("limit",))
        statement += f" limit {int(limit)}"
    return statement


def quoted(value: str | int) -> str:
    """A value as a literal: numbers bare, texts with quotes doubled and backslashes escaped."""
    if isinstance(value, bool):
        raise BadInput("a condition compares texts and numbers")
    if isinstance(value, int):
        return str(int(value))
    if any(ord(character) < 32 or 127 <= ord(character) < 160 for character in value):
        raise BadInput("a condition holds no control characters")
    return "'" + value.replace("\\", "\\\\").replace("'", "''") + "'"


def _written(table: str, condition: Condition) -> str:
    column = _column(table, condition.column)
    match condition:
        case Compared(operator=operator, value=value):
            if operator not in _OPERATORS:
                raise BadInput(f"{operator} is no comparison")
            return f"{column} {operator} {quoted(value)}"
        case Among(values=values):
            if not values:
                raise BadInput(f"{condition.column} needs a value")
            return f"{column} in ({', '.join(quoted(value) for value in values)})"
        case Containing(text=text):
            escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
            return f"{column} like {quoted(f'%{escaped}%')}"


def _table(name: str) -> str:
    if name not in COLUMNS:
        raise BadInput(f"{name} is no table that may be read")
    return name


def _column(table: str, name: str) -> str:
    if name not in COLUMNS[_table(table)]:
        raise BadInput(f"{table} is not filtered by {name}")
    return name
