"""The tables of the pretend OMC, read by SQL or by a condition, and written below /api/rest."""

from collections.abc import Iterable
from typing import Any

import orjson
from starlette.responses import Response

from playground.upstreams.omc import sql
from playground.upstreams.omc.chapter import Documented
from playground.upstreams.omc.elements import Element
from playground.upstreams.omc.envelope import Json, malformed, number, rest
from playground.upstreams.omc.rows import Row, local_time
from playground.upstreams.omc.state import Omc
from playground.upstreams.vendor import Answer, Call

KEPT_BACK = frozenset({"password"})
USER_COLUMNS = {"id": "userId", "name": "userName", "nick_name": "nickName", "email": "email"} | {
    "phone": "phonenumber",
    "status": "status",
    "dept_id": "deptId",
}


def _element_row(omc: Omc, place: int, element: Element) -> Row:
    return {
        "id": place,
        "ne_type": element.ne_type,
        "ne_id": element.ne_id,
        "rm_uid": element.rm_uid,
        "ne_name": element.title,
        "ip": element.ip,
        "port": str(element.port),
        "pv_flag": element.pv_flag,
        "province": element.province,
        "vendor_name": element.vendor,
        "dn": element.dn,
        "ne_address": "",
        "status": "0" if element.dead else "1",
        "update_time": local_time(omc.started),
    }


def _state_row(now: float, place: int, element: Element) -> Row:
    state = element.state(now)
    return {
        "id": place,
        "ne_type": element.ne_type,
        "ne_id": element.ne_id,
        "version": element.version,
        "capability": state["capability"],
        "serial_num": state["serialNum"],
        "expiry_date": state["expiryDate"],
        "cpu_usage": orjson.dumps(state["cpuUsage"]).decode(),
        "mem_usage": orjson.dumps(state["memUsage"]).decode(),
        "disk_space": orjson.dumps(state["diskSpace"]).decode(),
        "timestamp": local_time(now),
    }


def rows_of(omc: Omc, table: str) -> list[Row] | None:
    """Write a table's rows down; None for a table that is not there."""
    now = omc.clock()
    match table:
        case "ne_info":
            return [_element_row(omc, place, element) for place, element in enumerate(omc.elements, 1)]
        case "ne_state":
            living = (element for element in omc.elements if not element.dead)
            return [_state_row(now, place, element) for place, element in enumerate(living, 1)]
        case "user":
            return [
                {column: row[name] for column, name in USER_COLUMNS.items()}
                | {"create_time": row["createTime"]}
                for row in omc.users.all()
            ]
        case "measure_task":
            return omc.measure_tasks.all()
        case "trace_task":
            return omc.trace_tasks.all()
        case "alarm_log":
            return omc.alarm_log.all()
        case _:
            return None


def _written(omc: Omc, table: str, rows: list[Row]) -> None:
    columns = list(rows[0]) if rows else ["id"]
    connection = omc.alarms.connection
    connection.execute(f'drop table if exists "{table}"')
    named = ", ".join(f'"{name}" collate nocase' for name in columns)
    connection.execute(f'create table "{table}" ({named})')
    marks = ", ".join("?" * len(columns))
    statement = f'insert into "{table}" values ({marks})'  # noqa: S608
    connection.executemany(statement, [[row[name] for name in columns] for row in rows])


def select(omc: Omc, table: str, statement: str) -> list[Row]:
    """Run one SELECT on a table; Refused when it is something else."""
    with omc.alarms.lock:
        if table == "alarm":
            omc.alarms.advance()
        else:
            rows = rows_of(omc, table)
            if rows is None:
                raise sql.Refused(f"Table 'omc_db.{table}' doesn't exist")
            _written(omc, table, rows)
        return sql.read(omc.alarms.connection, statement, table)


def where(omc: Omc, table: str, condition: str, columns: str = "*") -> list[Row]:
    """Select the rows of a table that fit a condition; an empty one fits none."""
    if not condition.strip():
        raise sql.Refused("WHERE is empty")
    return select(omc, table, f"select {columns} from {table} where {condition}")  # noqa: S608


