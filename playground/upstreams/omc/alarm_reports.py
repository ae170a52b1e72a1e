"""Alarms that network elements report, one at a time or when the OMC asks for them."""

from typing import Any

from playground.upstreams.omc.chapter import Documented
from playground.upstreams.omc.envelope import Json, malformed
from playground.upstreams.omc.rows import seconds_of
from playground.upstreams.omc.state import Omc
from playground.upstreams.vendor import Answer, Call

SEVERITIES = {1: "Critical", 2: "Major", 3: "Minor", 4: "Warning", 5: "Event"}
FAULTS = "/api/rest/faultManagement/v1/elementType"


def _element_id(object_id: str) -> str:
    """Read the element of an object id: SMF_0 is the first, SMF_1 the second; 001 stays as it is."""
    tail = object_id.rsplit("_", 1)[-1]
    return f"{int(tail) + 1:03d}" if tail.isdigit() and len(tail) < 3 else tail


def report(omc: Omc, call: Call) -> Answer:
    body = call.object()
    severity = SEVERITIES.get(body["perceivedSeverity"])
    if severity is None:
        return malformed("perceivedSeverity is 1 to 5")
    columns = {
        "ne_type": call.params["neType"].upper(),
        "ne_id": _element_id(body["objectId"]),
        "alarm_code": str(body["alarmCode"]),
        "alarm_title": body["alarmTitle"],
        "alarm_type": body["alarmType"],
        "orig_severity": severity,
        "perceived_severity": severity,
        "object_name": body["alarmSource"],
        "specific_problem": body["specificProblem"],
        "add_info": body["additionalText"],
    }
    return _taken(omc, columns, body["eventTime"], body["alarmStatus"])


def _taken(omc: Omc, columns: Json, event_time: str, status: Any) -> Answer:
    """Raise, repeat or clear what is told; the same code at the same element is the same alarm."""
    at = seconds_of(event_time)
    if at is None:
        return malformed(f"eventTime is no time: {event_time}")
    key = {name: columns[name] for name in ("ne_type", "ne_id", "alarm_code", "specific_problem")}
    standing = omc.alarms.standing(**key)
    if status == 0:
        for one in standing:
            omc.alarms.clear(one, at=at)
    elif standing:
        omc.alarms.repeat(standing[0], at)
    else:
        omc.alarms.raise_alarm(at, **columns)
    return {}


def synchronise(omc: Omc, call: Call) -> Answer:
    told = call.json()
    if not isinstance(told, list):
        call.complain("body is no list")
        return malformed("[Request Body] a list of alarms is needed")
    for one in told:
        if not isinstance(one, dict):
            return malformed("[Request Body] an alarm is no object")
        columns = {
            "ne_type": str(one.get("neType") or call.params["neType"]).upper(),
            "ne_id": str(one.get("neId") or "001"),
            "alarm_code": str(one.get("alarmCode", "")),
            "alarm_title": str(one.get("alarmTitle", "")),
            "alarm_type": str(one.get("alarmType", "")),
            "orig_severity": str(one.get("origSeverity") or "Minor"),
            "perceived_severity": str(one.get("origSeverity") or "Minor"),
            "specific_problem": str(one.get("specificProblem", "")),
            "add_info": str(one.get("addInfo", "")),
            "location_info": str(one.get("locationInfo", "")),
        }
        if one.get("alarmId"):
            columns["alarm_id"] = str(one["alarmId"])
        answer = _taken(omc, columns, str(one.get("eventTime", "")), one.get("alarmStatus"))
        if answer != {}:
            return answer
    return {"data": []}


BODY = (
    "objectId alarmTitle eventTime alarmCode:integer alarmType perceivedSeverity:integer alarmStatus:integer"
    " specificProblem additionalText alarmSource"
)
ROUTES = (
    Documented("GET", f"{FAULTS}/{{neType}}/objectType/alarms", "sync_alarms_from_ne", synchronise),
    Documented("POST", f"{FAULTS}/{{neType=amf}}/objectType/alarms", "post_alarm_amf", report, body=BODY),
    Documented("POST", f"{FAULTS}/{{neType}}/objectType/alarms", "post_alarm_smf", report, body=BODY),
)
