"""Events, call records and measurements that network elements post, and the file of call records."""

import csv
import io

from playground.upstreams.omc.chapter import Documented
from playground.upstreams.omc.envelope import malformed
from playground.upstreams.omc.files import attachment
from playground.upstreams.omc.rows import seconds_of
from playground.upstreams.omc.state import Omc
from playground.upstreams.vendor import Answer, Call

RECORD = (
    "recordType", "seqNumber", "callReference", "callerParty", "calledParty", "serviceResult", "seizureTime",
    "answerTime", "releaseTime", "callDuration",
)  # fmt: skip


def ue_event(omc: Omc, call: Call) -> Answer:
    body = call.object()
    time = next(value for name, value in body.items() if name.endswith("Time"))
    if seconds_of(time) is None:
        return malformed(f"no time: {time}")
    omc.events.append({"kind": call.path.rsplit("/", 1)[1], **body})
    return {}


def call_record(omc: Omc, call: Call) -> Answer:
    omc.call_records.append(call.object()["CDR"])
    return {}


def call_record_file(omc: Omc, call: Call) -> Answer:
    kind = call.query.get("type", "full")
    if kind not in {"full", "failed"}:
        return malformed("type is failed or full")
    rows = [row for row in omc.call_records if kind == "full" or row["serviceResult"] != "ok"]
    out = io.StringIO()
    writer = csv.DictWriter(out, RECORD, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return attachment(f"IMS_cdr_{kind}_{int(call.now)}.csv", out.getvalue().encode(), "text/csv")


def measurement(omc: Omc, call: Call) -> Answer:
    body = call.object()
    if seconds_of(body["StartTime"]) is None:
        return malformed(f"StartTime is no time: {body['StartTime']}")
    omc.measurements.append(body)
    return {}


def measure_report(omc: Omc, call: Call) -> Answer:
    omc.measurements.append(call.object())
    return {}


UE = "/upload-ue/v1"
PERFORMANCE = "/api/rest/performanceManagement/v1/elementType"
CALLS = "/api/rest/cdrManagement/v1/elementType/{neType=ims}/objectType"
NUMBERS = {"seqNumber", "seizureTime", "answerTime", "releaseTime", "callDuration"}
ROUTES = (
    Documented(
        "POST", f"{UE}/detach", "post_ue_detach", ue_event, body="imsi detachTime detachResult:integer"
    ),
    Documented(
        "POST",
        f"{UE}/cm-state",
        "post_ue_cm_state",
        ue_event,
        body="imsi onlineNumber:integer changeTime status:integer",
    ),
    Documented(
        "POST",
        f"{UE}/auth-result",
        "post_ue_auth_result",
        ue_event,
        body="imsi imei tacID gNBID cellID onlineNumber:integer authCode authMessage authTime",
    ),
    Documented(
        "POST",
        f"{CALLS}/cdrEvent",
        "post_cdr_event_ims",
        call_record,
        body="neType neName rmUID timestamp:integer CDR:object "
        + " ".join(f"CDR.{name}{':integer' if name in NUMBERS else ''}" for name in RECORD),
    ),
    Documented("GET", f"{CALLS}/cdrFile", "get_cdr_file_ims", call_record_file),
    Documented(
        "POST",
        f"{PERFORMANCE}/{{neType}}/objectType/measurement",
        "post_measurement_smf",
        measurement,
        body="Index:integer NeName RmUID NeType PmVersion Dn Period TimeZone StartTime Datas:array"
        " Datas[].ObjectType Datas[].KPIs:array<object> Datas[].KPIs[].KPIID Datas[].KPIs[].KPIValues:array<object>"
        " Datas[].KPIs[].KPIValues[].Name Datas[].KPIs[].KPIValues[].Value:number",
    ),
    Documented(
        "POST",
        f"{PERFORMANCE}/{{neType}}/objectType/measureReport",
        "post_measure_report_smf",
        measure_report,
        body="id:integer NeType",
    ),
)
