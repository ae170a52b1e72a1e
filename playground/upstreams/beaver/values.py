"""Values that entities have and had: made up by rule for the week before the start, kept from then on."""

import base64
import math
from typing import Any

from playground.upstreams.beaver.model import Entity

STEP_MS = 600_000
WEEK_MS = 7 * 24 * 3_600_000
TEXTS = ("normal", "warning", "maintenance")


def made_up(entity: Entity, at_ms: int) -> Any:
    """Give the value that an entity had at a point of the grid; the same each time that one asks."""
    step = at_ms // STEP_MS
    number = int(entity.id[-6:])
    match entity.value_type:
        case "DOUBLE":
            return round(20 + 6 * math.sin((step + number) / 24) + number % 7 / 10, 2)
        case "LONG":
            return 40 + (step + number) % 60
        case "BOOLEAN":
            return (step + number) % 5 != 0
        case "STRING":
            return TEXTS[(step + number) % len(TEXTS)]
        case "BINARY":
            return base64.b64encode(f"frame {step % 1000}".encode()).decode()
        case _:
            return {"mode": TEXTS[step % len(TEXTS)], "level": (step + number) % 10}


def as_sent(entity: Entity, value: Any) -> Any:
    """Write a value as the API sends it: whole numbers as text."""
    return str(value) if entity.value_type == "LONG" and not isinstance(value, bool) else value


def history(entity: Entity, born_ms: int, start: int, end: int) -> list[tuple[int, Any]]:
    """List the values from start to end, both included, newest first."""
    rows: list[tuple[int, Any]] = []
    if entity.measured:
        first = max(start, born_ms - WEEK_MS)
        first += -first % STEP_MS
        last = min(end, born_ms)
        rows = [(at, made_up(entity, at)) for at in range(first, last + 1, STEP_MS)]
    rows += [(at, value) for at, value in entity.points if start <= at <= end]
    return sorted(rows, key=lambda row: row[0], reverse=True)


def latest(entity: Entity, born_ms: int) -> tuple[int, Any] | None:
    """Give the last value and its time; nothing where there never was one."""
    if entity.points:
        return max(entity.points, key=lambda point: point[0])
    if not entity.measured:
        return None
    at = born_ms - born_ms % STEP_MS
    return at, made_up(entity, at)


def misfit(entity: Entity, value: Any) -> str | None:
    """Say by an error code why a value cannot be the entity's; nothing where it can."""
    kinds: dict[str, tuple[type, ...]] = {
        "STRING": (str,),
        "LONG": (int,),
        "DOUBLE": (int, float),
        "BOOLEAN": (bool,),
        "BINARY": (str,),
        "OBJECT": (dict,),
    }
    if value is None:
        return "entity_value_null"
    wanted = kinds[entity.value_type]
    if not isinstance(value, wanted) or (isinstance(value, bool) and bool not in wanted):
        return "entity_value_not_match_type"
    if isinstance(value, int | float) and not isinstance(value, bool):
        if value < entity.attribute.get("min", -math.inf):
            return "entity_value_less_than_min"
        if value > entity.attribute.get("max", math.inf):
            return "entity_value_greater_than_max"
    choices = entity.attribute.get("enum")
    if choices and str(value) not in choices:
        return "entity_value_invalid_enum"
    return None
