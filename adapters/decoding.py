"""Tolerant decoding: what a source sent, as the types that a declaration names, one wrong field at a time.

A field of a wrong type becomes None and is reported to the context; it never costs the row, the list or the answer.
A decoder is compiled once for each type: for a record that is a function with one line a field.
"""

import types
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, tzinfo
from enum import Enum
from functools import cache
from math import isfinite
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

import msgspec

from adapters.record import Also, At, Joined, Record, Rows, Verbatim, Wire

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
FAR_OFF = 2**32
"""Seconds up to which a float holds milliseconds to the microsecond."""
SHAPES, WIDEST = 16, 100
"""As many sets of names, of as many names, have a decoder of their own for each record; others take a general one."""


class Mismatch(ValueError):
    """A value is not of the documented type, and nothing in it can be kept."""


class Decoding:
    """What decoding needs to know of the source, and what it noticed."""

    __slots__ = ("problems", "timezone")

    def __init__(self, timezone: tzinfo = UTC) -> None:
        self.timezone = timezone
        self.problems: dict[str, str] = {}

    def note(self, place: str, value: object) -> None:
        """Keeps the first odd value seen at a place, in words that hold no data of a person."""
        self.problems.setdefault(place, f"{type(value).__name__} where the document has another type")


Decoder = Callable[[Any, Decoding], Any]


def decode(expected: Any, payload: Any, context: Decoding) -> Any:
    """The payload as the expected type; raises Mismatch where not even the outer shape fits."""
    return decoder_of(expected)(payload, context)


@cache
def decoder_of(expected: Any) -> Decoder:
    """The decoder of a type, compiled on first use."""
    marks: tuple[Any, ...] = ()
    if get_origin(expected) is Annotated:
        expected, *rest = get_args(expected)
        marks = tuple(rest)
    expected = without_none(expected)
    if get_origin(expected) is Annotated:
        inner, *rest = get_args(expected)
        expected, marks = inner, (*rest, *marks)
    origin, arguments = get_origin(expected), get_args(expected)
    if expected in (Any, object):
        return _anything
    if expected is type(None):
        return _nothing
    if expected is datetime:
        return _instant(next((m for m in marks if isinstance(m, At)), At("local")))
    if expected in _SCALARS:
        return _SCALARS[expected]
    if origin in (list, tuple):
        return _list(arguments[0], next((m for m in marks if isinstance(m, Joined)), None))
    if origin is dict:
        return _mapping(arguments[1])
    if origin is Rows:
        return _rows(arguments[0])
    if isinstance(expected, type) and issubclass(expected, Enum):
        return _enum(expected)
    if isinstance(expected, type) and issubclass(expected, Record):
        return _record(expected)
    raise TypeError(f"no decoder for {expected!r}")


def without_none(hint: Any) -> Any:
    """`T` of `T | None`."""
    if get_origin(hint) in (Union, types.UnionType):
        rest = [a for a in get_args(hint) if a is not type(None)]
        return rest[0] if len(rest) == 1 else Any
    return hint


def _anything(value: Any, _: Decoding) -> Any:
    return value


def _nothing(_value: Any, _: Decoding) -> None:
    return None


def _text(value: Any, _: Decoding) -> str:
    kind = value.__class__
    if kind is str:
        return value  # type: ignore[no-any-return]
    if kind is bool:
        return "true" if value else "false"
    if kind is int:
        return str(value)
    if kind is float:
        return str(int(value)) if value.is_integer() else repr(value)
    raise Mismatch


def _whole(value: Any, _: Decoding) -> int | None:
    kind = value.__class__
    if kind is int:
        return value  # type: ignore[no-any-return]
    if kind is str:
        text = value.strip()
        if not text:
            return None
        if text.lstrip("+-").isdecimal():
            return int(text)
        value, kind = _number_of(text), float
    if kind is float and value.is_integer():
        return int(value)
    raise Mismatch


def _number(value: Any, _: Decoding) -> float | None:
    kind = value.__class__
    if kind is float or kind is int:
        return float(value)
    if kind is str:
        text = value.strip()
        return _number_of(text) if text else None
    raise Mismatch


