"""Fields that only the OMC asks for, taken out of a draft's `native`."""

from collections.abc import Mapping
from typing import Any

from adapters.errors import BadInput


def taken(native: Mapping[str, Any] | None, allowed: Mapping[str, type]) -> dict[str, Any]:
    """The given fields by name; an unknown name or a wrong type is the caller's mistake."""
    given = dict(native or {})
    for name, value in given.items():
        kind = allowed.get(name)
        if kind is None:
            raise BadInput(f"native.{name} is none of {', '.join(sorted(allowed))}", ("native", name))
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise BadInput(f"native.{name} has another type", ("native", name))
    return given


def words(values: list[Any]) -> list[str]:
    """Ids as texts, whether they came as texts or numbers."""
    return [str(value) for value in values]
