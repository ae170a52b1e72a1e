"""An event is answered and encoded once for all who are to see the same of it, in parts that are not too large."""

import asyncio
import weakref
from collections.abc import AsyncIterator
from typing import Any

import pytest

from adapters.caller import Caller
from adapters.records import Batch
from gql_ems.execution import Executor, Subscription
from gql_ems.front.answering import Answering
from gql_ems.front.fanout import PART_BYTES, PART_EVENTS, Fanout
from gql_ems.front.payloads import Part
from gql_ems.front.persisted import PersistedDocuments
from tests.execution.sample import CellRecord, EventRecord, make_schema

EXECUTOR = Executor(make_schema())
READER, WRITER = (Caller(username=name, permissions=frozenset({name})) for name in ("reader", "writer"))
EVENTS = Batch(
    (EventRecord("a", CellRecord("1")), EventRecord("b", CellRecord("2", label=None)), EventRecord("c"))
)
PLAIN = "subscription { events { cursor cell { id label } } }"
JOINED = "subscription { events { cursor cell { id site { id } } } }"
BOTH = pytest.mark.parametrize("query", [PLAIN, JOINED])


class Told:
    """An event whose end can be seen."""

    cursor, cell = "a", None


def make_fanout(**options: Any) -> Fanout:
    return Fanout(Answering(EXECUTOR, lambda _: {}, PersistedDocuments({}), 10), **options)  # type: ignore[arg-type,return-value]


async def subscribed(query: str, *due: Any) -> Subscription:
    """A subscription whose source tells these, batches or single events."""
    opened = await EXECUTOR.subscribe(query, context={"events": []})
    assert isinstance(opened, Subscription)

    async def events() -> AsyncIterator[Any]:
        for one in due:
            yield one

    return Subscription(events(), opened.selection)


async def parts(fanout: Fanout, query: str, *due: Any, caller: Caller = READER) -> list[Part]:
    return [part async for part in fanout.parts(await subscribed(query, *due), caller, "")]


def cursors(found: list[Part]) -> list[list[str | None]]:
    return [[payload.cursor for payload in part.payloads] for part in found]


@BOTH
async def test_events_that_are_due_at_once_come_as_one_part_in_their_order(query):
    found = await parts(make_fanout(), query, EVENTS, EVENTS[0])

    assert cursors(found) == [["a", "b", "c"], ["a"]]
    assert found[1].payloads[0] is found[0].payloads[0]
    assert found[0].payloads[2].body == b'{"data":{"events":{"cursor":"c","cell":null}}}'


@BOTH
async def test_all_who_watch_the_same_get_the_same_part_encoded_once(query):
    fanout = make_fanout()
    taken = await asyncio.gather(*(parts(fanout, query, EVENTS) for _ in range(20)))

    assert len({id(part) for found in taken for part in found}) == 1
    assert fanout.encoded == len(EVENTS)


@BOTH
async def test_those_who_watch_other_events_share_the_answers_to_what_both_see(query):
    fanout = make_fanout()
    (every,), (some,) = await asyncio.gather(
        parts(fanout, query, EVENTS), parts(fanout, query, Batch(EVENTS[1:]))
    )

    assert some.payloads[0] is every.payloads[1]
    assert fanout.encoded == len(EVENTS)


async def test_other_permissions_and_other_selections_have_answers_of_their_own():
    fanout = make_fanout()
    for query, caller in ((PLAIN, READER), (PLAIN, WRITER), (JOINED, READER)):
        await parts(fanout, query, EVENTS, caller=caller)

    assert fanout.encoded == 3 * len(EVENTS)


@BOTH
async def test_a_part_ends_where_it_is_full(query):
    size = PART_BYTES // 3
    wide = Batch(EventRecord(str(n) * size, CellRecord(str(n))) for n in range(8))
    fanout = make_fanout()
    found = await parts(fanout, query, wide)

    assert [len(part.payloads) for part in found] == [3, 3, 2]
    assert fanout.encoded == 8


@BOTH
async def test_so_many_events_at_most_are_answered_at_once(query):
    many = Batch(EventRecord(f"{n:04}", CellRecord(str(n))) for n in range(PART_EVENTS + 1))
    found = await parts(make_fanout(), query, many)

    assert [len(part.payloads) for part in found] == [PART_EVENTS, 1]


async def test_one_who_leaves_while_others_wait_takes_nothing_from_them():
    fanout = make_fanout()
    first, *others = [asyncio.ensure_future(parts(fanout, JOINED, EVENTS)) for _ in range(3)]
    await asyncio.sleep(0)
    first.cancel()
    taken = await asyncio.gather(*others)

    assert [cursors(found) for found in taken] == [[["a", "b", "c"]]] * 2
    assert fanout.encoded == len(EVENTS)


async def test_what_is_kept_is_bounded_by_its_bytes():
    fanout = make_fanout(kept=10_000)
    for n in range(100):
        await parts(fanout, PLAIN, EventRecord(f"{n:04}", CellRecord(str(n))))

    assert fanout.encoded == 100
    assert 0 < fanout.kept.currsize <= 10_000


async def test_an_answer_larger_than_what_is_kept_is_given_all_the_same():
    (part,) = await parts(make_fanout(kept=100), PLAIN, EventRecord("x" * 1000, None))

    assert part.payloads[0].cursor == "x" * 1000


async def test_closing_closes_the_source():
    subscription = await subscribed(PLAIN, *EVENTS)
    stream = make_fanout().parts(subscription, READER, "")
    await anext(stream)
    await stream.aclose()

    with pytest.raises(StopAsyncIteration):
        await anext(subscription.events)


async def test_a_part_is_laid_out_once_for_each_form():
    (part,) = await parts(make_fanout(), PLAIN, EVENTS)
    asked: list[str] = []

    def lay_out(payloads) -> int:
        asked.append("once")
        return len(payloads)

    assert [part.laid_out(form, lay_out) for form in ("a", "a", "b")] == [3, 3, 3]
    assert len(asked) == 2


async def test_who_waits_for_the_next_event_holds_nothing_of_the_last():
    due: asyncio.Queue[Any] = asyncio.Queue()

    async def events() -> AsyncIterator[Any]:
        while True:
            yield await due.get()

    selection = (await subscribed(PLAIN)).selection
    fanout = make_fanout()
    stream = fanout.parts(Subscription(events(), selection), READER, "")
    due.put_nowait(Batch([Told()]))
    event = weakref.ref((await anext(stream)).payloads[0].event)
    waiting = asyncio.ensure_future(anext(stream))
    await asyncio.sleep(0)
    fanout.kept.clear()
    held = event()
    waiting.cancel()

    assert held is None
