"""Resolvers and records that give nulls, errors, awaitables and wrong types by a seed, for any schema."""

import asyncio
import enum
import inspect
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from random import Random
from typing import Any

import strawberry
from graphql import (
    GraphQLEnumType,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    is_abstract_type,
    is_enum_type,
    is_list_type,
    is_non_null_type,
    is_object_type,
)

WRONG = (object(), "", "text", 7, 2**70, 1.5, float("nan"), True, [1], {"a": 1}, b"bytes", ())

LEAVES: dict[str, tuple[Any, ...]] = {
    "String": ("a", "", "ü"),
    "ID": ("id-1", 5),
    "Int": (0, 7, -(2**31)),
    "Float": (0.5, 3, -1e9),
    "Boolean": (True, False),
    "DateTime": (datetime(2023, 3, 29, 15, 56, 9, tzinfo=UTC),),
    "Date": (date(2024, 12, 31),),
    "Long": (2**40, 2**60),
    "JSON": ({"a": [1, None]}, "x", 3),
}


class ChaosRecord:
    """Has every attribute that its type asks for, each with a value drawn from its own seed."""

    def __init__(self, chaos: "Chaos", typename: str, seed: str) -> None:
        self._chaos = chaos
        self._typename = typename
        self._seed = seed

    def __getattr__(self, name: str) -> Any:
        of_type = None if name.startswith("_") else self._chaos.attributes[self._typename].get(name)
        if of_type is None:
            raise AttributeError(name)
        return self._chaos.value(of_type, f"{self._seed}.{name}")

    def __repr__(self) -> str:
        return f"<{self._typename}>"


class Chaos:
    """Draws values for types; equal seeds give equal values, however often they are drawn."""

    def __init__(self, schema: strawberry.Schema) -> None:
        self.schema: GraphQLSchema = schema._schema
        self.seed = 0
        self.calm = False
        self.promises = False
        self.attributes: dict[str, dict[str, Any]] = {}
        self.records: dict[str, type[ChaosRecord]] = {}
        for of_type in self.schema.type_map.values():
            if is_object_type(of_type):
                self.records[of_type.name] = type(of_type.name, (ChaosRecord,), {})
                self.attributes[of_type.name] = {
                    declared(field).python_name: field.type
                    for field in of_type.fields.values()
                    if declared(field) is not None
                }

    def value(self, of_type: Any, seed: str) -> Any:
        """Draw a value, or something else in its place."""
        random = Random(f"{self.seed}:{seed}")
        draw = random.random()
        if self.calm or draw < 0.86:
            return self.proper(of_type, seed, random)
        if draw < 0.94:
            value = self.value(of_type, f"{seed}~")
            if self.promises and random.random() < 0.6 and not inspect.isawaitable(value):
                return promised(value, random.randrange(4))
            return self.late(value, random.randrange(4))
        if draw < 0.965:
            return None
        if draw < 0.975:
            return ValueError(f"returned at {seed}")
        if draw < 0.985:
            return self.late(ZeroDivisionError(f"raised at {seed}"), random.randrange(3), fail=True)
        return random.choice(WRONG)

    def proper(self, of_type: Any, seed: str, random: Random) -> Any:
        """Draw a value as the type wants it."""
        if is_non_null_type(of_type):
            of_type = of_type.of_type
        if is_list_type(of_type):
            items = [self.value(of_type.of_type, f"{seed}[{i}]") for i in range(random.randrange(4))]
            return tuple(items) if random.random() < 0.3 else items
        if is_abstract_type(of_type):
            of_type = random.choice(list(self.schema.get_possible_types(of_type)))
        if is_object_type(of_type):
            return self.records[of_type.name](self, of_type.name, seed)
        if is_enum_type(of_type):
            return random.choice(list(members(of_type)))
        return random.choice(LEAVES.get(of_type.name, WRONG))

    async def late(self, value: Any, ticks: int, *, fail: bool = False) -> Any:
        """Give a value some turns of the loop later."""
        for _ in range(ticks):
            await asyncio.sleep(0)
        if inspect.isawaitable(value):
            return await value
        if fail:
            raise value
        return value

    def result(self, of_type: Any, source: Any, name: str, arguments: dict[str, Any]) -> Any:
        """Draw what a resolver gives; sometimes it raises."""
        above = source._seed if isinstance(source, ChaosRecord) else "root"
        seed = f"{above}.{name}({sorted(arguments.items(), key=str)!r})"
        if not self.calm and Random(f"{self.seed}!{seed}").random() < 0.03:
            raise LookupError(f"not found: {name}")
        return self.value(of_type, seed)


