"""Part of a source's list, and how to ask for the next."""

from typing import Any, Generic, TypeVar

from msgspec import Struct

from adapters.errors import ErrorCode

R = TypeVar("R")

Position = int | str | list[Any] | None
"""Where in a source's list to go on: a number of rows, or a key; None is the beginning. Plain JSON."""

END = "$end"
"""The position behind the last row of a source."""


class PageRequest(Struct, frozen=True, kw_only=True):
    """At most `first` rows after a position; `total` tells whether anybody asked for the count."""

    first: int = 20
    after: Position = None
    total: bool = True


class RowProblem(Struct, frozen=True, kw_only=True):
    """A row that had to be left out, and why."""

    message: str


class Page(Struct, Generic[R], frozen=True, kw_only=True):
    """Rows in the source's order; `positions[i]` is where to go on after `records[i]`."""

    records: tuple[R, ...] = ()
    positions: tuple[Position, ...] = ()
    more: bool = False
    end: Position = None
    """Where to go on after the whole page; needed only where its last rows were left out."""
    total: int | None = None
    """None where the source cannot tell, or was filtered here."""
    problems: tuple[RowProblem, ...] = ()


class Refusal(Struct, frozen=True, kw_only=True):
    """A business refusal of a source: what a person can act on."""

    code: ErrorCode
    message: str
    native_id: str | None = None
    field: tuple[str, ...] = ()
    upstream_code: str | None = None


class Outcome(Struct, Generic[R], frozen=True, kw_only=True):
    """What became of a write over several objects: those done, and those refused with the reason."""

    done: tuple[R, ...] = ()
    refusals: tuple[Refusal, ...] = ()
