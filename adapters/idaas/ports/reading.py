"""Pages of the service as the graph counts them, and reads that may find nothing."""

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from adapters.errors import BadInput, ErrorCode, UpstreamRejected
from adapters.paging import Numbered
from adapters.ports.port import Native
from adapters.record import Rows

V = TypeVar("V")

SWEEP = 100
"""Rows a page when a list is read whole; the document names no largest page."""


def numbered_by(read: Callable[[int, int], Awaitable[Rows[V]]]) -> Numbered[V]:
    """A page operation as pages that are counted."""

    async def fetch(number: int, size: int) -> tuple[list[V], int | None]:
        answer = await read(number, size)
        return list(answer.rows), answer.total

    return fetch


async def found(read: Awaitable[V]) -> V | None:
    """What a read gives, or None where the service has no such object."""
    try:
        return await read
    except UpstreamRejected as error:
        if error.code is ErrorCode.NOT_FOUND:
            return None
        raise


def extras(native: Native, allowed: tuple[str, ...]) -> dict[str, Any]:
    """The fields that only this service asks for; others are the caller's mistake."""
    given = native or {}
    for name in given:
        if name not in allowed:
            raise BadInput(
                f"native has no {name[:40]!r} here; it takes {', '.join(allowed)}", ("native", name)
            )
    return given
