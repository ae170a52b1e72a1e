"""The Dockerfile and compose.yaml read as an engine reads them, as far as a test needs it."""

import json
import re
import shlex
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
INSTRUCTIONS = {
    "FROM", "RUN", "COPY", "WORKDIR", "ENV", "USER", "VOLUME", "EXPOSE", "HEALTHCHECK", "ENTRYPOINT", "CMD",
}  # fmt: skip
"""The instructions that are used; another one is a slip of the pen."""


@dataclass
class Stage:
    """One FROM and what follows it."""

    base: str
    name: str
    steps: list[tuple[str, str]] = field(default_factory=list)

    def of(self, instruction: str) -> list[str]:
        """What stands behind each instruction of a kind."""
        return [rest for word, rest in self.steps if word == instruction]

    def listed(self, instruction: str) -> list[str]:
        """An instruction in its JSON form."""
        (told,) = self.of(instruction)
        return json.loads(told)


def stages() -> list[Stage]:
    """The stages of the Dockerfile; raises ValueError where a line is none."""
    text = re.sub(r"^#.*\n", "", (ROOT / "Dockerfile").read_text(), flags=re.MULTILINE)
    found: list[Stage] = []
    for line in text.replace("\\\n", " ").splitlines():
        if not line.strip():
            continue
        word, _, rest = line.partition(" ")
        if word not in INSTRUCTIONS:
            raise ValueError(f"no instruction: {line}")
        if word == "FROM":
            base, _, name = rest.partition(" AS ")
            found.append(Stage(base, name))
        else:
            found[-1].steps.append((word, rest.strip()))
    return found


def copies(stage: Stage) -> list[tuple[str | None, list[str], str]]:
    """From which stage (None: this tree), what, and where to, of each COPY."""
    told = []
    for rest in stage.of("COPY"):
        *words, target = shlex.split(rest)
        origin = next((w.removeprefix("--from=") for w in words if w.startswith("--from=")), None)
        told.append((origin, [word for word in words if not word.startswith("--")], target))
    return told


def ignored() -> set[str]:
    """What the build never sees, as it is written."""
    return {line for line in (ROOT / ".dockerignore").read_text().splitlines() if line and line[0] != "#"}


def composed() -> dict[str, Any]:
    """compose.yaml."""
    return yaml.safe_load((ROOT / "compose.yaml").read_text())
