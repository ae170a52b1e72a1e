"""What all mutations of vendor objects share: the port that an id or a source's name leads to, and deleting."""

from typing import Any

import strawberry

from adapters.errors import BadInput, Unsupported
from adapters.ports import Port
from adapters.ports import Source as SourcePort
from adapters.records import ObjectKind
from resolvers import ids as global_ids
from resolvers.context import Info
from resolvers.ids import NAMES, encode
from resolvers.payloads import REFUSALS, Complaint, Payload, complaint, told


def port_for(info: Info, name: str, kind: ObjectKind) -> tuple[SourcePort, Port[Any, Any]]:
    """The port of a kind in a named source; BadInput or Unsupported where there is none."""
    source = info.context.sources.named(name, ("input", "source"))
    return source, _port(source, kind)


def port_of(
    info: Info, value: str, kind: ObjectKind, field: tuple[str, ...] = ("id",)
) -> tuple[SourcePort, str, Port[Any, Any]]:
    """Source, native id and port that a global id leads to."""
    name, native_id = global_ids.native(value, kind, field)
    source = info.context.sources.named(name, field)
    return source, native_id, _port(source, kind)


def same_source(source: SourcePort, value: str, kind: ObjectKind, field: tuple[str, ...]) -> str:
    """The native id of an object that has to be of the same source."""
    name, native_id = global_ids.native(value, kind, field)
    if name != source.name:
        raise BadInput(f"the {NAMES[kind]} is of {name!r}, not of {source.name!r}", field)
    return native_id


async def deleted(info: Info, ids: list[strawberry.ID], kind: ObjectKind) -> Payload:
    """Deletes objects of several sources, each told on its own."""
    by_source: dict[str, dict[str, str]] = {}
    complaints: list[Complaint] = []
    for value in global_ids.several(ids):
        try:
            name, native_id = global_ids.native(value, kind, ("ids",))
        except BadInput as error:
            complaints.append(complaint(error, None, value))
            continue
        by_source.setdefault(name, {})[native_id] = value
    done: list[str] = []
    for name, wanted in by_source.items():
        source = info.context.sources.find(name)
        try:
            if source is None:
                raise BadInput(f"no source is called {name!r}", ("ids",))
            outcome = await _port(source, kind).delete(tuple(wanted))  # type: ignore[attr-defined]
        except REFUSALS as error:
            complaints.extend(complaint(error, source, value) for value in wanted.values())
            continue
        await info.context.memory.forget(kind, name, outcome.done)
        done.extend(encode(NAMES[kind], name, native_id) for native_id in outcome.done)
        complaints.extend(told(r, source, wanted.get(r.native_id or "")) for r in outcome.refusals)
    return Payload(deleted_ids=tuple(done), user_errors=tuple(complaints))


async def deleted_one(info: Info, value: strawberry.ID, kind: ObjectKind) -> Payload:
    """Deletes one object."""
    source, native_id, port = port_of(info, value, kind)
    try:
        outcome = await port.delete(native_id)  # type: ignore[attr-defined]
    except REFUSALS as error:
        return Payload(user_errors=(complaint(error, source, value),))
    await info.context.memory.forget(kind, source.name, outcome.done)
    return Payload(
        deleted_ids=tuple(encode(NAMES[kind], source.name, found) for found in outcome.done),
        user_errors=tuple(told(r, source, value) for r in outcome.refusals),
    )


def _port(source: SourcePort, kind: ObjectKind) -> Port[Any, Any]:
    port = source.ports.get(kind)
    if port is None:
        raise Unsupported(f"{source.name} has no {kind.value.lower().replace('_', ' ')}s.")
    return port
