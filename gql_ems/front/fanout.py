"""Answers to events, encoded once for each distinct selection and set of permissions, however many watch."""

from asyncio import Future, ensure_future, shield
from collections.abc import AsyncIterator, Callable, Coroutine, Hashable, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from cachetools import FIFOCache

from adapters.caller import Caller
from adapters.records import Batch
from gql_ems.execution import Answer, Subscription, encode
from gql_ems.front.answering import Answering
from gql_ems.front.errors import formatted
from gql_ems.front.payloads import Part, Payload

KEPT_BYTES = 16 * 1024 * 1024
"""Encoded answers that are remembered: events that many watchers are still to get."""
BEHIND = 2048
"""Bytes that an answer is taken to hold beside its own: the event that it was made of."""
PART_BYTES = 64 * 1024
"""A part that holds so much is full: it is what one who does not read costs beside his socket."""
PART_EVENTS = 128
"""Events that are answered at once, where answering takes calls."""

Counted = Callable[[str], AbstractContextManager[None]]
"""Counts a subscription over a transport as long as its block lasts."""


class Fanout:
    """Shared by all subscriptions of a process; `encoded` counts the answers that were made."""

    def __init__(
        self, answering: Answering, counted: Counted = lambda _: nullcontext(), kept: int = KEPT_BYTES
    ) -> None:
        self.answering = answering
        self._counted = counted
        # What is kept holds the events behind it, so their identity is given to no others meanwhile.
        self.kept: FIFOCache[Hashable, Any] = FIFOCache(
            kept, getsizeof=lambda made: min(BEHIND + _size(made), kept)
        )
        self.encoded = 0

    async def parts(
        self, subscription: Subscription, caller: Caller, request_id: str, transport: str = "ws"
    ) -> AsyncIterator[Part]:
        """The answers of a subscription, as many at a time as are due; closing this closes the source."""
        view = _View(self, subscription, caller, request_id)
        with self._counted(transport):
            try:
                async for due in subscription.events:
                    events: Sequence[Any] = due if isinstance(due, Batch) else (due,)
                    start = 0
                    while start < len(events):
                        part = view.part(due, events, start)
                        if isinstance(part, Future):
                            # Nobody's own: whoever began it may leave while others wait for it.
                            part = await shield(part)
                        start += len(part.payloads)
                        yield part
                        # Who waits for the next events holds nothing of the last.
                        del part
                    del due, events
            finally:
                await subscription.close()


class _View:
    """Events as they are seen by one selection with one set of permissions."""

    def __init__(self, fanout: Fanout, subscription: Subscription, caller: Caller, request_id: str) -> None:
        self._fanout = fanout
        self._kept = fanout.kept
        self._selection = subscription.selection
        self._key = (*subscription.selection.key, caller.permissions)
        self._caller = caller
        self._request_id = request_id

    def part(self, due: Any, events: Sequence[Any], start: int) -> "Part | Future[Part]":
        """The answers to some of the events that are due, from one of them on."""
        mark = (*self._key, id(due), start)
        found: Part | Future[Part] | None = self._kept.get(mark)
        if found is not None:
            return found
        payloads: list[Any] = []
        room = PART_BYTES
        for event in events[start : start + PART_EVENTS]:
            payload = self._payload(event)
            payloads.append(payload)
            room -= _size(payload)
            if room <= 0:
                break
        if any(isinstance(payload, Future) for payload in payloads):
            part = self._kept[mark] = ensure_future(self._awaited_part(mark, due, payloads))
            return part
        made = self._kept[mark] = Part(payloads, due)
        return made

    async def _awaited_part(
        self, mark: Hashable, due: Any, awaited: "list[Payload | Future[Payload]]"
    ) -> Part:
        payloads: list[Payload] = []
        room = PART_BYTES
        try:
            for one in awaited:
                payloads.append(one if isinstance(one, Payload) else await one)
                room -= _size(payloads[-1])
                if room <= 0:
                    break
        except BaseException:
            self._kept.pop(mark, None)
            raise
        part = self._kept[mark] = Part(payloads, due)
        return part

    def _payload(self, event: Any) -> "Payload | Future[Payload]":
        mark = (*self._key, id(event))
        found: Payload | Future[Payload] | None = self._kept.get(mark)
        if found is None:
            context = self._fanout.answering.event_context(self._caller)
            answer = self._selection.answer(event, context)
            if isinstance(answer, Answer):
                found = self._encoded(event, answer)
            else:
                found = ensure_future(self._awaited_payload(mark, event, answer))
            self._kept[mark] = found
        return found

    async def _awaited_payload(
        self, mark: Hashable, event: Any, answer: Coroutine[Any, Any, Answer]
    ) -> Payload:
        try:
            payload = self._encoded(event, await answer)
        except BaseException:
            self._kept.pop(mark, None)
            raise
        self._kept[mark] = payload
        return payload

    def _encoded(self, event: Any, answer: Answer) -> Payload:
        self._fanout.encoded += 1
        laid_out: dict[str, Any] = {}
        if answer.errors:
            laid_out["errors"] = [formatted(error, self._request_id) for error in answer.errors]
        laid_out["data"] = answer.data
        return Payload(event, encode(laid_out))


def _size(made: Payload | Part | Future[Any]) -> int:
    """Bytes of an answer, or of all that a part holds; what is still being made has none."""
    if isinstance(made, Payload):
        return len(made.body)
    return sum(len(payload.body) for payload in made.payloads) if isinstance(made, Part) else 0
