"""Measurement tasks, the titles of performance figures, and their series by a formula over time."""

import math
from datetime import datetime

from playground.upstreams.omc.chapter import Documented
from playground.upstreams.omc.envelope import Json, cause, ok, refused
from playground.upstreams.omc.rows import ZONE, Row, seconds_of
from playground.upstreams.omc.state import Omc
from playground.upstreams.vendor import Answer, Call

MOST_POINTS = 5000
TITLES: dict[str, tuple[str, ...]] = {
    "AMF": ("Registered subscribers", "Registration attempts", "Registration successes", "Paging attempts"),
    "SMF": (
        "PDU sessions",
        "Session attempts",
        "Session successes",
        "IPv4 addresses in use",
        "IPv6 addresses in use",
        "Modification attempts",
        "Modification successes",
        "Release attempts",
        "N4 requests",
        "N4 failures",
        "Policy requests",
        "Policy failures",
        "Charging requests",
        "Peak of PDU sessions",
    ),
    "UPF": (
        "N3 uplink bytes",
        "N3 downlink bytes",
        "N6 uplink bytes",
        "N6 downlink bytes",
        "Packets dropped",
    ),
    "UDM": ("UDR.5gActSub", "UDR.4gActSub", "Authentication requests", "Location updates"),
    "AUSF": ("Authentication attempts", "Authentication successes"),
    "PCF": ("Policy associations", "Policy updates"),
    "IMS": ("Registered users", "Call attempts", "Calls answered", "Calls in progress"),
    "NSSF": ("Slice selections",),
    "N3IWF": ("Tunnels", "Attach attempts"),
    "NRF": ("Registered elements", "Discoveries"),
    "MME": ("Attached subscribers", "Attach attempts"),
}


def titles(_omc: Omc, call: Call) -> Json:
    kind = call.query["neType"].upper()
    return ok(
        [
            {
                "id": str(28 + place),
                "neType": kind,
                "kpiId": f"{kind}.{place:02d}",
                "titleJson": f'{{"en": "{title}"}}',
                "enTitle": title,
            }
            for place, title in enumerate(TITLES.get(kind, ()), 1)
        ]
    )


def _figure(place: int, ne_id: str, at: float) -> str:
    """Give a figure: a busy hour in the evening, a ripple, and another level for each element."""
    day = (1 + math.sin((at % 86_400) / 86_400 * 2 * math.pi - 1.2)) / 2
    ripple = math.sin(at / 700 + place * 2.1)
    level = 400 * place + 60 * (int(ne_id) if ne_id.isdigit() else 1)
    return str(max(0, int(level * (0.3 + day) + 25 * ripple)))


def series(omc: Omc, call: Call) -> Json:
    kind, ne_id = call.query["neType"].upper(), call.query["neId"]
    start, end = seconds_of(call.query["startTime"]), seconds_of(call.query["endTime"])
    asked = float(call.query["interval"])
    interval = int(asked) if math.isfinite(asked) else 0
    if start is None or end is None or end < start:
        return refused("startTime and endTime are no interval")
    if interval <= 0 or (end - start) / interval > MOST_POINTS:
        return refused("interval is not above 0, or gives too many points")
    element = omc.elements.find(kind, ne_id)
    if element is None:
        return refused("there is no matching network element")
    rows: list[Row] = []
    at = start - start % interval if start % interval == 0 else start - start % interval + interval
    while at <= min(end, call.now) and not element.dead:
        local = datetime.fromtimestamp(at, ZONE)
        figures = {
            f"{kind}.{place:02d}": _figure(place, ne_id, at)
            for place in range(1, len(TITLES.get(kind, ())) + 1)
        }
        minute = local.hour * 60 + local.minute
        rows.append(
            {**figures, "neName": "0", "startIndex": minute, "timeGroup": local.strftime("%Y-%m-%d %H:%M")}
        )
        at += interval
    return ok(rows)


def start_task(omc: Omc, call: Call) -> Answer:
    return _set(omc, call, call.query["id"], "Active")


def stop_task(omc: Omc, call: Call) -> Answer:
    return _set(omc, call, call.query["taskId"], "Inactive")


def _set(omc: Omc, call: Call, name: str, status: str) -> Answer:
    task = omc.measure_tasks.get(name)
    if task is None or task["ne_type"].lower() != call.params["neType"].lower():
        return cause("DATA_NOT_FOUND", 404)
    task["status"] = status
    return {}


def delete_task(omc: Omc, call: Call) -> Answer:
    return {} if omc.measure_tasks.remove([call.query["taskId"]]) else cause("DATA_NOT_FOUND", 404)


TASK = "/api/rest/performanceManagement/v1/elementType/{neType}/objectType/measureTask"
ROUTES = (
    Documented("GET", "/ne/kpi/title", "list_kpi_titles", titles, query="neType"),
    Documented(
        "GET", "/ne/kpi/data", "query_kpi_data", series, query="neType neId startTime endTime interval:number"
    ),
    Documented(
        "POST",
        TASK.replace("{neType}", "{neType=amf}"),
        "create_measure_task_amf",
        start_task,
        query="id",
    ),
    Documented("POST", TASK, "create_measure_task_smf", start_task, query="id"),
    Documented("PATCH", TASK, "patch_measure_task_smf", stop_task, query="taskId"),
    Documented("DELETE", TASK, "delete_measure_task_smf", delete_task, query="taskId"),
)
