"""A fact that a record may hold, its source may tell by a read of its own, or only the whole object tells."""

from collections.abc import Callable
from typing import Any

from msgspec import UNSET

from adapters.records import Sourced
from resolvers.context import Info
from resolvers.ids import KINDS


def joined(info: Info, record: Sourced, fact: str, read: Callable[..., Any]) -> Any:
    """What the record holds, or an awaitable of what its source says; `read` is the port's method for it."""
    value = getattr(record, fact, UNSET)
    if value is not UNSET:
        return value
    return _asked(info, record, fact, read)


async def _asked(info: Info, record: Sourced, fact: str, read: Callable[..., Any]) -> Any:
    context = info.context
    port = context.port(record.source, KINDS[type(record)])
    if port is None:
        return None
    method = getattr(port, read.__name__)
    if getattr(method, "__func__", None) is not read:
        return await context.fan(record.source, read.__qualname__, record.native_id, lambda: method(record))
    if not hasattr(record, fact):
        return None
    value = getattr(await context.details(record), fact, None)
    return None if value is UNSET else value
