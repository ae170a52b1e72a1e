"""The interfaces that objects of the graph share, and the source that they came from."""

from typing import Annotated, Any

import strawberry

from adapters.ports import Capability as CapabilityRecord
from adapters.ports import Circuit, Health, SourceStatus
from adapters.ports import Source as SourcePort
from adapters.records import Dialect, ObjectKind
from resolvers.context import Info
from resolvers.ids import SOURCE, encode, id_of
from resolvers.leaves import enum_of, from_record

enum_of(ObjectKind)
strawberry.enum(
    Circuit, name="CircuitState", description="Calls flow, are refused, or one is let through to probe."
)
strawberry.enum(SourceStatus)


@strawberry.interface
class Node:
    @strawberry.field
    def id(parent: strawberry.Parent[Any]) -> strawberry.ID:
        if isinstance(parent, SourcePort):
            return encode(SOURCE, parent.name)
        return id_of(parent)


@strawberry.interface(description="Something that came from a source.")
class Sourced:
    @strawberry.field
    def source(
        parent: strawberry.Parent[Any], info: Info
    ) -> Annotated["Source", strawberry.lazy("resolvers.node")]:
        return info.context.sources.whence(parent.source)

    @strawberry.field(
        description="The id by which the source itself knows the object.", metadata={"attribute": "native_id"}
    )
    def native_id(parent: strawberry.Parent[Any]) -> str:
        return parent.native_id


@from_record(CapabilityRecord)
class Capability:
    pass


@from_record(Health, without=("circuit",))
class SourceHealth:
    circuit: Circuit = strawberry.field(
        description="Circuit state: calls flow, are refused, or one is let through to probe."
    )


@strawberry.type(description="A configured system: a vendor API or the local store.")
class Source(Node):
    name: str = strawberry.field(
        description="The configured name, unique, e.g. `omc-shenzhen`. Every `sources:` filter takes it."
    )
    dialect: Dialect

    @strawberry.field
    def health(parent: strawberry.Parent[SourcePort]) -> SourceHealth:
        return parent.health()

    @strawberry.field(
        description="The kinds of object that this source can give, and which of them can be changed there."
    )
    def capabilities(parent: strawberry.Parent[SourcePort]) -> list[Capability]:
        return list(parent.capabilities)  # type: ignore[arg-type]

    @classmethod
    def is_type_of(cls, value: Any, _info: Any) -> bool:
        return isinstance(value, SourcePort)
