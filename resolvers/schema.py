"""The schema: every type of the graph put together, its lineage printed, its fields guarded."""

from functools import cache

import strawberry
from graphql import GraphQLInputObjectType, GraphQLObjectType, GraphQLSchema, Undefined
from strawberry.printer import print_schema
from strawberry.schema.config import StrawberryConfig
from strawberry.schema.name_converter import NameConverter
from strawberry.types.base import StrawberryObjectDefinition, StrawberryType

from resolvers.guards import guard
from resolvers.lineage import Rest
from resolvers.mirror import native_mutations
from resolvers.mutations import Mutation
from resolvers.query import Query
from resolvers.scalars import SCALARS
from resolvers.serving import SERVED, lineage_of
from resolvers.subscription import Subscription

_CONNECTIONS = ("PlainConnection", "CountedConnection")


class Names(NameConverter):
    """Connections are called by what they hold, however they are counted."""

    def from_generic(
        self, object_type: StrawberryObjectDefinition, types: list[StrawberryType | type]
    ) -> str:
        """`UeEventConnection`, `EntityValueConnection`; the audit log's are short."""
        name = super().from_generic(object_type, types)
        for kind in _CONNECTIONS:
            name = name.replace(kind, "Connection")
        return name.replace("AuditEntryConnection", "AuditConnection").replace("AuditEntryEdge", "AuditEdge")


@cache
def build() -> strawberry.Schema:
    """The schema; built once, since its guards are put around its fields."""
    mutation = strawberry.type(
        type("Mutation", (Mutation, native_mutations()), {"__module__": __name__, "__annotations__": {}}),
        description="What can be changed. Every change is told in the audit log.",
    )
    schema = strawberry.Schema(
        query=Query,
        mutation=mutation,
        subscription=Subscription,
        config=StrawberryConfig(name_converter=Names(), scalar_map=SCALARS),
    )
    _leave_out_nulls(schema._schema)  # noqa: SLF001 - defaults are those of the finished types
    _tell_lineage(schema)
    guard(schema._schema)  # noqa: SLF001 - guards go around the finished fields
    return schema


def sdl() -> str:
    """The schema as text, lineage included."""
    return print_schema(build()) + "\n"


def _leave_out_nulls(schema: GraphQLSchema) -> None:
    """An argument that may be left out has no default: `= null` behind each would only be noise."""
    for type_ in schema.type_map.values():
        if isinstance(type_, GraphQLInputObjectType):
            places = list(type_.fields.values())
        elif isinstance(type_, GraphQLObjectType):
            places = [argument for field in type_.fields.values() for argument in field.args.values()]
        else:
            continue
        for place in places:
            if place.default_value is None:
                place.default_value = Undefined


def _tell_lineage(schema: strawberry.Schema) -> None:
    for name in (*SERVED, "Source.health"):
        type_name, _, field_name = name.partition(".")
        field = schema._schema.type_map[type_name].fields[field_name]  # type: ignore[attr-defined]  # noqa: SLF001
        definition = field.extensions["strawberry-definition"]
        told = {(r.dialect, r.method, r.path) for r in definition.directives if isinstance(r, Rest)}
        fresh = [r for r in lineage_of(name) if (r.dialect, r.method, r.path) not in told]
        definition.directives = [*definition.directives, *fresh]
