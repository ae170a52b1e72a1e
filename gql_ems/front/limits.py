"""What a document may cost, and which rules it is checked by; introspection is outside of depth and cost.

Cost: each field that is read is 1, times the rows that the lists around it may hold; a field for which a source needs a
call of its own for each object is 10.
"""

from collections.abc import Callable, Mapping
from typing import Any

from graphql import (
    ASTValidationRule,
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    IntValueNode,
    NoSchemaIntrospectionCustomRule,
    OperationDefinitionNode,
    SelectionSetNode,
    VariableNode,
    get_named_type,
)

from gql_ems.execution import STANDARD_RULES
from gql_ems.front.shape import refused, shape_rule
from gql_ems.settings import LimitSettings

CALLED = frozenset(
    {
        ("Subscriber", "authentication"),
        ("Subscriber", "policy"),
        ("Subscriber", "sessions"),
        ("Entity", "value"),
        ("Entity", "history"),
        ("Entity", "aggregate"),
        ("Entity", "children"),
        ("WorkflowRun", "steps"),
        ("User", "menus"),
        ("Role", "users"),
        ("Role", "menus"),
        ("Role", "resources"),
        ("Organization", "users"),
        ("NetworkElement", "kpis"),
        ("NetworkElement", "onlineUsers"),
        ("NetworkElement", "onlineUserCount"),
        ("NetworkElement", "baseStations"),
        ("NetworkElement", "parameters"),
    }
)
"""Fields that take a call for each object."""

CALL = 10
UNBOUNDED = 10
"""Rows that a list without a page size is taken for."""

Check = Callable[[Mapping[str, Any]], None]


class DocumentLimits:
    """Looks at an operation once; what depends on variables is looked at with each request."""

    def __init__(self, schema: GraphQLSchema, limits: LimitSettings) -> None:
        self._schema = schema
        self._limits = limits

    def __call__(self, document: DocumentNode, operation: OperationDefinitionNode) -> Check | None:
        """Refuses what costs too much whatever its variables are; else gives the check of its cost."""
        fragments = {d.name.value: d for d in document.definitions if isinstance(d, FragmentDefinitionNode)}
        root = self._schema.get_root_type(operation.operation)
        if root is None:
            return None

        def check(variables: Mapping[str, Any]) -> None:
            cost = self._cost(operation.selection_set, root, fragments, variables, 1)
            if cost > self._limits.cost:
                raise refused(
                    f"the query costs {cost}, {self._limits.cost} is allowed; ask for fewer rows or fields"
                )

        if not any(True for _ in operation.variable_definitions or ()):
            check({})
            return None
        return check

    def _cost(
        self,
        selections: SelectionSetNode,
        parent: Any,
        fragments: dict[str, FragmentDefinitionNode],
        variables: Mapping[str, Any],
        rows: int,
    ) -> int:
        total = 0
        for node in selections.selections:
            if isinstance(node, InlineFragmentNode):
                on = self._schema.get_type(node.type_condition.name.value) if node.type_condition else parent
                total += self._cost(node.selection_set, on, fragments, variables, rows)
            elif isinstance(node, FragmentSpreadNode):
                fragment = fragments.get(node.name.value)
                if fragment is not None:
                    on = self._schema.get_type(fragment.type_condition.name.value)
                    total += self._cost(fragment.selection_set, on, fragments, variables, rows)
            elif isinstance(node, FieldNode) and not node.name.value.startswith("__"):
                total += self._field_cost(node, parent, fragments, variables, rows)
            if total > self._limits.cost:
                return total
        return total

    def _field_cost(
        self,
        node: FieldNode,
        parent: Any,
        fragments: dict[str, FragmentDefinitionNode],
        variables: Mapping[str, Any],
        rows: int,
    ) -> int:
        field: GraphQLField | None = getattr(parent, "fields", {}).get(node.name.value)
        if field is None:
            return 0
        called = isinstance(parent, GraphQLObjectType) and (parent.name, node.name.value) in CALLED
        total = rows * CALL if called else 0
        if node.selection_set is None:
            # Leaves are nearly free; a hundred of them weigh what one object does.
            return total
        below = rows * self._rows(node, field, variables)
        return (
            total
            + below
            + self._cost(node.selection_set, get_named_type(field.type), fragments, variables, below)
        )

    def _rows(self, node: FieldNode, field: GraphQLField, variables: Mapping[str, Any]) -> int:
        """How many objects a field may give for one parent; those of a connection are counted at the connection."""
        if "first" in field.args:
            for argument in node.arguments or ():
                if argument.name.value == "first":
                    value = argument.value
                    if isinstance(value, IntValueNode):
                        return max(1, int(value.value))
                    if isinstance(value, VariableNode):
                        given = variables.get(value.name.value)
                        if isinstance(given, int):
                            return max(1, given)
            default = field.args["first"].default_value
            return default if isinstance(default, int) else UNBOUNDED
        if "ids" in field.args and any(a.name.value == "ids" for a in node.arguments or ()):
            return UNBOUNDED
        return 1


class NoIntrospection(NoSchemaIntrospectionCustomRule):
    """Refuses to tell the schema, where introspection is switched off."""


def rules_of(limits: LimitSettings) -> tuple[type[ASTValidationRule], ...]:
    """The rules that a document is checked by, its shape before all others."""
    rules = (shape_rule(limits), *STANDARD_RULES)
    return rules if limits.introspection else (*rules, NoIntrospection)
