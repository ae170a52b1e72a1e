"""The state of one execution of a compiled operation."""

from asyncio import Future, gather
from collections.abc import Awaitable, Sequence
from typing import TYPE_CHECKING, Any

from graphql import (
    FragmentDefinitionNode,
    GraphQLSchema,
    OperationDefinitionNode,
)
from graphql.execution.values import VariableValues
from graphql.pyutils import gather_with_cancel
from graphql.type.definition import GraphQLResolveInfoHelpers

from gql_ems.execution.failures import Failures
from gql_ems.execution.kinds import awaits

if TYPE_CHECKING:
    from gql_ems.execution.arguments import Arguments

_BACKGROUND: set[Future[Any]] = set()


class Run(Failures):
    """What every field of one execution shares: the caller's values and the errors so far."""

    __slots__ = (
        "arguments",
        "context",
        "extensions",
        "fragments",
        "operation",
        "root",
        "schema",
        "variables",
    )

    def __init__(
        self,
        schema: GraphQLSchema,
        operation: OperationDefinitionNode,
        fragments: dict[str, FragmentDefinitionNode],
        variables: VariableValues,
        context: Any,
        root: Any,
        extensions: dict[str, Any] | None = None,
    ) -> None:
        super().__init__()
        self.schema = schema
        self.operation = operation
        self.fragments = fragments
        self.variables = variables
        self.context = context
        self.root = root
        self.extensions = extensions
        self.arguments: dict[Arguments, dict[str, Any]] = {}

    def settle(self, awaitables: list[Any]) -> None:
        """Let what was begun end in the background: its place in the answer is gone."""
        future = gather(*awaitables, return_exceptions=True)
        _BACKGROUND.add(future)
        future.add_done_callback(_BACKGROUND.discard)

    def track(self, values: Sequence[Any]) -> None:
        """Settle those of the values that are awaitable."""
        awaitables = [value for value in values if awaits(value)]
        if awaitables:
            self.settle(awaitables)

    @property
    def helpers(self) -> GraphQLResolveInfoHelpers:
        """The helpers that graphql-core hands to resolvers."""

        def gather_work(values: Sequence[Awaitable[Any]]) -> Awaitable[list[Any]]:
            return gather_with_cancel(*values)

        return GraphQLResolveInfoHelpers(gather=gather_work, track=self.track)


