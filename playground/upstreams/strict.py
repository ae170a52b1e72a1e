"""Checks that a real server would let pass or make itself: unknown body fields, and the content type."""

from collections.abc import Iterable
from typing import Any

from playground.upstreams.needs import Field

JSON, FORM, MULTIPART = "application/json", "application/x-www-form-urlencoded", "multipart/form-data"


def strangers(body: Any, wanted: Iterable[Field]) -> list[str]:
    """Say which fields of a body, an object or a list of objects, no document has."""
    known = {field.name.split(".")[0].removesuffix("[]") for field in wanted}
    items = body if isinstance(body, list) else [body]
    names = sorted({name for item in items if isinstance(item, dict) for name in item} - known)
    return [f"body field {name} is not documented" for name in names]


def strange_query(sent: Iterable[str], wanted: Iterable[Field]) -> list[str]:
    """Say which query parameters no document has."""
    known = {field.name for field in wanted}
    return [f"query parameter {name} is not documented" for name in sorted(set(sent) - known)]


def content_problem(sent: str | None, wanted: str) -> str | None:
    """Say what is wrong with a Content-Type header; parameters such as charset may follow."""
    if sent is None:
        return f"header Content-Type is missing: {wanted}"
    kind = sent.partition(";")[0].strip().lower()
    return None if kind == wanted else f"header Content-Type is {kind[:60]}, not {wanted}"


def shape_problem(body: Any, *, many: bool = False) -> str | None:
    """Say that a body is a list where an object is wanted, or the other way round; no body is no problem here."""
    if body is None or isinstance(body, list) is many:
        return None
    return f"the body is no {'list' if many else 'object'}"
