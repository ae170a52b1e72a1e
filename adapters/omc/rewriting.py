"""Calls with typed conditions as the calls that the OMC wants: SQL, a WHERE, a capture command."""

from collections.abc import Callable, Mapping
from datetime import tzinfo
from typing import Annotated, Any

from adapters.encoding import check, instant
from adapters.errors import BadInput
from adapters.omc import tables
from adapters.omc.database import TableUserUpdate
from adapters.omc.tracing import CaptureOrder
from adapters.omc.verbs import OmcRecord, delete, get, post, put
from adapters.operation import Call
from adapters.record import Json, LocalTime, Wire

Sql = Annotated[str, Wire("SQL")]
Where = Annotated[str, Wire("WHERE")]

LONGEST_CAPTURE = 3600
"""Seconds."""


class CaptureCommand(OmcRecord, frozen=True):
    """The body of a capture as the OMC takes it."""

    ne_type: str
    ne_id: str
    timeout: int
    cmd: str
    timestamp: str


@get("/api/rest/dataManagement/v1/omc_db/alarm", hidden=True)
def select_alarms(sql: Sql) -> Json:
    """Reads the alarm table by a statement."""


@get("/api/rest/databaseManagement/v1/omc_db/ne_info", hidden=True)
def find_elements(where: Where) -> Json:
    """Reads the table of elements by a condition."""


@get("/api/rest/databaseManagement/v1/omc_db/ne_state", hidden=True)
def select_states(
    sql: Annotated[list[str], Wire("SQL")],
    page: Annotated[str, Wire("PAGE")],
    limit: Annotated[str, Wire("LIMIT")],
) -> Json:
    """Reads the table of states by several statements."""


@put("/api/rest/dataManagement/v1/omc_db/user", hidden=True)
def change_users(where: Where, body: TableUserUpdate) -> None:
    """Changes the rows of the user table that fit a condition."""


@delete("/api/rest/databaseManagement/v1/delete/omc_db/alarm", hidden=True)
def delete_alarms(where: Where) -> None:
    """Deletes the rows of the alarm table that fit a condition."""


@post("/tcpdump/ne", hidden=True)
def run_capture(body: CaptureCommand) -> Json:
    """Runs a capture command."""


def rewritten(call: Call[Any], timezone: tzinfo) -> Call[Any]:
    """The call as it goes out; raises BadInput where its arguments break their marks."""
    rewrite = REWRITES.get(call.operation.name)
    if rewrite is None:
        return call
    for parameter in call.operation.parameters:
        value = call.arguments[parameter.name]
        if value is not None:
            check(value, parameter.type, (parameter.name,))
        elif parameter.required:
            raise BadInput(f"{parameter.name} is needed", (parameter.name,))
    return rewrite(call.arguments, timezone)


def _local(value: Any, timezone: tzinfo) -> str:
    return str(instant(value, LocalTime, timezone))


def _alarms(given: Mapping[str, Any], timezone: tzinfo) -> Call[Any]:
    # Figures are text in this table.
    conditions: list[tables.Condition] = [
        tables.Compared(name, "=", str(given[name]))
        for name in ("ne_type", "ne_id", "alarm_id", "alarm_code", "orig_severity")
        if given[name] is not None
    ]
    if given["standing"] is not None:
        conditions.append(tables.Compared("alarm_status", "=", "1" if given["standing"] else "0"))
    if given["title_contains"] is not None:
        conditions.append(tables.Containing("alarm_title", given["title_contains"]))
    if given["event_from"] is not None:
        conditions.append(tables.Compared("event_time", ">=", _local(given["event_from"], timezone)))
    if given["event_to"] is not None:
        conditions.append(tables.Compared("event_time", "<=", _local(given["event_to"], timezone)))
    if given["after_id"] is not None:
        conditions.append(tables.Compared("id", ">", given["after_id"]))
    return select_alarms(tables.select("alarm", conditions, order_by="id", limit=given["limit"]))


def _elements(given: Mapping[str, Any], _: tzinfo) -> Call[Any]:
    names = [name for name in ("ne_type", "ne_id") if given[name] is not None]
    return find_elements(tables.where("ne_info", [tables.Compared(n, "=", given[n]) for n in names]))


def _states(given: Mapping[str, Any], _: tzinfo) -> Call[Any]:
    if not 0 < given["limit"] <= tables.LARGEST or given["page"] < 1:
        raise BadInput(f"page is 1 or more, limit 1 to {tables.LARGEST}", ("limit",))
    statements = [
        tables.select("ne_state", [tables.Compared("ne_type", "=", kind)]) for kind in given["ne_types"]
    ]
    return select_states(statements, page=str(given["page"]), limit=str(given["limit"]))


def _user(given: Mapping[str, Any], _: tzinfo) -> Call[Any]:
    return change_users(
        tables.where("user", [tables.Compared("id", "=", given["user_id"])]), body=given["body"]
    )


def _old_alarms(given: Mapping[str, Any], timezone: tzinfo) -> Call[Any]:
    before = _local(given["event_before"], timezone)
    cleared = tables.Compared("alarm_status", "=", "0")
    return delete_alarms(tables.where("alarm", [cleared, tables.Compared("event_time", "<", before)]))


def _capture(given: Mapping[str, Any], _: tzinfo) -> Call[Any]:
    order: CaptureOrder = given["body"]
    if not 0 < order.timeout <= LONGEST_CAPTURE:
        raise BadInput(f"timeout is 1 to {LONGEST_CAPTURE} seconds", ("body", "timeout"))
    return run_capture(
        CaptureCommand(
            ne_type=order.ne_type,
            ne_id=order.ne_id,
            timeout=order.timeout,
            cmd=capture_command(order),
            timestamp=order.timestamp,
        )
    )


def capture_command(order: CaptureOrder) -> str:
    """The filter of a capture, out of checked words and numbers; the OMC puts the command around it."""
    terms = list(order.protocols or ())
    for protocol, ports in (("tcp", order.tcp_ports), ("udp", order.udp_ports)):
        if any(not 0 < port < 65536 for port in ports or ()):
            raise BadInput("a port is 1 to 65535", ("body", f"{protocol}_ports"))
        if ports:
            terms.append(f"{protocol} port " + " or ".join(str(int(port)) for port in ports))
    if not terms:
        raise BadInput("a protocol or a port is needed", ("body", "protocols"))
    return " or ".join(terms)


REWRITES: Mapping[str, Callable[[Mapping[str, Any], tzinfo], Call[Any]]] = {
    "query_table_alarm_sql": _alarms,
    "query_table_ne_info_where": _elements,
    "query_table_ne_state_multi_sql": _states,
    "update_table_user": _user,
    "delete_table_alarm": _old_alarms,
    "capture_ne_pcap": _capture,
}
