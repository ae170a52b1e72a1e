"""A vendor's object as the vendor documents it: one class, and the marks that say how a field is written.

    class Dept(OmcRecord):
        \"\"\"A department. (Security / Department Management)\"\"\"

        dept_id: str | None = None
        create_time: Millis | None = None
        roles: list[Role] | None = None

Every field has a default, None where the vendor left it out: of a vendor's object nothing but its id is relied upon.
Wire names follow the vendor's rename rule; the odd ones are spelled out with `field(name="...")`.
"""

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import Annotated, Any, Generic, Literal, TypeVar, get_args, get_type_hints

from msgspec import Struct

from adapters.records.base import Long

T = TypeVar("T")


class Record(Struct, frozen=True):
    """Base of all vendor records. A subclass states `rename="camel"` where the vendor writes camelCase."""

    def __repr__(self) -> str:
        hidden = _secrets_of(type(self))
        told = ((name, getattr(self, name)) for name in self.__struct_fields__)
        shown = (f"{name}={'...' if name in hidden and value else repr(value)}" for name, value in told)
        return f"{type(self).__name__}({', '.join(shown)})"


@dataclass(frozen=True)
class Wire:
    """The name on the wire where the rename rule does not give it, and others that are accepted on reading."""

    name: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Also:
    """Other names under which real systems send the same field."""

    names: tuple[str, ...]


@dataclass(frozen=True)
class At:
    """How an instant is written: epoch `ms` or `s`, `local` (zoneless), `zoned` (offset without a colon)."""

    form: Literal["ms", "s", "local", "zoned"]
    layout: str = "%Y-%m-%d %H:%M:%S"
    text: bool = False
    """Whether a number is written as a string."""


@dataclass(frozen=True)
class Secret:
    """Never leaves by any field; may be sent. With a permission, a field guarded by it may show the value."""

    permission: str | None = None


@dataclass(frozen=True)
class Joined:
    """A list written as one text."""

    separator: str = ","


@dataclass(frozen=True)
class Matches:
    """What a text must look like before it is sent; anything else is the caller's mistake."""

    pattern: str
    meaning: str
    compiled: re.Pattern[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "compiled", re.compile(self.pattern))


@dataclass(frozen=True)
class OneOf:
    """The only values that the vendor documents; anything else is the caller's mistake."""

    values: tuple[str | int, ...]


@dataclass(frozen=True)
class In:
    """Where a parameter goes when neither its name nor the operation's content says so."""

    place: Literal["query", "form", "part", "header", "path", "body"]


@dataclass(frozen=True)
class Base64:
    """A text that the vendor wants in base64."""


@dataclass(frozen=True)
class Numbers:
    """A number that the vendor wants written as a string."""


@dataclass(frozen=True)
class Verbatim:
    """A field that keeps the whole object as the source sent it, what no document names included; never sent."""


class Rows(Struct, Generic[T], frozen=True):
    """A page of rows with the count that the vendor gave."""

    rows: tuple[T, ...] = ()
    total: int | None = None


@cache
def _secrets_of(kind: type[Record]) -> frozenset[str]:
    """The fields of a record whose values are never printed: secret ones, and those that keep the whole object."""
    hints = get_type_hints(kind, include_extras=True)
    return frozenset(name for name in kind.__struct_fields__ if _is_hidden(hints[name]))


def _is_hidden(hint: Any) -> bool:
    return isinstance(hint, Secret | Verbatim) or any(_is_hidden(part) for part in get_args(hint))


Millis = Annotated[datetime, At("ms")]
MillisText = Annotated[datetime, At("ms", text=True)]
Seconds = Annotated[datetime, At("s")]
LocalTime = Annotated[datetime, At("local")]
LocalMinute = Annotated[datetime, At("local", layout="%Y-%m-%d %H:%M")]
ZonedTime = Annotated[datetime, At("zoned")]
Day = date
SecretText = Annotated[str, Secret()]
Json = Any
Whole = Annotated[Any, Verbatim()]
"""The object itself, for `raw`; secrets are taken out where it leaves."""
Imsi = Annotated[str, Matches(r"[0-9]{5,15}", "an IMSI has 5 to 15 digits")]
Name = Annotated[str, Matches(r"[A-Za-z0-9_.\-]{1,64}", "a name has letters, digits, `_`, `.` and `-`")]

__all__ = [
    "Also",
    "At",
    "Base64",
    "Day",
    "Imsi",
    "In",
    "Joined",
    "Json",
    "LocalMinute",
    "LocalTime",
    "Long",
    "Matches",
    "Millis",
    "MillisText",
    "Name",
    "Numbers",
    "OneOf",
    "Record",
    "Rows",
    "Seconds",
    "Secret",
    "SecretText",
    "Verbatim",
    "Whole",
    "Wire",
    "ZonedTime",
]
