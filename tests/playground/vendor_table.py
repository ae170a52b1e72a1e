"""The ledger's operations as cases: what to call, and which names an answer must hold."""

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

LEDGER = Path(__file__).parents[1] / "samples" / "ledger"


def operations(vendor: str) -> list[Any]:
    """Give the documented operations of a vendor, each named by its id in test reports."""
    rows = json.loads((LEDGER / f"{vendor}.json").read_text("utf-8"))
    return [pytest.param(row, id=row["id"]) for row in rows]


def filled(path: str, values: dict[str, Any]) -> str:
    """Fill a documented path's braces; a name without a value is a KeyError."""
    return re.sub(r"\{([^}]+)\}", lambda match: quote(str(values[match[1]]), safe=""), path)


def names(value: Any, path: str = "") -> set[str]:
    """List the property names of a JSON value as dotted paths; rows of a list count together."""
    if isinstance(value, list):
        return {name for one in value for name in names(one, path)}
    if not isinstance(value, dict):
        return set()
    found = set()
    for name, one in value.items():
        # Free-form maps stand in the documents as an empty name.
        if name:
            found |= {f"{path}{name}"} | names(one, f"{path}{name}.")
    return found


def documented_names(operation: dict[str, Any]) -> set[str]:
    """List the names that a successful answer has in the document, from its example or its table."""
    examples = [one["body"] for one in operation["response"]["examples"] if one.get("status") in {200, None}]
    if examples:
        return names(examples[0])
    return {row["name"].replace("[]", "") for row in operation["response"]["fields"]}
