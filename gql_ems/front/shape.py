"""The shape of a document, measured before it is validated: validating is what a bomb makes expensive."""

from collections.abc import Iterator
from typing import Any

from graphql import (
    ASTValidationRule,
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
)
from graphql.validation.validate import ValidationAbortedError

from adapters.errors import ErrorCode
from gql_ems.settings import LimitSettings

MOST_SELECTIONS = 20_000
"""Selections after fragments are unfolded: a few that use each other twice would be millions."""

MOST_FRAGMENTS = 100
MOST_ALIKE = 64
"""Places that ask for one field of the answer: validation compares each with each."""

MOST_TYPES_ASKED = 10
"""`__type` fields of one operation; of `__schema` one is enough for anybody."""

Fragments = dict[str, FragmentDefinitionNode]
Placed = tuple[SelectionSetNode, frozenset[str]]
"""A selection, and the fragments that it lies inside of."""


def shape_rule(limits: LimitSettings) -> type[ASTValidationRule]:
    """A rule that has to stand first: a document of a bad shape is refused before any other rule looks at it."""

    class ShapeRule(ASTValidationRule):
        def enter_document(self, node: DocumentNode, *_: Any) -> None:
            try:
                measure(node, limits)
            except GraphQLError as error:
                raise ValidationAbortedError(error.message, extensions=error.extensions) from None

    return ShapeRule


def measure(document: DocumentNode, limits: LimitSettings) -> None:
    """Refuses a document that is too deep or too wide, whatever it asks for."""
    fragments: Fragments = {
        d.name.value: d for d in document.definitions if isinstance(d, FragmentDefinitionNode)
    }
    if len(fragments) > MOST_FRAGMENTS:
        raise refused(f"at most {MOST_FRAGMENTS} fragments")
    sizes: dict[str, int] = {}
    for definition in document.definitions:
        if isinstance(definition, OperationDefinitionNode):
            if _unfolded(definition.selection_set, fragments, sizes, frozenset()) > MOST_SELECTIONS:
                raise refused("the query's fragments unfold to too many fields")
            Shape(fragments, limits).of(definition)


class Shape:
    """Walks an operation as its answer will be: what asks for the same place of the answer is taken together."""

    def __init__(self, fragments: Fragments, limits: LimitSettings) -> None:
        self._fragments = fragments
        self._limits = limits
        self._aliases = 0

    def of(self, operation: OperationDefinitionNode) -> None:
        """Refuses an operation that is too deep, has too many aliases, or asks for one thing too often."""
        self._introspections(operation)
        pending: list[tuple[list[Placed], int, bool]] = [([(operation.selection_set, frozenset())], 1, False)]
        while pending:
            places, depth, introspective = pending.pop()
            if depth > self._limits.depth and not introspective:
                raise refused(f"the query is nested deeper than {self._limits.depth}")
            for fields in self._alike(places).values():
                below = [(f.selection_set, inside) for f, inside in fields if f.selection_set is not None]
                if below:
                    pending.append(
                        (below, depth + 1, introspective or fields[0][0].name.value.startswith("__"))
                    )

    def _alike(self, places: list[Placed]) -> dict[str, list[tuple[FieldNode, frozenset[str]]]]:
        """The fields of selections that are taken together, by the name that they have in the answer."""
        found: dict[str, list[tuple[FieldNode, frozenset[str]]]] = {}
        for field, inside in _fields(places, self._fragments):
            if field.alias is not None:
                self._aliases += 1
                if self._aliases > self._limits.aliases:
                    raise refused(f"at most {self._limits.aliases} aliases")
            name = field.alias.value if field.alias else field.name.value
            alike = found.setdefault(name, [])
            alike.append((field, inside))
            if len(alike) > MOST_ALIKE:
                raise refused(f"{name[:80]!r} is asked for in more than {MOST_ALIKE} places")
        return found

    def _introspections(self, operation: OperationDefinitionNode) -> None:
        """The schema is large: asking for all of it many times in one operation is no question."""
        asked = [f.name.value for f, _ in _fields([(operation.selection_set, frozenset())], self._fragments)]
        if asked.count("__schema") > 1 or asked.count("__type") > MOST_TYPES_ASKED:
            raise refused("the schema is asked for too often in one operation")


def _fields(places: list[Placed], fragments: Fragments) -> Iterator[tuple[FieldNode, frozenset[str]]]:
    """The fields of selections, fragments opened, each fragment once; one inside of itself is left to validation."""
    pending = list(reversed(places))
    opened: set[str] = set()
    while pending:
        selections, inside = pending.pop()
        for node in selections.selections:
            if isinstance(node, FieldNode):
                yield node, inside
            elif isinstance(node, InlineFragmentNode):
                pending.append((node.selection_set, inside))
            elif isinstance(node, FragmentSpreadNode):
                name = node.name.value
                if name in fragments and name not in inside and name not in opened:
                    opened.add(name)
                    pending.append((fragments[name].selection_set, inside | {name}))


def _unfolded(
    selections: SelectionSetNode, fragments: Fragments, sizes: dict[str, int], inside: frozenset[str]
) -> int:
    """How many selections there are with each fragment written out wherever it is used."""
    total = len(selections.selections)
    for node in selections.selections:
        if isinstance(node, FragmentSpreadNode):
            name = node.name.value
            if name not in fragments or name in inside:
                continue
            if name not in sizes:
                sizes[name] = _unfolded(fragments[name].selection_set, fragments, sizes, inside | {name})
            total += sizes[name]
        elif isinstance(node, FieldNode | InlineFragmentNode) and node.selection_set is not None:
            total += _unfolded(node.selection_set, fragments, sizes, inside)
    return total


def refused(message: str) -> GraphQLError:
    """A query that asks for too much."""
    return GraphQLError(message, extensions={"code": ErrorCode.QUERY_TOO_COMPLEX.value})
