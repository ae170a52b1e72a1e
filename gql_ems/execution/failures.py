"""Errors of fields: where they stand in the answer, and which of them are told."""

from collections.abc import Callable
from typing import Any

from graphql import FieldNode, GraphQLError, located_error
from graphql.pyutils import Path as GraphQLPath

# A path is a chain of plain tuples (parent, key, type name): far cheaper than graphql-core's
# named tuples, of which nothing is needed until something goes wrong.
Path = tuple[Any, str | int, str | None]

Fail = Callable[["Failures", Exception, Path], None]


def keys(path: Path | None) -> list[str | int]:
    """Give the path as the list that stands in an error."""
    flat: list[str | int] = []
    while path is not None:
        flat.append(path[1])
        path = path[0]
    flat.reverse()
    return flat


def as_graphql_path(path: Path) -> GraphQLPath:
    """Give the path as graphql-core's, for resolvers that read `info.path`."""
    parent = path[0]
    return GraphQLPath(None if parent is None else as_graphql_path(parent), path[1], path[2])


class Failures:
    """The errors of one execution, without those below a place that is null already."""

    __slots__ = ("errors", "positions")

    def __init__(self) -> None:
        self.errors: list[GraphQLError] = []
        self.positions: set[Path | None] = set()

    def add(self, error: GraphQLError, path: Path | None) -> None:
        """Keep an error, unless its place or one above it has become null before."""
        positions = self.positions
        if positions:
            above = path
            while above is not None:
                if above in positions:
                    return
                above = above[0]
            if None in positions:
                return
        positions.add(path)
        self.errors.append(error)


def nullable_fail(nodes: list[FieldNode]) -> Fail:
    """Make what a nullable field does with an exception: tell it and be null."""

    def fail(failures: Failures, error: Exception, path: Path) -> None:
        failures.add(located_error(error, nodes, keys(path)), path)

    return fail


def required_fail(nodes: list[FieldNode]) -> Fail:
    """Make what a non-null field does with an exception: hand it up to the field above."""

    def fail(_: Failures, error: Exception, path: Path) -> None:
        raise located_error(error, nodes, keys(path))

    return fail
