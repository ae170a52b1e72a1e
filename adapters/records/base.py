"""What all unified records share: where they came from, and how a field says that it is not known yet."""

from enum import Enum
from typing import Annotated, Any, TypeAlias, TypeVar

from msgspec import UNSET, Struct, UnsetType

T = TypeVar("T")

Known: TypeAlias = T | None | UnsetType
"""A fact that a list row may leave out: UNSET asks the single read, None means there is none."""


Long: TypeAlias = Annotated[int, "Long"]
"""A whole number beyond 32 bits: bytes, counters, milliseconds."""


class Dialect(Enum):
    """Whose API a source speaks."""

    # A member is equal to itself alone; an enum's own hash is worked out in Python each time.
    __hash__ = object.__hash__

    LOCAL = "LOCAL"
    OMC = "OMC"
    BEAVER = "BEAVER"
    SUPOS = "SUPOS"
    IDAAS = "IDAAS"
    NCE = "NCE"


class ObjectKind(Enum):
    """The kinds of object that the graph unifies."""

    __hash__ = object.__hash__

    USER = "USER"
    ROLE = "ROLE"
    ORGANIZATION = "ORGANIZATION"
    NETWORK_ELEMENT = "NETWORK_ELEMENT"
    SUBSCRIBER = "SUBSCRIBER"
    ALARM = "ALARM"
    DEVICE = "DEVICE"
    ENTITY = "ENTITY"
    WORKFLOW = "WORKFLOW"
    DEVICE_APPROVAL = "DEVICE_APPROVAL"


class Sourced(Struct, frozen=True, kw_only=True, weakref=True):
    """Something that came from a source: its name, and the id by which the source itself knows the object."""

    source: str
    native_id: str
    raw: Any = None
    """The whole object as the source gave it; secrets are taken out before it leaves."""


__all__ = ["UNSET", "Dialect", "Known", "Long", "ObjectKind", "Sourced", "UnsetType"]
