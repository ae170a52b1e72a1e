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
    folder.mkdir(parents=True, exist_ok=True)
    url = f"sqlite+aiosqlite:///{(folder / 'demo.db').resolve()}"
    ports = free_ports(len(APPS))
    settings = demo_settings(port, url, dict(zip(APPS, ports, strict=True)))
    print("demo data: ready" if not asyncio.run(_seeded(url)) else "demo data: put in", flush=True)  # noqa: T201 - the terminal is who asks
    upstreams = [
        subprocess.Popen(  # noqa: S603 - our own program with our own arguments
            [sys.executable, "-m", "gql_ems", "sandbox", "--dialect", dialect, "--port", str(chosen)],
            start_new_session=False,
        )
        for dialect, chosen in zip(APPS, ports, strict=True)
    ]
    # The server raises the signal that ended it once more; so the upstreams are ended, too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        wait_until_ready(ports)
        for table in settings.sources:
            print(f"{table.name:8} {table.base_url}", flush=True)  # noqa: T201 - the addresses
        print(f"gateway  http://127.0.0.1:{port}/", flush=True)  # noqa: T201 - the address
        serve(settings, None, 1)
    finally:
        for process in upstreams:
            process.terminate()
        for process in upstreams:
            process.wait(10)


def demo_settings(port: int, url: str, ports: dict[str, int]) -> Settings:
    """The configuration of the demo: everybody on this machine may do everything but see subscribers' keys."""
    tables = {
        "server": {"host": "127.0.0.1", "port": port},
        "storage": {"url": url},
        "auth": {"mode": "none"},
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
