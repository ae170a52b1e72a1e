"""What elements post, decoded."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from adapters.errors import BadInput, NotFound
from adapters.omc.pushing import OmcPushDecoder
from adapters.records import AlarmEventType, MeasuredValue, Severity, UeEventKind
from adapters.settings import SourceSettings

LEDGER = [
    row
    for row in json.loads((Path(__file__).parents[2] / "samples" / "ledger" / "omc.json").read_text())
    if row["effect"] == "ingest"
]
RECEIVED = datetime(2026, 1, 1, tzinfo=UTC)
ALARMS = "/api/rest/faultManagement/v1/elementType/smf/objectType/alarms"
CDR = "/api/rest/cdrManagement/v1/elementType/ims/objectType/cdrEvent"
MEASUREMENT = "/api/rest/performanceManagement/v1/elementType/smf/objectType/measurement"
REPORT = "/api/rest/performanceManagement/v1/elementType/smf/objectType/measureReport"


def decoder(**options: Any) -> OmcPushDecoder:
    return OmcPushDecoder(
        SourceSettings(
            name="core",
            dialect="omc",
            base_url="http://omc.test",
            timezone=ZoneInfo("Asia/Shanghai"),
            options=options,
        )
    )


def posted(**facts: Any) -> dict[str, Any]:
    example: dict[str, Any] = next(row for row in LEDGER if row["id"] == "omc.post_alarm_smf")["body"][
        "example"
    ]
    return {key: value for key, value in (example | facts).items() if value is not ...}


def synced(**facts: Any) -> dict[str, Any]:
    alarm = {
        "neType": "smf",
        "neId": "SZ_01",
        "alarmId": "SMF0113",
        "alarmTitle": "test",
        "eventTime": "2023-03-29 15:56:09",
        "alarmCode": 10,
        "alarmType": "EquipmentAlarm",
        "origSeverity": "Critical",
        "alarmStatus": 0,
        "specificProblem": "fan",
        "addInfo": "text",
        "locationInfo": "rack 3",
    }
    return {key: value for key, value in (alarm | facts).items() if value is not ...}


def refused(path: str, body: Any) -> tuple[str, ...]:
    with pytest.raises(BadInput) as caught:
        decoder().decode(path, body, RECEIVED)
    return caught.value.field


@pytest.mark.parametrize("row", LEDGER, ids=lambda row: row["id"])
def test_every_documented_body_is_one_event(row: dict[str, Any]) -> None:
    assert decoder().accepts(row["path"])
    found = decoder().decode(row["path"], row["body"]["example"], RECEIVED)
    events = (*found.alarms, *found.ue_events, *found.call_records, *found.measurements)
    assert len(events) == 1


@pytest.mark.parametrize("path", ["/login", "/api/rest/faultManagement/v1/elementType/a/b/objectType/alarms"])
def test_other_paths_take_no_events(path: str) -> None:
    assert not decoder().accepts(path)
    with pytest.raises(NotFound):
        decoder().decode(path, {}, RECEIVED)


def test_a_posted_alarm_is_read_with_numbers_and_local_time() -> None:
    (alarm,) = decoder().decode(ALARMS, posted(), RECEIVED).alarms
    assert (alarm.ne_type, alarm.ne_id, alarm.code, alarm.title) == ("SMF", "0", 10, "test")
    assert (alarm.severity, alarm.event_type, alarm.cleared) == (
        Severity.MINOR,
        AlarmEventType.EQUIPMENT,
        False,
    )
    assert alarm.event_time == datetime(2023, 3, 29, 7, 52, 9, tzinfo=UTC)
    assert alarm.raw == posted()


def test_an_alarm_as_the_omc_fetches_it_is_read_with_words() -> None:
    (alarm,) = decoder().decode(ALARMS, synced(), RECEIVED).alarms
    assert (alarm.ne_type, alarm.ne_id, alarm.alarm_id) == ("SMF", "SZ_01", "SMF0113")
    assert (alarm.severity, alarm.original_severity, alarm.cleared) == (
        Severity.CRITICAL,
        Severity.CRITICAL,
        True,
    )
    assert (alarm.additional_text, alarm.location) == ("text", "rack 3")


def test_alarms_come_one_by_one_or_in_a_list() -> None:
    found = decoder().decode(ALARMS, [posted(), synced()], RECEIVED)
    assert [alarm.ne_id for alarm in found.alarms] == ["0", "SZ_01"]


def test_a_setting_says_which_element_an_object_is() -> None:
    found = decoder(objects={"SMF_0": "SMF/001"}).decode(ALARMS, posted(), RECEIVED)
    assert (found.alarms[0].ne_type, found.alarms[0].ne_id) == ("SMF", "001")


def test_an_object_without_a_type_is_of_the_type_in_the_path() -> None:
    found = decoder().decode(ALARMS, posted(objectId="007"), RECEIVED)
    assert (found.alarms[0].ne_type, found.alarms[0].ne_id) == ("SMF", "007")


@pytest.mark.parametrize(
    ("value", "severity"),
    [
        (1, Severity.CRITICAL),
        (2, Severity.MAJOR),
        ("3", Severity.MINOR),
        (4, Severity.WARNING),
        (9, Severity.INDETERMINATE),
        ("Event", Severity.INDETERMINATE),
        ("CRITICAL", Severity.CRITICAL),
        ("dictData.active_alarm_severity.major", Severity.MAJOR),
    ],
)
def test_severities_are_read_as_numbers_and_words(value: Any, severity: Severity) -> None:
    assert decoder().decode(ALARMS, posted(perceivedSeverity=value), RECEIVED).alarms[0].severity is severity


def test_an_alarm_of_severity_cleared_is_cleared() -> None:
    assert decoder().decode(ALARMS, synced(origSeverity="Cleared", alarmStatus=1), RECEIVED).alarms[0].cleared


def test_an_unknown_type_of_alarm_is_another() -> None:
    found = decoder().decode(ALARMS, posted(alarmType="Strange"), RECEIVED)
    assert found.alarms[0].event_type is AlarmEventType.OTHER


def test_an_alarm_may_tell_no_time() -> None:
    assert decoder().decode(ALARMS, posted(eventTime=...), RECEIVED).alarms[0].event_time is None


@pytest.mark.parametrize(
    ("body", "field"),
    [
        (posted(objectId=...), ("objectId",)),
        (posted(objectId="SMF 0"), ("objectId",)),
        (posted(alarmCode="ten"), ("alarmCode",)),
        (posted(alarmCode=...), ("alarmCode",)),
        (posted(alarmCode=2**40), ("alarmCode",)),
        (posted(perceivedSeverity=...), ("perceivedSeverity",)),
        (posted(perceivedSeverity=[1]), ("perceivedSeverity",)),
        (posted(alarmStatus=2), ("alarmStatus",)),
        (posted(alarmStatus=...), ("alarmStatus",)),
        (posted(eventTime="yesterday"), ("eventTime",)),
        (posted(alarmTitle={"a": 1}), ("alarmTitle",)),
        (synced(neId=...), ("neId",)),
        (synced(neId="../1"), ("neId",)),
        (synced(neType="S/F"), ("neType",)),
        ([posted(), posted(alarmCode=True)], ("1", "alarmCode")),
        ([posted(), 7], ()),
        ("alarm", ()),
    ],
)
def test_a_wrong_alarm_is_refused_by_its_field(body: Any, field: tuple[str, ...]) -> None:
    assert refused(ALARMS, body) == field


def test_a_detach_is_an_event_of_the_equipment() -> None:
    body = {"imsi": "4600212141", "detachTime": "2023-01-16 07:28:11", "detachResult": 1}
    (event,) = decoder().decode("/upload-ue/v1/detach", body, RECEIVED).ue_events
    assert (event.kind, event.imsi, event.result) == (UeEventKind.DETACH, "4600212141", "1")
    assert event.at == datetime(2023, 1, 15, 23, 28, 11, tzinfo=UTC)


def test_a_connection_state_is_told_by_number_and_word() -> None:
    body = {"imsi": "4600212141", "onlineNumber": 11, "changeTime": "2023-01-16 07:28:11", "status": 2}
    (event,) = decoder().decode("/upload-ue/v1/cm-state", body, RECEIVED).ue_events
    assert (event.result, event.message, event.online_number) == ("2", "idle", 11)


def test_an_authentication_is_told_with_its_place() -> None:
    body = next(row for row in LEDGER if row["id"] == "omc.post_ue_auth_result")["body"]["example"]
    (event,) = decoder().decode("/upload-ue/v1/auth-result", body, RECEIVED).ue_events
    assert (event.result, event.message, event.tac, event.gnb_id, event.cell_id, event.imei) == (
        "50",
        "test",
        "98",
        "31",
        "17",
        "2146002121413",
    )


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"detachTime": "2023-01-16 07:28:11", "detachResult": 1}, ("imsi",)),
        ({"imsi": "46", "detachTime": "2023-01-16 07:28:11"}, ("imsi",)),
        ({"imsi": "4600212141", "detachResult": 1}, ("detachTime",)),
        ({"imsi": "4600212141", "detachTime": "2023-01-16", "detachResult": "x"}, ("detachResult",)),
    ],
)
def test_a_wrong_detach_is_refused_by_its_field(body: Any, field: tuple[str, ...]) -> None:
    assert refused("/upload-ue/v1/detach", body) == field


def test_a_call_is_told_in_instants_and_milliseconds() -> None:
    body = next(row for row in LEDGER if row["id"] == "omc.post_cdr_event_ims")["body"]["example"]
    (call,) = decoder().decode(CDR, body, RECEIVED).call_records
    assert (call.caller, call.called, call.result, call.sequence_number) == (
        "12307551241",
        "12307550064",
        "ok",
        1,
    )
    assert call.released_at == datetime.fromtimestamp(1705542378, UTC)
    assert call.duration_ms == 22_000


def test_a_call_that_nobody_answered_has_no_answer_time() -> None:
    example = next(row for row in LEDGER if row["id"] == "omc.post_cdr_event_ims")["body"]["example"]
    body = example | {"CDR": example["CDR"] | {"answerTime": 0, "callDuration": 0}}
    assert decoder().decode(CDR, body, RECEIVED).call_records[0].answered_at is None


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"callReference": None}, ("CDR", "callReference")),
        ({"seizureTime": "noon"}, ("CDR", "seizureTime")),
        ({"callDuration": -1}, ("CDR", "callDuration")),
    ],
)
def test_a_wrong_call_is_refused_by_its_field(change: dict[str, Any], field: tuple[str, ...]) -> None:
    example = next(row for row in LEDGER if row["id"] == "omc.post_cdr_event_ims")["body"]["example"]
    assert refused(CDR, example | {"CDR": example["CDR"] | change}) == field


def test_a_call_without_its_record_is_refused() -> None:
    assert refused(CDR, {"neType": "IMS"}) == ("CDR",)


def measured() -> dict[str, Any]:
    example: dict[str, Any] = next(row for row in LEDGER if row["id"] == "omc.post_measurement_smf")["body"][
        "example"
    ]
    return example


def test_a_measurement_starts_in_the_zone_that_it_names() -> None:
    (found,) = decoder().decode(MEASUREMENT, measured(), RECEIVED).measurements
    assert found.at == datetime(2023, 5, 23, 14, 26, 28, tzinfo=UTC)
    assert (found.ne_type, found.ne_name, found.period_minutes) == ("SMF", "SMFRJBJJC01", 15)


def test_a_measurement_without_a_zone_is_in_that_of_the_source() -> None:
    body = {key: value for key, value in measured().items() if key != "TimeZone"}
    assert decoder().decode(MEASUREMENT, body, RECEIVED).measurements[0].at.hour == 14


def test_a_measurement_holds_each_indicator_with_its_values() -> None:
    (found,) = decoder().decode(MEASUREMENT, measured(), RECEIVED).measurements
    assert [(one.object_type, one.kpi_id) for one in found.objects] == [
        ("SmfFunction", "SMF.AttCreatePduSession._Dnn"),
        ("AddrPool", "SMF.MeanAllcAddr"),
        ("AddrPool", "SMF.MeanAllcAddr._Ns"),
    ]
    assert found.objects[0].values == (
        MeasuredValue(name="cmnet", value=1.0),
        MeasuredValue(name="ims", value=0.0),
    )


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"StartTime": None}, ("StartTime",)),
        ({"TimeZone": "Mars"}, ("TimeZone",)),
        ({"TimeZone": "UTC+99"}, ("TimeZone",)),
        ({"Datas": {}}, ("Datas",)),
        ({"Datas": [{"ObjectType": "x", "KPIs": [{"KPIID": "k", "KPIValues": [{"Name": "n", "Value": "y"}]}]}]},
         ("Datas", "0", "KPIs", "0", "KPIValues", "0", "Value")),
    ],
)  # fmt: skip
def test_a_wrong_measurement_is_refused_by_its_field(change: dict[str, Any], field: tuple[str, ...]) -> None:
    assert refused(MEASUREMENT, measured() | change) == field


def test_a_report_without_data_names_its_task() -> None:
    (found,) = decoder().decode(REPORT, {"id": 1, "NeType": "SMF"}, RECEIVED).measurements
    assert (found.at, found.ne_type, found.objects[0].kpi_id) == (RECEIVED, "SMF", "1")


@pytest.mark.parametrize("zone", ["UTC+8", "utc+08:00", "GMT+8"])
def test_zones_are_read_in_their_usual_forms(zone: str) -> None:
    found = decoder().decode(MEASUREMENT, measured() | {"TimeZone": zone}, RECEIVED)
    assert found.measurements[0].at == datetime(2023, 5, 23, 14, 26, 28, tzinfo=UTC)
