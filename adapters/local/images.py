"""Polled alarm tables: compared with their last image, which is written in the same commit as what had changed."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import blake2b
from typing import Any

import msgspec
from msgspec import Struct
from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from adapters.local.alarm_batch import chunks
from adapters.local.alarm_events import Acknowledgement, Deed, Report, Unacknowledgement
from adapters.local.alarm_reports import key_of, reports_of
from adapters.local.clock import whole
from adapters.local.commit import Commit
from adapters.local.entries import Entry, report_entry, told_entry
from adapters.local.journal import Journal
from adapters.local.leases import Lease
from adapters.local.tables.alarms import IMAGES
from adapters.ports import AlarmRow

CHUNK = 1000
"""Rows compared in one commit, so that a first poll of a long table does not hold others up."""


class Seen(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What of a row decides whether something happened."""

    over: bool
    at: datetime
    severity: str
    count: int | None = None
    acknowledged: bool = False


_read_seen = msgspec.json.Decoder(Seen).decode


class AlarmImages:
    """Takes in images of sources' alarm tables. A row that is gone is no clear."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    async def ingest_image(
        self, source: str, rows: Sequence[AlarmRow], fence: Lease | None = None, *, match: bool = False
    ) -> int:
        """Append what has changed since the last image; gives how many entries that made."""
        received = whole(self._journal.clock())
        named = {_name(source, row, received): row for row in rows}
        known = await self._digests(source)
        changed = [(name, row) for name, row in named.items() if known.get(name) != _digest(row)]
        appended = 0
        for start in range(0, len(changed), CHUNK):
            appended += await self._commit(
                source, changed[start : start + CHUNK], received, fence, match=match
            )
        gone = known.keys() - named.keys()
        if gone:
            await self._forget(source, gone, fence)
        return appended

    async def _digests(self, source: str) -> dict[str, bytes]:
        statement = select(IMAGES.c.row, IMAGES.c.digest).where(IMAGES.c.source == source)
        async with self._journal.database.read() as connection:
            return {row.row: bytes(row.digest) for row in await connection.execute(statement)}

    async def _commit(
        self,
        source: str,
        rows: Sequence[tuple[str, AlarmRow]],
        received: datetime,
        fence: Lease | None,
        *,
        match: bool,
    ) -> int:
        async with self._journal.database.write() as connection:
            if fence is not None:
                await fence.check(connection)
            before = await self._seen(connection, source, [name for name, _ in rows])
            entries = [
                entry
                for name, row in rows
                for entry in _entries(source, row, before.get(name), received, match=match)
            ]
            entries.sort(key=lambda entry: entry.at)
            results = await Commit(received).add(connection, entries) if entries else []
            images = [_image(source, name, row, received) for name, row in rows]
            await connection.execute(_UPSERT[connection.dialect.name], images)
        self._journal.committed.set()
        return sum(result.position is not None for result in results)

    async def _seen(self, connection: AsyncConnection, source: str, names: list[str]) -> dict[str, Seen]:
        found: dict[str, Seen] = {}
        for part in chunks(names):
            rows = await connection.execute(
                select(IMAGES.c.row, IMAGES.c.body).where(IMAGES.c.source == source, IMAGES.c.row.in_(part))
            )
            found.update((row.row, _read_seen(row.body)) for row in rows)
        return found

    async def _forget(self, source: str, names: set[str], fence: Lease | None) -> None:
        async with self._journal.database.write() as connection:
            if fence is not None:
                await fence.check(connection)
            for part in chunks(names):
                await connection.execute(
                    delete(IMAGES).where(IMAGES.c.source == source, IMAGES.c.row.in_(part))
                )


def _entries(source: str, row: AlarmRow, old: Seen | None, received: datetime, *, match: bool) -> list[Entry]:
    reports = reports_of(source, row, received)
    new = _seen_of(row, received)
    salt = b"" if old is None else str(received.timestamp()).encode()
    found: list[Entry] = []
    if old is None or (new.over and new.at > old.at):
        found = [report_entry(report, "poll", match=match, salt=salt) for report in reports]
    elif (new.over, new.at, new.severity, new.count) != (old.over, old.at, old.severity, old.count):
        found = [report_entry(_moved(reports[-1], old, new, received), "poll", match=match, salt=salt)]
    if new.acknowledged != (old is not None and old.acknowledged):
        found.append(told_entry(reports[0], _acknowledgement(source, row, received)))
    return found


def _moved(report: Report, old: Seen, new: Seen, received: datetime) -> Report:
    """Date a change that the row itself gives no new time for."""
    happened = new.over != old.over or new.count != old.count
    if happened and new.at <= old.at and report.at <= old.at:
        return msgspec.structs.replace(report, at=received)
    return report


def _acknowledgement(source: str, row: AlarmRow, received: datetime) -> Deed:
    by = row.acknowledged_by or source
    if row.acknowledged:
        return Acknowledgement(at=whole(row.acknowledged_at or received), by=by)
    return Unacknowledgement(at=received, by=by)


def _seen_of(row: AlarmRow, received: datetime) -> Seen:
    return Seen(
        over=row.cleared or row.severity.value == "CLEARED",
        at=whole(row.event_time or received),
        severity=row.severity.value,
        count=row.count,
        acknowledged=row.acknowledged,
    )


def _name(source: str, row: AlarmRow, received: datetime) -> str:
    return row.row_id or key_of(reports_of(source, row, received)[-1])


def _digest(row: AlarmRow) -> bytes:
    return blake2b(msgspec.json.encode(msgspec.structs.replace(row, raw=None)), digest_size=16).digest()


def _image(source: str, name: str, row: AlarmRow, received: datetime) -> dict[str, Any]:
    return {
        "source": source,
        "row": name,
        "digest": _digest(row),
        "body": msgspec.json.encode(_seen_of(row, received)),
    }


def _upsert(module: Any) -> Any:
    statement = module.insert(IMAGES)
    changed = {"digest": statement.excluded.digest, "body": statement.excluded.body}
    return statement.on_conflict_do_update(index_elements=["source", "row"], set_=changed)


_UPSERT = {"sqlite": _upsert(sqlite), "postgresql": _upsert(postgresql)}
