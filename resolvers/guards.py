"""Permissions and audit put around the fields of a finished schema, for every way of executing it."""

import asyncio
from collections.abc import Callable
from inspect import isawaitable
from typing import Any

from graphql import GraphQLField, GraphQLObjectType, GraphQLSchema

from adapters.errors import EmsError, ErrorCode
from resolvers import auditing
from resolvers.lineage import Requires
from resolvers.permissions import ANYBODY, of_root, refusal

UNAUDITED = {"refreshSession"}
"""Renewing a session changes nothing that anybody would look for; a login is told by the service, with its outcome."""


def guard(schema: GraphQLSchema) -> None:
    """Wraps every guarded field; mutations are audited, too."""
    for root in (schema.query_type, schema.subscription_type):
        if root is not None:
            for name, field in root.fields.items():
                _guarded(field, of_root(root.name, name))
    if schema.mutation_type is not None:
        for name, field in schema.mutation_type.fields.items():
            _audited(name, field)
            _guarded(field, of_root("Mutation", name))
    for type_ in schema.type_map.values():
        if isinstance(type_, GraphQLObjectType) and type_ not in (schema.query_type, schema.mutation_type):
            for field in type_.fields.values():
                permission = required_by(field)
                if permission:
                    _guarded(field, permission)


def required_by(field: GraphQLField) -> str | None:
    """The permission that a field's own directive names."""
    definition = field.extensions.get("strawberry-definition")
    for directive in getattr(definition, "directives", ()):
        if isinstance(directive, Requires):
            return directive.permission
    return None


def _guarded(field: GraphQLField, permission: str) -> None:
    if permission == ANYBODY:
        return
    if field.subscribe is not None:
        field.subscribe = _checked(field.subscribe, permission)
        return
    if field.resolve is not None:
        field.resolve = _checked(field.resolve, permission)


def _checked(resolve: Callable[..., Any], permission: str) -> Callable[..., Any]:
    def checked(source: Any, info: Any, **arguments: Any) -> Any:
        if not info.context.caller.may(permission):
            raise refusal(permission)
        return resolve(source, info, **arguments)

    return checked


def _audited(name: str, field: GraphQLField) -> None:
    resolve = field.resolve
    if resolve is None or name in UNAUDITED:
        return

    async def audited(source: Any, info: Any, **arguments: Any) -> Any:
        context = info.context
        try:
            result = resolve(source, info, **arguments)
            if isawaitable(result):
                result = await result
        except asyncio.CancelledError:
            await asyncio.shield(auditing.record(context, name, arguments, "CANCELLED"))
            raise
        except EmsError as error:
            await auditing.record(context, name, arguments, error.code.value)
            raise
        except Exception:
            await auditing.record(context, name, arguments, ErrorCode.INTERNAL.value)
            raise
        await auditing.record(context, name, arguments, auditing.outcome_of(result))
        return result

    field.resolve = audited
