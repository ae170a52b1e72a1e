"""The directory: a light index over every object of every source, to look up, search and order what no vendor can."""

import re
from collections.abc import Collection, Iterable, Sequence
from enum import Enum
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Select, and_, case, delete, func, or_, select, text
from sqlalchemy.dialects import postgresql, sqlite

from adapters.errors import BadInput
from adapters.local.clock import Clock, system_clock, to_ms
from adapters.local.engine import Database
from adapters.local.keyset import MALFORMED, read_key, seek
from adapters.local.plain_text import folded, storable
from adapters.local.tables.directory import DIRECTORY
from adapters.ports import Page, PageRequest
from adapters.ports.directory import DirectoryEntry
from adapters.records import ObjectKind

CHUNK = 500
"""Entries written in one commit, so that a sweep holds nobody up."""
AT_ONCE = 100
"""Numbers that are looked for in one statement."""
SHORTEST_GRAM = 3
"""A text shorter than this is looked for without the index of letter groups."""
SHORTEST_NUMBER = 6
"""A number shorter than this stands in too many others to be looked for among all words."""

_decode = msgspec.json.Decoder(DirectoryEntry).decode
_NO_HEX = re.compile(r"[^0-9a-f]")


class DirectoryOrder(Enum):
    """What users of all sources can be ordered by."""

    NAME = "name"
    CREATED_AT = "created_at"
    LAST_LOGIN_AT = "last_login_at"


