"""How a value becomes its part of the answer, by its type in the schema."""

from collections.abc import Callable
from typing import Any, cast

from graphql import (
    GraphQLAbstractType,
    GraphQLLeafType,
    GraphQLList,
    GraphQLObjectType,
    GraphQLOutputType,
    Undefined,
    default_type_resolver,
    get_nullable_type,
    is_abstract_type,
    is_leaf_type,
    is_list_type,
    is_non_null_type,
    is_object_type,
)
from graphql.execution.executor import Executor as GraphQLExecutor
from graphql.execution.executor import invalid_return_type_error

from gql_ems.execution.failures import Path
from gql_ems.execution.field import Field
from gql_ems.execution.gathering import in_task
from gql_ems.execution.info import info_below
from gql_ems.execution.kinds import KINDS, Coroutine, Kinds, awaits
from gql_ems.execution.leaves import usual_items
from gql_ems.execution.lists import list_completer
from gql_ems.execution.run import Run
from gql_ems.execution.waiting import Complete

# A function compiled for one selection: a record and its path in, its part of the answer out. Where
# it has the attribute `usual`, that completes lists of records in which nothing is unusual.
Select = Callable[[Run, Any, Path | None], Any]
# Gives that function for an object type and the selection of a field.
Selections = Callable[[GraphQLObjectType, Field], Select]


def completer(of_type: GraphQLOutputType, field: Field, selections: Selections) -> Complete:
    """Make what completes a value that is not awaitable to the given type."""
    return _unless_null(of_type, field, _inner(get_nullable_type(of_type), field, selections))


def _unless_null(of_type: GraphQLOutputType, field: Field, inner: Complete) -> Complete:
    """Make what decides about null and exceptions, before a value is completed."""
    required = is_non_null_type(of_type)
    message = f"Cannot return null for non-nullable field {field.parent}.{field.name}."

    def complete(run: Run, value: Any, path: Path) -> Any:
        if KINDS[value.__class__]:
            if value is None or value is Undefined:
                if required:
                    raise TypeError(message)
                return None
            if isinstance(value, Exception):
                raise value
        return inner(run, value, path)

    return complete


def _inner(of_type: Any, field: Field, selections: Selections) -> Complete:
    if is_list_type(of_type):
        return _list(of_type, field, selections)
    if is_leaf_type(of_type):
        return _leaf(of_type)
    if is_abstract_type(of_type):
        return _abstract(of_type, field, selections)
    return _object(of_type, field, selections)


def _list(of_type: GraphQLList[Any], field: Field, selections: Selections) -> Complete:
    item_type: Any = get_nullable_type(of_type.of_type)
    inner = _inner(item_type, field, selections)
    complete = _unless_null(of_type.of_type, field, inner)
    usual = usual_items(item_type) if is_leaf_type(item_type) else None
    kinds = records_of(item_type) if is_object_type(item_type) else None
    if kinds is None:
        return list_completer(of_type, field, complete, KINDS, inner, usual)
    select = selections(item_type, field)
    return list_completer(of_type, field, complete, kinds, select, getattr(select, "usual", None))


def _leaf(of_type: GraphQLLeafType) -> Complete:
    def complete(_run: Run, value: Any, _path: Path) -> Any:
        return GraphQLExecutor.complete_leaf_value(of_type, value)

    return complete


def records_of(of_type: GraphQLObjectType) -> Kinds | None:
    """Give the classes whose instances are of a type for sure; None where each value has to be asked.

    A type without `is_type_of` takes whatever is plain; an `is_type_of` with the attribute `record`
    holds for all instances of that class.
    """
    if of_type.is_type_of is None:
        return KINDS
    record = getattr(of_type.is_type_of, "record", None)
    return Kinds(record) if isinstance(record, type) else None


def _object(of_type: GraphQLObjectType, field: Field, selections: Selections) -> Complete:
    select = selections(of_type, field)
    is_type_of = of_type.is_type_of
    if is_type_of is None:
        return select

    async def later(run: Run, value: Any, path: Path, verdict: Any) -> Any:
        if not await in_task(verdict):
            raise invalid_return_type_error(of_type, value, field.details)
        done = select(run, value, path)
        return await done if done.__class__ is Coroutine else done

    def checked(run: Run, value: Any, path: Path) -> Any:
        verdict = is_type_of(value, cast("Any", info_below(run, field, path)))
        if verdict is not True:
            if awaits(verdict):
                return later(run, value, path, verdict)
            if not verdict:
                raise invalid_return_type_error(of_type, value, field.details)
        return select(run, value, path)

    kinds = records_of(of_type)
    if kinds is None:
        return checked

    def known(run: Run, value: Any, path: Path) -> Any:
        return checked(run, value, path) if kinds[value.__class__] else select(run, value, path)

    return known


def _abstract(of_type: GraphQLAbstractType, field: Field, selections: Selections) -> Complete:
    resolve_type = of_type.resolve_type or default_type_resolver
    known: dict[str, Complete] = {}

    def of_name(run: Run, name: Any, value: Any, info: Any) -> Complete:
        found = known.get(name) if name.__class__ is str else None
        if found is None:
            # graphql-core's own check, for its own words when the name is no good.
            valid = cast("Any", GraphQLExecutor.ensure_valid_runtime_type)
            runtime = valid(run, name, of_type, field.details, info, value)
            found = known[name] = _object(runtime, field, selections)
        return found

    async def later(run: Run, value: Any, path: Path, info: Any, name: Any) -> Any:
        done = of_name(run, await in_task(name), value, info)(run, value, path)
        return await done if done.__class__ is Coroutine else done

    def complete(run: Run, value: Any, path: Path) -> Any:
        info: Any = info_below(run, field, path)
        name = resolve_type(value, info, of_type)
        if awaits(name):
            return later(run, value, path, info, name)
        return of_name(run, name, value, info)(run, value, path)

    return complete