def promised(value: Any, ticks: int) -> "asyncio.Future[Any]":
    """Give a future, as a loader does, that has the value or exception some turns of the loop later."""
    loop = asyncio.get_running_loop()
    future: asyncio.Future[Any] = loop.create_future()

    def turn(left: int) -> None:
        if left:
            loop.call_soon(turn, left - 1)
        elif not future.done() and isinstance(value, Exception):
            future.set_exception(value)
            future.exception()
        elif not future.done():
            future.set_result(value)

    turn(ticks)
    return future


def declared(field: Any) -> Any:
    return field.extensions.get("strawberry-definition")


def members(of_type: GraphQLEnumType) -> list[Any]:
    wrapped = getattr(of_type, "wrapped_cls", None)
    if isinstance(wrapped, type) and issubclass(wrapped, enum.Enum):
        return list(wrapped)
    return [value.value for value in of_type.values.values()]


@contextmanager
def unleashed(schema: strawberry.Schema, *, promises: bool = False) -> Iterator[Chaos]:
    """Let chaos stand in for every resolver of the schema.

    With promises, values may be futures, and fields that are declared to be light are so: then
    failures that race with each other may be told in another order than graphql-core's.
    """
    chaos = Chaos(schema)
    chaos.promises = promises
    undo: list[Any] = []
    for of_type in chaos.schema.type_map.values():
        if not is_object_type(of_type) or of_type.name.startswith("__"):
            continue
        if of_type.is_type_of is not None:
            undo.append((of_type, "is_type_of", of_type.is_type_of))
            of_type.is_type_of = recognize(chaos, of_type)
        for field in of_type.fields.values():
            declaration = declared(field)
            resolver = declaration and declaration.base_resolver
            if resolver:
                # A stand-in reads no attribute, and only promises may race.
                undo.append((declaration, "metadata", declaration.metadata))
                light = promises and declaration.metadata.get("light")
                declaration.metadata = {"light": True} if light else {}
            if resolver:
                undo.append((resolver, "wrapped_func", resolver.wrapped_func))
                resolver.wrapped_func = stand_in(chaos, of_type, field)
    try:
        yield chaos
    finally:
        for owner, name, value in reversed(undo):
            setattr(owner, name, value)


def recognize(chaos: Chaos, of_type: GraphQLObjectType) -> Any:
    record = chaos.records[of_type.name]

    def is_type_of(value: Any, _info: Any) -> bool:
        return isinstance(value, record)

    if hasattr(of_type.is_type_of, "record"):
        is_type_of.record = record
    return is_type_of


def stand_in(chaos: Chaos, of_type: GraphQLObjectType, field: Any) -> Any:
    declaration = declared(field)
    resolver = declaration.base_resolver
    reserved = [resolver.parent_parameter, resolver.root_parameter, resolver.info_parameter]
    names = [parameter.name for parameter in reserved if parameter is not None]
    root = of_type is chaos.schema.get_type(of_type.name) and of_type in (
        chaos.schema.query_type,
        chaos.schema.mutation_type,
    )

    def result(*args: Any, **kwargs: Any) -> Any:
        given = {name: value for name, value in kwargs.items() if name not in names}
        sources = [*args, *(kwargs[name] for name in names[:-1] if name in kwargs)]
        source = sources[0] if sources and not root else None
        return chaos.result(field.type, source, declaration.python_name, given)

    async def later(*args: Any, **kwargs: Any) -> Any:
        value = result(*args, **kwargs)
        return await value if inspect.isawaitable(value) else value

    async def events(*_args: Any, **_kwargs: Any) -> AsyncIterator[Any]:
        for number in range(3):
            value = chaos.value(field.type, f"{field.type}#{number}")
            if inspect.isawaitable(value):
                getattr(value, "close", value.cancel if asyncio.isfuture(value) else None)()
                value = chaos.proper(field.type, f"{field.type}#{number}", Random(number))
            yield value

    if declaration.is_subscription:
        return events
    return later if declaration.is_async else result


def needs_custom_literals(schema: GraphQLSchema) -> set[str]:
    """Name the scalars for which random queries must be told what a literal looks like."""
    return {
        str(get_named_type(of_type))
        for of_type in schema.type_map.values()
        if type(of_type).__name__ == "GraphQLScalarType"
    } - {"String", "ID", "Int", "Float", "Boolean"}
