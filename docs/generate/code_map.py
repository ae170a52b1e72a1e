"""The map of the modules: every folder and module with the sentence that its first line is."""

import ast
from pathlib import Path

ROOTS = ("gql_ems", "resolvers", "adapters", "playground", "benchmarks", "docs")
"""The folders that are mapped; tests mirror them."""

OPENING, CLOSING = "<!-- map: written by `python -m docs.generate` -->", "<!-- end of the map -->"
LEFT_OUT = {"web", "node_modules", "__pycache__", ".work"}


def renewed(text: str, root: Path) -> str:
    """The page with its map as it is now."""
    before, opening, rest = text.partition(OPENING)
    _, closing, after = rest.partition(CLOSING)
    if not opening or not closing:
        raise ValueError("the page has no place for the map")
    return f"{before}{OPENING}\n\n{drawn(root)}\n\n{CLOSING}{after}"


def drawn(root: Path) -> str:
    """The map: a heading for each folder, a line for each module."""
    parts = []
    for folder in folders(root):
        modules = sorted(one for one in folder.glob("*.py") if one.name != "__init__.py")
        lines = [f"- `{one.name}`: {first_line(one)}" for one in modules]
        heading = f"### `{folder.relative_to(root)}/`\n\n{first_line(folder / '__init__.py')}"
        parts.append(heading + ("\n\n" + "\n".join(lines) if lines else ""))
    return "\n\n".join(parts)


def folders(root: Path) -> list[Path]:
    """The folders that hold modules, each before those in it."""
    found = {
        path.parent
        for name in ROOTS
        for path in (root / name).rglob("*.py")
        if not LEFT_OUT & set(path.relative_to(root).parts)
    }
    return sorted(found, key=lambda folder: (ROOTS.index(folder.relative_to(root).parts[0]), folder))


def first_line(module: Path) -> str:
    """The sentence that says what a module is; empty where it has none."""
    if not module.is_file():
        return ""
    told = ast.get_docstring(ast.parse(module.read_text(encoding="utf-8"))) or ""
    return told.partition("\n")[0]
