"""Answers to events as bytes, each encoded once for all who want to see the same of it."""

from asyncio import CancelledError, Future, get_running_loop
from collections.abc import Callable, Hashable
from typing import Any, Final

from gql_ems.execution.answer import Answer
from gql_ems.execution.subscription import Selection

CAPACITY: Final = 4096

# An event is known by its identity, so it is kept as long as its entry: no other object gets the id.
Entry = tuple[Any, "bytes | Future[bytes]"]


class Encodings:
    """Keeps the bytes of the latest answers by event, selection and permissions.

    `write` makes an answer's bytes, for whoever lays out errors in a way of its own. `encoded` and
    `shared` count the answers that were made and those that were there already.
    """

    def __init__(self, capacity: int = CAPACITY, write: Callable[[Answer], bytes] = Answer.encode) -> None:
        self._write = write
        self._capacity = capacity
        self._entries: dict[Hashable, Entry] = {}
        self.encoded = 0
        self.shared = 0

    def known(self, selection: Selection, event: Any, permissions: Hashable) -> bytes | None:
        """Give the bytes if they are there, without waiting."""
        entry = self._entries.get((id(event), selection.key, permissions))
        if entry is None or not isinstance(entry[1], bytes):
            return None
        self.shared += 1
        return entry[1]

    async def encode(self, selection: Selection, event: Any, permissions: Hashable, context: Any) -> bytes:
        """Give the bytes of the answer, making them if nobody did or does.

        `permissions` is whatever decides what a caller may see: callers for whom it is equal get
        the same bytes.
        """
        key = (id(event), selection.key, permissions)
        while (entry := self._entries.get(key)) is not None:
            self.shared += 1
            if isinstance(entry[1], bytes):
                return entry[1]
            made = await _outcome(entry[1])
            if made is not None:
                return made
            # Who began it left before it was done: whoever comes first begins anew.
            if self._entries.get(key) is entry:
                del self._entries[key]
        return await self._make(key, selection, event, context)

    async def _make(self, key: Hashable, selection: Selection, event: Any, context: Any) -> bytes:
        self.encoded += 1
        answer = selection.answer(event, context)
        if isinstance(answer, Answer):
            encoded = self._write(answer)
        else:
            promise: Future[bytes] = get_running_loop().create_future()
            self._keep(key, (event, promise))
            try:
                encoded = self._write(await answer)
                promise.set_result(encoded)
            finally:
                if not promise.done():
                    promise.cancel()
        self._keep(key, (event, encoded))
        return encoded

    def _keep(self, key: Hashable, entry: Entry) -> None:
        """Keep an entry; the oldest goes, since events are seen in their order."""
        self._entries[key] = entry
        if len(self._entries) > self._capacity:
            del self._entries[next(iter(self._entries))]


async def _outcome(promise: "Future[bytes]") -> bytes | None:
    """Wait for the bytes that another caller makes; None if that caller left.

    The wait is on a future of its own: who waits may be cancelled without harm to the others.
    """
    waiter: Future[None] = get_running_loop().create_future()

    def wake(_: Any) -> None:
        if not waiter.done():
            waiter.set_result(None)

    promise.add_done_callback(wake)
    await waiter
    try:
        return promise.result()
    except CancelledError:
        return None
