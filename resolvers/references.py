"""An object known by its id alone: what is asked of it beyond that is read with it, once an answer for each object."""

import asyncio
from collections.abc import Awaitable
from typing import Any

import msgspec
from msgspec import UNSET
from strawberry.utils.str_converters import to_camel_case

from adapters import records
from adapters.records import ObjectKind
from resolvers.context import Context, Info
from resolvers.places import names_below, once


def element_at(
    info: Info, source: str, ne_type: str, ne_id: str
) -> records.NetworkElement | Awaitable[Any] | None:
    """The element of a source at which something happened; None where the source knows no elements."""
    context = info.context
    facts = once(info, _facts_below)
    spots = context.shelf(("elements at", facts))
    spot = (source, ne_type, ne_id)
    if spot not in spots:
        spots[spot] = _element_at(context, source, ne_type, ne_id, facts)
    return spots[spot]


def _element_at(
    context: Context, source: str, ne_type: str, ne_id: str, facts: frozenset[str]
) -> records.NetworkElement | Awaitable[Any] | None:
    if context.port(source, ObjectKind.NETWORK_ELEMENT) is None or not ne_type or not ne_id:
        return None
    native_id = f"{ne_type.upper()}/{ne_id}"
    if not facts:
        return _reference(source, native_id)
    batch = context.loader(("element at", source, facts), lambda ids: _read(context, source, ids, facts))
    return batch.load(native_id)


def _reference(source: str, native_id: str) -> records.NetworkElement:
    ne_type, _, ne_id = native_id.partition("/")
    return records.NetworkElement(source=source, native_id=native_id, ne_type=ne_type, ne_id=ne_id, raw=UNSET)


_TOLD_BY_READING = {
    to_camel_case(field.name): field.name
    for field in msgspec.structs.fields(records.NetworkElement)
    if getattr(_reference("", "TYPE/id"), field.name) is UNSET
}
"""The facts that an id does not tell, by their names in the graph."""


async def _read(
    context: Context, source: str, native_ids: tuple[str, ...], facts: frozenset[str]
) -> dict[str, Any]:
    """Elements with those facts; what cannot be read stays a reference, whose fields tell why."""

    async def one(native_id: str) -> Any:
        found = await context.object(ObjectKind.NETWORK_ELEMENT, source, native_id)
        if found is not None and any(getattr(found, fact) is UNSET for fact in facts):
            return await context.details(found)
        return found

    found = await asyncio.gather(*map(one, native_ids), return_exceptions=True)
    return {
        native_id: read if isinstance(read, records.NetworkElement) else _reference(source, native_id)
        for native_id, read in zip(native_ids, found, strict=True)
    }


def _facts_below(raw: Any) -> frozenset[str]:
    """The facts below the field that its id does not tell."""
    return frozenset(_TOLD_BY_READING[name] for name in names_below(raw) if name in _TOLD_BY_READING)
