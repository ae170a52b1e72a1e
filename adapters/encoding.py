"""What a caller passed, as a source wants it written: query texts, forms, JSON bodies, paths."""

import re
from base64 import b64encode
from datetime import UTC, date, datetime, tzinfo
from enum import Enum
from functools import cache
from typing import Annotated, Any, NamedTuple, get_args, get_origin, get_type_hints
from urllib.parse import quote, urlencode

import msgspec
import orjson
from msgspec import UNSET

from adapters.decoding import marks_of as all_marks_of
from adapters.decoding import wire_names, without_none
from adapters.errors import BadInput
from adapters.exchange import FileUpload, Part, Request
from adapters.operation import Call, Content, Effect, Operation, Parameter, Place
from adapters.record import At, Base64, In, Joined, Matches, Numbers, OneOf, Record, Wire

marks_of = cache(all_marks_of)
"""The marks of a type, found once: types are few and calls are many."""

_PLAIN = re.compile(r"[A-Za-z0-9_.~\-]+")
"""What stands in a URL as it is."""
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


class _Slot(NamedTuple):
    """A parameter with what is known of it before anybody passes a value."""

    parameter: Parameter
    name: str
    place: Place
    template: str
    """What a path has in its place."""
    prefix: str
    """What stands before its value in a query."""
    is_text: bool
    """Whether it is a text that goes out as it is; others are written by their types."""
    matches: Matches | None


@cache
def _slots(operation: Operation[Any, Any]) -> tuple[_Slot, ...]:
    return tuple(_slot(parameter) for parameter in operation.parameters)


def _slot(parameter: Parameter) -> _Slot:
    bare, marks = without_none(parameter.type), marks_of(parameter.type)
    while get_origin(bare) is Annotated:
        bare = without_none(get_args(bare)[0])
    patterns = [mark for mark in marks if isinstance(mark, Matches)]
    others = [mark for mark in marks if not isinstance(mark, Matches | Wire | In)]
    return _Slot(
        parameter=parameter,
        name=parameter.name,
        place=parameter.place,
        template="{" + parameter.wire + "}",
        prefix=f"{_quoted(parameter.wire)}=",
        is_text=bare is str and not others and len(patterns) < 2,
        matches=patterns[0] if patterns else None,
    )


def request_of(call: Call[Any], path: str, timezone: tzinfo) -> Request:
    """The request of a call at a path template, without any account's headers; raises BadInput by parameter."""
    operation, arguments = call.operation, call.arguments
    query: list[str] = []
    form: list[tuple[str, str]] = []
    parts: list[Part] = []
    headers: dict[str, str] = {}
    body: bytes | None = None
    for slot in _slots(operation):
        value = arguments[slot.name]
        place, parameter = slot.place, slot.parameter
        if value is None or value is UNSET:
            if parameter.required and place is not Place.BODY:
                raise BadInput(f"{slot.name} is needed", (slot.name,))
            continue
        if slot.is_text and value.__class__ is str:
            if slot.matches is not None and not slot.matches.compiled.fullmatch(value):
                raise BadInput(f"{slot.name}: {slot.matches.meaning}", (slot.name,))
            if place is Place.QUERY:
                query.append(slot.prefix + _quoted(value))
                continue
            if place is Place.PATH and _PLAIN.fullmatch(value) and value not in (".", ".."):
                path = path.replace(slot.template, value)
                continue
        else:
            check(value, parameter.type, (slot.name,))
        if place is Place.QUERY:
            query.extend(slot.prefix + _quoted(text) for text in texts(value, parameter.type, timezone))
        elif place is Place.PATH:
            path = path.replace(slot.template, _segment(parameter, value, timezone))
        elif place is Place.FORM:
            form.extend((parameter.wire, text) for text in texts(value, parameter.type, timezone))
        elif place is Place.HEADER:
            headers[parameter.wire] = _line(parameter, value, timezone)
        elif place is Place.PART:
            parts.extend(_parts(parameter, value, timezone))
        else:
            body = _json(parameter, plain(value, parameter.type, timezone))
            headers["Content-Type"] = Content.JSON.value
    if operation.content is Content.FORM:
        body = urlencode(form).encode()
        headers["Content-Type"] = Content.FORM.value
    return Request(
        method=operation.method,
        target=f"{path}?{'&'.join(query)}" if query else path,
        headers=headers,
        body=body,
        parts=tuple(parts),
        repeatable=operation.effect is Effect.READ,
    )


def _quoted(text: str) -> str:
    return text if _PLAIN.fullmatch(text) else quote(text)


