"""Completing records: compiled selections against graphql-core, in one process, in turns.

Run it as `python -m benchmarks.execution`; it prints one Markdown table.
"""

import asyncio
import enum
import gc
import sys
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

import msgspec
import strawberry
import uvloop
from graphql import execute, parse

from gql_ems.execution import Executor

ROWS = 100
ROUNDS = 7


class Severity(enum.Enum):
    CRITICAL = "critical"
    MAJOR = "major"


class AlarmRecord(msgspec.Struct, frozen=True):
    id: str
    title: str
    severity: Severity
    status: Severity
    raised_at: datetime
    cleared_at: datetime | None
    count: int
    ratio: float
    acknowledged: bool
    comment: str | None
    location: str
    specific_problem: str
    event_type: str
    probable_cause: str
    source_name: str
    native_id: str


def instant(value: datetime) -> str:
    return value.isoformat()


SeverityType = strawberry.enum(Severity)


@strawberry.type
class Alarm:
    id: strawberry.ID
    title: str
    severity: SeverityType  # type: ignore[valid-type]
    status: SeverityType  # type: ignore[valid-type]
    raised_at: datetime
    cleared_at: datetime | None
    count: int
    ratio: float | None
    acknowledged: bool
    comment: str | None
    location: str | None
    specific_problem: str | None
    event_type: str | None
    probable_cause: str | None
    source_name: str
    native_id: str

    @strawberry.field
    async def twin(self, parent: strawberry.Parent[AlarmRecord], info: strawberry.Info) -> "Alarm":
        assert info.field_name == "twin"
        return parent  # type: ignore[return-value]

    @strawberry.field(metadata={"light": True})
    async def neighbour(
        self, parent: strawberry.Parent[AlarmRecord], info: strawberry.Info
    ) -> "Alarm | None":
        loaded: Alarm = await info.context.load(parent.count % 10)
        return loaded

    @strawberry.field
    def page(self, parent: strawberry.Parent[AlarmRecord], first: int = 20) -> list["Alarm"]:
        return [parent] * min(first, 3)  # type: ignore[list-item]


class Loader:
    """Gives a future for each key; all are answered two turns of the loop later, as by one batch."""

    def __init__(self) -> None:
        self.futures: dict[int, asyncio.Future[Any]] = {}

    def load(self, key: int) -> "asyncio.Future[Any]":
        future = self.futures.get(key)
        if future is None:
            loop = asyncio.get_running_loop()
            if not self.futures:
                loop.call_soon(loop.call_soon, self.answer)
            future = self.futures[key] = loop.create_future()
        return future

    def answer(self) -> None:
        for key, future in self.futures.items():
            future.set_result(RECORDS[key])


RECORDS = [
    AlarmRecord(
        f"a{i}",
        f"Cell {i} is down",
        Severity.MAJOR,
        Severity.CRITICAL,
        datetime(2023, 3, 29, 15, 56, i % 60, tzinfo=UTC),
        None,
        i,
        i / 3,
        i % 2 == 0,
        None,
        "rack 1",
        "loss of signal",
        "communications",
        "link",
        "omc",
        str(i),
    )
    for i in range(ROWS)
]


@strawberry.type
class Query:
    @strawberry.field
    def alarms(self) -> list[Alarm]:
        return RECORDS  # type: ignore[return-value]


LEAVES = (
    "id title severity status raisedAt clearedAt count ratio acknowledged comment location "
    "specificProblem eventType probableCause sourceName nativeId"
)

QUERIES = {
    "100 records of 16 leaf fields": f"{{ alarms {{ {LEAVES} }} }}",
    "100 records of 14 leaf fields, no instants": f"{{ alarms {{ {LEAVES.replace('raisedAt clearedAt ', '')} }} }}",
    "100 records with an async field of 3 leaves": "{ alarms { id title twin { id title count } } }",
    "100 records, each with one of 10 by a loader": "{ alarms { id title neighbour { id title count } } }",
    "100 records with a list of 3 by an argument": "{ alarms { id page(first: 3) { id title } } }",
    "{ __typename }": "{ __typename }",
}


def per_call(loop: asyncio.AbstractEventLoop, call: Callable[[], Awaitable[Any]], times: int) -> float:
    async def repeat() -> float:
        started = time.perf_counter()
        for _ in range(times):
            await call()
        return (time.perf_counter() - started) / times

    return loop.run_until_complete(repeat())


def measure(query: str) -> tuple[float, float]:
    """Give the best of several rounds, in seconds for one call: graphql-core, then compiled."""
    schema = strawberry.Schema(Query)
    executor = Executor(schema)
    document = parse(query)

    async def core() -> Any:
        result: Any = execute(
            schema._schema,  # noqa: SLF001
            document,
            context_value=Loader(),
            executor_class=schema.execution_context_class,
        )
        return await result if hasattr(result, "__await__") else result

    async def compiled() -> Any:
        return await executor.execute(query, context=Loader())

    loop = uvloop.new_event_loop()
    try:
        expected = loop.run_until_complete(core())
        answer = loop.run_until_complete(compiled())
        assert answer.data == expected.data
        assert answer.errors is expected.errors is None
        times = 20
        best = [float("inf"), float("inf")]
        gc.collect()
        for _ in range(ROUNDS):
            best[0] = min(best[0], per_call(loop, core, times))
            best[1] = min(best[1], per_call(loop, compiled, times * 5))
        assert executor.fallbacks == 0
        return best[0], best[1]
    finally:
        loop.close()


def main() -> None:
    sys.stdout.write("| what | graphql-core, us | compiled, us | ratio |\n| --- | ---: | ---: | ---: |\n")
    for name, query in QUERIES.items():
        slow, fast = measure(query)
        sys.stdout.write(f"| {name} | {slow * 1e6:,.0f} | {fast * 1e6:,.1f} | {slow / fast:.1f} |\n")


if __name__ == "__main__":
    main()
