"""One field of a selection set, with all that is known of it before a request."""

from dataclasses import dataclass
from dataclasses import field as attribute
from typing import Any

from graphql import FieldNode, GraphQLField, GraphQLObjectType, is_non_null_type
from graphql.execution.collect_fields import FieldDetails
from strawberry.types.field import StrawberryField

from gql_ems.execution.failures import Fail, nullable_fail, required_fail


@dataclass(frozen=True, slots=True, eq=False)
class Field:
    """A response key, the field behind it and the places of the document that ask for it."""

    key: str
    parent: GraphQLObjectType
    definition: GraphQLField
    details: list[FieldDetails]
    nodes: list[FieldNode]
    kept: dict[Any, Any] = attribute(default_factory=dict)
    """What resolvers found out about this place of the document, for whichever values it is run with."""

    @property
    def name(self) -> str:
        """The name of the field, not its alias."""
        return self.nodes[0].name.value

    @property
    def strawberry(self) -> StrawberryField | None:
        """The declaration, if strawberry made the field."""
        found: Any = self.definition.extensions.get("strawberry-definition")
        return found if isinstance(found, StrawberryField) else None

    def fail(self, of_type: Any) -> Fail:
        """Make what happens to an exception at this field or at an item of its list."""
        return required_fail(self.nodes) if is_non_null_type(of_type) else nullable_fail(self.nodes)
