"""What a GraphQL request asks for: document, operation, variables, extensions; refused where it is malformed."""

from collections.abc import Mapping
from typing import Any

import orjson
from msgspec import Struct

from adapters.errors import BadInput

DEEPEST = 64
"""Levels of JSON in a request: what resolvers and the audit log walk through must not be bottomless."""

KINDS = {"query": str, "operationName": str, "documentId": str, "variables": dict, "extensions": dict}


class Parameters(Struct, frozen=True):
    """One operation to run."""

    query: str | None = None
    operation_name: str | None = None
    variables: dict[str, Any] | None = None
    extensions: dict[str, Any] | None = None
    document_id: str | None = None


def of_body(body: Any) -> Parameters:
    """The parameters in a JSON body."""
    if not isinstance(body, dict):
        raise BadInput("a request is a JSON object")
    for name, value in body.items():
        kind = KINDS.get(name)
        if kind is not None and value is not None and not isinstance(value, kind):
            raise BadInput(f"`{name}` is {'a string' if kind is str else 'an object'}", (name,))
    return Parameters(
        query=body.get("query"),
        operation_name=body.get("operationName") or None,
        document_id=body.get("documentId"),
        variables=body.get("variables"),
        extensions=body.get("extensions"),
    )


def of_query(query: Mapping[str, str]) -> Parameters:
    """The parameters in a URL; variables and extensions are JSON texts."""
    body: dict[str, Any] = {k: query[k] for k in ("query", "operationName", "documentId") if k in query}
    for name in ("variables", "extensions"):
        text = query.get(name)
        if text:
            body[name] = parsed(text.encode(), name)
    return of_body(body)


def parsed(body: bytes, field: str = "body") -> Any:
    """JSON, or BadInput."""
    try:
        found = orjson.loads(body)
    except orjson.JSONDecodeError:
        raise BadInput(f"the {field} is not JSON", (field,)) from None
    # Counting brackets costs nothing; only what has many of them is looked at closely.
    if body.count(b"[") + body.count(b"{") > DEEPEST and _deeper_than(DEEPEST, found):
        raise BadInput(f"the {field} is nested deeper than {DEEPEST}", (field,))
    return found


def _deeper_than(limit: int, value: Any) -> bool:
    level = [value]
    for _ in range(limit):
        below: list[Any] = []
        for item in level:
            if isinstance(item, dict):
                below.extend(item.values())
            elif isinstance(item, list):
                below.extend(item)
        level = [item for item in below if isinstance(item, dict | list)]
        if not level:
            return False
    return True
