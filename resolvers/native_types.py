"""Types of the graph made from vendor records, under the dialect's prefix: outputs, inputs, and values between them."""

from datetime import date, datetime
from enum import Enum
from functools import cache
from typing import Annotated, Any, get_args, get_origin, get_type_hints

import msgspec
import strawberry
from msgspec import Struct
from strawberry.file_uploads import Upload
from strawberry.scalars import JSON
from strawberry.types.field import StrawberryField
from strawberry.types.fields.resolver import StrawberryResolver

from adapters.decoding import marks_of, without_none
from adapters.exchange import FileDownload, FileUpload
from adapters.operation import Parameter
from adapters.record import Record, Rows, Secret, Verbatim
from adapters.redaction import scrubbed, scrubbed_text
from resolvers import assembly
from resolvers.file_links import FileLink
from resolvers.leaves import attribute_docs, enum_of, own_doc
from resolvers.lineage import Requires
from resolvers.scalars import Long

_PLAIN = (int, float, bool, str, datetime, date)


def bare(hint: Any) -> Any:
    """A type without its marks and without None."""
    while True:
        if get_origin(hint) is Annotated:
            inner, *marks = get_args(hint)
            if "Long" in marks:
                return Long
            hint = inner
            continue
        inner = without_none(hint)
        if inner is hint:
            return hint
        hint = inner


def output_type(hint: Any, prefix: str) -> Any:
    """The nullable type of the graph for what a call answers."""
    kind = bare(hint)
    if kind is type(None):
        return bool | None
    if kind is FileDownload:
        return FileLink | None
    if get_origin(kind) is Rows:
        return _rows_type(bare(get_args(kind)[0]), prefix) | None
    if get_origin(kind) in (list, tuple):
        return list[output_type(get_args(kind)[0], prefix)] | None  # type: ignore[misc]
    if isinstance(kind, type) and issubclass(kind, Record):
        return _record_type(kind, prefix) | None
    if isinstance(kind, type) and issubclass(kind, Enum):
        return enum_of(kind) | None
    if kind in _PLAIN or kind is Long:
        return kind | None if kind is not Long else Long | None
    return JSON | None


@cache
def _record_type(kind: type[Record], prefix: str) -> Any:
    """The output type of a record. A secret has no field, or a guarded one where a permission may show it."""
    hints = get_type_hints(kind, include_extras=True)
    docs = attribute_docs(kind)
    fields = []
    # Known before its fields are: a record may hold others of its kind.
    _UNDER_WAY.add((kind, prefix))
    for info in msgspec.structs.fields(kind):
        hint = hints[info.name]
        secret = next((m for m in marks_of(hint) if isinstance(m, Secret)), None)
        whole = any(isinstance(m, Verbatim) for m in marks_of(hint))
        if whole or (secret is not None and secret.permission is None):
            continue
        directives = [Requires(permission=secret.permission)] if secret and secret.permission else []
        fields.append(_leaf(info.name, _inner_type(hint, prefix), hint, docs.get(info.name), directives))
    _UNDER_WAY.remove((kind, prefix))
    return _named(assembly.object_type(_type_name(kind, prefix), fields, own_doc(kind)))


_UNDER_WAY: set[tuple[type[Record], str]] = set()


def _inner_type(hint: Any, prefix: str) -> Any:
    kind = bare(hint)
    if get_origin(kind) in (list, tuple):
        return list[_inner_type(get_args(kind)[0], prefix)] | None  # type: ignore[misc]
    if (kind, prefix) in _UNDER_WAY:
        return Annotated[_type_name(kind, prefix), strawberry.lazy(__name__)] | None
    return output_type(hint, prefix)


def _leaf(name: str, kind: Any, hint: Any, description: str | None, directives: list[Any]) -> StrawberryField:
    return assembly.field(
        name, kind, resolver=_scrubbing(name, hint), description=description, directives=directives
    )


