"""Pages that are written from the code: `python -m docs.generate` writes them, a test keeps them fresh."""

from collections.abc import Callable
from pathlib import Path

from docs.generate import code_map, codes, commands, metrics, settings

PAGES: dict[str, Callable[[], str]] = {
    "docs/reference/settings.md": settings.page,
    "docs/reference/commands.md": commands.page,
    "docs/reference/errors.md": codes.page,
    "docs/reference/metrics.md": metrics.page,
}
"""The pages that are written as a whole, by their path in the repository."""

MAP = "ARCHITECTURE.md"
"""The page that holds the map of the modules between two marks."""


def stale(root: Path) -> dict[str, str]:
    """The pages that are not what the code says now, with what they should be."""
    wanted = {path: make() for path, make in PAGES.items()}
    wanted[MAP] = code_map.renewed((root / MAP).read_text(encoding="utf-8"), root)
    return {path: text for path, text in wanted.items() if _read(root / path) != text}


def _read(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.is_file() else None
