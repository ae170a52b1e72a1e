"""What a query may take, in counts and not in time: calls to a source, statements, tasks, plans, answers made."""

import asyncio
import gc

from sqlalchemy import event

SUBSCRIBERS = """query Subscribers($n: Int!) {
  subscribers(first: $n, filter: {neId: "001", sources: ["omc"]}) {
    nodes { imsi authentication { hasKey } policy { rfsp } }
  }
}"""
KEYS = """query Keys($n: Int!) {
  subscribers(first: $n, filter: {neId: "001", sources: ["omc"]}) { nodes { imsi authentication { hasKey } } }
}"""


class Tasks:
    """A task factory that counts."""

    def __init__(self) -> None:
        self.made = 0

    def __call__(self, loop, coroutine, **options):
        self.made += 1
        return asyncio.Task(coroutine, loop=loop, **options)


async def tasks_of(graph, query, **variables) -> int:
    await graph.data(query, **variables)
    counted = Tasks()
    loop = asyncio.get_running_loop()
    loop.set_task_factory(counted)
    try:
        await graph.data(query, **variables)
    finally:
        loop.set_task_factory(None)
    return counted.made


async def test_subscribers_take_one_list_one_look_at_the_elements_and_two_reads_each(graph):
    await graph.ask("{ networkElements(first: 1) { nodes { id } } }")

    told = await graph.ask(SUBSCRIBERS, n=20)

    assert told.errors == []
    calls = told.upstream
    assert calls.count("omc list_subscribers") == 1
    assert calls.count("omc get_ne_state_all") == 1
    assert calls.count("omc get_auth_data") == 20
    assert calls.count("omc query_pcf_ue") % 20 == 0
    assert len(calls) == 22 + calls.count("omc query_pcf_ue")


async def test_equal_queries_at_once_take_the_calls_of_one(graph):
    alone = await graph.ask(SUBSCRIBERS, n=10)
    graph.seen.calls.clear()

    answers = await asyncio.gather(*(graph.ask(SUBSCRIBERS, n=10) for _ in range(8)))

    assert [told.data for told in answers] == [alone.data] * 8
    made = [seen.operation for seen in graph.seen.calls if seen.cache.value == "MISS"]
    assert made.count("list_subscribers") == 1
    assert made.count("get_auth_data") == 10


async def test_rows_that_wait_for_a_call_of_their_own_take_no_task_each(graph):
    few, many = await tasks_of(graph, KEYS, n=10), await tasks_of(graph, KEYS, n=60)

    # So many calls go out at the same time, whatever the number of rows.
    assert many <= few + 2


async def test_what_an_answer_was_made_of_is_gone_with_it(graph):
    few, many = await left_behind(graph, n=2), await left_behind(graph, n=40)

    # What refers to itself waits for the garbage collector; no row does.
    assert many <= few


async def left_behind(graph, **variables) -> int:
    await graph.data(SUBSCRIBERS, **variables)
    gc.collect()
    gc.disable()
    try:
        await graph.data(SUBSCRIBERS, **variables)
        return gc.collect()
    finally:
        gc.enable()


async def test_a_page_of_alarms_takes_as_many_statements_whatever_its_size(graph):
    await graph.poll_alarms()
    counts = [await statements_of(graph, n) for n in (5, 50)]

    assert counts[0] == counts[1]
    assert counts[0] <= 3


async def statements_of(graph, rows) -> int:
    seen: list[str] = []
    engine = graph.service.store.database._reader.sync_engine

    def note(_connection, _cursor, statement, *_) -> None:
        if statement.lstrip().upper().startswith("SELECT"):
            seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        await graph.data(f"{{ alarms(first: {rows}) {{ nodes {{ title severity }} }} }}")
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return len(seen)


async def test_a_document_is_parsed_and_compiled_once(graph):
    documents = graph.service.executor.documents
    await graph.data("query Once { __typename }")
    parsed, plans = documents.parsed, documents.plans

    for _ in range(5):
        await graph.data("query Once { __typename }")

    assert (documents.parsed, documents.plans) == (parsed, plans)
    assert graph.service.executor.fallbacks == 0
