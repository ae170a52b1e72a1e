"""The audit log: every change made through the gateway and every sign-in, newest first; secrets never."""

from datetime import datetime
from typing import Any

import msgspec
from msgspec import Struct
from sqlalchemy import insert, select

from adapters.local.clock import Clock, from_ms, system_clock, to_ms
from adapters.local.engine import Database
from adapters.local.keyset import read_key, seek
from adapters.local.plain_text import storable
from adapters.local.tables.audit import AUDIT
from adapters.ports import Page, PageRequest
from adapters.records import AuditEntry

SECRET_WORDS = ("password", "secret", "token", "ki", "opc", "authorization", "credential")
"""A name that is, or ends in, one of these is not written down, whatever the caller hands over."""


class AuditFilter(Struct, frozen=True, kw_only=True):
    """Conditions on audit entries; times are inclusive."""

    by: str | None = None
    action: str | None = None
    target: str | None = None
    start: datetime | None = None
    end: datetime | None = None


class AuditLog:
    """Appends and reads; there is no way to change an entry."""

    def __init__(self, database: Database, clock: Clock = system_clock) -> None:
        self._database = database
        self._clock = clock

    async def append(
        self,
        *,
        by: str,
        action: str,
        outcome: str,
        target: str | None = None,
        source: str | None = None,
        detail: Any = None,
    ) -> None:
        """Write down who did what to what, and how it ended."""
        row = {
            "at": to_ms(self._clock()),
            "by": storable(by),
            "action": storable(action),
            "target": None if target is None else storable(target),
            "source": source,
            "outcome": storable(outcome),
            "detail": None if detail is None else msgspec.json.encode(without_secrets(detail)),
        }
        async with self._database.write() as connection:
            await connection.execute(insert(AUDIT), row)

    async def page(self, where: AuditFilter, request: PageRequest) -> Page[AuditEntry]:
        """Entries that match, newest first."""
        c = AUDIT.c
        statement = select(AUDIT)
        for column, value in ((c.by, where.by), (c.action, where.action), (c.target, where.target)):
            if value is not None:
                statement = statement.where(column == storable(value))
        if where.start is not None:
            statement = statement.where(c.at >= to_ms(where.start))
        if where.end is not None:
            statement = statement.where(c.at <= to_ms(where.end))
        key = read_key(request.after, (int, int))
        async with self._database.read() as connection:
            found = await connection.execute(
                seek(statement, (c.at, c.id), key, down=True, limit=request.first)
            )
            rows = found.all()
        shown = rows[: request.first]
        return Page(
            records=tuple(_entry(row) for row in shown),
            positions=tuple([row.at, row.id] for row in shown),
            more=len(rows) > len(shown),
        )


def without_secrets(value: Any) -> Any:
    """Give a copy in which what is named like a secret is masked."""
    if isinstance(value, dict):
        return {name: "***" if _secret(str(name)) else without_secrets(kept) for name, kept in value.items()}
    if isinstance(value, list | tuple):
        return [without_secrets(item) for item in value]
    return value


def _secret(name: str) -> bool:
    plain = name.lower().replace("_", "").replace("-", "")
    return plain in SECRET_WORDS or any(plain.endswith(word) for word in SECRET_WORDS if len(word) > 3)


def _entry(row: Any) -> AuditEntry:
    return AuditEntry(
        cursor=f"{row.at}.{row.id}",
        at=from_ms(row.at),
        by=row.by,
        action=row.action,
        target=row.target,
        source=row.source,
        outcome=row.outcome,
        detail=None if row.detail is None else msgspec.json.decode(row.detail),
    )
