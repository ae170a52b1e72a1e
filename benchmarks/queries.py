"""The gateway beside its peers: the same documents over the same upstream, in turns, answers compared first."""

import shutil
import subprocess
import sys
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any

import orjson

from benchmarks.gateway import gateway, raise_alarms
from benchmarks.questions import QUESTIONS, SUBSCRIBERS, USERS, Question
from benchmarks.servers import (
    PEERS,
    SERVER_CORE,
    WORK,
    Server,
    calls_of,
    free_port,
    load_average,
    loaded,
    posted,
    running,
    static_upstream,
)
from benchmarks.told import Told, table

CONNECTIONS = 32
TURNS = 3
SECONDS = 4.0
OURS, BY_HAND, MERCURIUS = "gateway", "by hand: Starlette + aiohttp", "Mercurius, JIT"

Start = Callable[[Server], AbstractContextManager[Server]]


@dataclass
class Figures:
    """What one server did with one question, over all turns."""

    rps: list[float] = field(default_factory=list)
    p50: list[float] = field(default_factory=list)
    p99: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    calls: float = 0.0

    @property
    def best(self) -> float:
        """Requests a second of its best turn: what the neighbours disturbed least."""
        return max(0.01, *self.rps)


@contextmanager
def our_gateway(upstream: Server) -> Iterator[Server]:
    """The product, with the alarms in its store that the peers read from the upstream."""
    with gateway(upstream.url) as server:
        raise_alarms(server)
        yield server


def python_peer(module: str) -> Start:
    """A peer of this folder."""

    def start(upstream: Server) -> AbstractContextManager[Server]:
        port = free_port()
        command = [sys.executable, "-m", f"benchmarks.peers.{module}", upstream.url, str(port)]
        return running(module, command, core=SERVER_CORE, port=port)

    return start


def node_peer(script: str) -> Start:
    """A peer on Node, installed beforehand."""

    def start(upstream: Server) -> AbstractContextManager[Server]:
        port = free_port()
        command = ["node", script, upstream.url, str(port)]
        return running(script, command, core=SERVER_CORE, port=port, folder=WORK / "node")

    return start


def peers() -> tuple[dict[str, Start], list[str]]:
    """Every server that can run here, and those that cannot, with the reason."""
    found: dict[str, Start] = {
        OURS: our_gateway,
        BY_HAND: python_peer("by_hand"),
        "Strawberry, DataLoader, httpx": python_peer("naive"),
    }
    reason = _node()
    if reason is None:
        found[MERCURIUS] = node_peer("mercurius.mjs")
        found["Apollo Server"] = node_peer("apollo.mjs")
        return found, []
    return found, [f"Mercurius and Apollo Server: {reason}"]


def run(turns: int = TURNS, seconds: float = SECONDS) -> Told:
    """All of it."""
    servers, left_out = peers()
    left_out += [
        "Hive Gateway with Mesh: its subgraphs would have to be composed from a document of another shape",
        "Tailcall: needs glibc 2.39",
    ]
    figures: dict[tuple[str, str], Figures] = {}
    memory: dict[str, float] = {}
    with static_upstream() as upstream:
        _compared(servers, upstream)
        for _ in range(turns):
            for name, start in servers.items():
                with start(upstream) as server:
                    for question in QUESTIONS:
                        kept = figures.setdefault((name, question.name), Figures())
                        _measured(server, upstream, question, seconds, kept)
                    memory[name] = server.megabytes()
                print(f"{name}: measured", file=sys.stderr, flush=True)
        extras = _ours_alone(upstream, seconds)
    lines = [_table(question, servers, figures, memory) for question in QUESTIONS]
    told = [f"Left out: {text}." for text in left_out]
    return Told("queries", [*lines, extras, *told, f"Load average at the end: {load_average()}."])


def _measured(
    server: Server, upstream: Server, question: Question, seconds: float, kept: Figures, **more: Any
) -> None:
    asked = {
        "port": server.port,
        "path": "/graphql",
        "body": question.body,
        "prefix": question.prefix,
        "connections": CONNECTIONS,
        **more,
    }
    loaded(**asked, seconds=1)
    calls_of(upstream)
    before = server.cpu_seconds()
    found = loaded(**asked, seconds=seconds, first=10_000)
    if found["bad"]:
        raise RuntimeError(f"{server.name}: {found['bad']} answers to {question.name} are errors")
    answers = max(1, found["answers"])
    kept.cpu.append((server.cpu_seconds() - before) * 1000 / answers)
    kept.calls = calls_of(upstream) / answers
    for key in ("rps", "p50", "p99"):
        getattr(kept, key).append(found[key])


