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


# Gives a list of leaves as it stands in the answer, or None where it needs a closer look.
UsualItems = Callable[[Any], list[Any] | None]


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


def usual_items(of_type: GraphQLLeafType) -> UsualItems | None:
    """Make what passes lists of common values at once, for the types that have such values."""
    test = unusual(of_type)
    if test is not None:
        scope: dict[str, Any] = {}
        condition = test.format(v="item")
        source = f"def usual(items):\n    for item in items:\n        if {condition}: return None\n    return list(items)\n"
        exec(source, scope)  # noqa: S102
        found: UsualItems = scope["usual"]
        return found
    names = member_names(of_type) if isinstance(of_type, GraphQLEnumType) else None
    if not names:
        return None

    def members(items: Any) -> list[Any] | None:
        try:
            return [names[id(item)] for item in items]
        except KeyError:
            return None

    return members


def coercion(of_type: Any) -> Callable[[Any], Any]:
    """Give the function that a custom scalar is coerced with."""
    found: Callable[[Any], Any] = of_type.coerce_output_value
    return found
