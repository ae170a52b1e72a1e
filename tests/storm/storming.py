"""A storm from its first post to its last subscriber, and what has to be so after it."""

import asyncio
import json
import os
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

import httpx
from sqlalchemy import select

from adapters.local.cursor import Cursor
from adapters.local.engine import Database
from adapters.local.tables.journal import HEAD, JOURNAL
from tests.storm.gateway import INGEST, Gateway
from tests.storm.posting import Posters
from tests.storm.watching import Seen, Subscriber

FULL = os.environ.get("EMS_STORM") == "full"
EVENTS = 100_000 if FULL else 2_000
SUBSCRIBERS = 50 if FULL else 10
PATIENCE = 3_600 if FULL else 110
"""Seconds until a storm counts as stuck."""

Disaster = Callable[[Posters], Awaitable[None]]
BEGINNING = {
    "neType": "AMF",
    "neId": "001",
    "alarmId": "BEGIN",
    "origSeverity": "Major",
    "alarmStatus": 1,
    "eventTime": "2026-03-01 11:00:00",
    "addInfo": "the beginning",
}


@dataclass(frozen=True)
class Row:
    position: int
    after: str
    """What the alarm's text was after it."""
    told: str
    """The text of the report, if it is one."""


@dataclass(frozen=True)
class Storm:
    """What a storm left behind."""

    posters: Posters
    subscribers: tuple[Subscriber, ...]
    seen: Seen
    rows: tuple[Row, ...]
    start: int

    def lost(self) -> list[str]:
        """Whatever is not as it has to be, in words."""
        told = Counter(row.told for row in self.rows if row.told.startswith("event "))
        wanted = {f"event {number}" for number in range(self.posters.acknowledged)}
        positions = [row.position for row in self.rows]
        due = [position for position in positions if position > self.start]
        texts = {row.position: row.after for row in self.rows}
        problems = [f"{text} is kept {told[text]} times" for text in wanted | set(told) if told[text] != 1]
        if positions != list(range(1, len(positions) + 1)):
            problems.append("the journal has gaps")
        for number, subscriber in enumerate(self.subscribers):
            if list(subscriber.positions) != due:
                missing = sorted(set(due) - set(subscriber.positions))[:5]
                twice = [p for p, n in Counter(subscriber.positions).items() if n > 1][:5]
                problems.append(f"subscriber {number}: missed {missing}, twice {twice}, or out of order")
            if subscriber.refusals:
                problems.append(f"subscriber {number} was refused: {subscriber.refusals[0]}")
        problems += [f"told differently at {position}" for position in self.seen.contradictions]
        problems += [f"told wrongly at {p}" for p, text in self.seen.texts.items() if texts.get(p) != text]
        return problems


async def storm(
    gateways: Sequence[Gateway], storage: str, disaster: Disaster, *, hop: int = 0, events: int = EVENTS
) -> Storm:
    """Posts and follows, lets the disaster happen meanwhile, and ends when everybody has seen everything."""
    cursor = await begin(gateways[0], storage)
    seen = Seen()
    watching = tuple(Subscriber(gateways, str(cursor), seen, turn, hop) for turn in range(SUBSCRIBERS))
    posters = Posters(gateways, events)
    async with asyncio.timeout(PATIENCE), asyncio.TaskGroup() as group:
        for subscriber in watching:
            group.create_task(subscriber.run())
        happening = group.create_task(disaster(posters))
        await posters.run()
        await happening
        rows = await kept(storage)
        for subscriber in watching:
            subscriber.last = rows[-1].position
    return Storm(posters, watching, seen, tuple(rows), cursor.position)


async def begin(gateway: Gateway, storage: str) -> Cursor:
    """Posts one alarm, so that there is a cursor to begin at."""
    async with httpx.AsyncClient(timeout=30) as client:
        answer = await client.post(gateway.url + INGEST, json=BEGINNING)
        assert answer.status_code == 200, answer.text
    return await head(storage)


async def head(storage: str) -> Cursor:
    """Where the journal stands."""
    database = Database(storage)
    async with database.read() as connection:
        row = (await connection.execute(select(HEAD.c.journal, HEAD.c.position))).one()
    await database.close()
    return Cursor(row.journal, row.position)


async def kept(storage: str) -> list[Row]:
    """Every entry of the journal, read from the tables."""
    database = Database(storage)
    c = JOURNAL.c
    async with database.read() as connection:
        found = await connection.execute(select(c.position, c.body, c.after).order_by(c.position))
        rows = [
            Row(
                row.position,
                json.loads(row.after)["additional_text"],
                json.loads(row.body).get("additional_text", ""),
            )
            for row in found
        ]
    await database.close()
    return rows
