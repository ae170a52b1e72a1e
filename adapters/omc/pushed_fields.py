"""Fields of a body that an element posted: of the documented type, or BadInput that names the field."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import Any, NoReturn

from adapters.decoding import Mismatch, instant_of
from adapters.errors import BadInput

LONGEST_TEXT = 4096
"""Characters of one field."""

LARGEST = 2**53
"""Numbers beyond are no measurement."""

_MILLISECONDS = 100_000_000_000
"""Epochs beyond are milliseconds: as seconds they would be in the year 5138."""


class Fields:
    """One object of a posted body; `place` is where it stands in the body."""

    __slots__ = ("place", "value")

    def __init__(self, value: Mapping[str, Any], place: tuple[str, ...] = ()) -> None:
        self.value = value
        self.place = place

    def has(self, name: str) -> bool:
        """Whether the field says anything."""
        return self.value.get(name) not in (None, "")

    def refuse(self, name: str, what: str) -> NoReturn:
        """Says what is wrong with a field."""
        field = (*self.place, name)
        raise BadInput(f"{'.'.join(field)} {what}", field)

    def text(self, name: str) -> str | None:
        """A text, or a number as a text; None where it is left out."""
        value = self.value.get(name)
        if value is None:
            return None
        # Nearly every field is one: what it might be beside is looked at afterwards.
        if type(value) is not str:
            if type(value) is not int:
                self.refuse(name, "is a text")
            value = str(value)
        told = value.strip()
        if len(told) > LONGEST_TEXT:
            self.refuse(name, f"has at most {LONGEST_TEXT} characters")
        return told or None

    def needed_text(self, name: str) -> str:
        """A text that has to be there."""
        return self.text(name) or self.refuse(name, "is needed")

    def whole(self, name: str) -> int | None:
        """A whole number, or a text of one; None where it is left out."""
        value = self.value.get(name)
        if type(value) is int and abs(value) <= LARGEST:
            return value
        if value is None or value == "":
            return None
        if isinstance(value, str) and value.strip().lstrip("-").isdecimal() and len(value) < 20:
            value = int(value)
        if isinstance(value, bool) or not isinstance(value, int) or abs(value) > LARGEST:
            self.refuse(name, "is a whole number")
        return value

    def needed_whole(self, name: str) -> int:
        """A whole number that has to be there."""
        value = self.whole(name)
        return value if value is not None else self.refuse(name, "is needed")

    def number(self, name: str) -> float | None:
        """A number, or a text of one; None where it is left out."""
        value = self.value.get(name)
        if value is None or value == "":
            return None
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            self.refuse(name, "is a number")
        try:
            number = float(value)
        except (ValueError, OverflowError):
            self.refuse(name, "is a number")
        if not abs(number) <= float(10**300):
            self.refuse(name, "is a number")
        return number

    def local_time(self, name: str, zone: tzinfo) -> datetime | None:
        """A local time, in the given zone; None where it is left out."""
        text = self.text(name)
        if text is None:
            return None
        try:
            at = instant_of(text, zone)
        except Mismatch:
            at = None
        return at or self.refuse(name, "is a time like 2023-03-29 15:52:09")

    def epoch(self, name: str) -> datetime | None:
        """An instant as seconds since 1970; 0 is none."""
        value = self.whole(name)
        if not value:
            return None
        seconds = value / 1000 if value > _MILLISECONDS else value
        try:
            return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
        except OverflowError:
            self.refuse(name, "is a time in seconds since 1970")

    def zone(self, name: str, otherwise: tzinfo) -> tzinfo:
        """A time zone like `UTC+8`; another one where it is left out."""
        text = self.text(name)
        if text is None:
            return otherwise
        head, sign, rest = text.upper().replace("GMT", "UTC").partition("UTC")
        hours, _, minutes = rest.replace(":", " ").partition(" ")
        if head or not sign:
            self.refuse(name, "is a zone like UTC+8")
        if not rest:
            return UTC
        try:
            shift = timedelta(hours=int(hours), minutes=int(f"{hours[:1]}{minutes}") if minutes else 0)
            return timezone(shift)
        except ValueError:
            self.refuse(name, "is a zone like UTC+8")

    def inner(self, name: str) -> "Fields":
        """An object that has to be there."""
        value = self.value.get(name)
        if not isinstance(value, Mapping):
            self.refuse(name, "is an object")
        return Fields(value, (*self.place, name))

    def items(self, name: str) -> Iterator["Fields"]:
        """The objects of a list that has to be there."""
        value = self.value.get(name)
        if not isinstance(value, list):
            self.refuse(name, "is a list")
        for index, item in enumerate(value):
            if not isinstance(item, Mapping):
                self.refuse(f"{name}.{index}", "is an object")
            yield Fields(item, (*self.place, name, str(index)))


def objects_of(body: Any) -> tuple[Fields, ...]:
    """The objects of a body: one, or a list of them."""
    if isinstance(body, Mapping):
        return (Fields(body),)
    if not isinstance(body, list):
        raise BadInput("the body is an object, or a list of them")
    if any(not isinstance(item, Mapping) for item in body):
        raise BadInput("every item of the body is an object")
    return tuple(Fields(item, (str(index),)) for index, item in enumerate(body))
