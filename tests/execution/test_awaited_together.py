"""Fields that are awaited together: who gets a task, who is resumed by its future, and how it all ends."""

import asyncio
from typing import Any

import pytest

from gql_ems.execution import Executor
from tests.execution.differential import assert_same
from tests.execution.sample import CellRecord, SiteRecord, make_schema

SCHEMA = make_schema()
EXECUTOR = Executor(SCHEMA)


class Futures(dict[str, "asyncio.Future[Any]"]):
    """A future for each key that is asked for, as a loader has."""

    def __missing__(self, key: str) -> "asyncio.Future[Any]":
        self[key] = future = asyncio.get_running_loop().create_future()
        return future


async def turns(count: int) -> None:
    for _ in range(count):
        await asyncio.sleep(0)


def rows(count: int) -> list[SiteRecord]:
    return [SiteRecord(f"s{number}") for number in range(count)]


async def test_rows_that_wait_for_futures_need_no_task_of_their_own() -> None:
    twins = Futures()
    context = {"nodes": rows(50), "twins": twins}
    query = '{ nodes { ... on Site { a: twin(id: "x") { id } b: twin(id: "y") { id } } } }'
    running = asyncio.ensure_future(EXECUTOR.execute(query, context=context))
    await turns(6)
    assert set(twins) == {"x", "y"}
    assert len(asyncio.all_tasks()) == 2
    twins["x"].set_result(SiteRecord("x"))
    await turns(3)
    twins["y"].set_result(SiteRecord("y"))
    answer = await running
    assert answer.data == {"nodes": [{"a": {"id": "x"}, "b": {"id": "y"}}] * 50}


@pytest.mark.parametrize(
    ("mate", "told"),
    [
        (SiteRecord("m", name="one"), {"id": "m", "name": "one"}),
        (SiteRecord("m", name=None), {"id": "m", "name": None}),
        (SiteRecord("m", name=7), {"id": "m", "name": "7"}),
        (None, None),
    ],
)
async def test_rows_that_wait_for_one_record_are_told_alike(mate: SiteRecord | None, told: Any) -> None:
    def context() -> dict[str, Any]:
        future = asyncio.get_running_loop().create_future()
        asyncio.get_running_loop().call_later(0.001, future.set_result, mate)
        return {"sites": rows(5), "mate": future}

    answer = await assert_same(SCHEMA, EXECUTOR, "{ sites { id mate { id name } } }", context=context)
    assert answer.data == {"sites": [{"id": f"s{n}", "mate": told} for n in range(5)]}


async def test_rows_that_wait_for_one_wrong_record_fail_each_at_its_own_place() -> None:
    def context() -> dict[str, Any]:
        future = asyncio.get_running_loop().create_future()
        asyncio.get_running_loop().call_later(0.001, future.set_result, SiteRecord("m", name=ValueError("x")))
        return {"sites": rows(4), "mate": future}

    answer = await assert_same(SCHEMA, EXECUTOR, "{ sites { id mate { id name } } }", context=context)
    assert [error.path for error in answer.errors or ()] == [["sites", n, "mate", "name"] for n in range(4)]


async def test_what_may_ask_for_its_task_gets_one_below_a_row_without() -> None:
    twins = Futures()
    tasks: list[Any] = []

    async def bounded() -> Any:
        async with asyncio.timeout(5):
            tasks.append(asyncio.current_task())
            await asyncio.sleep(0)
        return CellRecord("c")

    query = (
        '{ nodes { ... on Site { a: twin(id: "x") { maybe { id } } b: twin(id: "y") { maybe { id } } } } }'
    )
    running = asyncio.ensure_future(EXECUTOR.execute(query, context={"nodes": rows(1), "twins": twins}))
    await turns(6)
    for key in ("x", "y"):
        twins[key].set_result(SiteRecord(key, maybe=bounded()))
    answer = await running
    assert answer.data == {"nodes": [{"a": {"maybe": {"id": "c"}}, "b": {"maybe": {"id": "c"}}}]}
    assert len(tasks) == 2
    assert None not in tasks


async def test_a_future_that_fails_is_told_at_each_place_that_waits_for_it() -> None:
    twins = Futures()
    query = '{ nodes { ... on Site { twin(id: "x") { id } } } }'
    running = asyncio.ensure_future(EXECUTOR.execute(query, context={"nodes": rows(3), "twins": twins}))
    await turns(6)
    twins["x"].set_exception(ConnectionError("down"))
    answer = await running
    assert answer.data == {"nodes": [{"twin": None}] * 3}
    assert [error.path for error in answer.errors or ()] == [["nodes", n, "twin"] for n in range(3)]


async def test_a_request_that_is_cancelled_leaves_others_futures_alone() -> None:
    twins = Futures()
    query = '{ nodes { ... on Site { twin(id: "x") { id } } } }'
    running = asyncio.ensure_future(EXECUTOR.execute(query, context={"nodes": rows(3), "twins": twins}))
    await turns(6)
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert not twins["x"].cancelled()
    twins["x"].set_result(None)
    await turns(3)


async def test_a_request_that_is_cancelled_ends_the_tasks_of_its_resolvers() -> None:
    ended: list[str] = []

    async def slow(name: str) -> Any:
        try:
            await asyncio.get_running_loop().create_future()
        finally:
            ended.append(name)

    query = '{ cell(id: "1") { level online } }'
    context = {"cells": {"1": CellRecord("1", level=slow("level"), online=slow("online"))}}
    running = asyncio.ensure_future(EXECUTOR.execute(query, context=context))
    await turns(6)
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert ended == ["level", "online"]


async def test_what_is_awaited_beside_a_failure_that_takes_the_object_is_ended() -> None:
    ended: list[str] = []

    async def slow() -> Any:
        try:
            await asyncio.get_running_loop().create_future()
        finally:
            ended.append("slow")

    async def failing() -> Any:
        await asyncio.sleep(0)
        raise ValueError("no label")

    query = '{ cell(id: "1") { level label } }'
    context = {"cells": {"1": CellRecord("1", level=slow(), label=failing())}}
    answer = await EXECUTOR.execute(query, context=context)
    assert answer.data == {"cell": None}
    assert ended == ["slow"]


async def test_what_fails_late_below_a_place_that_is_null_is_not_told() -> None:
    async def failing() -> Any:
        raise ValueError("late")

    def context() -> dict[str, Any]:
        return {"cells": {"1": CellRecord("1", level=failing(), label=None)}, "site": None}

    query = '{ cell(id: "1") { level label } site(delay: 5) { id } }'
    answer = await assert_same(SCHEMA, EXECUTOR, query, context=context)
    assert [error.path for error in answer.errors or ()] == [["cell", "label"]]


async def test_what_a_broken_list_still_holds_to_be_awaited_is_settled() -> None:
    ran: list[str] = []

    async def tag(name: str) -> str:
        ran.append(name)
        return name

    context = {"cells": {"1": CellRecord("1", tags=[tag("a"), None, tag("c")])}}
    answer = await EXECUTOR.execute('{ cell(id: "1") { tags } }', context=context)
    assert answer.data == {"cell": None}
    await turns(2)
    assert ran == ["a", "c"]
