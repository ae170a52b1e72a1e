"""Pages from the store: 1,000,000 subscribers and 10,000,000 alarm events in a SQLite file made for it.

EMS_BENCH_SCALE divides the numbers; the table says by how much. The rows are written with plain SQL, the pages are
read through the store's own ports, right after the file was closed and opened again. Nothing is analysed: the store
does not do that either.
"""

import asyncio
import os
import sqlite3
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from adapters.local.alarm_filter import AlarmFilter
from adapters.local.event_queries import UeEventFilter
from adapters.local.store import LocalStore
from adapters.local.subscribers import LocalSubscribers, subscriber_row
from adapters.omc.pushing import OmcPushDecoder
from adapters.ports import Page, PageRequest, SubscriberFilter
from adapters.records import AlarmStatus, Subscriber, UeEvent, UeEventKind
from adapters.settings import SourceSettings
from benchmarks.gateway import ALARM_PATH, posted_alarm
from benchmarks.servers import WORK, load_average
from benchmarks.told import Told, table

SUBSCRIBERS, EVENTS, UE_EVENTS, ALARMS = 1_000_000, 10_000_000, 1_000_000, 100_000
SUBJECTS = 10_000
"""Alarms that the events belong to."""
ROUNDS = 15
FIRST = 50
PLACES = (("first", 0.0), ("middle", 0.5), ("last", 0.999))
STEP_MS = 100
NUMBERS = "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < {count}) "


def run() -> Told:
    """Fills a file, then reads first, middle and last pages."""
    scale = max(1, int(os.environ.get("EMS_BENCH_SCALE", "1")))
    WORK.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=WORK) as folder:
        path = Path(folder) / "store.db"
        began = time.perf_counter()
        asyncio.run(_sampled(path))
        filled = _Filling(path, scale)
        took = time.perf_counter() - began
        size = path.stat().st_size / 2**30
        rows = asyncio.run(_measured(path, filled))
    told = f"Scaled down by {scale}; {size:.1f} GB, filled in {took:.0f} s. Load average: {load_average()}."
    head = ["page of 50", "rows in all", "first time ms", "best ms", "median ms", "goal ms"]
    return Told("store", [table(head, rows), told])


async def _sampled(path: Path) -> None:
    """Makes the tables, with one entry of each kind as they come in."""
    store = LocalStore(f"sqlite+aiosqlite:///{path}")
    await store.open()
    decoder = OmcPushDecoder(SourceSettings(name="omc", dialect="omc", base_url="http://127.0.0.1:9"))
    pushed = decoder.decode(ALARM_PATH, posted_alarm(1), datetime.now(UTC))
    await store.intake.alarms("omc", pushed.alarms)
    told = UeEvent(cursor="", source="omc", kind=UeEventKind.DETACH, imsi="0", at=datetime.now(UTC))
    await store.intake.ue_events([told])
    await store.close()


