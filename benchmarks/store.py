"""Pages from the store: 1,000,000 subscribers and 10,000,000 alarm events in a SQLite file made for it.

EMS_BENCH_SCALE divides both numbers; the table says by how much. The rows are written with plain SQL, the pages are
read through the store's own ports.
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

from adapters.local.store import LocalStore
from adapters.local.subscribers import LocalSubscribers, subscriber_row
from adapters.omc.pushing import OmcPushDecoder
from adapters.ports import Page, PageRequest, SubscriberFilter
from adapters.records import Subscriber
from adapters.settings import SourceSettings
from benchmarks.gateway import ALARM_PATH, posted_alarm
from benchmarks.servers import WORK, load_average
from benchmarks.told import Told, table

SUBSCRIBERS, EVENTS = 1_000_000, 10_000_000
SUBJECTS = 10_000
"""Alarms that the events belong to."""
ROUNDS = 15
NUMBERS = "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < {count}) "


def run() -> Told:
    """Fills a file, then reads first, middle and last pages."""
    scale = max(1, int(os.environ.get("EMS_BENCH_SCALE", "1")))
    WORK.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=WORK) as folder:
        rows = asyncio.run(_measured(Path(folder) / "store.db", scale))
    told = f"Scaled down by {scale}. Load average: {load_average()}."
    return Told(
        "store", [table(["page of 50", "rows in all", "best ms", "median ms", "goal ms"], rows), told]
    )


async def _measured(path: Path, scale: int) -> list[list[str]]:
    store = LocalStore(f"sqlite+aiosqlite:///{path}")
    await store.open()
    body = posted_alarm(1)
    decoder = OmcPushDecoder(SourceSettings(name="omc", dialect="omc", base_url="http://127.0.0.1:9"))
    pushed = decoder.decode(ALARM_PATH, body, datetime.now(UTC))
    await store.intake.alarms("omc", pushed.alarms)
    await store.close()
    subscribers, events = SUBSCRIBERS // scale, EVENTS // scale
    _fill(path, subscribers, events)
    store = LocalStore(f"sqlite+aiosqlite:///{path}")
    await store.open()
    ports = LocalSubscribers(store.database, "local")

    async def subscribers_page(after: Any) -> Page[Any]:
        return await ports.page(SubscriberFilter(), PageRequest(first=50, after=after, total=False))

    rows = []
    first = await subscribers_page(None)
    shape = first.positions[-1]
    for name, share in (("first", None), ("middle", 0.5), ("last", 0.999)):
        after = None if share is None else _after(shape, f"001/{int(subscribers * share):015}")
        rows.append(await _timed(f"subscribers, {name}", subscribers, lambda a=after: subscribers_page(a)))
    rows.append(
        await _timed(
            "history of an alarm (1,000 steps at most)", events, lambda: store.alarms.history("bench/7")
        )
    )
    await store.close()
    return rows


def _after(shape: Any, native_id: str) -> Any:
    """A position of the list in the middle of it, in the form in which the list gives them."""
    return (
        [native_id if isinstance(part, str) else part for part in shape]
        if isinstance(shape, list)
        else native_id
    )


def _fill(path: Path, subscribers: int, events: int) -> None:
    told = subscriber_row(
        Subscriber(
            source="local", native_id="001/0", imsi="0", ne_id="001", msisdn=None, ambr="def_ambr", raw=None
        )
    )
    database = sqlite3.connect(path)
    database.execute("PRAGMA synchronous = OFF")
    database.execute(
        "INSERT INTO subscribers (native_id, ne_id, imsi, msisdn, words, body) "
        + NUMBERS.format(count=subscribers)
        + "SELECT printf('001/%015d', i), '001', printf('%015d', i), NULL, printf('%015d', i), ? FROM n",
        (told["body"],),
    )
    database.commit()
    at = int((datetime.now(UTC) - timedelta(days=30)).timestamp() * 1000)
    body, after = database.execute("SELECT body, after FROM journal WHERE kind = 'alarm'").fetchone()
    for first in range(0, events, 1_000_000):
        count = min(1_000_000, events - first)
        database.execute(
            "INSERT INTO journal (position, kind, source, digest, at, received, subject, variant, late, body, after) "
            + NUMBERS.format(count=count)
            + "SELECT ?1 + i + 2, 'alarm', 'omc', CAST(printf('%016d', ?1 + i) AS BLOB), ?2 + (?1 + i) * 100, "
            f"?2 + (?1 + i) * 100, 'bench/' || ((?1 + i) % {SUBJECTS}), 'RAISED', 0, ?3, ?4 FROM n",
            (first, at, body, after),
        )
        database.commit()
    database.execute("UPDATE journal_head SET position = ?", (events + 1,))
    database.commit()
    database.execute("ANALYZE")
    database.close()


async def _timed(name: str, count: int, ask: Callable[[], Awaitable[Any]]) -> list[str]:
    await ask()
    taken = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        await ask()
        taken.append((time.perf_counter() - began) * 1000)
    taken.sort()
    return [name, f"{count:,}", f"{taken[0]:.1f}", f"{taken[len(taken) // 2]:.1f}", "20"]