def read(omc: Omc, call: Call) -> Answer:
    """Answer one element a statement, keyed by the table; PAGE and LIMIT cut each of them."""
    table = call.params.get("table", "") or call.path.rsplit("/", 1)[1]
    statements = call.query.getlist("SQL") + call.query.getlist("SQL[]")
    try:
        if statements:
            found = [select(omc, table, statement) for statement in statements]
        elif "WHERE" in call.query:
            found = [where(omc, table, call.query["WHERE"])]
        else:
            call.complain("neither SQL nor WHERE is there")
            return malformed("SQL or WHERE is missing")
    except sql.Refused as wrong:
        call.complain(str(wrong))
        return refused(wrong)
    return rest([{table: _cut(call, rows)} for rows in found])


def refused(wrong: sql.Refused) -> Response:
    """Answer a statement that the OMC does not run."""
    return malformed(str(wrong))


def _cut(call: Call, rows: list[Row]) -> list[Row]:
    limit = number(call.query.get("LIMIT"), 0)
    if limit <= 0:
        return rows
    start = (max(1, number(call.query.get("PAGE"), 1)) - 1) * limit
    return rows[start : start + limit]


def insert_alarm_log(omc: Omc, call: Call) -> Answer:
    names = ("ne_type", "ne_id", "alarm_id", "alarm_code", "alarm_seq", "event_time")
    for row in call.object()["alarm_log"]:
        omc.alarm_log.add({name: row[name] for name in names})
    return {}


def update_user(omc: Omc, call: Call) -> Answer:
    change: Json = call.object()["user"]
    unknown = set(change) - set(USER_COLUMNS)
    if unknown:
        return malformed(f"Unknown column '{min(unknown)}'")
    try:
        rows = where(omc, "user", call.query["WHERE"], "id")
    except sql.Refused as wrong:
        call.complain(str(wrong))
        return refused(wrong)
    for row in rows:
        user = omc.users.get(row["id"])
        if user:
            user.update({USER_COLUMNS[column]: str(value) for column, value in change.items()})
    return {}


def update_measure_task(omc: Omc, call: Call) -> Answer:
    change: Json = call.object()["measure_task"]
    task = omc.measure_tasks.get(change["id"])
    if task is None:
        return malformed(f"measure_task {change['id']} does not exist")
    task.update({name: value for name, value in change.items() if name in task})
    return {}


def delete_alarms(omc: Omc, call: Call) -> Answer:
    try:
        rows = where(omc, "alarm", call.query["WHERE"], "id")
    except sql.Refused as wrong:
        call.complain(str(wrong))
        return refused(wrong)
    _delete(omc, (row["id"] for row in rows))
    return {}


def _delete(omc: Omc, ids: Iterable[Any]) -> None:
    omc.alarms.connection.executemany("delete from alarm where id = ?", [[one] for one in ids])


TASK = "id ne_type ne_ids kpi_set schedule start_time end_time granul_option status create_time periods"
PREFIXES = ("/api/rest/dataManagement/v1", "/api/rest/databaseManagement/v1")
ROUTES = tuple(
    route
    for prefix in PREFIXES
    for route in (
        Documented("GET", f"{prefix}/omc_db/alarm", "query_table_alarm_sql", read),
        Documented("GET", f"{prefix}/omc_db/ne_info", "query_table_ne_info_where", read),
        Documented(
            "GET",
            f"{prefix}/omc_db/ne_state",
            "query_table_ne_state_multi_sql",
            read,
            query="PAGE:integer? LIMIT:integer?",
        ),
        Documented("GET", f"{prefix}/omc_db/{{table}}", "query_table", read),
        Documented(
            "POST",
            f"{prefix}/omc_db/alarm_log",
            "insert_table_alarm_log",
            insert_alarm_log,
            body="alarm_log:array<object> alarm_log[].ne_type alarm_log[].ne_id alarm_log[].alarm_id alarm_log[].alarm_code"
            " alarm_log[].alarm_seq alarm_log[].event_time",
        ),
        Documented(
            "PUT",
            f"{prefix}/omc_db/user",
            "update_table_user",
            update_user,
            query="WHERE",
            body="user:object",
        ),
        Documented(
            "PUT",
            f"{prefix}/omc_db/measure_task",
            "update_table_measure_task",
            update_measure_task,
            body="measure_task:object " + " ".join(f"measure_task.{name}" for name in TASK.split()),
        ),
        Documented(
            "DELETE", f"{prefix}/delete/omc_db/alarm", "delete_table_alarm", delete_alarms, query="WHERE"
        ),
    )
)
