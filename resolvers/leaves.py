"""Types of the graph made from unified records, so that each fact is declared once.

`@from_record(records.User)` gives a class a plain field for each attribute of the record that the class does not
declare itself. A record is the root value of its type: a leaf is an attribute read. A fact that a list did not tell
(UNSET) is read from the source's single read, once an object.
"""

import ast
import inspect
import types
from collections.abc import Callable
from datetime import date, datetime
from enum import Enum
from functools import cache
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin, get_type_hints

import msgspec
import strawberry
from msgspec import UNSET, Struct, UnsetType
from strawberry.scalars import JSON

from adapters.records import Sourced
from adapters.redaction import scrubbed
from resolvers.context import Info
from resolvers.scalars import Long

C = TypeVar("C", bound=type)

_TYPES: dict[type, Any] = {}
"""The type of the graph for each record that has one."""

_HIDDEN = {"source", "native_id", "raw"}
"""Told by the interfaces that every such type implements."""


def graph_type_of(hint: Any) -> Any:
    """The annotation of a field for the type of an attribute."""
    if get_origin(hint) is Annotated:
        inner, *marks = get_args(hint)
        return Long if "Long" in marks else graph_type_of(inner)
    if get_origin(hint) in (Union, types.UnionType):
        told = [a for a in get_args(hint) if a not in (type(None), UnsetType)]
        inner = graph_type_of(told[0])
        return inner | None if len(told) < len(get_args(hint)) else inner
    if get_origin(hint) in (tuple, list):
        return list[graph_type_of(get_args(hint)[0])]  # type: ignore[misc]
    if hint is Any or get_origin(hint) is dict:
        return JSON | None
    if isinstance(hint, type) and issubclass(hint, Enum):
        return enum_of(hint)
    if isinstance(hint, type) and issubclass(hint, Struct):
        return _TYPES[hint]
    if hint in (str, int, float, bool, datetime, date):
        return hint
    raise TypeError(f"no type of the graph for {hint!r}")


@cache
def enum_of(kind: type[Enum]) -> Any:
    """The enum of the graph for one of the records'."""
    return strawberry.enum(kind, description=own_doc(kind))


def own_doc(kind: type) -> str | None:
    """What a class says of itself; nothing that it inherits."""
    told = vars(kind).get("__doc__")
    return inspect.cleandoc(told) if told else None


def from_record(
    record: type[Struct], *, without: tuple[str, ...] = (), name: str | None = None, ids: tuple[str, ...] = ()
) -> Callable[[C], C]:
    """Completes a class to a strawberry type whose root values are records of one kind."""

    def complete(cls: C) -> C:
        annotations = dict(inspect.get_annotations(cls))
        documented = attribute_docs(record)
        hints = get_type_hints(record, include_extras=True)
        for info in msgspec.structs.fields(record):
            field = info.name
            if field in without or field in annotations or field in vars(cls):
                continue
            if issubclass(record, Sourced) and field in _HIDDEN:
                continue
            hint = hints[field]
            kind = strawberry.ID if field in ids else graph_type_of(hint)
            if UnsetType in get_args(hint):
                setattr(cls, field, _known(field, kind, documented.get(field)))
            else:
                annotations[field] = kind
                setattr(cls, field, strawberry.field(description=documented.get(field)))
        cls.__annotations__ = annotations
        if issubclass(record, Sourced) and "raw" not in without:
            cls.raw = _raw()  # type: ignore[attr-defined]
        cls.is_type_of = InstanceOf(record)  # type: ignore[attr-defined]
        told = own_doc(cls) or own_doc(record)
        completed = strawberry.type(cls, name=name, description=told)
        _TYPES.setdefault(record, completed)
        return completed

    return complete


class InstanceOf:
    """Tells a value's type by its class alone; a compiled plan reads `record` and asks for no single value."""

    def __init__(self, record: type) -> None:
        self.record = record

    def __call__(self, value: Any, _info: Any) -> bool:
        return isinstance(value, self.record)


def _known(name: str, kind: Any, description: str | None) -> Any:
    """A field whose fact may not be known yet: then the object is read whole."""

    async def from_details(parent: Any, info: Info) -> Any:
        whole = await info.context.details(parent)
        value = getattr(whole, name, None)
        return None if value is UNSET else value

    def resolve(parent: strawberry.Parent[Any], info: Info) -> Any:
        value = getattr(parent, name)
        return from_details(parent, info) if value is UNSET else value

    resolve.__annotations__["return"] = kind
    resolve.__name__ = name
    return strawberry.field(resolver=resolve, description=description, metadata={"attribute": name})


def _raw() -> Any:
    async def from_details(parent: Any, info: Info) -> Any:
        whole = await info.context.details(parent)
        return scrubbed(getattr(whole, "raw", None))

    def raw(parent: strawberry.Parent[Any], info: Info) -> JSON | None:
        return from_details(parent, info) if parent.raw is UNSET else scrubbed(parent.raw)

    return strawberry.field(
        resolver=raw, description="The whole object as the source gave it, secrets removed."
    )


@cache
def _documented_classes(module: str) -> dict[str, dict[str, str]]:
    tree = ast.parse(inspect.getsource(__import__(module, fromlist=["_"])))
    found: dict[str, dict[str, str]] = {}
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            docs = found.setdefault(node.name, {})
            for field, text in zip(node.body, node.body[1:], strict=False):
                if (
                    isinstance(field, ast.AnnAssign)
                    and isinstance(field.target, ast.Name)
                    and isinstance(text, ast.Expr)
                    and isinstance(text.value, ast.Constant)
                    and isinstance(text.value.value, str)
                ):
                    docs[field.target.id] = inspect.cleandoc(text.value.value)
    return found


def attribute_docs(record: type) -> dict[str, str]:
    """The text below each attribute of a record, those of its bases included."""
    docs: dict[str, str] = {}
    for base in reversed(record.__mro__):
        if base.__module__.startswith("adapters."):
            docs |= _documented_classes(base.__module__).get(base.__name__, {})
    return docs
