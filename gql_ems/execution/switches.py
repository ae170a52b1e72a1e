"""The variables that @skip and @include read: they decide which fields there are."""

from dataclasses import dataclass
from typing import Any

from graphql import (
    DirectiveNode,
    FragmentDefinitionNode,
    OperationDefinitionNode,
    VariableNode,
    Visitor,
    visit,
)
from graphql.execution.values import VariableValues

KNOWN = frozenset({"skip", "include"})


@dataclass(frozen=True, slots=True)
class Switches:
    """The names of the variables, in the order in which the document brings them."""

    names: tuple[str, ...]

    @classmethod
    def of(
        cls, operation: OperationDefinitionNode, fragments: dict[str, FragmentDefinitionNode]
    ) -> "Switches":
        """Find them in an operation and the fragments of its document."""
        seeker = _Directives()
        for node in (operation, *fragments.values()):
            visit(node, seeker)
        return cls(tuple(dict.fromkeys(seeker.variables)))

    def read(self, variables: dict[str, Any]) -> tuple[bool, ...] | None:
        """Read their values, None if one is neither true nor false."""
        if not self.names:
            return ()
        chosen = tuple([variables[name] for name in self.names if variables.get(name) in (True, False)])
        return chosen if len(chosen) == len(self.names) else None

    def as_variables(self, chosen: tuple[bool, ...]) -> VariableValues:
        """Give the values as variables for graphql-core's collecting of fields."""
        return VariableValues({}, dict(zip(self.names, chosen, strict=True)))


def unknown_parts(operation: OperationDefinitionNode, fragments: dict[str, FragmentDefinitionNode]) -> bool:
    """Tell whether something stands in the document that plans do not know."""
    if operation.directives:
        return True
    if any(fragment.variable_definitions or fragment.directives for fragment in fragments.values()):
        return True
    seeker = _Directives()
    for node in (operation, *fragments.values()):
        visit(node, seeker)
    return seeker.unknown


class _Directives(Visitor):
    def __init__(self) -> None:
        super().__init__()
        self.variables: list[str] = []
        self.unknown = False

    def enter_directive(self, node: DirectiveNode, *_: Any) -> None:
        if node.name.value not in KNOWN:
            self.unknown = True
        self.variables += [
            argument.value.name.value
            for argument in node.arguments or ()
            if isinstance(argument.value, VariableNode)
        ]
