"""The arguments of one field of a document, coerced once for each execution."""

from collections.abc import Coroutine
from datetime import date, time, timedelta
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID

from graphql import (
    FieldNode,
    VariableNode,
    Visitor,
    get_nullable_type,
    is_input_object_type,
    is_list_type,
    visit,
)
from graphql.execution.values import get_argument_values

from gql_ems.execution.field import Field
from gql_ems.execution.inputs import Inputs
from gql_ems.execution.run import Run

IMMUTABLE = (str, int, float, bool, type(None), Enum, date, time, timedelta, Decimal, UUID)


class Arguments:
    """Coerces the arguments of a field, from literals, variables and defaults.

    What depends on neither a variable nor a value that a resolver could change is worked out
    once for the document, the rest once for each execution.
    """

    __slots__ = ("_constant", "_declared", "_field", "_frozen", "_literal")

    def __init__(self, field: Field, inputs: Inputs) -> None:
        self._field = field
        declaration = field.strawberry
        self._declared = inputs.arguments([] if declaration is None else declaration.arguments)
        self._constant = not reads_variable(field.nodes[0])
        self._literal: dict[str, Any] | None = None
        self._frozen: dict[str, Any] | None = None

    def coerced(self, run: Run) -> dict[str, Any]:
        """Give the arguments as graphql-core does: by their names in the schema."""
        if self._literal is not None:
            return self._literal
        field = self._field
        values = get_argument_values(field.definition, field.nodes[0], run.variables, None)
        if self._constant and all(
            is_plain(argument.type, values[name])
            for name, argument in field.definition.args.items()
            if name in values
        ):
            self._literal = values
        return values

    def passed(self, run: Run) -> dict[str, Any]:
        """Give the arguments to a field's own `resolve`, which converts them itself."""
        known = run.arguments.get(self)
        if known is None:
            known = run.arguments[self] = self.coerced(run)
        return known

    def converted(self, run: Run, info: Any) -> dict[str, Any]:
        """Give the arguments as strawberry does: by their names in Python, inputs as instances."""
        known = run.arguments.get(self) if self._frozen is None else self._frozen
        if known is None:
            known = self._convert(self.coerced(run), info)
            self._keep(run, known)
        return known

    def awaited(self, run: Run, info: Any) -> dict[str, Any] | Coroutine[Any, Any, Any]:
        """Give the arguments of an async resolver.

        What strawberry fails to convert for an async field shows when it is awaited, after the
        fields beside it were begun, so here the failure comes as something to await.
        """
        known = run.arguments.get(self) if self._frozen is None else self._frozen
        if known is None:
            coerced = self.coerced(run)
            try:
                known = self._convert(coerced, info)
            except Exception as error:  # noqa: BLE001
                return _failed(error)
            self._keep(run, known)
        return known

    def _convert(self, coerced: dict[str, Any], info: Any) -> dict[str, Any]:
        return {
            python_name: convert(coerced[name], info)
            for name, python_name, convert in self._declared
            if name in coerced
        }

    def _keep(self, run: Run, known: dict[str, Any]) -> None:
        if self._constant and all(isinstance(value, IMMUTABLE) for value in known.values()):
            self._frozen = known
        else:
            run.arguments[self] = known


def is_plain(of_type: Any, value: Any) -> bool:
    """Tell whether a coerced value holds nothing that a resolver could be handed and change.

    Lists and input objects are made anew for each request; what custom scalars give is not.
    """
    inner = get_nullable_type(of_type)
    if value is None:
        return True
    if is_list_type(inner):
        return isinstance(value, list) and all(is_plain(inner.of_type, item) for item in value)
    if is_input_object_type(inner):
        fields = inner.fields
        return isinstance(value, dict) and all(
            name in fields and is_plain(fields[name].type, item) for name, item in value.items()
        )
    return isinstance(value, IMMUTABLE)


def reads_variable(node: FieldNode) -> bool:
    """Tell whether an argument of the field, at any depth, is a variable."""
    seeker = _VariableSeeker()
    for argument in node.arguments or ():
        visit(argument, seeker)
    return seeker.found


class _VariableSeeker(Visitor):
    def __init__(self) -> None:
        super().__init__()
        self.found = False

    def enter_variable(self, _node: VariableNode, *_: Any) -> None:
        self.found = True


async def _failed(error: Exception) -> Any:
    raise error
