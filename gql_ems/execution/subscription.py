"""An open subscription: events come from its source, answers from its selection."""

from collections.abc import AsyncIterator, Coroutine
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import orjson
from graphql import FieldNode, Node, VariableNode, Visitor, visit
from graphql.execution import Executor as GraphQLExecutor
from graphql.execution.values import VariableValues
from msgspec.structs import replace

from gql_ems.execution.answer import Answer
from gql_ems.execution.documents import Operation
from gql_ems.execution.kinds import Coroutine as CoroutineClass
from gql_ems.execution.kinds import awaits
from gql_ems.execution.plan import Setting
from gql_ems.execution.request import Request
from gql_ems.execution.run import Run


class Selection:
    """What a subscriber wants to see of each event.

    Two selections with an equal `key` answer an event equally for callers with equal permissions:
    the key holds the operation and those variables that it reads below its root field. Arguments of
    the root field choose events, they do not shape them.
    """

    def __init__(
        self,
        operation: Operation,
        coerced: VariableValues,
        request: Request,
        setting: Setting | None,
        built: GraphQLExecutor[Any],
    ) -> None:
        self._coerced = coerced
        self._request = request
        self._setting = setting
        self._built = built
        if operation.shaping is None:
            operation.shaping = variables_below_root(operation)
        names = operation.shaping
        shaping = {name: value for name, value in request.variables.items() if name in names}
        packed = orjson.dumps(shaping, option=orjson.OPT_SORT_KEYS, default=str)
        self.key = (operation, packed)

    def answer(self, event: Any, context: Any) -> Answer | Coroutine[Any, Any, Answer]:
        """Answer one event: at once, or as a coroutine where a field does I/O."""
        setting = self._setting
        if setting is None:
            return self._by_graphql_core(event, context)
        run = Run(setting.plan, self._coerced, replace(self._request, context=context, root=event))
        data = setting.execute(run)
        if data.__class__ is CoroutineClass:
            return _later(run, data)
        return Answer(data, run.errors or None)

    async def _by_graphql_core(self, event: Any, context: Any) -> Answer:
        executor = self._built.build_per_event_executor(event)
        executor.context_value = context
        result: Any = executor.execute_operation(serially=False)
        if awaits(result):
            result = await result
        return Answer(result.data, result.errors)


async def _later(run: Run, data: Coroutine[Any, Any, Any]) -> Answer:
    return Answer(await data, run.errors or None)


@dataclass(frozen=True, slots=True)
class Subscription:
    """The events of a source, and the selection to answer each of them with.

    A source that has several events at once may give them as one object; the selection answers one event.
    """

    events: AsyncIterator[Any]
    selection: Selection

    async def close(self) -> None:
        """End the source, unless it does so just now."""
        close = getattr(self.events, "aclose", None)
        if close is not None:
            with suppress(RuntimeError):
                await close()


def variables_below_root(operation: Operation) -> frozenset[str]:
    """Name the variables that are read elsewhere than in the arguments of root fields."""
    seeker = _Reader()
    node = operation.node
    for part in node.selection_set.selections:
        if isinstance(part, FieldNode):
            below: list[Node] = [*(part.directives or ())]
            if part.selection_set is not None:
                below.append(part.selection_set)
            for inner in below:
                visit(inner, seeker)
        else:
            visit(part, seeker)
    for definition in operation.document.definitions:
        if definition.kind == "fragment_definition":
            visit(definition, seeker)
    return frozenset(seeker.names)


class _Reader(Visitor):
    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()

    def enter_variable(self, node: VariableNode, *_: Any) -> None:
        self.names.add(node.name.value)