def _compared(servers: dict[str, Start], upstream: Server) -> None:
    """No server is timed before all of them gave equal answers."""
    first: dict[str, Any] = {}
    for name, start in servers.items():
        with start(upstream) as server:
            for question in QUESTIONS:
                answer = posted(f"{server.url}/graphql", one_of(question))
                expected = first.setdefault(question.name, answer)
                if answer != expected or "errors" in answer:
                    told = orjson.dumps(answer)[:600].decode()
                    raise RuntimeError(f"{name} answers {question.name} otherwise: {told}")


def one_of(question: Question) -> Any:
    """The question with its variables filled in."""
    mark = "000007"
    if question.prefix:
        mark = urlsafe_b64encode(question.prefix.encode() + b"000007").rstrip(b"=").decode()
    return orjson.loads(orjson.dumps(question.body).replace(b"@@", mark.encode()))


def _table(
    question: Question,
    servers: dict[str, Start],
    figures: dict[tuple[str, str], Figures],
    memory: dict[str, float],
) -> str:
    ours = figures[OURS, question.name]
    rows = []
    for name in servers:
        found = figures[name, question.name]
        rows.append(
            [
                name,
                f"{found.best:,.0f}",
                f"{ours.best / found.best:.2f}",
                f"{min(found.cpu):.2f}",
                f"{min(found.cpu) / min(ours.cpu):.2f}",
                f"{min(found.p50):.1f}",
                f"{min(found.p99):.1f}",
                f"{found.calls:.1f}",
                f"{memory[name]:.0f}",
            ]
        )
    head = [
        f"{question.name}: {question.rows} rows",
        "r/s",
        "gateway / it",
        "CPU ms an answer",
        "its CPU / gateway's",
        "p50 ms",
        "p99 ms",
        "upstream calls",
        "MB",
    ]
    return table(head, rows)


def _ours_alone(upstream: Server, seconds: float) -> str:
    """Equal queries at once, the smallest query beside the plain route, and the time over the upstream's."""
    typename = Question("typename", 1, {"query": "{ __typename }"})
    equal = SUBSCRIBERS._replace(body={**SUBSCRIBERS.body, "variables": {"ne": "u1"}})
    small, same, distinct, plain = Figures(), Figures(), Figures(), Figures()
    with ExitStack() as open_:
        ours = open_.enter_context(our_gateway(upstream))
        hand = open_.enter_context(python_peer("by_hand")(upstream))
        for _ in range(TURNS):
            _measured(ours, upstream, typename, seconds / 2, small)
            _measured(hand, upstream, typename, seconds / 2, plain, path="/plain")
            _measured(ours, upstream, SUBSCRIBERS, seconds / 2, distinct)
            _measured(ours, upstream, equal, seconds / 2, same)
        alone, under = Figures(), Figures()
        for _ in range(TURNS):
            _measured(ours, upstream, USERS, seconds / 2, alone, connections=1)
            path = "/system/user/list?deptId=@@&pageNum=1&pageSize=500"
            _measured(
                upstream, upstream, USERS, seconds / 2, under, connections=1, path=path, body=None, prefix=""
            )
    rows = [
        [
            "`{ __typename }`, r/s",
            f"{small.best:,.0f}",
            f"plain route {plain.best:,.0f}",
            f"{small.best / plain.best:.2f}",
        ],
        [
            "equal queries at once, r/s",
            f"{same.best:,.0f}",
            f"distinct {distinct.best:,.0f}",
            f"{same.best / distinct.best:.1f}",
        ],
        ["upstream calls an equal query", f"{same.calls:.2f}", f"distinct {distinct.calls:.2f}", ""],
        [
            "50 users, one client, p50 ms",
            f"{min(alone.p50):.2f}",
            f"its upstream call {min(under.p50):.2f}",
            f"{min(alone.p50) - min(under.p50):.2f} over it",
        ],
        [
            "50 users, one client, p99 ms",
            f"{min(alone.p99):.2f}",
            f"its upstream call {min(under.p99):.2f}",
            f"{min(alone.p99) - min(under.p99):.2f} over it",
        ],
    ]
    return table(["the gateway alone", "it", "beside", "ratio"], rows)


def _node() -> str | None:
    """Installs the peers on Node; the reason where that cannot be."""
    if shutil.which("node") is None or shutil.which("npm") is None:
        return "no Node here"
    folder = WORK / "node"
    folder.mkdir(parents=True, exist_ok=True)
    for file in [*PEERS.glob("*.mjs"), PEERS / "package.json"]:
        shutil.copy(file, folder)
    if not (folder / "node_modules" / "mercurius").is_dir():
        done = subprocess.run(
            ["npm", "install", "--no-audit", "--no-fund"],
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            return f"npm install failed: {done.stderr.strip().splitlines()[-1] if done.stderr else 'no word'}"
    return None
