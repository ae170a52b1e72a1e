"""The five pretend upstreams as one program: which there are, how the gateway is told of them, how they run."""

import asyncio
import socket
import time
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import uvicorn
from starlette.applications import Starlette


def _omc() -> Starlette:
    from playground.upstreams.omc import create_app  # noqa: PLC0415 - a vendor alone starts faster

    return create_app(storm_seconds=20)


def _beaver() -> Starlette:
    from playground.upstreams.beaver import create_app  # noqa: PLC0415 - a vendor alone starts faster

    return create_app(tick_seconds=5)


def _supos() -> Starlette:
    from playground.upstreams.supos import create_app  # noqa: PLC0415 - a vendor alone starts faster

    return create_app()


def _idaas() -> Starlette:
    from playground.upstreams.idaas import create_app  # noqa: PLC0415 - a vendor alone starts faster

    return create_app()


def _nce() -> Starlette:
    from playground.upstreams.nce import create_app  # noqa: PLC0415 - a vendor alone starts faster

    return create_app()


APPS: dict[str, Callable[[], Starlette]] = {
    "omc": _omc,
    "beaver": _beaver,
    "supos": _supos,
    "idaas": _idaas,
    "nce": _nce,
}
"""How each pretend vendor is made, by dialect."""

ACCOUNTS: dict[str, dict[str, Any]] = {
    "omc": {"username": "admin", "password": "admin", "timezone": "Asia/Shanghai"},
    "beaver": {
        "username": "admin@example.net",
        "password": "Beaver-Admin-1",
        "client_id": "iab",
        "client_secret": "milesight*iab",
    },
    "supos": {"access_key": "ak00", "secret_key": "sk00"},
    "idaas": {"token": "idaas-sandbox-token"},
    "nce": {"username": "northbound", "password": "Nce-Admin-1"},
}
"""How the gateway signs in to each; good for nothing outside of the sandbox."""


def source_tables(ports: dict[str, int]) -> list[dict[str, Any]]:
    """The `[[sources]]` of a gateway over these pretend vendors."""
    return [
        {"name": dialect, "dialect": dialect, "base_url": f"http://127.0.0.1:{port}", **ACCOUNTS[dialect]}
        for dialect, port in ports.items()
    ]


def run(dialects: Sequence[str], first_port: int) -> None:
    """Runs pretend vendors until told to stop, on neighbouring ports."""
    first = first_port or free_ports(len(dialects))
    asyncio.run(_serve(dict(zip(dialects, range(first, first + len(dialects)), strict=True))))


async def _serve(ports: dict[str, int]) -> None:
    servers = [
        uvicorn.Server(
            uvicorn.Config(
                APPS[dialect](), host="127.0.0.1", port=port, log_level="warning", timeout_graceful_shutdown=1
            )
        )
        for dialect, port in ports.items()
    ]
    for dialect, port in ports.items():
        print(f"{dialect:8} http://127.0.0.1:{port}", flush=True)
    await asyncio.gather(*(server.serve() for server in servers))


def free_ports(count: int) -> int:
    """The first of so many neighbouring ports that nobody listens on."""
    while True:
        with socket.create_server(("127.0.0.1", 0)) as probe:
            first: int = probe.getsockname()[1]
        try:
            for port in range(first, first + count):
                socket.create_server(("127.0.0.1", port)).close()
        except (OSError, OverflowError):
            continue
        return first


def wait_until_ready(ports: Iterable[int], seconds: float = 60.0) -> None:
    """Returns once all ports answer."""
    deadline = time.monotonic() + seconds
    for port in ports:
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                if time.monotonic() > deadline:
                    raise TimeoutError(f"nothing answers on port {port}") from None
                time.sleep(0.05)
