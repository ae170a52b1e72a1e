"""The wheel of this tree, built and installed without any other package, as somebody would who has them already."""

import importlib.util
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parents[2]
OFFLINE = ("No matching distribution", "Could not find a version", "Connection", "Temporary failure")


@dataclass(frozen=True)
class Installed:
    """A folder that holds what the wheel holds."""

    wheel: Path
    folder: Path

    @property
    def names(self) -> set[str]:
        """The files in the wheel."""
        with ZipFile(self.wheel) as archive:
            return set(archive.namelist())

    def run(self, *words: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
        """Runs the console script, or Python with it where the first word is `python`, away from this tree."""
        script = [sys.executable, str(self.folder / "bin/gql-ems")]
        command = [sys.executable, *words[1:]] if words[0] == "python" else [*script, *words]
        clean = {key: value for key, value in os.environ.items() if not key.startswith("EMS_")}
        return subprocess.run(
            command,
            cwd=cwd,
            env=clean | {"PYTHONPATH": str(self.folder)} | environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=110,
        )


def build(folder: Path) -> Path:
    """The wheel; skips where the build tool is neither here nor to be had."""
    here = ["--no-build-isolation"] if importlib.util.find_spec("hatchling") else []
    told = _pip("wheel", "--no-deps", *here, "--wheel-dir", str(folder), str(ROOT))
    if told.returncode and not here and any(word in told.stdout + told.stderr for word in OFFLINE):
        pytest.skip("needs hatchling, or a network to get it from")
    assert told.returncode == 0, told.stderr
    (wheel,) = folder.glob("*.whl")
    return wheel


def install(wheel: Path, folder: Path) -> Installed:
    """The wheel alone in a folder; what it depends on is this machine's."""
    told = _pip("install", "--no-deps", "--no-index", "--target", str(folder), str(wheel))
    assert told.returncode == 0, told.stderr
    return Installed(wheel, folder)


def _pip(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pip", "--disable-pip-version-check", *words],
        # The page is built by `make web`, or not at all: this is about what goes into the wheel.
        env={**os.environ, "EMS_BUILD_PAGE": "0"},
        capture_output=True,
        text=True,
        check=False,
        timeout=110,
    )
