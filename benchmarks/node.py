"""Packages of Node, each folder of them installed for itself, and the servers that run on them."""

import shutil
import subprocess
from pathlib import Path

from benchmarks.servers import LOAD_CORE, PEERS, WORK

PATIENCE = 600
"""Seconds that an installation may take."""


class LeftOutError(Exception):
    """A peer cannot run here, with the reason."""


def installed(name: str, *files: Path) -> Path:
    """The folder of a peer with its packages beside it, installed anew where its package.json has changed."""
    if shutil.which("node") is None or shutil.which("npm") is None:
        raise LeftOutError("no Node here")
    folder = WORK / name
    folder.mkdir(parents=True, exist_ok=True)
    for file in (*(PEERS / name).iterdir(), *files):
        shutil.copy(file, folder)
    wanted, stamp = (PEERS / name / "package.json").read_text(), folder / ".installed"
    packages = folder / "node_modules"
    if not packages.is_dir() or not stamp.is_file() or stamp.read_text() != wanted:
        (folder / "package-lock.json").unlink(missing_ok=True)
        _run(["npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"], folder)
        stamp.write_text(wanted)
    return folder


def composed() -> Path:
    """Hive Gateway's folder, with the supergraph that GraphQL Mesh makes of the upstream."""
    folder = installed("mesh", PEERS / "node" / "graph.mjs")
    command = ["node", "node_modules/.bin/mesh-compose", "-c", "mesh.config.mjs", "-o", "supergraph.graphql"]
    _run(command, folder)
    return folder


def _run(command: list[str], folder: Path) -> None:
    pinned = ["taskset", "-c", str(LOAD_CORE), *command]
    try:
        subprocess.run(pinned, cwd=folder, capture_output=True, text=True, check=True, timeout=PATIENCE)
    except subprocess.CalledProcessError as error:
        told = error.stderr.strip().splitlines()
        raise LeftOutError(f"{command[0]} {command[1]} failed: {told[0] if told else 'no word'}") from error
    except subprocess.TimeoutExpired as error:
        raise LeftOutError(f"{command[0]} {command[1]} took longer than {PATIENCE} s") from error
