"""Types and fields put together from what is known of them, as strawberry would from classes and signatures.

The mirror makes them by the hundred. Reading each off a class and a function that were made for it takes several times as long,
and every start would wait for it.
"""

from collections.abc import Callable, Iterable
from functools import cache
from inspect import Parameter
from typing import Any

import strawberry
from strawberry.annotation import StrawberryAnnotation
from strawberry.types.arguments import StrawberryArgument
from strawberry.types.base import StrawberryObjectDefinition
from strawberry.types.field import StrawberryField
from strawberry.types.fields.resolver import StrawberryResolver

from adapters.redaction import scrubbed
from resolvers.context import Info

REQUIRED = Parameter.empty
"""The default of an argument that has none."""


@cache
def annotation(kind: Any) -> StrawberryAnnotation:
    """The annotation of a type, one for all fields and arguments of that type, so that it is resolved once."""
    return StrawberryAnnotation(kind)


def object_type(name: str, fields: list[StrawberryField], description: str | None = None) -> type:
    """An output type. Its root values are no instances of it: it is only a name for its fields."""
    return _defined(type(name, (), {"__module__": __name__}), fields, description, is_input=False)


def input_type(name: str, fields: list[StrawberryField], description: str | None = None) -> type:
    """An input type; what was left out of an instance is its field's default, or not there."""
    defaults = {field.python_name: field.default for field in fields if field.default is None}
    return _defined(
        type(name, (_Given,), {"__module__": __name__, **defaults}), fields, description, is_input=True
    )


def field(
    name: str,
    kind: Any,
    *,
    resolver: StrawberryResolver[Any] | None = None,
    description: str | None = None,
    directives: Iterable[object] = (),
    **default: Any,
) -> StrawberryField:
    """A field; without a resolver the attribute of that name."""
    return StrawberryField(
        python_name=name,
        type_annotation=annotation(kind),
        base_resolver=resolver,
        description=description,
        directives=tuple(directives),
        **default,
    )


def argument(name: str, kind: Any, default: Any = REQUIRED) -> StrawberryArgument:
    """An argument of a resolver."""
    return StrawberryArgument(
        python_name=name, graphql_name=None, type_annotation=annotation(kind), default=default
    )


def of_parent(call: Callable[..., Any]) -> StrawberryResolver[Any]:
    """A resolver that takes `parent` alone."""
    return _resolver(call, _PARENT, [])


def of_info(call: Callable[..., Any], arguments: list[StrawberryArgument]) -> StrawberryResolver[Any]:
    """A resolver that takes `info` and arguments."""
    return _resolver(call, _INFO, arguments)


def of_both(call: Callable[..., Any], arguments: list[StrawberryArgument]) -> StrawberryResolver[Any]:
    """A resolver that takes `parent`, `info` and arguments."""
    return _resolver(call, _BOTH, arguments)


class _Given:
    """An instance of an input type: the fields that were given."""

    def __init__(self, **given: Any) -> None:
        vars(self).update(given)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({scrubbed(vars(self))!r})"


def _defined(cls: type, fields: list[StrawberryField], description: str | None, *, is_input: bool) -> type:
    for each in fields:
        each.origin = cls
    cls.__annotations__ = {}
    cls.__strawberry_definition__ = StrawberryObjectDefinition(  # type: ignore[attr-defined]
        name=cls.__name__,
        is_input=is_input,
        is_interface=False,
        origin=cls,
        description=description,
        interfaces=[],
        extend=False,
        directives=(),
        is_type_of=None,
        resolve_type=None,
        fields=fields,
    )
    return cls


def _resolver(
    call: Callable[..., Any], like: StrawberryResolver[Any], arguments: list[StrawberryArgument]
) -> StrawberryResolver[Any]:
    """Strawberry finds both by the signature when they are asked for first; here they are known before."""
    resolver: StrawberryResolver[Any] = StrawberryResolver(call)
    resolver.reserved_parameters = like.reserved_parameters
    resolver.arguments = arguments
    return resolver


def _takes_parent(parent: strawberry.Parent[Any]) -> Any: ...


def _takes_info(info: Info) -> Any: ...


def _takes_both(parent: strawberry.Parent[Any], info: Info) -> Any: ...


_PARENT, _INFO, _BOTH = (
    StrawberryResolver(function) for function in (_takes_parent, _takes_info, _takes_both)
)
