"""Rows of the OMC's tables. Conditions are typed; the SQL that the OMC wants is made of them."""

from typing import Annotated, Any

from adapters.omc.marks import Id
from adapters.omc.verbs import delete, get, post, put
from adapters.record import Json, LocalTime, Long, Name, OneOf, Record, Whole


class TableAlarm(Record, frozen=True):
    """A row of the alarm table."""

    id: Long | None = None
    alarm_seq: Long | None = None
    alarm_id: str | None = None
    alarm_code: int | None = None
    alarm_title: str | None = None
    alarm_type: str | None = None
    alarm_status: str | None = None
    """1 stands, 0 is cleared."""
    orig_severity: str | None = None
    perceived_severity: str | None = None
    ne_type: str | None = None
    ne_id: str | None = None
    ne_name: str | None = None
    object_name: str | None = None
    object_type: str | None = None
    object_uid: str | None = None
    event_time: LocalTime | None = None
    latest_event_time: LocalTime | None = None
    clear_time: LocalTime | None = None
    clear_type: str | None = None
    clear_user: str | None = None
    ack_state: str | None = None
    ack_time: LocalTime | None = None
    ack_user: str | None = None
    counter: int | None = None
    add_info: str | None = None
    location_info: str | None = None
    specific_problem: str | None = None
    specific_problem_id: str | None = None
    timestamp: LocalTime | None = None
    whole: Whole = None


class AlarmLogRow(Record, frozen=True):
    """An entry of the alarm log."""

    ne_type: Name
    ne_id: Name
    alarm_id: str
    alarm_code: str
    alarm_seq: str
    event_time: LocalTime


class AlarmLogRows(Record, frozen=True):
    """Entries to add to the alarm log."""

    alarm_log: list[AlarmLogRow]


class TableUserName(Record, frozen=True):
    """What the user table may be told of an account: its name."""

    name: Name


class TableUserUpdate(Record, frozen=True):
    """A change of one row of the user table."""

    user: TableUserName


class MeasureTaskRow(Record, frozen=True):
    """A measurement task as its table holds it; lists are JSON texts."""

    id: Id
    ne_type: Name
    ne_ids: str
    kpi_set: str
    schedule: str
    start_time: str
    end_time: str
    granul_option: str
    status: str
    create_time: str
    periods: str


class MeasureTaskUpdate(Record, frozen=True):
    """A measurement task as it shall be; the row is found by its id."""

    measure_task: MeasureTaskRow


def rows_of(payload: Any) -> list[Any]:
    """Rows whether they come below the name of their table or bare."""
    found: list[Any] = []
    for item in payload or ():
        lists = (
            [inner for inner in item.values() if isinstance(inner, list)] if isinstance(item, dict) else []
        )
        if isinstance(item, dict) and len(item) == 1 and (lists or None in item.values()):
            found.extend(row for inner in lists for row in inner)
        else:
            found.append(item)
    return found


@get("/api/rest/dataManagement/v1/omc_db/alarm", shape=rows_of)
def query_table_alarm_sql(
    *,
    ne_type: Name | None = None,
    ne_id: Name | None = None,
    alarm_id: str | None = None,
    alarm_code: int | None = None,
    orig_severity: Annotated[str, OneOf(("Critical", "Major", "Minor", "Warning", "Event"))] | None = None,
    standing: bool | None = None,
    title_contains: str | None = None,
    event_from: LocalTime | None = None,
    event_to: LocalTime | None = None,
    after_id: Long | None = None,
    limit: int = 500,
) -> list[TableAlarm]:
    """Rows of the alarm table by id, from the one after `after_id`. (Data Management)"""


@get("/api/rest/databaseManagement/v1/omc_db/ne_info", shape=rows_of)
def query_table_ne_info_where(ne_type: Name, *, ne_id: Name | None = None) -> list[Json]:
    """Rows of the table of network elements, of one type. (Data Management)"""


@get("/api/rest/databaseManagement/v1/omc_db/ne_state", shape=rows_of)
def query_table_ne_state_multi_sql(ne_types: list[Name], *, page: int = 1, limit: int = 500) -> list[Json]:
    """Rows of the table of states: a page for each type, one after the other. (Data Management)"""


@post("/api/rest/dataManagement/v1/omc_db/alarm_log")
def insert_table_alarm_log(body: AlarmLogRows) -> None:
    """Adds entries to the alarm log. (Data Management)"""


@put("/api/rest/dataManagement/v1/omc_db/user")
def update_table_user(user_id: Id, body: TableUserUpdate) -> None:
    """Renames one row of the user table, past the checks of the user operations. (Data Management)"""


@put("/api/rest/databaseManagement/v1/omc_db/measure_task")
def update_table_measure_task(body: MeasureTaskUpdate) -> None:
    """Replaces one measurement task. (Data Management)"""


@delete("/api/rest/databaseManagement/v1/delete/omc_db/alarm")
def delete_table_alarm(event_before: LocalTime) -> None:
    """Deletes cleared alarms that were raised before an instant; standing ones stay. (Data Management)"""
