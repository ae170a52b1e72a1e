"""The pages of the repository, their fenced blocks and their headings."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]

_FENCE = re.compile(r"^```(?P<kind>[a-z]*)[^\n]*\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
_NOT_OURS = {".git", ".venv", "node_modules", "dist", "artifacts", ".run", ".work", "__pycache__", "build"}
_CACHES = (".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis", ".import_linter_cache")


@dataclass(frozen=True)
class Block:
    """A fenced block: where it begins, of what kind it is, what it says."""

    page: str
    line: int
    kind: str
    text: str

    def __str__(self) -> str:
        return f"{self.page}:{self.line}"


def files() -> Iterator[Path]:
    """Every file of the repository that people write."""
    pending = [ROOT]
    while pending:
        for path in sorted(pending.pop().iterdir()):
            if path.name in _NOT_OURS or path.name in _CACHES or path.name.endswith(".egg-info"):
                continue
            if path.is_dir():
                pending.append(path)
            else:
                yield path


def pages() -> list[Path]:
    """The pages that explain the product; cases of tests are none."""
    return [path for path in files() if path.suffix == ".md" and "tests" not in path.relative_to(ROOT).parts]


def blocks(*kinds: str) -> list[Block]:
    """The fenced blocks of these kinds on all pages; of any kind where none is named."""
    return [
        block
        for path in pages()
        for block in blocks_of(path.read_text(encoding="utf-8"), str(path.relative_to(ROOT)))
        if not kinds or block.kind in kinds
    ]


def blocks_of(text: str, page: str) -> list[Block]:
    """The fenced blocks of one page."""
    return [
        Block(page, text.count("\n", 0, found.start()) + 1, found["kind"], found["text"])
        for found in _FENCE.finditer(text)
    ]


def without_blocks(text: str) -> str:
    """The prose of a page."""
    return _FENCE.sub("", text)


def anchors(text: str) -> set[str]:
    """What links to headings of a page may name."""
    headings = re.findall(r"^#+ (.+)$", without_blocks(text), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}
