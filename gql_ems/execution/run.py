"""The state of one execution of a compiled operation."""

from asyncio import Future, gather
from collections.abc import Awaitable, Sequence
from typing import TYPE_CHECKING, Any

from graphql.execution.values import VariableValues
from graphql.pyutils import gather_with_cancel
from graphql.type.definition import GraphQLResolveInfoHelpers

from gql_ems.execution.failures import Failures
from gql_ems.execution.kinds import awaits
from gql_ems.execution.request import Request

if TYPE_CHECKING:
    from gql_ems.execution.arguments import Arguments
    from gql_ems.execution.plan import Plan

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
        "told",
        "variables",
    )

    def __init__(self, plan: "Plan", variables: VariableValues, request: Request) -> None:
        super().__init__()
        self.schema = plan.schema
        self.operation = plan.operation
        self.fragments = plan.fragments
        self.variables = variables
        self.context = request.context
        self.root = request.root
        self.extensions = request.extensions
        self.arguments: dict[Arguments, dict[str, Any]] = {}
        self.told: dict[tuple[Any, int], tuple[Any, list[Any] | None]] = {}

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