class LocalDirectory:
    """Filled by sweeps and by every read that passes."""

    def __init__(self, database: Database, clock: Clock = system_clock) -> None:
        self._database = database
        self._clock = clock

    async def upsert(self, entries: Iterable[DirectoryEntry], sweep: int | None = None) -> None:
        """Remember objects as they are now; within a sweep, mark them as seen by it."""
        seen = to_ms(self._clock())
        rows = {(e.kind, e.source, e.native_id): _row(e, seen, sweep) for e in entries}
        statement = _UPSERT["sqlite" if self._database.is_sqlite else "postgresql", sweep is not None]
        whole = list(rows.values())
        for start in range(0, len(whole), CHUNK):
            async with self._database.write() as connection:
                await connection.execute(statement, whole[start : start + CHUNK])

    async def begin_sweep(self) -> int:
        """Begin to sweep a source; gives the sweep's mark."""
        return to_ms(self._clock())

    async def end_sweep(self, kind: ObjectKind, source: str, sweep: int) -> int:
        """Forget what a full sweep has not seen; gives how many that were. A read that passed meanwhile counts."""
        c = DIRECTORY.c
        unseen = and_(c.kind == kind.value, c.source == source, c.swept < sweep, c.seen_at < sweep)
        async with self._database.write() as connection:
            return int((await connection.execute(delete(DIRECTORY).where(unseen))).rowcount)

    async def forget(self, kind: ObjectKind, source: str, native_ids: Sequence[str]) -> None:
        """Forget objects that were deleted."""
        c = DIRECTORY.c
        gone = and_(c.kind == kind.value, c.source == source, c.native_id.in_(list(native_ids)))
        async with self._database.write() as connection:
            await connection.execute(delete(DIRECTORY).where(gone))

    async def entry(self, kind: ObjectKind, source: str, native_id: str) -> DirectoryEntry | None:
        """What is remembered of one object, or None."""
        c = DIRECTORY.c
        found = await self._entries(
            and_(c.kind == kind.value, c.source == source, c.native_id == storable(native_id))
        )
        return found[0] if found else None

    async def entries(
        self, kind: ObjectKind, source: str, native_ids: Collection[str]
    ) -> dict[str, DirectoryEntry]:
        """What is remembered of several objects of a source, by their ids."""
        c = DIRECTORY.c
        ids = [storable(native_id) for native_id in native_ids]
        found = await self._entries(and_(c.kind == kind.value, c.source == source, c.native_id.in_(ids)))
        return {entry.native_id: entry for entry in found}

    async def by_email(self, *emails: str) -> tuple[DirectoryEntry, ...]:
        """The users who have one of these addresses, whatever its case; an empty one is nobody's."""
        return await self._within(ObjectKind.USER, "email", set(map(folded, emails)) - {""})

    async def by_phone(self, *phones: str) -> tuple[DirectoryEntry, ...]:
        """The users who have one of these numbers; an empty one is nobody's."""
        return await self._within(ObjectKind.USER, "phone", set(map(folded, phones)) - {""})

    async def of_hardware(
        self, kind: ObjectKind, numbers: Iterable[str], macs: Iterable[str] = ()
    ) -> tuple[DirectoryEntry, ...]:
        """What has one of these numbers (ESN, EUI, serial number) or MAC addresses, however they are written."""
        wanted = {number for one in numbers if (number := folded(one))}
        addresses = {mac for one in macs if (mac := plain_mac(one))}
        found = [
            *await self._within(kind, "identifier", wanted),
            *await self._within(kind, "mac", addresses),
        ]
        left = wanted.difference(*map(numbers_of, found))
        found += await self._labelled(kind, sorted(n for n in left if len(n) >= SHORTEST_NUMBER))
        return tuple({(e.source, e.native_id): e for e in found}.values())

    async def page(
        self,
        kind: ObjectKind,
        request: PageRequest,
        order: DirectoryOrder = DirectoryOrder.NAME,
        *,
        sources: Sequence[str] | None = None,
        down: bool = False,
    ) -> Page[DirectoryEntry]:
        """Objects of a kind over all sources, in order; those of which the order is not known come first upwards."""
        column = DIRECTORY.c[order.value]
        mark = f"{order.value} {'down' if down else 'up'}"
        kinds: tuple[type, ...] = (str, str if order is DirectoryOrder.NAME else int, int)
        key = read_key(request.after, kinds)
        if key is not None and key[0] != mark:
            raise BadInput(MALFORMED, ("after",))
        where = [DIRECTORY.c.kind == kind.value]
        if sources is not None:
            where.append(DIRECTORY.c.source.in_(list(sources)))
        plain = select(DIRECTORY.c.id, DIRECTORY.c.body, column.label("key")).where(*where)
        statement = seek(plain, (column, DIRECTORY.c.id), key and key[1:], down=down, limit=request.first)
        async with self._database.read() as connection:
            rows = (await connection.execute(statement)).all()
            total = None
            if request.total:
                count = select(func.count()).select_from(DIRECTORY).where(*where)
                total = int((await connection.execute(count)).scalar_one())
        shown = rows[: request.first]
        return Page(
            records=tuple(_decode(row.body) for row in shown),
            positions=tuple([mark, row.key, row.id] for row in shown),
            more=len(rows) > len(shown),
            total=total,
        )

    async def search(
        self, words: str, request: PageRequest, *, kinds: Sequence[ObjectKind] | None = None
    ) -> Page[DirectoryEntry]:
        """Objects that hold a text, best match first: the whole name, then its beginning, then anywhere."""
        needle = folded(words)
        if not needle:
            return Page()
        statement = search_statement(needle, request, kinds, sqlite_file=self._database.is_sqlite)
        async with self._database.read() as connection:
            rows = (await connection.execute(statement)).all()
        shown = rows[: request.first]
        return Page(
            records=tuple(_decode(row.body) for row in shown),
            positions=tuple([row.rank, row.id] for row in shown),
            more=len(rows) > len(shown),
        )

    async def _within(self, kind: ObjectKind, column: str, values: set[str]) -> tuple[DirectoryEntry, ...]:
        if not values:
            return ()
        return await self._entries(
            and_(DIRECTORY.c.kind == kind.value, DIRECTORY.c[column].in_(sorted(values)))
        )

    async def _labelled(self, kind: ObjectKind, numbers: Sequence[str]) -> list[DirectoryEntry]:
        """What has one of these among its further numbers, which stand with its words alone."""
        found: list[DirectoryEntry] = []
        for start in range(0, len(numbers), AT_ONCE):
            some = numbers[start : start + AT_ONCE]
            held = _holding(some) if self._database.is_sqlite else or_(*map(_contains, some))
            entries = await self._entries(and_(DIRECTORY.c.kind == kind.value, held))
            found += [entry for entry in entries if not numbers_of(entry).isdisjoint(some)]
        return found

    async def _entries(self, where: ColumnElement[bool]) -> tuple[DirectoryEntry, ...]:
        statement = select(DIRECTORY.c.body).where(where).order_by(DIRECTORY.c.id)
        async with self._database.read() as connection:
            return tuple(_decode(row.body) for row in await connection.execute(statement))


