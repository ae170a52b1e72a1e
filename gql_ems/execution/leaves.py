"""Leaf values: the test that lets a common value pass as it is, in source for compiled selections."""

from collections.abc import Callable
from enum import Enum
from typing import Any, Final

from graphql import (
    GraphQLBoolean,
    GraphQLEnumType,
    GraphQLFloat,
    GraphQLID,
    GraphQLInt,
    GraphQLLeafType,
    GraphQLString,
)

# The value passes unless the test holds; what it holds for takes the slow way, where graphql-core's
# own coercion decides. `{v}` is the name of the value in the source.
UNUSUAL: Final = {
    id(GraphQLString): "{v}.__class__ is not str",
    id(GraphQLID): "{v}.__class__ is not str",
    id(GraphQLInt): "({v}.__class__ is not int or not -2147483648 <= {v} <= 2147483647)",
    id(GraphQLFloat): "({v}.__class__ is not float or {v} - {v} != 0.0)",
    id(GraphQLBoolean): "({v} is not True and {v} is not False)",
}


def unusual(of_type: GraphQLLeafType) -> str | None:
    """Give the test for values that a built-in scalar does not pass on as they are."""
    return UNUSUAL.get(id(of_type))


def member_names(of_type: GraphQLEnumType) -> dict[int, str]:
    """Give the names of an enum's members, by the identity of the member.

    Members live as long as their class, which the schema holds, so an identity is never reused;
    it is found without the hash that every enum computes in Python.
    """
    wrapped = getattr(of_type, "wrapped_cls", None)
    if not (isinstance(wrapped, type) and issubclass(wrapped, Enum)):
        return {}
    names: dict[int, str] = {}
    for member in wrapped:
        try:
            names[id(member)] = of_type.coerce_output_value(member)
        except Exception:  # noqa: BLE001, S112
            continue
    return names


def coercion(of_type: Any) -> Callable[[Any], Any]:
    """Give the function that a custom scalar is coerced with."""
    found: Callable[[Any], Any] = of_type.coerce_output_value
    return found