def _scrubbing(name: str, hint: Any) -> StrawberryResolver[Any] | None:
    """Takes secrets out of what may hold some: texts, and parts of no documented form."""
    inner = bare(hint)
    if inner is str:

        def text(parent: Any) -> Any:
            value = getattr(parent, name)
            return None if value is None else scrubbed_text(value)

        return assembly.of_parent(text)
    if inner is Any or get_origin(inner) is dict:
        return assembly.of_parent(lambda parent: scrubbed(getattr(parent, name)))
    return None


@cache
def _rows_type(item: Any, prefix: str) -> Any:
    name = _type_name(item, prefix) if isinstance(item, type) and issubclass(item, Record) else f"{prefix}Any"
    rows: Any = list[output_type(item, prefix)] | None  # type: ignore[misc]
    fields = [assembly.field("rows", rows), assembly.field("total", int | None)]
    return assembly.object_type(f"{name}Rows", fields, "A page of rows, with the count that the vendor gave.")


def argument_type(parameter: Parameter, prefix: str) -> Any:
    """The type of an argument; one that may be left out is nullable."""
    kind = input_type(parameter.type, prefix)
    return kind if parameter.required else kind | None


def input_type(hint: Any, prefix: str) -> Any:
    """The type of the graph for what a caller gives."""
    kind = bare(hint)
    if kind is FileUpload:
        return Upload
    if get_origin(kind) in (list, tuple):
        return list[input_type(get_args(kind)[0], prefix)]  # type: ignore[misc]
    if isinstance(kind, type) and issubclass(kind, Record):
        return _input_record(kind, prefix)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return enum_of(kind)
    if kind in _PLAIN or kind is Long:
        return kind
    return JSON


@cache
def _input_record(kind: type[Record], prefix: str) -> Any:
    hints = get_type_hints(kind, include_extras=True)
    docs = attribute_docs(kind)
    name = f"{_type_name(kind, prefix)}Input"
    fields = []
    _INPUTS_UNDER_WAY.add((kind, prefix))
    for info in msgspec.structs.fields(kind):
        if any(isinstance(m, Verbatim) for m in marks_of(hints[info.name])):
            continue
        hint = bare(hints[info.name])
        item = bare(get_args(hint)[0]) if get_origin(hint) in (list, tuple) else hint
        if (item, prefix) in _INPUTS_UNDER_WAY:
            inner: Any = Annotated[f"{_type_name(item, prefix)}Input", strawberry.lazy(__name__)]
            inner = list[inner] if item is not hint else inner
        else:
            inner = input_type(hints[info.name], prefix)
        told = docs.get(info.name)
        if info.required:
            fields.append(assembly.field(info.name, inner, description=told))
        else:
            fields.append(assembly.field(info.name, inner | None, description=told, default=None))
    _INPUTS_UNDER_WAY.remove((kind, prefix))
    return _named(assembly.input_type(name, fields, own_doc(kind)))


_INPUTS_UNDER_WAY: set[tuple[type[Record], str]] = set()


def argument_value(hint: Any, value: Any) -> Any:
    """What a caller gave, as the declaration takes it."""
    kind = bare(hint)
    if value is None or value is strawberry.UNSET:
        return None
    if get_origin(kind) in (list, tuple):
        return tuple(argument_value(get_args(kind)[0], v) for v in value)
    if isinstance(kind, type) and issubclass(kind, Record):
        hints = get_type_hints(kind, include_extras=True)
        fields = (info.name for info in msgspec.structs.fields(kind) if hasattr(value, info.name))
        return kind(**{name: argument_value(hints[name], getattr(value, name)) for name in fields})
    return value


def kept(answer: Any) -> Any:
    """An answer without the secrets of its free-form parts."""
    if isinstance(answer, str):
        return scrubbed_text(answer)
    if isinstance(answer, dict) or (
        isinstance(answer, list | tuple) and answer and not isinstance(answer[0], Struct)
    ):
        return scrubbed(answer)
    return answer


def _named(completed: Any) -> Any:
    """A finished type, found by its name from now on: records that hold others of their kind refer to it lazily."""
    globals()[completed.__name__] = completed
    return completed


def _type_name(kind: type, prefix: str) -> str:
    return kind.__name__ if kind.__name__.startswith(prefix) else f"{prefix}{kind.__name__}"
