"""Values of entities, each as its type wants it."""

from typing import Any

from adapters.beaver.entities import EntityStatus
from adapters.beaver.ports.ids import member
from adapters.records import EntityValue, EntityValueType

_EXACT = 2**53
"""Whole numbers beyond it stay texts: a reader that knows floats alone would change them."""


def type_of(word: str | None) -> EntityValueType | None:
    """The type of a value, None where the platform tells none."""
    return member(EntityValueType, word, EntityValueType.UNKNOWN) if word else None


def value_of(value: Any, kind: EntityValueType | None) -> Any:
    """A value by its type: running platforms send whole numbers as text."""
    match kind:
        case EntityValueType.LONG:
            return _whole(value)
        case EntityValueType.DOUBLE if isinstance(value, str):
            try:
                return float(value)
            except ValueError:
                return value
        case EntityValueType.BOOLEAN if isinstance(value, str) and value.lower() in ("true", "false"):
            return value.lower() == "true"
    return value


def status_value(row: EntityStatus) -> EntityValue | None:
    """The present value, or None where there never was one."""
    if row.value is None and row.value_type is None and row.updated_at is None:
        return None
    kind = type_of(row.value_type)
    return EntityValue(at=row.updated_at, value=value_of(row.value, kind), value_type=kind)


def _whole(value: Any) -> Any:
    if isinstance(value, str):
        text = value.strip()
        if not text.lstrip("-").isdecimal():
            return value
        value = int(text)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) > _EXACT:
        return str(value)
    return value
