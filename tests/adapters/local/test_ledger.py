"""What a commit reads and writes: in so many trips, by indexes, and no more of it than is asked for."""

from datetime import timedelta
from queue import SimpleQueue

from adapters.local import postgres_ledger, sqlite_ledger
from adapters.local.alarm_filter import AlarmFilter
from adapters.local.clock import to_ms
from adapters.local.commit import PART
from adapters.local.ledger import Ledger
from adapters.local.postgres_ledger import PostgresLedger
from adapters.local.sqlite_ledger import SqliteLedger
from tests.adapters.local.samples import NOON, alarm_row

SPOT = ("omc", "SMF", "001", 113)


def ledger(store, connection) -> Ledger:
    return (SqliteLedger if store.database.is_sqlite else PostgresLedger)(connection)


class Trips(SimpleQueue):
    """The way to a driver's thread, counted."""

    def __init__(self, way) -> None:
        self.way, self.made = way, 0

    def put_nowait(self, item) -> None:
        self.made += 1
        self.way.put_nowait(item)


async def trips(store, count: int, first: int) -> int:
    """How often a commit of so many alarms goes to the database."""
    rows = [alarm_row(alarm_id=str(first + number)) for number in range(count)]
    async with store.database.write() as connection:
        driver = (await connection.get_raw_connection()).driver_connection
    if store.database.is_sqlite:
        counted = driver._tx = Trips(driver._tx)
        await store.intake.alarms("omc", rows)
        driver._tx = counted.way
        return counted.made
    asked = []
    driver.add_query_logger(asked.append)
    await store.intake.alarms("omc", rows)
    driver.remove_query_logger(asked.append)
    return len([query for query in asked if "pg_catalog" not in query.query])


async def test_a_commit_takes_as_many_trips_for_one_alarm_as_for_a_hundred(store):
    await trips(store, 1, 0)

    # Begin, look, write, commit. PostgreSQL locks before it looks, which its driver does not log.
    assert [await trips(store, 1, 1000), await trips(store, PART, 2000)] == [4, 4]


async def test_each_further_part_of_a_commit_takes_one_more_trip(store):
    await trips(store, 1, 0)
    one, three = await trips(store, PART, 1000), await trips(store, 3 * PART, 2000)

    assert three - one == 2


async def test_only_alarms_of_the_time_are_looked_up_at_a_place_that_has_many(store):
    rows = [alarm_row(minute=number, alarm_id=str(number)) for number in range(50)]
    await store.intake.alarms("omc", rows)
    await store.intake.alarms("omc", [alarm_row(minute=99, alarm_id="7", cleared=True)])
    wanted = {to_ms(NOON + timedelta(minutes=minute)) for minute in (7, 9, 99)}
    async with store.database.write() as connection:
        look = ledger(store, connection)
        await look.look([], [], [])
        near = await look.near({SPOT: wanted, ("omc", "SMF", "002", 113): wanted}, [])
    alarms = await store.alarms.get_many([alarm.native_id for alarm in near.alarms])

    assert sorted(alarm.alarm_id for alarm in alarms.values()) == ["7", "9"]
    assert list(near.vias.values()) == [{"push"}] * 2


async def test_an_alarm_that_moved_within_the_commit_is_no_other_feeds_of_its_new_time(store):
    await store.images.ingest_image("omc", [alarm_row(row_id="1", alarm_id="1")], match=True)
    rows = [
        alarm_row(row_id="1", alarm_id="1", cleared=True, cleared_at=NOON + timedelta(minutes=5)),
        alarm_row(minute=5, row_id="2", alarm_id="2"),
    ]
    await store.images.ingest_image("omc", rows, match=True)

    assert await store.alarms.count(AlarmFilter()) == 2


async def plans(store, connection) -> list[str]:
    """How the database goes about what a commit looks up."""
    driver = (await connection.get_raw_connection()).driver_connection
    if store.database.is_sqlite:
        names = ("_DIGEST", "_ALIAS", "_ALARM", "_VIAS", "_SPOT")
        asked = [getattr(sqlite_ledger, name).format(times="5") for name in names]
        told = [
            await driver.execute_fetchall(f"EXPLAIN QUERY PLAN {statement}", [None] * statement.count("?"))
            for statement in asked
        ]
        return [row[3] for rows in told for row in rows]
    rows = await driver.fetch(f"EXPLAIN {postgres_ledger._KNOWN}", [b"x"] * 300, ["x"] * 300, ["x"])
    names, numbers = ["x"] * 300, [1] * 300
    spots = (names, names, names, numbers, numbers)
    rows += await driver.fetch(f"EXPLAIN {postgres_ledger._NEAR}", *spots, ["x"])
    return [row[0].strip() for row in rows]


async def test_what_a_commit_looks_up_is_found_by_indexes_where_nothing_was_analysed(store):
    await store.intake.alarms("omc", [alarm_row(alarm_id=str(number)) for number in range(300)])
    async with store.database.write() as connection:
        await ledger(store, connection).look([], [], [])
        steps = await plans(store, connection)

    assert any("journal" in step for step in steps)
    assert [step for step in steps if step.startswith(("SCAN", "Seq Scan", "->  Seq Scan"))] == []
