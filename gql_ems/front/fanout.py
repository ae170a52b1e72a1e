"""Answers to events, encoded once for each distinct selection and set of permissions, however many watch."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Coroutine
from contextlib import AbstractContextManager, aclosing, nullcontext, suppress
from typing import Any

from cachetools import LRUCache

from adapters.caller import Caller
from gql_ems.execution import Answer, Subscription, encode
from gql_ems.front.answering import Answering
from gql_ems.front.errors import formatted

KEPT = 2048
"""Encoded answers that are remembered: events that many watchers are still to get."""


Counted = Callable[[str], AbstractContextManager[None]]
"""Counts a subscription over a transport as long as its block lasts."""


class Payload:
    """An encoded answer, and the cursor of the event that it answers."""

    __slots__ = ("body", "cursor", "event")

    def __init__(self, event: Any, body: bytes) -> None:
        self.event = event
        self.body = body
        self.cursor: str | None = getattr(event, "cursor", None)


class Fanout:
    """Shared by all subscriptions of a process."""

    def __init__(self, answering: Answering, counted: Counted = lambda _: nullcontext()) -> None:
        self._answering = answering
        self._counted = counted
        self._kept: LRUCache[Any, Payload | asyncio.Future[Payload]] = LRUCache(KEPT)
        self.encoded = 0

    async def payloads(
        self, subscription: Subscription, caller: Caller, request_id: str, transport: str = "ws"
    ) -> AsyncIterator[Payload]:
        """The answers of a subscription, event by event; closing this closes the source."""
        with self._counted(transport):
            async with aclosing(self._answers(subscription, caller, request_id)) as answers:
                async for payload in answers:
                    yield payload

    async def _answers(
        self, subscription: Subscription, caller: Caller, request_id: str
    ) -> AsyncGenerator[Payload, None]:
        events = aiter(subscription.events)
        selection = subscription.selection
        key = (selection.key, caller.permissions)
        try:
            async for event in events:
                # The event is kept beside its answer, so its identity is not given to another meanwhile.
                mark = (*key, id(event))
                found = self._kept.get(mark)
                if isinstance(found, Payload) and found.event is event:
                    yield found
                    continue
                yield await self._made(mark, event, selection, caller, request_id, found)
        finally:
            close = getattr(events, "aclose", None)
            if close is not None:
                with suppress(RuntimeError):
                    await close()

    async def _made(
        self, mark: Any, event: Any, selection: Any, caller: Caller, request_id: str, pending: Any
    ) -> Payload:
        if isinstance(pending, asyncio.Future):
            found: Payload = await asyncio.shield(pending)
            if found.event is event:
                return found
        answer = selection.answer(event, self._answering.event_context(caller))
        if isinstance(answer, Answer):
            payload = self._kept[mark] = self._encoded(event, answer, request_id)
            return payload
        # Nobody's own: whoever began it may leave while others wait for it.
        making = asyncio.ensure_future(self._later(mark, event, answer, request_id))
        self._kept[mark] = making
        return await asyncio.shield(making)

    async def _later(
        self, mark: Any, event: Any, answer: Coroutine[Any, Any, Answer], request_id: str
    ) -> Payload:
        try:
            payload = self._encoded(event, await answer, request_id)
        except BaseException:
            self._kept.pop(mark, None)
            raise
        self._kept[mark] = payload
        return payload

    def _encoded(self, event: Any, answer: Answer, request_id: str) -> Payload:
        self.encoded += 1
        laid_out: dict[str, Any] = {}
        if answer.errors:
            laid_out["errors"] = [formatted(error, request_id) for error in answer.errors]
        laid_out["data"] = answer.data
        return Payload(event, encode(laid_out))
