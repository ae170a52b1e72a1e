"""What a run found, as Markdown."""

from collections.abc import Sequence
from typing import NamedTuple


class Told(NamedTuple):
    """A run's name and its paragraphs."""

    name: str
    parts: list[str]

    def __str__(self) -> str:
        return "\n\n".join([f"### {self.name}", *self.parts])


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = ["| " + " | ".join(row) + " |" for row in (head, ["---"] * len(head), *rows)]
    return "\n".join(lines)
