"""Tables and heads of generated pages."""

from collections.abc import Iterable, Sequence

HEAD = "<!-- Written from the code by `python -m docs.generate`; a test keeps it fresh. -->"


def page(title: str, *parts: str) -> str:
    """A page of these parts."""
    return "\n\n".join((f"# {title}", HEAD, *parts)) + "\n"


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; what would break a cell is written so that it does not."""
    lines = [_line(heads), _line(["---"] * len(heads)), *(_line(row) for row in rows)]
    return "\n".join(lines)


def code(text: object) -> str:
    """Text as it is typed."""
    return f"`{text}`"


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(" ".join(cell.replace("|", "\\|").split()) for cell in cells) + " |"
