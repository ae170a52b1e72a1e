"""Global ids: the kind of an object, its source, and the id by which the source knows it, in one opaque text."""

import base64
import binascii
from collections.abc import Sequence
from typing import Any

import strawberry

from adapters import records
from adapters.errors import BadInput
from adapters.records import ObjectKind, Sourced

NAMES: dict[ObjectKind, str] = {
    ObjectKind.USER: "User",
    ObjectKind.ROLE: "Role",
    ObjectKind.ORGANIZATION: "Organization",
    ObjectKind.NETWORK_ELEMENT: "NetworkElement",
    ObjectKind.SUBSCRIBER: "Subscriber",
    ObjectKind.ALARM: "Alarm",
    ObjectKind.DEVICE: "Device",
    ObjectKind.ENTITY: "Entity",
    ObjectKind.WORKFLOW: "Workflow",
    ObjectKind.DEVICE_APPROVAL: "DeviceApproval",
}
"""The type of the graph for each kind."""

KINDS: dict[type[Sourced], ObjectKind] = {getattr(records, name): kind for kind, name in NAMES.items()}
"""The kind of each unified record."""

SOURCE = "Source"
_TYPES = {*NAMES.values(), SOURCE}
_KIND_OF_NAME = {name: kind for kind, name in NAMES.items()}


def encode(type_name: str, source: str, native_id: str = "") -> strawberry.ID:
    """The global id of an object."""
    text = f"{type_name}\0{source}\0{native_id}".encode()
    return strawberry.ID(base64.urlsafe_b64encode(text).rstrip(b"=").decode())


def id_of(record: Sourced) -> strawberry.ID:
    """The global id of a unified record."""
    return encode(NAMES[KINDS[type(record)]], record.source, record.native_id)


def decode(value: str, field: tuple[str, ...] = ("id",)) -> tuple[str, str, str]:
    """Type, source and native id of a global id; BadInput where it is none."""
    try:
        padded = value + "=" * (-len(value) % 4)
        text = base64.b64decode(padded, altchars=b"-_", validate=True).decode()
        type_name, source, native_id = text.split("\0")
    except (binascii.Error, ValueError, UnicodeError):
        raise BadInput(f"{value[:80]!r} is not an id of this graph", field) from None
    if type_name not in _TYPES or encode(type_name, source, native_id) != value:
        raise BadInput(f"{value[:80]!r} is not an id of this graph", field)
    return type_name, source, native_id


def native(value: str, kind: ObjectKind, field: tuple[str, ...] = ("id",)) -> tuple[str, str]:
    """Source and native id of an id that must name an object of one kind."""
    type_name, source, native_id = decode(value, field)
    if type_name != NAMES[kind]:
        raise BadInput(f"the id names a {type_name}, not a {NAMES[kind]}", field)
    return source, native_id


def kind_of(type_name: str) -> ObjectKind | None:
    """The kind of a type's name; None for a source."""
    return _KIND_OF_NAME.get(type_name)


def several(values: Sequence[Any], most: int = 100, field: tuple[str, ...] = ("ids",)) -> Sequence[Any]:
    """A list of ids that is not longer than it may be."""
    if len(values) > most:
        raise BadInput(f"at most {most} ids, not {len(values)}", field)
    return values
