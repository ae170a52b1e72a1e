"""Documents that were parsed, checked and compiled once, found again by their text."""

from collections import OrderedDict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from graphql import (
    ASTValidationRule,
    DocumentNode,
    FieldNode,
    GraphQLError,
    GraphQLSchema,
    OperationDefinitionNode,
    parse,
    validate,
)

from gql_ems.execution.answer import Answer
from gql_ems.execution.plan import Plan, Setting, compile_operation, named_operation

# Looks at the variables of a request; raises a GraphQLError to refuse it.
Check = Callable[[Mapping[str, Any]], None]
# Looks at an operation once, when it is first seen; raises to refuse it, or gives a check for each
# request that runs it.
Limit = Callable[[DocumentNode, OperationDefinitionNode], Check | None]

CAPACITY: Final = 1000
# Longer texts are not kept: a few of them would push out everything else.
KEPT_TEXT: Final = 50_000

INTROSPECTION: Final = frozenset({"__schema", "__type", "__typename"})


@dataclass(slots=True, eq=False)
class Operation:
    """An operation of a document, with all that is known before a request brings variables."""

    document: DocumentNode
    node: OperationDefinitionNode
    check: Check | None
    plan: Plan | None
    # The schema alone answers it: nothing of it waits, and it is nobody's secret.
    introspective: bool = False
    # It tells the schema, and always the same of it, which takes long.
    constant: bool = False
    # What it gives with its switches decided, where it has none.
    setting: Setting | None = None
    introspection: Answer | None = None
    shaping: frozenset[str] | None = None

    kind: str = field(init=False)

    def __post_init__(self) -> None:
        self.kind = self.node.operation.value

    @property
    def name(self) -> str | None:
        """The name that the document gives it."""
        return self.node.name.value if self.node.name else None


@dataclass(frozen=True, slots=True)
class Document:
    """A text that was parsed and validated: its operations, or the errors for which it is refused."""

    node: DocumentNode | None
    errors: list[GraphQLError]
    operations: dict[str | None, Operation | list[GraphQLError]] = field(default_factory=dict)


class Documents:
    """Parses, validates, limits and compiles each document once."""

    def __init__(
        self,
        schema: GraphQLSchema,
        rules: Collection[type[ASTValidationRule]],
        *,
        limit: Limit | None = None,
        max_tokens: int | None = None,
        capacity: int = CAPACITY,
        compiled: bool = True,
    ) -> None:
        self._schema = schema
        self._rules = tuple(rules)
        self._limit = limit
        self._max_tokens = max_tokens
        self._compiled = compiled
        self._capacity = capacity
        self._kept: OrderedDict[str, Document] = OrderedDict()
        self.parsed = 0
        self.plans = 0

    def operation(self, text: str, name: str | None) -> Operation | list[GraphQLError]:
        """Give the operation of that name, or the errors for which it cannot run."""
        document = self._document(text)
        if document.node is None or document.errors:
            return document.errors
        known = document.operations.get(name)
        if known is None:
            known = self._prepare(document.node, name)
            if name is None or not isinstance(known, list):
                document.operations[name] = known
        return known

    def forget(self) -> None:
        """Forget every document, for instance when fields were guarded anew."""
        self._kept.clear()

    def _document(self, text: str) -> Document:
        known = self._kept.get(text)
        if known is not None:
            self._kept.move_to_end(text)
            return known
        known = self._read(text)
        if len(text) <= KEPT_TEXT:
            self._kept[text] = known
            if len(self._kept) > self._capacity:
                self._kept.popitem(last=False)
        return known

    def _read(self, text: str) -> Document:
        self.parsed += 1
        try:
            node = parse(text, max_tokens=self._max_tokens)
        except GraphQLError as error:
            return Document(None, [error])
        return Document(node, validate(self._schema, node, self._rules))

    def _prepare(self, document: DocumentNode, name: str | None) -> Operation | list[GraphQLError]:
        node = named_operation(document, name)
        if isinstance(node, GraphQLError):
            return [node]
        try:
            check = None if self._limit is None else self._limit(document, node)
        except GraphQLError as error:
            return [error]
        plan = compile_operation(self._schema, document, name) if self._compiled else None
        self.plans += plan is not None
        roots = node.selection_set.selections
        introspective = all(isinstance(r, FieldNode) and r.name.value in INTROSPECTION for r in roots)
        large = any(isinstance(r, FieldNode) and r.selection_set for r in roots)
        constant = introspective and large and not node.variable_definitions
        return Operation(document, node, check, plan, introspective, constant)
