"""The answer to an operation, and its bytes."""

import json
from typing import Any

import orjson
from graphql import GraphQLError
from msgspec import Struct


class Answer(Struct, frozen=True):
    """Data and errors of an operation; `executed` is false when it was refused before it began."""

    data: dict[str, Any] | None
    errors: list[GraphQLError] | None = None
    executed: bool = True

    @property
    def formatted(self) -> dict[str, Any]:
        """The answer as the GraphQL specification lays it out."""
        laid_out: dict[str, Any] = {}
        if self.errors:
            laid_out["errors"] = [error.formatted for error in self.errors]
        if self.executed:
            laid_out["data"] = self.data
        return laid_out

    def encode(self) -> bytes:
        """Give the answer as JSON."""
        return encode(self.formatted)


def encode(value: Any) -> bytes:
    """Write JSON, also where it holds what the fast writer refuses.

    That is whole numbers beyond 64 bits and halves of surrogate pairs, which a source may send
    inside of a `JSON` value.
    """
    try:
        return orjson.dumps(value, option=orjson.OPT_NON_STR_KEYS)
    except TypeError:
        return json.dumps(value, default=str, separators=(",", ":")).encode()