def check(value: Any, hint: Any, field: tuple[str, ...]) -> None:
    """Holds a value against the marks of its type, and what is inside of a record against its own."""
    for mark in marks_of(hint):
        if isinstance(mark, Matches):
            for text in value if isinstance(value, list | tuple) else (value,):
                if not mark.compiled.fullmatch(str(text)):
                    raise BadInput(f"{'.'.join(field)}: {mark.meaning}", field)
        if isinstance(mark, OneOf) and value not in mark.values:
            allowed = ", ".join(str(v) for v in mark.values)
            raise BadInput(f"{'.'.join(field)} is one of {allowed}", field)
    if isinstance(value, Record):
        hints, needed = _hints(type(value)), _needed(type(value))
        for name in hints:
            inner = getattr(value, name)
            if inner is not None and inner is not UNSET:
                check(inner, hints[name], (*field, name))
            elif name in needed:
                raise BadInput(f"{'.'.join((*field, name))} is needed", (*field, name))
    elif isinstance(value, list | tuple):
        item = _item(hint)
        for index, inner in enumerate(value):
            check(inner, item, (*field, str(index)))


def plain(value: Any, hint: Any, timezone: tzinfo) -> Any:
    """A value as JSON has it, under the vendor's names; what is None or UNSET is not mentioned."""
    if isinstance(value, Record):
        names, hints = wire_names(type(value)), _hints(type(value))
        told = ((name, getattr(value, name)) for name in names)
        return {
            names[name][0]: plain(inner, hints[name], timezone)
            for name, inner in told
            if inner is not None and inner is not UNSET
        }
    if isinstance(value, datetime):
        return instant(value, hint, timezone)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    marks = marks_of(hint)
    if isinstance(value, list | tuple):
        item = _item(hint)
        joined = next((m for m in marks if isinstance(m, Joined)), None)
        inner = [plain(v, item, timezone) for v in value]
        return joined.separator.join(str(v) for v in inner) if joined else inner
    if isinstance(value, dict):
        return {str(k): plain(v, Any, timezone) for k, v in value.items()}
    if any(isinstance(m, Numbers) for m in marks):
        return str(value)
    if any(isinstance(m, Base64) for m in marks):
        return b64encode(str(value).encode()).decode()
    return value


def texts(value: Any, hint: Any, timezone: tzinfo) -> list[str]:
    """A value as texts of a query or form: a list repeats its name unless it is written as one text."""
    written = plain(value, hint, timezone)
    if isinstance(written, list):
        return [_text(v) for v in written]
    return [_text(written)]


def instant(value: datetime, hint: Any, timezone: tzinfo) -> int | str:
    """An instant in the form that its marks name; a zoneless form is in the source's time zone."""
    at = next((m for m in marks_of(hint) if isinstance(m, At)), At("local"))
    aware = value if value.tzinfo else value.replace(tzinfo=UTC)
    if at.form in ("ms", "s"):
        number = round(aware.timestamp() * (1000 if at.form == "ms" else 1))
        return str(number) if at.text else number
    if at.form == "zoned":
        local = aware.astimezone(timezone)
        return f"{local:%Y-%m-%dT%H:%M:%S}.{local.microsecond // 1000:03d}{local:%z}"
    return aware.astimezone(timezone).strftime(at.layout)


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict | list):
        return orjson.dumps(value).decode()
    return str(value)


def _json(parameter: Parameter, value: Any) -> bytes:
    try:
        return orjson.dumps(value)
    except orjson.JSONEncodeError as error:
        raise BadInput(f"{parameter.name} cannot be written as JSON", (parameter.name,)) from error


def _line(parameter: Parameter, value: Any, timezone: tzinfo) -> str:
    text = ",".join(texts(value, parameter.type, timezone))
    if _CONTROL.search(text):
        raise BadInput(f"{parameter.name} holds a control character", (parameter.name,))
    return text


def _segment(parameter: Parameter, value: Any, timezone: tzinfo) -> str:
    text = _line(parameter, value, timezone)
    if text not in (".", "..") and _PLAIN.fullmatch(text):
        return text
    if text in ("", ".", ".."):
        raise BadInput(f"{parameter.name} cannot be {text!r}", (parameter.name,))
    return quote(text, safe=",")


def _parts(parameter: Parameter, value: Any, timezone: tzinfo) -> list[Part]:
    if isinstance(value, FileUpload):
        return [Part(name=parameter.wire, file=value)]
    return [Part(name=parameter.wire, text=text) for text in texts(value, parameter.type, timezone)]


@cache
def _item(hint: Any) -> Any:
    while get_origin(hint) is Annotated or get_origin(without_none(hint)) is Annotated:
        hint = get_args(without_none(hint))[0] if get_origin(hint) is not Annotated else get_args(hint)[0]
    arguments = get_args(without_none(hint))
    return arguments[0] if arguments else Any


@cache
def _hints(kind: type[Record]) -> dict[str, Any]:
    hints = get_type_hints(kind, include_extras=True)
    return {info.name: hints[info.name] for info in msgspec.structs.fields(kind)}


@cache
def _needed(kind: type[Record]) -> frozenset[str]:
    """The fields of a record that have no default: the document marks them as required."""
    return frozenset(info.name for info in msgspec.structs.fields(kind) if info.required)
