"""How the value of a field is got: read, asked from its resolver, or from its own `resolve`."""

from collections.abc import Callable
from dataclasses import dataclass
from keyword import iskeyword
from types import FunctionType
from typing import Any, cast

import strawberry
from graphql import default_field_resolver
from strawberry.types.field import StrawberryField

from gql_ems.execution.arguments import Arguments
from gql_ems.execution.field import Field
from gql_ems.execution.inputs import Inputs

# The functions that strawberry itself puts on a field. The code object tells them from whatever
# took their place later, which may carry their name (functools.wraps) but never their code.
_BASIC = "GraphQLCoreConverter.from_resolver.<locals>._get_basic_result"
_RESOLVERS = (
    "GraphQLCoreConverter.from_resolver.<locals>._resolver",
    "GraphQLCoreConverter.from_resolver.<locals>._async_resolver",
)
# A check that stands before a resolver: given the source and the info, it raises to refuse.
Permit = Callable[[Any, Any], None]

_EVENT = "GraphQLCoreConverter.from_field.<locals>.<lambda>"


@dataclass(frozen=True, slots=True)
class Typename:
    """The name of the type, known beforehand."""


@dataclass(frozen=True, slots=True)
class Event:
    """The source itself: the event of a subscription."""


@dataclass(frozen=True, slots=True)
class Attribute:
    """An attribute of the record; with `read`, by the schema's own way of reading."""

    name: str
    read: Callable[[Any, str], object] | None
    permits: tuple[Permit, ...] = ()


@dataclass(frozen=True, slots=True)
class Direct:
    """The resolver as it was written, called without the wrappers around it.

    Where the field is declared with `metadata={"attribute": name}`, its value is that attribute of the
    source, and the resolver is only asked when the attribute is UNSET.
    """

    call: Callable[..., Any]
    declaration: StrawberryField
    info_class: type[strawberry.Info]
    arguments: Arguments | None
    takes_self: bool
    source_names: tuple[str, ...]
    info_name: str | None
    attribute: str | None
    permits: tuple[Permit, ...] = ()


@dataclass(frozen=True, slots=True)
class Delegated:
    """The field's own `resolve`: extensions, permissions, a guard, or no field of strawberry's."""

    resolve: Callable[..., Any]
    arguments: Arguments | None


Resolution = Typename | Event | Attribute | Direct | Delegated


def resolution(field: Field, schema: strawberry.Schema, inputs: Inputs) -> Resolution:
    """Decide how the value of a field is got, keeping every guard that was put on it.

    A guard around `resolve` is taken apart if it is an object whose class has the method `__permit__`,
    with what it guards as `__wrapped__`: the check is called, then the resolver as it was written.
    """
    if field.name == "__typename":
        return Typename()
    declaration = field.strawberry
    resolve = field.definition.resolve or default_field_resolver
    guarded, permits = unguarded(resolve)
    made_by = guarded.__code__.co_qualname if isinstance(guarded, FunctionType) else ""
    if declaration is not None and made_by == _EVENT and declaration.is_subscription and not permits:
        return Event()
    arguments = None
    if field.definition.args or field.nodes[0].arguments:
        arguments = Arguments(field, inputs)
    if declaration is None or made_by not in (_BASIC, *_RESOLVERS) or not _is_stock(declaration, schema):
        return Delegated(resolve, arguments)
    return _direct(declaration, arguments, permits, schema)


def unguarded(resolve: Callable[..., Any]) -> tuple[Callable[..., Any], tuple[Permit, ...]]:
    """Give what is guarded, and the checks that stand before it, the outermost first."""
    permits: list[Permit] = []
    # The check is looked for on the class: functools.wraps would copy it from an instance to a function
    # that does more than the guard.
    while hasattr(type(resolve), "__permit__"):
        guard: Any = resolve
        permits.append(guard.__permit__)
        resolve = guard.__wrapped__
    return resolve, tuple(permits)


def is_name(text: str) -> bool:
    """Tell whether an attribute can be written as it stands."""
    return text.isidentifier() and not iskeyword(text)


def _is_stock(declaration: StrawberryField, schema: strawberry.Schema) -> bool:
    """Tell whether nothing but the resolver takes part in the value of the field."""
    return (
        not declaration.extensions
        and not schema.exception_handlers
        and type(declaration).get_result is StrawberryField.get_result
    )


def _direct(
    declaration: StrawberryField,
    arguments: Arguments | None,
    permits: tuple[Permit, ...],
    schema: strawberry.Schema,
) -> Direct | Attribute:
    resolver = declaration.base_resolver
    if resolver is None:
        read = declaration.default_resolver
        return Attribute(declaration.python_name, None if read is getattr else read, permits)
    attribute = declaration.metadata.get("attribute") if arguments is None else None
    sources = [
        parameter.name
        for parameter in (resolver.parent_parameter, resolver.root_parameter)
        if parameter is not None
    ]
    return Direct(
        call=cast("Callable[..., Any]", resolver.wrapped_func),
        declaration=declaration,
        info_class=schema.config.info_class,
        arguments=arguments,
        takes_self=resolver.self_parameter is not None,
        source_names=tuple(dict.fromkeys(sources)),
        info_name=None if resolver.info_parameter is None else resolver.info_parameter.name,
        attribute=attribute if isinstance(attribute, str) and is_name(attribute) else None,
        permits=permits,
    )
