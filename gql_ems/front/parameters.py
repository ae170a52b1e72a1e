"""What a GraphQL request asks for: document, operation, variables, extensions; refused where it is malformed."""

from collections.abc import Mapping
from typing import Any

import orjson
from msgspec import Struct

from adapters.errors import BadInput


class Parameters(Struct, frozen=True):
    """One operation to run."""

    query: str | None = None
    operation_name: str | None = None
    variables: dict[str, Any] | None = None
    extensions: dict[str, Any] | None = None


def of_body(body: Any) -> Parameters:
    """The parameters in a JSON body."""
    if not isinstance(body, dict):
        raise BadInput("a request is a JSON object")
    query = body.get("query")
    if query is not None and not isinstance(query, str):
        raise BadInput("`query` is a string", ("query",))
    name = body.get("operationName")
    if name is not None and not isinstance(name, str):
        raise BadInput("`operationName` is a string", ("operationName",))
    return Parameters(
        query=query,
        operation_name=name or None,
        variables=_map(body, "variables"),
        extensions=_map(body, "extensions"),
    )


def of_query(query: Mapping[str, str]) -> Parameters:
    """The parameters in a URL; variables and extensions are JSON texts."""
    body: dict[str, Any] = {k: query[k] for k in ("query", "operationName") if k in query}
    for name in ("variables", "extensions"):
        text = query.get(name)
        if text:
            body[name] = parsed(text.encode(), name)
    return of_body(body)


def parsed(body: bytes, field: str = "body") -> Any:
    """JSON, or BadInput."""
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError:
        raise BadInput(f"the {field} is not JSON", (field,)) from None


def _map(body: dict[str, Any], name: str) -> dict[str, Any] | None:
    value = body.get(name)
    if value is not None and not isinstance(value, dict):
        raise BadInput(f"`{name}` is an object", (name,))
    return value
