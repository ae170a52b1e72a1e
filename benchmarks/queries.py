"""The gateway beside its peers: the same documents over the same upstream, in turns, answers compared first.

EMS_BENCH_TURNS and EMS_BENCH_SECONDS say how often each server has its turn and how long it is asked one question.
"""

import os
import sys
from base64 import urlsafe_b64encode
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import orjson

from benchmarks.lineup import BY_HAND, CONNECTIONS, OURS, Entrant, lineup, our_gateway, python_peer
from benchmarks.questions import LARGE_DEPARTMENTS, QUESTIONS, SUBSCRIBERS, Question
from benchmarks.servers import Server, calls_of, load_average, loaded, posted, static_upstream
from benchmarks.told import Told, table

TURNS = int(os.environ.get("EMS_BENCH_TURNS", "3"))
SECONDS = float(os.environ.get("EMS_BENCH_SECONDS", "4"))
WARM_UP = 2.0
"""Seconds before each measurement: what compiles itself while it runs needs them."""
HEAD = [
    "question",
    "server",
    "r/s",
    "gateway / it",
    "CPU ms an answer",
    "its CPU / gateway's",
    "p50 ms",
    "p99 ms",
    "upstream calls",
    "MB",
]


@dataclass
class Figures:
    """What one server did with one question, over all turns."""

    rps: list[float] = field(default_factory=list)
    p50: list[float] = field(default_factory=list)
    p99: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    calls: list[float] = field(default_factory=list)
    megabytes: float = 0.0

    @property
    def best(self) -> float:
        """Requests a second of its best turn: what the neighbours disturbed least."""
        return max(0.01, *self.rps)


class Row(NamedTuple):
    """A line of the table, and the figures of the gateway that it is compared with."""

    question: str
    server: str
    found: Figures
    ours: Figures

    def told(self) -> list[str]:
        """Its cells."""
        found, ours = self.found, self.ours
        return [
            self.question,
            self.server,
            f"{found.best:,.0f}" if found.best >= 100 else f"{found.best:.1f}",
            f"{ours.best / found.best:.2f}",
            f"{min(found.cpu):.2f}",
            f"{min(found.cpu) / max(0.001, min(ours.cpu)):.2f}",
            f"{min(found.p50):.2f}",
            f"{min(found.p99):.2f}",
            f"{min(found.calls):.2f}",
            f"{found.megabytes:.0f}",
        ]


def run() -> Told:
    """All of it."""
    entrants, left_out = lineup()
    figures: dict[tuple[str, str], Figures] = {}
    with static_upstream() as upstream:
        _compared(entrants, upstream)
        for _ in range(TURNS):
            for name, entrant in entrants.items():
                with entrant.start(upstream) as server:
                    for question in entrant.questions:
                        kept = figures.setdefault((question.name, name), Figures())
                        _measured(server, upstream, question, SECONDS, kept, connections=entrant.connections)
                _tell(f"{name}: measured")
        rows = [
            Row(f"{question.name}: {question.rows} rows", name, found, figures[question.name, OURS])
            for question in QUESTIONS
            for name in entrants
            if (found := figures.get((question.name, name)))
        ]
        rows += _ours_alone(upstream, SECONDS / 2)
    told = [f"Left out: {text}." for text in left_out]
    return Told(
        "queries",
        [table(HEAD, [row.told() for row in rows]), *told, f"Load average at the end: {load_average()}."],
    )


def _measured(
    server: Server, upstream: Server, question: Question, seconds: float, kept: Figures, **more: Any
) -> None:
    asked = {
        "port": server.port,
        "path": "/graphql",
        "body": question.body,
        "prefix": question.prefix,
        **more,
    }
    loaded(**asked, seconds=min(WARM_UP, seconds))
    calls_of(upstream)
    before = server.cpu_seconds()
    found = loaded(**asked, seconds=seconds, first=10_000)
    if found["bad"] or not found["answers"]:
        raise RuntimeError(
            f"{server.name}: {found['bad']} of {found['answers']} answers to {question.name} are wrong"
        )
    kept.cpu.append((server.cpu_seconds() - before) * 1000 / found["answers"])
    kept.calls.append(calls_of(upstream) / found["answers"])
    kept.megabytes = max(kept.megabytes, server.megabytes())
    for key in ("rps", "p50", "p99"):
        getattr(kept, key).append(found[key])


def _compared(entrants: Mapping[str, Entrant], upstream: Server) -> None:
    """No server is timed before all of them gave equal answers."""
    first: dict[str, Any] = {}
    for name, entrant in entrants.items():
        with entrant.start(upstream) as server:
            for question in entrant.questions:
                answer = posted(f"{server.url}/graphql", one_of(question))
                expected = first.setdefault(question.name, answer)
                if answer != expected or "errors" in answer:
                    told = orjson.dumps(answer)[:600].decode()
                    raise RuntimeError(f"{name} answers {question.name} otherwise: {told}")
        _tell(f"{name}: answers as the gateway does")


def one_of(question: Question) -> Any:
    """The question with its variables filled in."""
    mark = "000007"
    if question.prefix:
        mark = urlsafe_b64encode(question.prefix.encode() + b"000007").rstrip(b"=").decode()
    return orjson.loads(orjson.dumps(question.body).replace(b"@@", mark.encode()))


def _ours_alone(upstream: Server, seconds: float) -> Iterable[Row]:
    """The smallest query beside the plain route, equal queries at once, and one client beside its upstream call."""
    typename = Question("typename", 1, {"query": "{ __typename }"})
    equal = SUBSCRIBERS._replace(body={**SUBSCRIBERS.body, "variables": {"ne": "u1"}})
    path = "/system/user/list?deptId=w@@&pageNum=1&pageSize=500"
    small, plain, same, distinct, alone, under = (Figures() for _ in range(6))
    with ExitStack() as open_:
        ours = open_.enter_context(our_gateway(upstream))
        hand = open_.enter_context(python_peer("by_hand")(upstream))
        for _ in range(TURNS):
            for server, question, kept, more in (
                (ours, typename, small, {}),
                (hand, typename, plain, {"path": "/plain"}),
                (ours, SUBSCRIBERS, distinct, {}),
                (ours, equal, same, {}),
                (ours, LARGE_DEPARTMENTS, alone, {"connections": 1}),
                (
                    upstream,
                    LARGE_DEPARTMENTS,
                    under,
                    {"connections": 1, "path": path, "body": None, "prefix": ""},
                ),
            ):
                _measured(server, upstream, question, seconds, kept, **{"connections": CONNECTIONS, **more})
    return (
        Row("`{ __typename }`", OURS, small, small),
        Row("`{ __typename }`", f"{BY_HAND}, a plain route", plain, small),
        Row("subscribers, distinct and equal at once", OURS, distinct, same),
        Row("subscribers, distinct and equal at once", f"{OURS}, all {CONNECTIONS} equal", same, same),
        Row("100 users, one client", OURS, alone, alone),
        Row("100 users, one client", "the upstream call alone", under, alone),
    )


def _tell(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