def plain_mac(mac: str | None) -> str | None:
    """Give a MAC as twelve hexadecimal digits, or None where it is none."""
    digits = _NO_HEX.sub("", (mac or "").lower())
    return digits if len(digits) == 12 else None


def numbers_of(entry: DirectoryEntry) -> frozenset[str]:
    """Give all that the label of something says, folded."""
    return frozenset(folded(number) for number in (entry.identifier, *entry.numbers) if number)


def search_statement(
    needle: str, request: PageRequest, kinds: Sequence[ObjectKind] | None, *, sqlite_file: bool
) -> Select[Any]:
    """The statement of one page of a search."""
    c = DIRECTORY.c
    whole = (c.name == needle) | (func.coalesce(c.identifier, "") == needle)
    nearness = case((whole, 0), (c.name.startswith(needle, autoescape=True), 1), else_=2)
    if not sqlite_file:
        found = _contains(needle)
    elif len(needle) < SHORTEST_GRAM:
        found = func.instr(c.words, needle) > 0
    else:
        found = and_(_holding([needle]), func.instr(c.words, needle) > 0)
    plain = select(c.id, c.body, nearness.label("rank")).where(found)
    if kinds is not None:
        plain = plain.where(c.kind.in_([kind.value for kind in kinds]))
    key = read_key(request.after, (int, int))
    inner = plain.subquery()
    return seek(select(inner), (inner.c.rank, inner.c.id), key, down=False, limit=request.first)


def _contains(needle: str) -> ColumnElement[bool]:
    return DIRECTORY.c.words.contains(needle, autoescape=True)


def _holding(needles: Sequence[str]) -> ColumnElement[bool]:
    """Rows whose words hold one of the needles, by SQLite's index of letter groups."""
    phrase = " OR ".join('"' + needle.replace('"', '""') + '"' for needle in needles)
    grams = text("SELECT rowid FROM directory_words WHERE directory_words MATCH :phrase")
    return DIRECTORY.c.id.in_(grams.bindparams(phrase=phrase).columns(DIRECTORY.c.id))


def _row(entry: DirectoryEntry, seen: int, sweep: int | None) -> dict[str, Any]:
    told = (
        *(entry.name, entry.label, entry.email, entry.phone, entry.identifier, *entry.numbers, entry.mac),
        entry.native_id,
    )
    return {
        "kind": entry.kind.value,
        "source": entry.source,
        "native_id": storable(entry.native_id),
        "name": folded(entry.name or entry.native_id),
        "email": folded(entry.email or "") or None,
        "phone": folded(entry.phone or "") or None,
        "identifier": folded(entry.identifier or "") or None,
        "mac": plain_mac(entry.mac),
        "organization": entry.organization,
        "created_at": to_ms(entry.created_at) if entry.created_at else 0,
        "last_login_at": to_ms(entry.last_login_at) if entry.last_login_at else 0,
        "words": folded("\n".join(part for part in told if part)),
        "body": msgspec.json.encode(entry),
        "swept": sweep or 0,
        "seen_at": seen,
    }


def _upsert(module: Any, *, sweep: bool) -> Any:
    statement = module.insert(DIRECTORY)
    kept = {"id", "kind", "source", "native_id"} | (set() if sweep else {"swept"})
    changed = {c.name: statement.excluded[c.name] for c in DIRECTORY.columns if c.name not in kept}
    return statement.on_conflict_do_update(index_elements=["kind", "source", "native_id"], set_=changed)


_UPSERT = {
    (name, sweep): _upsert(module, sweep=sweep)
    for name, module in (("sqlite", sqlite), ("postgresql", postgresql))
    for sweep in (True, False)
}
