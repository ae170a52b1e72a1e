"""Documented operations as calls of native fields: the arguments of the document's example, every field selected."""

import json
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from pathlib import Path
from typing import Annotated, Any, get_args, get_origin, get_type_hints

import msgspec
from graphql import (
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    get_named_type,
)
from strawberry.utils.str_converters import to_camel_case

from adapters.decoding import Decoding, decode, marks_of, wire_names
from adapters.exchange import FileUpload
from adapters.idaas import organs
from adapters.omc import tracing
from adapters.operation import Effect, Operation, Place, placeholders_of
from adapters.record import Matches, OneOf, Record
from adapters.records import Dialect
from playground.upstreams.idaas import workbook
from resolvers.native_types import bare
from resolvers.schema import build
from resolvers.vendors import OPERATIONS, PREFIXES

LEDGER = Path(__file__).parents[1] / "samples" / "ledger"
ROWS: dict[str, dict[str, Any]] = {
    row["id"]: row
    for dialect in OPERATIONS
    for row in json.loads((LEDGER / f"{dialect.value.lower()}.json").read_text())
}
"""The documented operations by their id."""

SCHEMA = build()._schema
DAY = datetime(2026, 5, 1, tzinfo=UTC)
PLAIN = {str: "1", int: 1, float: 1.0, bool: True, datetime: DAY, date: DAY.date()}


def native_operations() -> list[tuple[Dialect, Operation[..., Any]]]:
    """Every operation that has a field of its own."""
    return [
        (dialect, operation)
        for dialect, operations in OPERATIONS.items()
        for operation in operations
        if operation.effect in (Effect.READ, Effect.WRITE) and not operation.hidden
    ]


def id_of(dialect: Dialect, operation: Operation[..., Any]) -> str:
    """The operation's id in the ledger and in the pretend vendor's journal."""
    return f"{dialect.value.lower()}.{operation.name}"


def field_of(dialect: Dialect, operation: Operation[..., Any]) -> tuple[str, GraphQLField]:
    """The name of an operation's field and the field itself."""
    prefix = PREFIXES[dialect]
    if operation.effect is Effect.READ:
        name, parent = to_camel_case(operation.name), SCHEMA.type_map[f"{prefix}Query"]
    else:
        name, parent = to_camel_case(f"{prefix.lower()}_{operation.name}"), SCHEMA.mutation_type
    assert isinstance(parent, GraphQLObjectType)
    return name, parent.fields[name]


def upload(name: str, content: bytes = b"content") -> FileUpload:
    """A file as a caller sends it."""

    async def chunks() -> AsyncIterator[bytes]:
        yield content

    return FileUpload(name=name, media_type="application/octet-stream", size=len(content), chunks=chunks)


TEMPLATE = upload("users.xlsx", workbook.write([workbook.COLUMNS]))
"""A template that nobody has filled in."""

OWN: dict[str, dict[str, Any]] = {
    "omc.capture_ne_pcap": {
        "body": tracing.CaptureOrder(
            ne_type="AMF", ne_id="001", timeout=60, timestamp="1", tcp_ports=[38412]
        ),
    },
    "idaas.import_users": {"file": TEMPLATE},
    "idaas.save_organ": {"body": organs.OrganSave(name="Hall 9", parent_id="", code="hall-9", order=9)},
}
"""Arguments where the document's example could never be sent."""


def documented_arguments(dialect: Dialect, operation: Operation[..., Any]) -> dict[str, Any]:
    """Values for the parameters of an operation, from its documented example where that has one."""
    row = ROWS[id_of(dialect, operation)]
    documented = row["body"] or {}
    body = documented.get("example")
    told = dict(body) if isinstance(body, dict) else {}
    needed = {f["name"] for f in documented.get("fields") or [] if f.get("required") is not False}
    for place in ("path_params", "query_params"):
        told |= {p["name"]: p["example"] for p in row.get(place) or [] if "example" in p}
        needed |= {p["name"] for p in row.get(place) or [] if p["required"]}
    if "template" in row:
        told |= _concrete(row["template"], row["path"])
    given: dict[str, Any] = dict(OWN.get(id_of(dialect, operation), {}))
    for parameter in operation.parameters:
        if parameter.name in given:
            continue
        wanted = parameter.required or parameter.wire in needed
        if parameter.place is Place.BODY:
            value = _fitting(parameter.type, _decoded(parameter.type, body), needed)
        elif _is_file(bare(parameter.type)):
            value = upload("1.png")
            value = (value,) if get_origin(bare(parameter.type)) in (list, tuple) else value
        else:
            value = _decoded(parameter.type, told.get(parameter.wire))
            if value is not None or wanted:
                value = _fitting(parameter.type, value, needed)
        if value is not None:
            given[parameter.name] = value
    return given


def _concrete(template: str, path: str) -> dict[str, str]:
    steps = zip(template.split("/"), path.split("/"), strict=True)
    return {placeholders_of(t)[0]: p for t, p in steps if placeholders_of(t)}


