"""What a resolver can ask about the field that it resolves, made when it asks."""

from collections.abc import Callable
from typing import Any

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLSchema,
    OperationDefinitionNode,
)
from graphql.pyutils import Path as GraphQLPath
from graphql.pyutils import is_awaitable
from graphql.type.definition import GraphQLResolveInfoHelpers

from gql_ems.execution.failures import Path, as_graphql_path
from gql_ems.execution.field import Field
from gql_ems.execution.run import Run


class FieldInfo:
    """Answers what graphql-core's resolve info answers, from the run, the field and its path."""

    __slots__ = ("_at", "_field", "_run")

    def __init__(self, run: Run, field: Field, at: Path) -> None:
        self._run = run
        self._field = field
        self._at = at

    @property
    def field_name(self) -> str:
        """The name of the field, not its alias."""
        return self._field.name

    @property
    def field_nodes(self) -> list[FieldNode]:
        """The places of the document that ask for the field."""
        return self._field.nodes

    @property
    def return_type(self) -> GraphQLOutputType:
        """The declared type of the field."""
        return self._field.definition.type

    @property
    def parent_type(self) -> GraphQLObjectType:
        """The object type that has the field."""
        return self._field.parent

    @property
    def kept(self) -> dict[Any, Any]:
        """What resolvers keep about this place of the document, as long as its plan lives."""
        return self._field.kept

    @property
    def path(self) -> GraphQLPath:
        """The place of the field in the answer."""
        return as_graphql_path(self._at)

    @property
    def schema(self) -> GraphQLSchema:
        """The schema."""
        return self._run.schema

    @property
    def fragments(self) -> dict[str, FragmentDefinitionNode]:
        """The fragments of the document by name."""
        return self._run.fragments

    @property
    def root_value(self) -> Any:
        """The root value of the operation, or the event of a subscription."""
        return self._run.root

    @property
    def operation(self) -> OperationDefinitionNode:
        """The operation that runs."""
        return self._run.operation

    @property
    def variable_values(self) -> dict[str, Any]:
        """The coerced variables, the way strawberry hands them on."""
        return self._run.variables.coerced

    @property
    def context(self) -> Any:
        """The context value."""
        return self._run.context

    @property
    def is_awaitable(self) -> Callable[[Any], bool]:
        """The test for values that are awaited."""
        return is_awaitable

    @property
    def abort_signal(self) -> None:
        """No abort signal: an execution ends when its task is cancelled."""
        return

    @property
    def async_helpers(self) -> GraphQLResolveInfoHelpers:
        """Helpers to gather and to track awaitables."""
        return self._run.helpers

    @property
    def operation_extensions(self) -> dict[str, Any] | None:
        """The extensions that the client sent with the request."""
        return self._run.extensions


def info_below(run: Run, field: Field, path: Path) -> FieldInfo:
    """Give the info of a field from the place of its value, or of an item at any depth of its list."""
    while path[2] is None:
        path = path[0]
    return FieldInfo(run, field, path)
