"""Every list of the store walks an index in its order, on both databases: no scan of a table, no sorting."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from adapters.local.alarm_filter import AlarmFilter
from adapters.local.alarm_queries import AlarmOrderField, page_statement, summary_statement
from adapters.local.event_queries import (
    CallRecordFilter,
    MeasurementFilter,
    UeEventFilter,
    call_statement,
    measurement_statement,
    ue_statement,
)
from adapters.local.keyset import seek
from adapters.local.subscribers import LocalSubscribers
from adapters.local.tables.audit import AUDIT
from adapters.local.tables.directory import DIRECTORY
from adapters.local.tables.journal import JOURNAL
from adapters.local.tables.network import ELEMENTS, SUBSCRIBERS
from adapters.local.tables.people import ORGANIZATIONS, ROLES, USERS
from adapters.local.tables.things import APPROVALS, DEVICES, ENTITIES, RUNS, VALUES, WORKFLOWS
from adapters.local.timers import due_statement
from adapters.ports import PageRequest, SubscriberFilter
from adapters.records import AlarmStatus, Severity, UeEventKind
from tests.adapters.local.samples import NOON

FIRST, NEXT = PageRequest(), PageRequest(after=[5, 5])


DIALECTS = {"sqlite": sqlite.dialect(), "postgresql": postgresql.dialect()}
BY_INDEX = ("enable_seqscan", "enable_bitmapscan", "enable_sort")
"""What PostgreSQL prefers on empty tables; where it has no other way it goes it all the same."""


async def plan(store, statement) -> list[str]:
    dialect = DIALECTS[store.database.url.get_backend_name()]
    text = str(statement.compile(dialect=dialect, compile_kwargs={"literal_binds": True}))
    async with store.database.read() as connection:
        if store.database.is_sqlite:
            return [row[3] for row in await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}")]
        for setting in BY_INDEX:
            await connection.exec_driver_sql(f"SET LOCAL {setting} = off")
        return [row[0].strip() for row in await connection.exec_driver_sql(f"EXPLAIN {text}")]


def alarms(
    where: AlarmFilter,
    order: AlarmOrderField,
    *,
    down: bool = True,
    after: bool = False,
    dialect: str = "sqlite",
):
    mark = [f"{order.value} {'down' if down else 'up'}", 5, 5]
    return page_statement(where, PageRequest(after=mark if after else None), order, dialect, down=down)


def by_id(table):
    return seek(select(table.c.body), (table.c.native_id,), ["x"], down=False, limit=20)


STANDING = AlarmFilter(status=AlarmStatus.ACTIVE)
ELEMENT = AlarmFilter(network_elements=(("omc", "SMF", "001"),))
ALARM_LISTS = {
    f"alarms {name} {order.value} {down} {after}": (where, order, down, after)
    for order in AlarmOrderField
    for down in (True, False)
    for after in (True, False)
    for name, where in (
        ("all", AlarmFilter()),
        ("standing", STANDING),
        ("critical", AlarmFilter(severities=(Severity.CRITICAL, Severity.MAJOR))),
        ("of a source", AlarmFilter(sources=("omc",), status=AlarmStatus.ACTIVE)),
        ("search", AlarmFilter(search="link", acknowledged=False)),
    )
}
LISTS = {
    "ue events": ue_statement(UeEventFilter(), FIRST),
    "ue events next": ue_statement(UeEventFilter(), NEXT),
    "ue events of one": ue_statement(UeEventFilter(imsi="1"), NEXT),
    "ue events of a kind": ue_statement(UeEventFilter(kinds=(UeEventKind.DETACH,)), NEXT),
    "ue events of a time": ue_statement(UeEventFilter(start=NOON, end=NOON + timedelta(hours=1)), FIRST),
    "call records": call_statement(CallRecordFilter(), NEXT),
    "measurements": measurement_statement(MeasurementFilter(), NEXT),
    "measurements of one": measurement_statement(MeasurementFilter(ne_types=("SMF",), ne_ids=("001",)), NEXT),
    "journal": select(JOURNAL).where(JOURNAL.c.position > 5).order_by(JOURNAL.c.position).limit(500),
    "journal of a kind": select(JOURNAL)
    .where(JOURNAL.c.position > 5, JOURNAL.c.kind.in_(["alarm"]))
    .order_by(JOURNAL.c.position)
    .limit(500),
    "history": select(JOURNAL)
    .where(JOURNAL.c.kind == "alarm", JOURNAL.c.subject == "x")
    .order_by(JOURNAL.c.at.desc(), JOURNAL.c.position.desc())
    .limit(1000),
    "due": due_statement(NOON),
    "audit": seek(select(AUDIT), (AUDIT.c.at, AUDIT.c.id), [5, 5], down=True, limit=20),
    "audit of one": seek(
        select(AUDIT).where(AUDIT.c.by == "x"), (AUDIT.c.at, AUDIT.c.id), [5, 5], down=True, limit=20
    ),
    "directory": seek(
        select(DIRECTORY.c.body).where(DIRECTORY.c.kind == "USER"),
        (DIRECTORY.c.name, DIRECTORY.c.id),
        ["x", 5],
        down=False,
        limit=20,
    ),
    "history of an entity": seek(
        select(VALUES.c.value).where(VALUES.c.entity_id == "x"), (VALUES.c.at,), [5], down=True, limit=20
    ),
    "runs": seek(
        select(RUNS.c.body).where(RUNS.c.workflow_id == "x"),
        (RUNS.c.started_at, RUNS.c.native_id),
        [5, "x"],
        down=True,
        limit=20,
    ),
    **{
        table.name: by_id(table)
        for table in (
            ELEMENTS,
            SUBSCRIBERS,
            ORGANIZATIONS,
            ROLES,
            USERS,
            APPROVALS,
            DEVICES,
            ENTITIES,
            WORKFLOWS,
        )
    },
}
SUBSCRIBER_LISTS = {
    "all": SubscriberFilter(),
    "of an element": SubscriberFilter(ne_id="001"),
    "search": SubscriberFilter(search="46001"),
    "search on an element": SubscriberFilter(ne_id="001", search="46001"),
}


def walked(steps: list[str]) -> list[str]:
    """The steps that read a whole table, or put rows in order."""
    return [s for s in steps if "TEMP B-TREE" in s or re.match(r"SCAN \w+$|(-> +)?(Seq Scan|Sort)\b", s)]


@pytest.mark.parametrize("name", LISTS)
async def test_a_list_walks_an_index_in_its_order(store, name):
    assert walked(await plan(store, LISTS[name])) == []


@pytest.mark.parametrize("name", ALARM_LISTS)
async def test_a_list_of_alarms_walks_an_index_in_its_order(store, name):
    where, order, down, after = ALARM_LISTS[name]
    dialect = store.database.url.get_backend_name()
    steps = await plan(store, alarms(where, order, down=down, after=after, dialect=dialect))

    assert walked(steps) == []


@pytest.mark.parametrize("after", [None, ["5"]])
@pytest.mark.parametrize("name", SUBSCRIBER_LISTS)
async def test_a_list_of_subscribers_walks_an_index_in_its_order(store, name, after):
    ports = LocalSubscribers(store.database, "local")

    assert walked(await plan(store, ports.statement(SUBSCRIBER_LISTS[name], PageRequest(after=after)))) == []


@pytest.mark.parametrize("number", ["imsi", "msisdn"])
async def test_a_subscriber_is_searched_for_by_a_number(sqlite_store, number):
    ports = LocalSubscribers(sqlite_store.database, "local")
    steps = await plan(sqlite_store, ports.statement(SubscriberFilter(**{number: "1"}), PageRequest()))

    assert any(f"ix_subscribers_{number}" in s for s in steps)


async def test_calls_of_a_party_walk_two_indexes(sqlite_store):
    steps = await plan(sqlite_store, call_statement(CallRecordFilter(party="1"), NEXT))

    assert len([s for s in steps if "ix_journal_subject" in s or "ix_journal_other" in s]) == 2


@pytest.mark.parametrize("order", list(AlarmOrderField))
async def test_alarms_of_an_element_are_searched_for_by_it(sqlite_store, order):
    steps = await plan(sqlite_store, alarms(ELEMENT, order))

    assert any("ix_alarms_element" in s for s in steps)


@pytest.mark.parametrize("where", [AlarmFilter(), ELEMENT])
async def test_the_summary_is_counted_from_an_index_alone(sqlite_store, where):
    steps = await plan(sqlite_store, summary_statement(where, "sqlite"))

    assert all("COVERING INDEX" in s for s in steps if s.startswith(("SCAN", "SEARCH")))
