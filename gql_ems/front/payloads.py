"""Encoded answers of subscriptions, and the parts that they go out in."""

from collections.abc import AsyncIterator, Callable, Hashable, Sequence
from typing import Any, TypeVar

from gql_ems.execution import encode

T = TypeVar("T")


class Payload:
    """An encoded answer, and the cursor of the event that it answers."""

    __slots__ = ("body", "cursor", "event")

    def __init__(self, event: Any, body: bytes) -> None:
        self.event = event
        self.body = body
        self.cursor: str | None = getattr(event, "cursor", None)


class Part:
    """Payloads that are due at once, in their order: what one subscriber gets of them in one write."""

    __slots__ = ("_laid_out", "due", "payloads")

    def __init__(self, payloads: Sequence[Payload], due: Any = None) -> None:
        self.payloads = payloads
        self.due = due
        """What the payloads were made of: who keeps a part keeps that, too."""
        self._laid_out: dict[Hashable, Any] = {}

    def laid_out(self, form: Hashable, lay_out: Callable[[Sequence[Payload]], T]) -> T:
        """The payloads in the form that a transport writes: made once for all who get them in that form."""
        found: T | None = self._laid_out.get(form)
        if found is None:
            found = self._laid_out[form] = lay_out(self.payloads)
        return found


def single(answer: Any) -> Part:
    """An answer that no event stands behind."""
    return Part((Payload(None, encode(answer)),))


async def once(answer: Any) -> AsyncIterator[Part]:
    """A stream of a single answer."""
    yield single(answer)
