"""What `make run` runs: five pretend upstreams, a store with demo data, and the gateway over all of them."""

import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path

from adapters.local.demo.seed import seed
from adapters.local.store import LocalStore
from gql_ems.serving import serve
from gql_ems.settings import Settings, build
from playground.upstreams.sandbox import APPS, free_ports, source_tables, wait_until_ready


def run(port: int, folder: Path) -> None:
    """Runs until it is told to stop; then everything that was started stops, too."""
    # The server raises the signal that ended it once more, so the upstreams are ended by this.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    folder.mkdir(parents=True, exist_ok=True)
    first = free_ports(len(APPS))
    ports = dict(zip(APPS, range(first, first + len(APPS)), strict=True))
    settings = demo_settings(port, folder.resolve(), ports)
    upstreams = subprocess.Popen(  # noqa: S603 - our own program with our own arguments
        [sys.executable, "-m", "gql_ems", "sandbox", "--port", str(first)]
    )
    try:
        seeded = asyncio.run(_seeded(settings.storage.url))
        _tell(f"demo data {'put in' if seeded else 'is there already'}")
        wait_until_ready(ports.values())
        _tell(f"gateway  http://127.0.0.1:{port}/")
        serve(settings, None, 1)
    finally:
        upstreams.terminate()
        upstreams.wait(10)


def _tell(line: str) -> None:
    print(line, flush=True)  # noqa: T201 - the terminal is who asks


def demo_settings(port: int, folder: Path, ports: dict[str, int]) -> Settings:
    """The configuration of the demo: everybody on this machine may do everything but see subscribers' keys."""
    tables = {
        "server": {"host": "127.0.0.1", "port": port},
        "storage": {"url": f"sqlite+aiosqlite:///{folder / 'demo.db'}"},
        "auth": {"mode": "none", "secret_file": str(folder / "ems.key")},
        "sources": source_tables(ports),
    }
    return build(tables, os.environ)


async def _seeded(url: str) -> bool:
    store = LocalStore(url)
    await store.open()
    try:
        return await seed(store)
    finally:
        await store.close()
