"""Keyset pages: where to go on in an ordered list, without ever counting rows off."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, tuple_

from adapters.errors import BadInput
from adapters.ports import Position

MALFORMED = "This is no cursor of this list."
LARGEST = 2**63 - 1


def read_key(position: Position, shape: Sequence[type]) -> list[Any] | None:
    """Read a position as a key of the given types; None is the beginning."""
    if position is None:
        return None
    if not isinstance(position, list) or len(position) != len(shape):
        raise BadInput(MALFORMED, ("after",))
    for value, kind in zip(position, shape, strict=True):
        if type(value) is not kind or (isinstance(value, int) and abs(value) > LARGEST):
            raise BadInput(MALFORMED, ("after",))
    return position


def seek(
    statement: Select[Any],
    columns: Sequence[ColumnElement[Any]],
    key: list[Any] | None,
    *,
    down: bool,
    limit: int,
) -> Select[Any]:
    """Order by the columns, go on behind the key, and read one row more than asked to know whether there are more."""
    ordered = statement.order_by(*(c.desc() if down else c.asc() for c in columns)).limit(limit + 1)
    if key is None:
        return ordered
    row, mark = tuple_(*columns), tuple_(*key)
    return ordered.where(row < mark if down else row > mark)
