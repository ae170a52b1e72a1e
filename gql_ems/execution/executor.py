"""Runs operations: compiled where that is known how, by graphql-core where not, with equal answers."""

from collections.abc import Collection, Mapping
from typing import Any, Final

import strawberry
from graphql import (
    ASTValidationRule,
    ExecutionResult,
    GraphQLError,
    OperationType,
    create_source_event_stream,
    execute,
    specified_rules,
)
from graphql.execution import Executor as GraphQLExecutor
from graphql.execution.values import VariableValues, get_variable_values
from strawberry.schema.validation_rules.maybe_null import MaybeNullValidationRule
from strawberry.schema.validation_rules.one_of import OneOfInputValidationRule

from gql_ems.execution.answer import Answer
from gql_ems.execution.documents import CAPACITY, Documents, Limit, Operation
from gql_ems.execution.kinds import Coroutine, awaits
from gql_ems.execution.plan import Setting, UnknownFieldError
from gql_ems.execution.request import Request
from gql_ems.execution.run import Run
from gql_ems.execution.subscription import Selection, Subscription

STANDARD_RULES: Final = (*specified_rules, MaybeNullValidationRule, OneOfInputValidationRule)
COERCION_ERRORS: Final = 50
NO_VARIABLES: Final = VariableValues({}, {})


class Executor:
    """Executes queries, mutations and subscriptions of a strawberry schema.

    `fallbacks` counts the operations that graphql-core had to run. Guard fields (replace their
    `resolve`) before the first request, or call `documents.forget()` afterwards.
    """

    def __init__(
        self,
        schema: strawberry.Schema,
        *,
        rules: Collection[type[ASTValidationRule]] = STANDARD_RULES,
        limit: Limit | None = None,
        max_tokens: int | None = None,
        capacity: int = CAPACITY,
        compiled: bool = True,
    ) -> None:
        self.strawberry = schema
        self.schema = schema._schema  # noqa: SLF001
        self.compiled = compiled
        self.fallbacks = 0
        self.documents = Documents(
            self.schema,
            rules,
            limit=limit,
            max_tokens=max_tokens,
            capacity=capacity,
            compiled=compiled,
        )

    def operation(self, query: str, operation_name: str | None = None) -> Operation | list[GraphQLError]:
        """Give the prepared operation, for instance to learn its type, or why there is none."""
        return self.documents.operation(query, operation_name)

    async def execute(
        self,
        query: str,
        *,
        operation_name: str | None = None,
        variables: Mapping[str, Any] | None = None,
        context: Any = None,
        root: Any = None,
        extensions: dict[str, Any] | None = None,
    ) -> Answer:
        """Answer a query or a mutation."""
        operation = self.documents.operation(query, operation_name)
        return await self.run(operation, Request(variables or {}, context, root, extensions))

    async def run(self, operation: Operation | list[GraphQLError], request: Request) -> Answer:
        """Answer a query or a mutation that was looked up before."""
        if isinstance(operation, list):
            return Answer(None, list(operation), executed=False)
        if operation.introspection is not None:
            return operation.introspection
        coerced = self._variables(operation, request)
        if isinstance(coerced, list):
            return Answer(None, coerced, executed=False)
        setting = operation.setting or self._setting(operation, coerced)
        if setting is None:
            return await self._fall_back(operation, request)
        run = Run(setting.plan, coerced, request)
        data = setting.execute(run)
        if data.__class__ is Coroutine:
            data = await data
        answer = Answer(data, run.errors or None)
        if operation.constant:
            operation.introspection = answer
        return answer

    async def subscribe(
        self,
        query: str,
        *,
        operation_name: str | None = None,
        variables: Mapping[str, Any] | None = None,
        context: Any = None,
        root: Any = None,
        extensions: dict[str, Any] | None = None,
    ) -> Subscription | Answer:
        """Open a subscription: its source events, and the selection to answer each of them with."""
        operation = self.documents.operation(query, operation_name)
        if isinstance(operation, list):
            return Answer(None, list(operation), executed=False)
        if operation.node.operation is not OperationType.SUBSCRIPTION:
            refused = GraphQLError("Expected subscription operation.", operation.node)
            return Answer(None, [refused], executed=False)
        request = Request(variables or {}, context, root, extensions)
        coerced = self._variables(operation, request)
        if isinstance(coerced, list):
            return Answer(None, coerced, executed=False)
        built = self._build(operation, request)
        if isinstance(built, list):
            return Answer(None, built, executed=False)
        stream: Any = create_source_event_stream(built)
        if awaits(stream):
            stream = await stream
        if isinstance(stream, ExecutionResult):
            return Answer(None, stream.errors, executed=False)
        setting = self._setting(operation, coerced)
        self.fallbacks += setting is None and self.compiled
        selection = Selection(operation, coerced, request, setting, built)
        return Subscription(aiter(stream), selection)

    def _variables(self, operation: Operation, request: Request) -> VariableValues | list[GraphQLError]:
        """Coerce the variables, and let the operation's limits look at them."""
        definitions = operation.node.variable_definitions
        if not definitions and operation.check is None:
            return NO_VARIABLES
        given: Any = request.variables
        coerced = get_variable_values(self.schema, definitions or (), given, max_errors=COERCION_ERRORS)
        if operation.check is not None and not isinstance(coerced, list):
            try:
                operation.check(coerced.coerced)
            except GraphQLError as error:
                return [error]
        return coerced

    def _setting(self, operation: Operation, variables: VariableValues) -> Setting | None:
        if operation.plan is None:
            return None
        try:
            setting = operation.plan.setting(variables)
        except (GraphQLError, RecursionError, UnknownFieldError):
            # It would fail each time, so it is not tried again.
            operation.plan = None
            return None
        if not operation.plan.switches.names:
            operation.setting = setting
        return setting

    def _build(self, operation: Operation, request: Request) -> GraphQLExecutor[Any] | list[GraphQLError]:
        """Build graphql-core's own executor of the operation."""
        return self.strawberry.execution_context_class.build(
            self.schema,
            operation.document,
            request.root,
            request.context,
            dict(request.variables),
            operation.name,
            operation_extensions=request.extensions,
        )

    async def _fall_back(self, operation: Operation, request: Request) -> Answer:
        """Let graphql-core run the operation as a whole."""
        self.fallbacks += self.compiled
        try:
            result: Any = execute(
                self.schema,
                operation.document,
                request.root,
                request.context,
                dict(request.variables),
                operation.name,
                executor_class=self.strawberry.execution_context_class,
                operation_extensions=request.extensions,
            )
            if awaits(result):
                result = await result
        except GraphQLError as error:
            return Answer(None, [error], executed=False)
        return Answer(result.data, result.errors)
