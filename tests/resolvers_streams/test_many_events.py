"""Among 200,000 events the last page costs what the first does, and retention lets others in between its steps."""

import asyncio
import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise
from shutil import copy

import msgspec
import pytest
from sqlalchemy import select
from sqlalchemy.dialects import sqlite

from adapters.local.clock import to_ms
from adapters.local.event_queries import CallRecordFilter, UeEventFilter, call_statement, ue_statement
from adapters.local.retention import STEP
from adapters.local.store import LocalStore
from adapters.local.tables.journal import JOURNAL
from adapters.ports import PageRequest
from adapters.records import UeEvent, UeEventKind
from tests.adapters.local.samples import NOON
from tests.adapters.local.test_journal import detach

EVENTS = 200_000
PAGE = 50
MANY = """
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :events)
INSERT INTO journal (position, kind, source, digest, at, received, subject, other, variant, late, body)
SELECT i, CASE WHEN i % 10 = 0 THEN 'call' ELSE 'ue' END, 'omc', randomblob(16), :start + i * 1000, :start + i * 1000,
  printf('4600100000%05d', i % 1000), CASE WHEN i % 10 = 0 THEN printf('4600100000%05d', i % 700) END,
  CASE WHEN i % 10 = 0 THEN NULL ELSE 'DETACH' END, 0, :body FROM n
"""
START = to_ms(NOON)


@pytest.fixture(scope="module")
def full_file(empty_file, tmp_path_factory):
    path = copy(empty_file, tmp_path_factory.mktemp("many") / "ems.db")
    event = UeEvent(cursor="", source="omc", kind=UeEventKind.DETACH, imsi="460010000000001", at=NOON)
    database = sqlite3.connect(path)
    database.execute(MANY, {"events": EVENTS, "start": START, "body": msgspec.json.encode(event)})
    database.execute("UPDATE journal_head SET position = ?", [EVENTS])
    database.commit()
    database.execute("ANALYZE")
    database.close()
    return path


@pytest.fixture
def database(full_file) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(full_file)
    yield connection
    connection.close()


def effort(database: sqlite3.Connection, statement) -> tuple[int, int]:
    """How many rows a statement gives, and how many steps SQLite takes for them."""
    text = str(statement.compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True}))
    steps = 0

    def count() -> int:
        nonlocal steps
        steps += 1
        return 0

    database.set_progress_handler(count, 10)
    rows = database.execute(text).fetchall()
    database.set_progress_handler(None, 10)
    return len(rows), steps * 10


def page(after: int | None) -> PageRequest:
    return PageRequest(first=PAGE, after=None if after is None else [START + after * 1000, after])


def slice_after(position: int):
    return select(JOURNAL.c.body).where(JOURNAL.c.position > position).order_by(JOURNAL.c.position).limit(100)


LISTS = {
    "ue events": lambda after: ue_statement(UeEventFilter(), page(after)),
    "ue events of one subscriber": lambda after: ue_statement(
        UeEventFilter(imsi="460010000000001"), page(after)
    ),
    "ue events of a kind": lambda after: ue_statement(
        UeEventFilter(kinds=(UeEventKind.DETACH,)), page(after)
    ),
    "call records": lambda after: call_statement(CallRecordFilter(), page(after)),
    "call records of one party": lambda after: call_statement(
        CallRecordFilter(party="460010000000010"), page(after)
    ),
    "a stream's replay": lambda after: slice_after(0 if after is None else EVENTS - after),
}


@pytest.mark.parametrize("name", LISTS)
def test_a_page_far_down_costs_what_the_first_one_does(database, name):
    rows, first = effort(database, LISTS[name](None))
    _, deep = effort(database, LISTS[name](EVENTS // 10))

    assert rows > PAGE
    assert first < 200 * rows
    assert deep < 2 * first + 200


async def test_retention_lets_posts_in_between_its_steps(full_file, tmp_path, hands):
    copy(full_file, tmp_path / "ems.db")
    store = LocalStore(f"sqlite+aiosqlite:///{tmp_path}/ems.db", hands)
    old = EVENTS // 20
    hands.now = NOON + timedelta(seconds=EVENTS)
    removing = asyncio.create_task(store.retention.run(NOON + timedelta(seconds=old)))
    marks = []
    while not removing.done():
        await store.intake.ue_events([detach(len(marks), "460010000099999")])
        marks.append((await store.journal.head()).low_water)
    removed = await removing
    head = await store.journal.head()
    await store.close()
    gaps = [late - early for early, late in pairwise(marks)]

    assert (removed, head.low_water, head.position) == (old - 1, old - 1, EVENTS + len(marks))
    assert max(gaps) <= 4 * STEP
