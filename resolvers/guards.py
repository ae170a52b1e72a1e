"""Permissions and audit put around the fields of a finished schema, for every way of executing it."""

import asyncio
from collections.abc import Callable
from inspect import isawaitable
from typing import Any

from graphql import GraphQLField, GraphQLObjectType, GraphQLSchema, default_field_resolver

from adapters.errors import EmsError, ErrorCode
from resolvers import auditing
from resolvers.lineage import Requires
from resolvers.permissions import ANYBODY, NATIVE, READ, of_field, refusal

TOLD_BY_THE_SERVICE = {"login", "refreshSession"}
"""Audited by whoever signs people in: only there is it known whom a refresh token belongs to."""


def guard(schema: GraphQLSchema) -> None:
    """Puts each field's permission around it and prints it; mutations are audited, refused ones included."""
    roots = (schema.query_type, schema.mutation_type, schema.subscription_type)
    for type_ in schema.type_map.values():
        if not isinstance(type_, GraphQLObjectType):
            continue
        for name, field in type_.fields.items():
            if type_ in roots or f"{type_.name}.{name}" in NATIVE:
                permission = of_field(type_.name, name)
                _print(field, permission)
            else:
                permission = required_by(field) or ANYBODY
            _guarded(field, permission)
    if schema.mutation_type is not None:
        for name, field in schema.mutation_type.fields.items():
            if name not in TOLD_BY_THE_SERVICE:
                field.resolve = _audited(name, field.resolve or default_field_resolver)


def required_by(field: GraphQLField) -> str | None:
    """The permission that a field's own directive names."""
    definition = field.extensions.get("strawberry-definition")
    for directive in getattr(definition, "directives", ()):
        if isinstance(directive, Requires):
            return directive.permission
    return None


class Guard:
    """A resolver behind a permission; a compiled plan asks for the permission and calls what is behind it."""

    def __init__(self, resolve: Callable[..., Any], permission: str) -> None:
        self.__wrapped__ = resolve
        self.permission = permission

    def __permit__(self, _source: Any, info: Any, /) -> None:
        if not info.context.caller.may(self.permission):
            raise refusal(self.permission)

    def __call__(self, source: Any, info: Any, /, **arguments: Any) -> Any:
        self.__permit__(source, info)
        return self.__wrapped__(source, info, **arguments)


def _guarded(field: GraphQLField, permission: str) -> None:
    if permission == ANYBODY:
        return
    if field.subscribe is not None:
        field.subscribe = Guard(field.subscribe, permission)
    else:
        field.resolve = Guard(field.resolve or default_field_resolver, permission)


def _print(field: GraphQLField, permission: str) -> None:
    """Shows in the SDL what is needed, where it is more than to read."""
    definition: Any = field.extensions.get("strawberry-definition")
    if permission not in (ANYBODY, READ) and required_by(field) is None:
        definition.directives = [*definition.directives, Requires(permission=permission)]


def _audited(name: str, resolve: Callable[..., Any]) -> Callable[..., Any]:
    async def audited(source: Any, info: Any, /, **arguments: Any) -> Any:
        line = auditing.Line(info.context, name, arguments)
        info.context.forget_loaded()
        try:
            result = resolve(source, info, **arguments)
            if isawaitable(result):
                result = await result
        except asyncio.CancelledError:
            await asyncio.shield(line.write("CANCELLED"))
            raise
        except EmsError as error:
            await line.write(error.code.value)
            raise
        except Exception:
            await line.write(ErrorCode.INTERNAL.value)
            raise
        await line.write(auditing.outcome_of(result))
        return result

    return audited
