"""Every mutation leaves a line: who, what, on which object, in which source, with which outcome; secrets never."""

from datetime import datetime
from enum import Enum
from typing import Any

from adapters.errors import EmsError
from adapters.redaction import scrubbed
from resolvers.context import Context
from resolvers.ids import decode
from resolvers.scalars import write_instant

_ABOUT = ("id", "user", "subscriber", "networkElement")


async def record(context: Context, action: str, arguments: dict[str, Any], outcome: str) -> None:
    """Appends a line to the audit log."""
    target, source = subject_of(arguments)
    await context.store.audit.append(
        by=context.caller.username,
        action=action,
        target=target,
        source=source,
        outcome=outcome,
        detail=scrubbed(_plain(arguments)),
    )


def subject_of(arguments: dict[str, Any]) -> tuple[str | None, str | None]:
    """The global id that a mutation is about, and its source, as far as the arguments tell."""
    for name in _ABOUT:
        if isinstance(arguments.get(name), str):
            return arguments[name], _source_of(arguments[name])
    ids = arguments.get("ids")
    if isinstance(ids, list) and ids:
        return (ids[0] if len(ids) == 1 else None), _source_of(ids[0])
    given = arguments.get("input")
    source = arguments.get("source") or (given.get("source") if isinstance(given, dict) else None)
    return None, source if isinstance(source, str) else None


def outcome_of(result: Any) -> str:
    """OK, or the code of the first refusal in a payload."""
    errors = getattr(result, "user_errors", None)
    return errors[0].code.value if errors else "OK"


def _source_of(value: str) -> str | None:
    try:
        return decode(value)[1]
    except EmsError:
        return None


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return write_instant(value)
    if isinstance(value, dict):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(v) for v in value]
    return value if isinstance(value, str | int | float | bool) or value is None else type(value).__name__
