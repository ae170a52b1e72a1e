"""A compiled operation: one function for each selection, for each setting of its switches."""

from typing import Any, Final

import strawberry
from graphql import (
    DocumentNode,
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLObjectType,
    GraphQLSchema,
    OperationDefinitionNode,
    OperationType,
)
from graphql.execution.collect_fields import FragmentDetails, collect_fields, collect_subfields
from graphql.execution.values import VariableValues

from gql_ems.execution.completion import Select
from gql_ems.execution.failures import Path
from gql_ems.execution.field import Field
from gql_ems.execution.inputs import Inputs
from gql_ems.execution.kinds import Coroutine
from gql_ems.execution.resolution import Resolution, resolution
from gql_ems.execution.run import Run
from gql_ems.execution.selection import compile_selection
from gql_ems.execution.switches import Switches, unknown_parts

# As many settings of @skip and @include are compiled for one document; more of them are a toy.
SETTINGS_LIMIT: Final = 64


class UnknownFieldError(Exception):
    """The document asks for a field that the schema does not have."""


class Plan:
    """An operation of a document, ready to run with any variables."""

    def __init__(
        self,
        schema: GraphQLSchema,
        operation: OperationDefinitionNode,
        fragments: dict[str, FragmentDefinitionNode],
        root_type: GraphQLObjectType,
    ) -> None:
        self.schema = schema
        self.operation = operation
        self.fragments = fragments
        self.root_type = root_type
        self.switches = Switches.of(operation, fragments)
        self._settings: dict[tuple[bool, ...], Setting] = {}

    def setting(self, variables: VariableValues) -> "Setting | None":
        """Give what is compiled for these variables, None if nothing can be.

        Nothing can be for a switch that is neither true nor false, and for a document that is run
        with ever new settings of its switches.
        """
        chosen = self.switches.read(variables.coerced)
        if chosen is None:
            return None
        known = self._settings.get(chosen)
        if known is None:
            if len(self._settings) >= SETTINGS_LIMIT:
                return None
            known = self._settings[chosen] = Setting(self, self.switches.as_variables(chosen))
        return known


class Setting:
    """A plan with its @skip and @include decided: which fields there are is known beforehand."""

    def __init__(self, plan: Plan, variables: VariableValues) -> None:
        self.plan = plan
        self._variables = variables
        self._strawberry: strawberry.Schema = plan.schema._strawberry_schema  # type: ignore[attr-defined]  # noqa: SLF001
        self._inputs = Inputs(self._strawberry)
        self._fragments = {name: FragmentDetails(definition) for name, definition in plan.fragments.items()}
        self._selects: dict[tuple[str, tuple[int, ...]], Select | None] = {}
        collected = collect_fields(plan.schema, self._fragments, variables, plan.root_type, plan.operation)
        root_fields = self._fields(plan.root_type, collected.grouped_field_set)
        serial = plan.operation.operation is OperationType.MUTATION
        groups = [[field] for field in root_fields] if serial else [root_fields]
        self._roots = [
            compile_selection(plan.root_type, group, self._resolution, self._select) for group in groups
        ]

    def execute(self, run: Run) -> Any:
        """Give the data of the answer, or a coroutine of it when something is to be awaited."""
        if len(self._roots) != 1:
            return _series(run, self._roots)
        try:
            data = self._roots[0](run, run.root, None)
        except GraphQLError as error:
            run.add(error, None)
            return None
        return _awaited(run, data) if data.__class__ is Coroutine else data

    def _resolution(self, field: Field) -> Resolution:
        return resolution(field, self._strawberry, self._inputs)

    def _fields(self, of_type: GraphQLObjectType, grouped: dict[str, Any]) -> list[Field]:
        fields = []
        for key, details in grouped.items():
            nodes = [detail.node for detail in details]
            definition = self.plan.schema.get_field(of_type, nodes[0].name.value)
            if definition is None:
                raise UnknownFieldError(f"{of_type.name}.{nodes[0].name.value}")
            fields.append(Field(key, of_type, definition, details, nodes))
        return fields

    def _select(self, of_type: GraphQLObjectType, field: Field) -> Select:
        """Give the function for an object type below a field, compiled when first asked for."""
        known = (of_type.name, tuple(id(node) for node in field.nodes))
        if known not in self._selects:
            self._selects[known] = None
            plan = self.plan
            collected = collect_subfields(
                plan.schema,
                self._fragments,
                self._variables,
                plan.operation,
                of_type,
                field.details,
            )
            fields = self._fields(of_type, collected.grouped_field_set)
            self._selects[known] = compile_selection(of_type, fields, self._resolution, self._select)
        return self._selects[known] or self._when_compiled(known)

    def _when_compiled(self, known: tuple[str, tuple[int, ...]]) -> Select:
        """Stand in for a selection that holds itself, which only validation refuses."""

        def select(run: Run, source: Any, path: Path | None) -> Any:
            compiled = self._selects[known]
            assert compiled is not None
            return compiled(run, source, path)

        return select


async def _awaited(run: Run, data: Any) -> Any:
    try:
        return await data
    except GraphQLError as error:
        run.add(error, None)
        return None


async def _series(run: Run, roots: list[Select]) -> Any:
    """Run the fields of a mutation one after the other."""
    answer: dict[str, Any] = {}
    try:
        for select in roots:
            part = select(run, run.root, None)
            answer |= await part if part.__class__ is Coroutine else part
    except GraphQLError as error:
        run.add(error, None)
        return None
    return answer


def compile_operation(
    schema: GraphQLSchema, document: DocumentNode, operation_name: str | None = None
) -> Plan | None:
    """Compile an operation of a valid document; None if it holds what plans do not know.

    Not known are @defer, @stream and other directives than @skip and @include, arguments of
    fragments, and a schema that strawberry did not make.
    """
    operation = named_operation(document, operation_name)
    fragments = {
        definition.name.value: definition
        for definition in document.definitions
        if isinstance(definition, FragmentDefinitionNode)
    }
    if isinstance(operation, GraphQLError) or unknown_parts(operation, fragments):
        return None
    root_type = schema.get_root_type(operation.operation)
    if root_type is None or getattr(schema, "_strawberry_schema", None) is None:
        return None
    return Plan(schema, operation, fragments, root_type)


def named_operation(document: DocumentNode, name: str | None) -> OperationDefinitionNode | GraphQLError:
    """Find the operation that is to run, or say why there is none."""
    operations = [
        definition for definition in document.definitions if isinstance(definition, OperationDefinitionNode)
    ]
    if name is not None:
        for operation in operations:
            if operation.name and operation.name.value == name:
                return operation
        return GraphQLError(f"Unknown operation named '{name}'.")
    if not operations:
        return GraphQLError("Must provide an operation.")
    if len(operations) > 1:
        return GraphQLError("Must provide operation name if query contains multiple operations.")
    return operations[0]