def _is_file(kind: Any) -> bool:
    return kind is FileUpload or any(_is_file(bare(inner)) for inner in get_args(kind))


def _decoded(hint: Any, value: Any) -> Any:
    try:
        return None if value is None else decode(hint, value, Decoding(UTC))
    except ValueError:
        return None


CANDIDATES = (
    "1", "001", "N8", "AMF", "R", "GMT+0800", "en_US", "127.0.0.1", "0" * 32, "8000", "1.pcap", "1.png", "a.txt",
    "/upload/default/a.txt", "bytes=0-1023", "0 0/20 * * * ?", "460001234500001", "PROPERTY", "STRING", "shift-a",
    "{}", "4ec18b7a-0001-4b7e-9c3d-000000000001",
)  # fmt: skip
"""Texts of which one looks as any documented text must look."""


def _fitting(hint: Any, value: Any, needed: set[str], prefix: str = "") -> Any:
    """A value as a declaration takes it: placeholders of the document replaced, what is needed made up."""
    kind, marks = bare(hint), marks_of(hint)
    if get_origin(kind) in (list, tuple):
        inner = get_args(kind)[0]
        hint = Annotated[(inner, *marks)] if marks else inner
        return tuple(_fitting(hint, v, needed, f"{prefix}[].") for v in value or (None,))
    if isinstance(kind, type) and issubclass(kind, Record):
        return _record(kind, value, needed, prefix)
    for mark in marks:
        if isinstance(mark, OneOf) and value not in mark.values:
            return mark.values[0]
        text = isinstance(mark, Matches) and kind is str
        if text and not (isinstance(value, str) and mark.compiled.fullmatch(value)):
            return next(c for c in CANDIDATES if mark.compiled.fullmatch(c))
    if value is not None:
        return value
    if isinstance(kind, type) and issubclass(kind, Enum):
        return next(iter(kind))
    return PLAIN.get(kind, {} if get_origin(kind) is dict else "1")


def _record(kind: type[Record], value: Any, needed: set[str], prefix: str) -> Any:
    hints = get_type_hints(kind, include_extras=True)
    wires = wire_names(kind)
    least = len(kind.__struct_fields__) - len(kind.__struct_defaults__)
    given: dict[str, Any] = {}
    for position, name in enumerate(kind.__struct_fields__):
        if name not in wires:
            continue
        found = getattr(value, name, None)
        wire = f"{prefix}{wires[name][0]}"
        if found is None and position >= least and wire not in needed:
            continue
        given[name] = _fitting(hints[name], found, needed, f"{wire}.")
        if found is None and name.startswith("end") and isinstance(given[name], datetime):
            given[name] += timedelta(hours=1)
    return kind(**given)


def document(
    dialect: Dialect, operation: Operation[..., Any], arguments: dict[str, Any]
) -> tuple[str, dict[str, Any]]:
    """The operation as a GraphQL document, with its variables."""
    name, field = field_of(dialect, operation)
    reserved = {f"{n}_" if n in ("source", "info", "parent") else n: v for n, v in arguments.items()}
    values = {to_camel_case(n): v for n, v in reserved.items()}
    variables = {n: graph_value(field.args[n].type, v) for n, v in values.items()}
    heads = ", ".join(f"${n}: {field.args[n].type}" for n in variables)
    call = name + (f"({', '.join(f'{n}: ${n}' for n in variables)})" if variables else "")
    call += selection(field.type)
    head = f"({heads})" if heads else ""
    if operation.effect is Effect.READ:
        return f"query{head} {{ {dialect.value.lower()} {{ {call} }} }}", variables
    return f"mutation{head} {{ {call} }}", variables


def graph_value(kind: Any, value: Any) -> Any:
    """A value of a declaration as a caller writes it in variables."""
    if isinstance(kind, GraphQLNonNull):
        return graph_value(kind.of_type, value)
    if value is None or value is msgspec.UNSET:
        return None
    if isinstance(kind, GraphQLList):
        return [graph_value(kind.of_type, item) for item in value]
    if isinstance(kind, GraphQLInputObjectType):
        names = {to_camel_case(n): n for n in value.__struct_fields__}
        given = {n: graph_value(f.type, getattr(value, names[n])) for n, f in kind.fields.items()}
        return {n: v for n, v in given.items() if v is not None}
    if isinstance(value, Enum):
        return value.name
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Record | dict | list | tuple):
        return msgspec.to_builtins(value)
    return value


def selection(kind: Any, depth: int = 5) -> str:
    """Every field that takes no argument, so deep."""
    named = get_named_type(kind)
    if not isinstance(named, GraphQLObjectType):
        return ""
    inner = []
    for name, field in named.fields.items():
        below = get_named_type(field.type)
        if isinstance(below, GraphQLObjectType):
            if depth > 1:
                inner.append(name + selection(below, depth - 1))
        else:
            inner.append(name)
    return " { " + " ".join(inner or ["__typename"]) + " }"
