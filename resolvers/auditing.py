"""Every mutation leaves a line: who, what, on which object, in which source, with which outcome; secrets never."""

import re
from datetime import datetime
from enum import Enum
from typing import Any

import structlog
from sqlalchemy.exc import SQLAlchemyError

from adapters.errors import EmsError
from adapters.redaction import HIDDEN, scrubbed
from resolvers.context import Context
from resolvers.ids import decode
from resolvers.scalars import write_instant

_ABOUT = ("id", "user", "subscriber", "networkElement")

LONGEST_TEXT = 1000
MOST_ITEMS = 50
DEEPEST = 12
"""What a line keeps of large arguments: enough to tell what was done, never a megabyte."""

_KEYS_IN_TEXT = re.compile(
    r"(?i)\b((?:k|ki|op|opc|amf_?key|k4|transport_?key|pin|psk|pwd|passwd|password)\s*[=:]\s*)[^\s,;&]+"
)
"""Commands carry keys as `ki=...`."""

_log = structlog.get_logger("gql_ems.audit")


class Line:
    """A line of the audit log, made of the arguments before anything is done with them."""

    def __init__(self, context: Context, action: str, arguments: dict[str, Any]) -> None:
        self._context = context
        self._action = action
        self._target, self._source = subject_of(arguments)
        self._detail = detail_of(arguments)

    async def write(self, outcome: str) -> None:
        """Appends the line. A store that fails undoes no deed: then the line stands in the log of the process."""
        by = self._context.caller.username
        try:
            await self._context.store.audit.append(
                by=by,
                action=self._action,
                target=self._target,
                source=self._source,
                outcome=outcome,
                detail=self._detail,
            )
        except (SQLAlchemyError, OSError) as error:
            _log.error(
                "audit_not_kept", by=by, action=self._action, outcome=outcome, error=type(error).__name__
            )


def detail_of(arguments: dict[str, Any]) -> Any:
    """The arguments as JSON, without secrets, and cut where they are long."""
    return _without_keys(scrubbed(_plain(arguments, DEEPEST)))


def subject_of(arguments: dict[str, Any]) -> tuple[str | None, str | None]:
    """The global id that a mutation is about, and its source, as far as the arguments tell."""
    for name in _ABOUT:
        if isinstance(arguments.get(name), str):
            return arguments[name][:LONGEST_TEXT], _source_of(arguments[name])
    ids = arguments.get("ids")
    if isinstance(ids, list) and ids and isinstance(ids[0], str):
        return (ids[0][:LONGEST_TEXT] if len(ids) == 1 else None), _source_of(ids[0])
    given = arguments.get("input")
    source = arguments.get("source") or (given.get("source") if isinstance(given, dict) else None)
    return None, source[:LONGEST_TEXT] if isinstance(source, str) else None


def outcome_of(result: Any) -> str:
    """OK, or the code of the first refusal in a payload."""
    errors = getattr(result, "user_errors", None)
    return errors[0].code.value if errors else "OK"


def _source_of(value: str) -> str | None:
    try:
        return decode(value)[1]
    except EmsError:
        return None


def _plain(value: Any, deep: int) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return write_instant(value)
    if isinstance(value, str):
        return value if len(value) <= LONGEST_TEXT else f"{value[:LONGEST_TEXT]}... ({len(value)} characters)"
    if isinstance(value, dict | list | tuple) and deep == 0:
        return "..."
    if isinstance(value, dict):
        kept = {str(name)[:100]: _plain(v, deep - 1) for name, v in list(value.items())[:MOST_ITEMS]}
        return kept if len(value) <= MOST_ITEMS else {**kept, "...": f"{len(value)} entries"}
    if isinstance(value, list | tuple):
        kept_items = [_plain(v, deep - 1) for v in value[:MOST_ITEMS]]
        return kept_items if len(value) <= MOST_ITEMS else [*kept_items, f"... ({len(value)} items)"]
    if isinstance(value, int) and not -(2**63) <= value < 2**63:
        return str(value)[:LONGEST_TEXT]
    return value if isinstance(value, int | float | bool) or value is None else type(value).__name__


def _without_keys(value: Any) -> Any:
    if isinstance(value, str):
        return _KEYS_IN_TEXT.sub(lambda found: found.group(1) + HIDDEN, value)
    if isinstance(value, dict):
        return {name: _without_keys(kept) for name, kept in value.items()}
    if isinstance(value, list):
        return [_without_keys(item) for item in value]
    return value