def _number_of(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        raise Mismatch from None
    if not isfinite(number):
        raise Mismatch
    return number


_TRUTHS = {"1": True, "true": True, "0": False, "false": False}


def _truth(value: Any, _: Decoding) -> bool | None:
    kind = value.__class__
    if kind is bool:
        return value  # type: ignore[no-any-return]
    if kind is int and value in (0, 1):
        return bool(value)
    if kind is str:
        text = value.strip().lower()
        if not text:
            return None
        if text in _TRUTHS:
            return _TRUTHS[text]
    raise Mismatch


def _day(value: Any, _: Decoding) -> date | None:
    if value.__class__ is not str:
        raise Mismatch
    text = value.strip()
    if text in ("", "-"):
        return None
    try:
        year, month, day = (int(part) for part in text[:10].replace("/", "-").split("-"))
        return date(year, month, day)
    except ValueError:
        raise Mismatch from None


_SCALARS: dict[Any, Decoder] = {str: _text, int: _whole, float: _number, bool: _truth, date: _day}


def _instant(at: At) -> Decoder:
    if at.form in ("ms", "s"):
        unit = 1000 if at.form == "ms" else 1
        exact = FAR_OFF * unit

        def from_epoch(value: Any, context: Decoding) -> datetime | None:
            if value.__class__ is int and 0 < value < exact:
                return datetime.fromtimestamp(value / unit, UTC)
            number = _number(value, context)
            if not number:
                return None
            try:
                return LONG_AGO + timedelta(seconds=number / unit)
            except OverflowError:
                raise Mismatch from None

        return from_epoch

    def from_text(value: Any, context: Decoding) -> datetime | None:
        if value.__class__ is not str:
            raise Mismatch
        return instant_of(value, context.timezone)

    return from_text


def instant_of(text: str, timezone: tzinfo) -> datetime | None:
    """A written time as an instant: zoneless ones are of the given zone, parts need no padding, `-` is none."""
    text = text.strip()
    if text in ("", "-"):
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        found = _unpadded(text)
    try:
        return (found if found.tzinfo else found.replace(tzinfo=timezone)).astimezone(UTC)
    except (OverflowError, ValueError):
        raise Mismatch from None


def _unpadded(text: str) -> datetime:
    day, _, clock = text.replace("T", " ").partition(" ")
    try:
        year, month, date_ = (int(part) for part in day.replace("/", "-").split("-"))
        hour, minute, second = (
            ([int(float(part)) for part in clock.split(":")] + [0, 0, 0])[:3] if clock else (0, 0, 0)
        )
        return datetime(year, month, date_, hour, minute, second)  # noqa: DTZ001 - the zone is the caller's to add
    except ValueError:
        raise Mismatch from None


def _enum(kind: type[Enum]) -> Decoder:
    members = {str(member.value).lower(): member for member in kind}

    def decode_member(value: Any, context: Decoding) -> Enum:
        found = members.get(_text(value, context).strip().lower())
        if found is None:
            raise Mismatch
        return found

    return decode_member


def _list(item: Any, joined: Joined | None) -> Decoder:
    inner = decoder_of(item)
    bare = without_none(item)
    place = getattr(bare, "__name__", str(item))
    complete = isinstance(bare, type) and issubclass(bare, Record | str)

    def decode_list(value: Any, context: Decoding) -> tuple[Any, ...]:
        if value.__class__ is not list and value.__class__ is not tuple:
            if joined is None or value.__class__ is not str:
                raise Mismatch
            value = [part for part in value.split(joined.separator) if part]
        try:
            kept = [inner(element, context) for element in value]
        except Mismatch:
            kept = one_by_one(value, context)
        else:
            if complete:
                return tuple(kept)
        return tuple([element for element in kept if element is not None])

    def one_by_one(value: Any, context: Decoding) -> list[Any]:
        kept = []
        for element in value:
            try:
                kept.append(inner(element, context) if element is not None else None)
            except Mismatch:
                context.note(f"[{place}]", element)
        return kept

    return decode_list


def _mapping(item: Any) -> Decoder:
    inner = decoder_of(item)

    def decode_mapping(value: Any, context: Decoding) -> dict[str, Any]:
        if value.__class__ is not dict:
            raise Mismatch
        kept = {}
        for key, element in value.items():
            try:
                kept[str(key)] = inner(element, context) if element is not None else None
            except Mismatch:
                context.note("{}", element)
        return kept

    return decode_mapping


def _rows(item: Any) -> Decoder:
    inner = _list(item, None)

    def decode_rows(value: Any, context: Decoding) -> Rows[Any]:
        if value.__class__ is not Rows:
            raise Mismatch
        return Rows(rows=inner(value.rows, context), total=value.total)

    return decode_rows


@cache
def wire_names(kind: type[Record]) -> dict[str, tuple[str, ...]]:
    """The names on the wire of each field, the one that is written first."""
    hints = get_type_hints(kind, include_extras=True)
    names = {}
    for info in msgspec.structs.fields(kind):
        hint = hints[info.name]
        marks = _marks(hint)
        first = next((m.name for m in marks if isinstance(m, Wire)), info.encode_name)
        also = [n for m in marks if isinstance(m, Also) for n in m.names]
        also += [n for m in marks if isinstance(m, Wire) for n in m.also]
        names[info.name] = (first, *also)
    return names


def _marks(hint: Any) -> tuple[Any, ...]:
    """The marks of an annotation, those inside of `Annotated[...] | None` included."""
    if get_origin(hint) is Annotated:
        inner, *marks = get_args(hint)
        return (*marks, *_marks(inner))
    if get_origin(hint) in (Union, types.UnionType):
        return tuple(mark for part in get_args(hint) for mark in _marks(part))
    return ()


marks_of = _marks
_EXACT = {str: "str", bool: "bool", int: "int", float: "float"}


def _unmarked(hint: Any) -> Any:
    """`T` of `Annotated[T, ...] | None`."""
    while get_origin(bare := without_none(hint)) is Annotated:
        hint = get_args(bare)[0]
    return bare


def _record(kind: type[Record]) -> Decoder:
    """Decodes by a function for each set of names that objects come with: most of a document's names come never."""
    shapes: dict[tuple[str, ...], Decoder] = {}
    general: Decoder | None = None

    def decode_record(value: Any, context: Decoding) -> Any:
        if value.__class__ is not dict:
            raise Mismatch
        known = shapes.get(tuple(value))
        return known(value, context) if known is not None else decode_new(value, context)

    def decode_new(value: dict[str, Any], context: Decoding) -> Any:
        nonlocal general
        if len(shapes) < SHAPES and len(value) <= WIDEST:
            known = shapes[tuple(value)] = _compiled(kind, tuple(value))
            return known(value, context)
        if general is None:
            general = _compiled(kind, None)
        return general(value, context)

    return decode_record


def _compiled(kind: type[Record], keys: tuple[str, ...] | None) -> Decoder:
    """Compiles `decode(object, context)` with one line for each field, for objects with these names or for any."""
    hints = get_type_hints(kind, include_extras=True)
    scope: dict[str, Any] = {"kind": kind, "Mismatch": Mismatch}
    lines = ["def decode(o, context):"]
    if keys:
        lines.append(f"    {' '.join(f'k{place},' for place in range(len(keys)))} = o.values()")
    values = []
    for index, (field, wires) in enumerate(wire_names(kind).items()):
        if any(isinstance(mark, Verbatim) for mark in _marks(hints[field])):
            values.append("o")
            continue
        value = f"v{index}"
        if keys is None:
            found = [f"o.get({wire!r})" for wire in wires]
        else:
            found = [f"k{keys.index(wire)}" for wire in wires if wire in keys]
        if not found:
            values.append("None")
            continue
        values.append(value)
        lines.append(f"    {value} = {found[0]}")
        lines.extend(f"    if {value} is None: {value} = {other}" for other in found[1:])
        exact = _EXACT.get(_unmarked(hints[field]))
        scope[f"d{index}"] = decoder_of(hints[field])
        lines += [
            f"    if {value} is not None" + (f" and {value}.__class__ is not {exact}:" if exact else ":"),
            f"        try: {value} = d{index}({value}, context)",
            f"        except Mismatch: {value} = context.note({f'{kind.__name__}.{field}'!r}, {value})",
        ]
    lines.append(f"    return kind({', '.join(values)})")
    exec("\n".join(lines), scope)  # noqa: S102 - the names come from declarations, none from outside
    return scope["decode"]  # type: ignore[no-any-return]
