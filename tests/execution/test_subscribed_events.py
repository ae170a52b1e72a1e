"""Subscriptions: the stream of events, the answer to each, and which selections answer equally."""

from typing import Any

import pytest

from gql_ems.execution import Answer, Executor, Subscription
from tests.execution.differential import assert_same_events
from tests.execution.sample import CellRecord, EventRecord, make_schema

SCHEMA = make_schema()
EVENTS = [
    EventRecord("a", CellRecord("1")),
    EventRecord("b", CellRecord("2", label=None)),
    EventRecord("c"),
]
PLAIN = "subscription ($after: String) { events(after: $after) { cursor cell { id label } } }"
JOINED = "subscription { events { cursor cell { id site { id } } } }"


async def opened(executor: Executor, query: str, **variables: Any) -> Subscription:
    subscription = await executor.subscribe(query, variables=variables, context={"events": EVENTS})
    assert isinstance(subscription, Subscription)
    return subscription


@pytest.mark.parametrize("query", [PLAIN, JOINED])
async def test_each_event_is_answered(query: str) -> None:
    executor = Executor(SCHEMA)
    answers = await assert_same_events(SCHEMA, executor, query, context={"events": EVENTS})
    assert len(answers) == 3
    assert executor.fallbacks == 0


async def test_arguments_of_the_subscription_reach_its_source() -> None:
    answers = await assert_same_events(
        SCHEMA, Executor(SCHEMA), PLAIN, variables={"after": "b"}, context={"events": EVENTS}
    )
    assert [answer.data for answer in answers] == [{"events": {"cursor": "c", "cell": None}}]


@pytest.mark.parametrize(
    "query",
    [
        "subscription { events { nonsense } }",
        "subscription ($after: String!) { events(after: $after) { cursor } }",
        "{ cells { id } }",
    ],
)
async def test_a_subscription_that_cannot_begin_is_an_answer_with_errors(query: str) -> None:
    refused = await Executor(SCHEMA).subscribe(query, context={"events": []})
    assert isinstance(refused, Answer)
    assert refused.errors
    assert refused.executed is False


async def test_an_error_of_the_source_ends_the_stream() -> None:
    subscription = await Executor(SCHEMA).subscribe(
        "subscription { events(fail: true) { cursor } }", context={}
    )
    assert isinstance(subscription, Subscription)
    with pytest.raises(PermissionError):
        await anext(subscription.events)


async def test_without_compiling_events_are_answered_alike() -> None:
    executor = Executor(SCHEMA, compiled=False)
    assert len(await assert_same_events(SCHEMA, executor, JOINED, context={"events": EVENTS})) == 3
    assert executor.fallbacks == 0


async def test_an_event_without_io_is_answered_at_once() -> None:
    subscription = await opened(Executor(SCHEMA), PLAIN)
    assert isinstance(subscription.selection.answer(EVENTS[0], {}), Answer)


async def key_of(executor: Executor, query: str, **variables: Any) -> Any:
    return (await opened(executor, query, **variables)).selection.key


async def test_where_a_subscriber_begins_does_not_change_what_it_sees() -> None:
    executor = Executor(SCHEMA)
    keys = {await key_of(executor, PLAIN, after=after) for after in ("", "0", None)}
    assert len(keys) == 1


async def test_other_variables_below_the_root_and_other_documents_are_other_selections() -> None:
    executor = Executor(SCHEMA)
    switched = "subscription ($on: Boolean!) { events { cursor cell @include(if: $on) { id } } }"
    keys = {
        await key_of(executor, switched, on=True),
        await key_of(executor, switched, on=False),
        await key_of(executor, PLAIN),
    }
    assert len(keys) == 3


async def test_closing_ends_the_source() -> None:
    subscription = await opened(Executor(SCHEMA), PLAIN)
    await anext(subscription.events)
    await subscription.close()
    with pytest.raises(StopAsyncIteration):
        await anext(subscription.events)
