"""How long the gateway takes until it is ready, and what it holds then, with all five dialects mirrored."""

import subprocess
import sys
import time
from pathlib import Path
from shutil import rmtree

from benchmarks.gateway import configured
from benchmarks.servers import ROOT, free_port, load_average, running
from benchmarks.told import Told, table

TURNS = 3
SOURCES = """
[[sources]]
name = "beaver"
dialect = "beaver"
base_url = "http://127.0.0.1:9"
username = "bench@example.net"
password = "bench"
client_id = "bench"
client_secret = "bench"
[[sources]]
name = "supos"
dialect = "supos"
base_url = "http://127.0.0.1:9"
token = "bench"
[[sources]]
name = "idaas"
dialect = "idaas"
base_url = "http://127.0.0.1:9"
token = "bench"
[[sources]]
name = "nce"
dialect = "nce"
base_url = "http://127.0.0.1:9"
token = "bench"
"""
PACKAGES = ("adapters", "gql_ems", "resolvers", "playground/upstreams")


def run() -> Told:
    """Starts it several times; what is imported is compiled beforehand, as an installation does."""
    command = [sys.executable, "-m", "compileall", "-q", *PACKAGES]
    subprocess.run(command, cwd=ROOT, check=True)
    config = configured(free_port(), "http://127.0.0.1:9", more=SOURCES)
    rows = [_once(turn, config) for turn in range(1, TURNS + 1)]
    rmtree(config.parent)
    best = min(float(row[1]) for row in rows)
    told = f"Best: ready after {best:.2f} s. Load average: {load_average()}."
    return Told("start", [table(["turn", "ready after s", "CPU s until then", "MB idle"], rows), told])


def _once(turn: int, config: Path) -> list[str]:
    """The first turn makes the tables of the store, the others find them."""
    port = free_port()
    command = [sys.executable, "-m", "gql_ems", "serve", "--config", str(config), "--port", str(port)]
    started = time.perf_counter()
    with running("start", command, core=0, port=port, ready="/healthz") as server:
        seconds = time.perf_counter() - started
        cpu = server.cpu_seconds()
        time.sleep(1)
        return [
            f"{turn}{', a new store' if turn == 1 else ''}",
            f"{seconds:.2f}",
            f"{cpu:.2f}",
            f"{server.megabytes():.0f}",
        ]
