"""Writes what is stale: `python -m docs.generate` from the root of the repository."""

from pathlib import Path

from docs.generate import stale

for path, text in stale(Path()).items():
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_text(text, encoding="utf-8")
    print(f"written: {path}")  # noqa: T201 - the terminal is who asks
