"""Subscriptions: the stream of events, the answer to each, and one encoding for all who see the same."""

import asyncio
from typing import Any

import pytest

from gql_ems.execution import Answer, Encodings, Executor, Subscription
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
        await anext(aiter(subscription.answers()))


async def test_without_compiling_events_are_answered_alike() -> None:
    executor = Executor(SCHEMA, compiled=False)
    assert len(await assert_same_events(SCHEMA, executor, JOINED, context={"events": EVENTS})) == 3
    assert executor.fallbacks == 0


async def test_an_event_without_io_is_answered_at_once() -> None:
    subscription = await opened(Executor(SCHEMA), PLAIN)
    assert isinstance(subscription.selection.answer(EVENTS[0], {}), Answer)


@pytest.mark.parametrize("query", [PLAIN, JOINED])
async def test_equal_selections_share_one_encoding(query: str) -> None:
    executor, encodings = Executor(SCHEMA), Encodings()
    selections = [(await opened(executor, query)).selection for _ in range(20)]
    made = await asyncio.gather(
        *(encodings.encode(selection, EVENTS[0], "reader", {}) for selection in selections)
    )
    assert len(set(made)) == 1
    assert (encodings.encoded, encodings.shared) == (1, 19)


async def test_where_a_subscriber_begins_does_not_change_what_it_sees() -> None:
    executor, encodings = Executor(SCHEMA), Encodings()
    for after in ("", "0", None):
        selection = (await opened(executor, PLAIN, after=after)).selection
        await encodings.encode(selection, EVENTS[0], "reader", {})
    assert encodings.encoded == 1


async def test_other_variables_permissions_events_and_documents_have_encodings_of_their_own() -> None:
    executor, encodings = Executor(SCHEMA), Encodings()
    switched = "subscription ($on: Boolean!) { events { cursor cell @include(if: $on) { id } } }"
    on = (await opened(executor, switched, on=True)).selection
    off = (await opened(executor, switched, on=False)).selection
    other = (await opened(executor, PLAIN)).selection
    made = {
        await encodings.encode(on, EVENTS[0], "reader", {}),
        await encodings.encode(off, EVENTS[0], "reader", {}),
        await encodings.encode(other, EVENTS[0], "reader", {}),
        await encodings.encode(on, EVENTS[2], "reader", {}),
    }
    await encodings.encode(on, EVENTS[0], "writer", {})
    assert len(made) == 4
    assert encodings.encoded == 5


async def test_known_bytes_are_given_without_waiting() -> None:
    encodings = Encodings()
    selection = (await opened(Executor(SCHEMA), PLAIN)).selection
    assert encodings.known(selection, EVENTS[2], "reader") is None
    made = await encodings.encode(selection, EVENTS[2], "reader", {})
    assert encodings.known(selection, EVENTS[2], "reader") == made
    assert made == b'{"data":{"events":{"cursor":"c","cell":null}}}'


async def test_a_subscriber_that_leaves_while_encoding_does_not_take_the_others_with_it() -> None:
    executor, encodings = Executor(SCHEMA), Encodings()
    selection = (await opened(executor, JOINED)).selection
    first = asyncio.ensure_future(encodings.encode(selection, EVENTS[0], "reader", {}))
    second = asyncio.ensure_future(encodings.encode(selection, EVENTS[0], "reader", {}))
    third = asyncio.ensure_future(encodings.encode(selection, EVENTS[0], "reader", {}))
    await asyncio.sleep(0)
    first.cancel()
    assert await second == await third
    assert encodings.encoded == 2


async def test_only_the_latest_encodings_are_kept() -> None:
    executor, encodings = Executor(SCHEMA), Encodings(capacity=2)
    selection = (await opened(executor, PLAIN)).selection
    for event in EVENTS:
        await encodings.encode(selection, event, "reader", {})
    assert [encodings.known(selection, event, "reader") is None for event in EVENTS] == [True, False, False]


@pytest.mark.parametrize("query", [PLAIN, JOINED])
async def test_the_bytes_are_written_the_way_that_was_asked_for(query: str) -> None:
    encodings = Encodings(write=lambda answer: repr(answer.errors).encode())
    selection = (await opened(Executor(SCHEMA), query)).selection
    assert await encodings.encode(selection, EVENTS[2], "reader", {}) == b"None"