class _Filling:
    """Rows in bulk: no log, no indexes until all are there."""

    def __init__(self, path: Path, scale: int) -> None:
        self.subscribers, self.events = SUBSCRIBERS // scale, EVENTS // scale
        self.ue_events, self.alarms = UE_EVENTS // scale, ALARMS // scale
        self.start = int((datetime.now(UTC) - timedelta(days=30)).timestamp() * 1000)
        self._database = sqlite3.connect(path)
        for pragma in (
            "journal_mode = OFF",
            "synchronous = OFF",
            "locking_mode = EXCLUSIVE",
            "cache_size = -500000",
        ):
            self._database.execute(f"PRAGMA {pragma}")
        self._database.executescript("PRAGMA temp_store = FILE")
        tables = ("subscribers", "journal", "alarms")
        indexes = self._database.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
            f" AND tbl_name IN ({', '.join('?' * len(tables))})",
            tables,
        ).fetchall()
        for name, _ in indexes:
            self._database.execute(f'DROP INDEX "{name}"')
        self._subscribers()
        self._journal()
        self._alarms()
        for _, made in indexes:
            self._database.execute(made)
        self._database.commit()
        self._database.close()

    def _subscribers(self) -> None:
        told = subscriber_row(
            Subscriber(
                source="local",
                native_id="001/0",
                imsi="0",
                ne_id="001",
                msisdn=None,
                ambr="def_ambr",
                raw=None,
            )
        )
        self._database.execute(
            "INSERT INTO subscribers (native_id, ne_id, imsi, msisdn, words, body) "
            + NUMBERS.format(count=self.subscribers)
            + "SELECT printf('001/%015d', i), '001', printf('%015d', i), NULL, printf('%015d', i), ? FROM n",
            (told["body"],),
        )

    def _journal(self) -> None:
        columns = (
            "position, kind, source, digest, at, received, subject, variant, late, previous, body, after"
        )
        sample = "SELECT body, after, variant FROM journal WHERE kind = ?"
        base = 2
        for kind, count, of in (("alarm", self.events, SUBJECTS), ("ue", self.ue_events, 100_000)):
            body, after, variant = self._database.execute(sample, (kind,)).fetchone()
            self._database.execute(
                f"INSERT INTO journal ({columns}) "
                + NUMBERS.format(count=count)
                + "SELECT :base + i + 1, :kind, 'omc', randomblob(16), :at + i * :step, :at + i * :step,"
                " 'bench/' || (i % :of), :variant, 0,"
                " iif(:kind = 'alarm' AND i >= :of, :base + i + 1 - :of, NULL), :body, :after FROM n",
                {
                    "base": base,
                    "kind": kind,
                    "at": self.start,
                    "step": STEP_MS,
                    "of": of,
                    "variant": variant,
                    "body": body,
                    "after": after,
                },
            )
            base += count
        self._database.execute("UPDATE journal_head SET position = ?", (base,))

    def _alarms(self) -> None:
        names = [row[1] for row in self._database.execute("PRAGMA table_info(alarms)")]
        told = {"born": "i + 3", "native_id": "'bench/' || i", "raised_at": f"{self.start} + i * {STEP_MS}"}
        chosen = ", ".join(told.get(name, f"a.{name}") for name in names)
        self._database.execute(
            f"INSERT INTO alarms ({', '.join(names)}) "
            + NUMBERS.format(count=self.alarms)
            + f"SELECT {chosen} FROM (SELECT * FROM alarms LIMIT 1) a, n"
        )


async def _measured(path: Path, filled: _Filling) -> list[list[str]]:
    store = LocalStore(f"sqlite+aiosqlite:///{path}")
    await store.open()
    ports = LocalSubscribers(store.database, "local")

    def subscribers(share: float) -> Awaitable[Page[Any]]:
        after = [f"001/{int(filled.subscribers * share):015}"] if share else None
        return ports.page(SubscriberFilter(), PageRequest(first=FIRST, after=after, total=False))

    def subscribers_of_element(share: float) -> Awaitable[Page[Any]]:
        after = [f"{int(filled.subscribers * share):015}"] if share else None
        return ports.page(SubscriberFilter(ne_id="001"), PageRequest(first=FIRST, after=after, total=False))

    def steps(share: float) -> Awaitable[Any]:
        return store.tail.reader.read(int(filled.events * share), FIRST, ("alarm",))

    def ue_events(share: float) -> Awaitable[Page[Any]]:
        passed = int(filled.ue_events * share)
        after = [filled.start + (filled.ue_events - passed) * STEP_MS, 2**62] if share else None
        return store.events.ue_events(UeEventFilter(), PageRequest(first=FIRST, after=after))

    def alarms(share: float) -> Awaitable[Page[Any]]:
        passed = int(filled.alarms * share)
        mark = ["raised_at down", filled.start + (filled.alarms - passed) * STEP_MS, 2**62]
        request = PageRequest(first=FIRST, after=mark if share else None, total=False)
        return store.alarms.page(AlarmFilter(status=AlarmStatus.ACTIVE), request)

    rows = []
    for name, count, ask in (
        ("subscribers", filled.subscribers, subscribers),
        ("subscribers of one element", filled.subscribers, subscribers_of_element),
        ("alarm events, as a stream resumes", filled.events, steps),
        ("UE events", filled.ue_events, ue_events),
        ("standing alarms", filled.alarms, alarms),
    ):
        for place, share in PLACES:
            rows.append(await _timed(f"{name}, {place}", count, lambda a=ask, s=share: a(s)))
    asked = "history of an alarm (1,000 steps at most)"
    rows.append(await _timed(asked, filled.events, lambda: store.alarms.history("bench/7")))
    await store.close()
    return rows


async def _timed(name: str, count: int, ask: Callable[[], Awaitable[Any]]) -> list[str]:
    taken = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        await ask()
        taken.append((time.perf_counter() - began) * 1000)
    again = sorted(taken[1:])
    return [name, f"{count:,}", f"{taken[0]:.1f}", f"{again[0]:.1f}", f"{again[len(again) // 2]:.1f}", "20"]
