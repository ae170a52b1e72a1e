"""Cursors: where in which journal a reader stands, as opaque text."""

from dataclasses import dataclass

from adapters.errors import BadInput


@dataclass(frozen=True, slots=True)
class Cursor:
    """A position of a journal; `born` is set in the middle of a snapshot taken at that position."""

    journal: str
    position: int
    born: int | None = None

    def __str__(self) -> str:
        tail = "" if self.born is None else f".{self.born}"
        return f"{self.journal}.{self.position}{tail}"


def parse_cursor(text: str) -> Cursor:
    """Read a cursor that a caller hands back; refuse text that never was one."""
    journal, *numbers = text.split(".")
    # Eighteen digits stay within 64 bits; int() alone would take signs, blanks and other scripts' digits.
    good = journal.isalnum() and all(n.isascii() and n.isdigit() and len(n) <= 18 for n in numbers)
    if not good or len(numbers) not in (1, 2):
        raise BadInput("This is no cursor of an event.", ("after",))
    return Cursor(journal, *(int(n) for n in numbers))
