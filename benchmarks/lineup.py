"""Who is measured: the gateway and its peers, each with the questions that it can be asked."""

import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import NamedTuple

from benchmarks.gateway import gateway, raise_alarms
from benchmarks.node import LeftOutError, composed, installed
from benchmarks.questions import QUESTIONS, SUBSCRIBERS, Question
from benchmarks.servers import SERVER_CORE, Server, free_port, running

CONNECTIONS = 32
FEW = 4
OURS, BY_HAND = "gateway", "by hand: Starlette + aiohttp"
PRODUCTION = {"NODE_ENV": "production"}
NEWEST_GLIBC = (2, 39)
"""What Tailcall's binary is linked against."""

Start = Callable[[Server], AbstractContextManager[Server]]


class Entrant(NamedTuple):
    """A server that takes part."""

    start: Start
    connections: int = CONNECTIONS
    questions: tuple[Question, ...] = QUESTIONS


class Lineup(NamedTuple):
    """Those that run here, and in words what does not."""

    entrants: dict[str, Entrant]
    left_out: list[str]


def lineup() -> Lineup:
    """Installs what is needed and gives everybody who can run."""
    entrants = {
        OURS: Entrant(our_gateway),
        BY_HAND: Entrant(python_peer("by_hand")),
        f"Strawberry, DataLoader, httpx ({FEW} connections)": Entrant(python_peer("naive"), FEW),
    }
    left_out = []
    for names, make in (
        ("Mercurius, Apollo Server", _node),
        ("Hive Gateway", _hive),
        ("Tailcall", _tailcall),
    ):
        try:
            entrants |= make()
        except LeftOutError as reason:
            left_out.append(f"{names}: {reason}")
    for name, entrant in entrants.items():
        missing = [one.name for one in QUESTIONS if one not in entrant.questions]
        left_out += [f"{name} on {question}: {INEXPRESSIBLE[name, question]}" for question in missing]
    return Lineup(entrants, left_out)


@contextmanager
def our_gateway(upstream: Server) -> Iterator[Server]:
    """The product, with the alarms in its store that the peers read from the upstream."""
    with gateway(upstream.url) as server:
        raise_alarms(server)
        yield server


def python_peer(module: str) -> Start:
    """A peer in Python."""

    def start(upstream: Server) -> AbstractContextManager[Server]:
        port = free_port()
        command = [sys.executable, "-m", f"benchmarks.peers.{module}", upstream.url, str(port)]
        return running(module, command, core=SERVER_CORE, port=port)

    return start


def node_peer(folder: Path, script: str) -> Start:
    """A script on Node that takes the upstream and its port."""

    def start(upstream: Server) -> AbstractContextManager[Server]:
        port = free_port()
        return _running(folder, script, ["node", script, upstream.url, str(port)], port)

    return start


def _node() -> dict[str, Entrant]:
    folder = installed("node")
    return {
        "Mercurius, JIT": Entrant(node_peer(folder, "mercurius.mjs")),
        "Apollo Server": Entrant(node_peer(folder, "apollo.mjs")),
    }


def _hive() -> dict[str, Entrant]:
    folder = composed()

    def start(upstream: Server) -> AbstractContextManager[Server]:
        port = free_port()
        command = ["node", "node_modules/.bin/hive-gateway", "supergraph", "supergraph.graphql"]
        command += ["-c", "gateway.config.mjs", "-h", "127.0.0.1", "-p", str(port), "--jit"]
        return _running(folder, "hive", command, port, {"UPSTREAM": upstream.url}, ready="/readiness")

    return {"Hive Gateway with Mesh, JIT": Entrant(start)}


def _tailcall() -> dict[str, Entrant]:
    told = os.confstr("CS_GNU_LIBC_VERSION") or "another C library"
    name, _, version = told.partition(" ")
    if name != "glibc" or tuple(map(int, version.split("."))) < NEWEST_GLIBC:
        raise LeftOutError(f"needs glibc {'.'.join(map(str, NEWEST_GLIBC))}, and here is {told}")
    folder = installed("tailcall")

    def start(upstream: Server) -> AbstractContextManager[Server]:
        port = free_port()
        schema = (folder / "omc.graphql").read_text()
        (folder / "served.graphql").write_text(schema.replace("8000", str(port)))
        command = ["node_modules/@tailcallhq/core-linux-x64-gnu/bin/tailcall", "start", "served.graphql"]
        return _running(
            folder, "tailcall", command, port, {"UPSTREAM": upstream.url, "TAILCALL_TRACKER": "false"}
        )

    return {TAILCALL: Entrant(start, questions=(SUBSCRIBERS,))}


TAILCALL = "Tailcall"
INEXPRESSIBLE = {
    (TAILCALL, "users"): "a template of its paths cannot take the department out of the graph's id",
    (TAILCALL, "alarms"): "states are keyed by element, and a template cannot look up a key that a row tells",
}


def _running(
    folder: Path,
    name: str,
    command: list[str],
    port: int,
    environment: Mapping[str, str] | None = None,
    ready: str | None = None,
) -> AbstractContextManager[Server]:
    told = {**PRODUCTION, **(environment or {})}
    return running(name, command, core=SERVER_CORE, port=port, environment=told, folder=folder, ready=ready)
