"""What elements post to the documented ingest paths, as events of the gateway."""

import re
from collections.abc import Callable
from datetime import datetime, tzinfo
from typing import Any

from adapters.errors import NotFound
from adapters.omc.alarm_words import event_type_of, severity_of
from adapters.omc.pushed_fields import Fields, objects_of
from adapters.ports.alarms import AlarmRow
from adapters.ports.events import PushDecoder, Pushed
from adapters.records import (
    CallRecord,
    MeasuredObject,
    MeasuredValue,
    Measurement,
    Severity,
    UeEvent,
    UeEventKind,
)
from adapters.settings import SourceSettings

CONNECTION_STATES = {1: "connected", 2: "idle", 3: "inactive"}
"""The states of a connection, by their numbers."""

_IMSI = re.compile(r"[0-9]{5,15}")
_TYPE = re.compile(r"[A-Za-z0-9]{1,16}")
_NE_ID = re.compile(r"[A-Za-z0-9_.\-]{1,64}")
_ELEMENT = r"/elementType/(?P<kind>[A-Za-z0-9]{1,16})/objectType/"
_ALARMS = re.compile(r"/api/rest/faultManagement/v1" + _ELEMENT + "alarms")
_CDR = re.compile(r"/api/rest/cdrManagement/v1" + _ELEMENT + "cdrEvent")
_REPORT = re.compile(r"/api/rest/performanceManagement/v1" + _ELEMENT + "measureReport")
_MEASUREMENT = re.compile(r"/api/rest/performanceManagement/v1" + _ELEMENT + "measurement")
_UE = re.compile(r"/upload-ue/v1/(?P<kind>detach|cm-state|auth-result)")

TASK = "MeasureTask"
"""What a report without data is about."""


class OmcPushDecoder(PushDecoder):
    """The ingest paths of one OMC, with the settings that its elements need."""

    def __init__(self, settings: SourceSettings) -> None:
        self._source = settings.name
        self._zone = settings.timezone
        objects = settings.option("objects", {})
        self._objects = {str(key): str(value) for key, value in dict(objects).items()}

    def accepts(self, path: str) -> bool:
        """Whether events are posted to this path."""
        return any(pattern.fullmatch(path) for pattern in (_ALARMS, _UE, _CDR, _REPORT, _MEASUREMENT))

    def decode(self, path: str, body: Any, received: datetime) -> Pushed:
        """The events of a body, one object or a list of them."""
        if found := _ALARMS.fullmatch(path):
            kind = found["kind"]
            return Pushed(alarms=tuple(self._alarm(one, kind) for one in objects_of(body)))
        if found := _UE.fullmatch(path):
            event = UE_EVENTS[found["kind"]]
            return Pushed(ue_events=tuple(event(one, self._source, self._zone) for one in objects_of(body)))
        if _CDR.fullmatch(path):
            return Pushed(call_records=tuple(call_record(one, self._source) for one in objects_of(body)))
        if found := _REPORT.fullmatch(path):
            kind = found["kind"]
            return Pushed(
                measurements=tuple(report(one, self._source, kind, received) for one in objects_of(body))
            )
        if found := _MEASUREMENT.fullmatch(path):
            kind = found["kind"]
            return Pushed(measurements=tuple(self._measurement(one, kind) for one in objects_of(body)))
        raise NotFound(f"{self._source} documents no events at {path}.")

    def _alarm(self, told: Fields, kind: str) -> AlarmRow:
        """An alarm in either form: as an element posts it, or as an OMC fetches it."""
        ne_type, ne_id = self._element(told, kind)
        severity_name = "perceivedSeverity" if told.has("perceivedSeverity") else "origSeverity"
        if not told.has(severity_name):
            told.refuse("perceivedSeverity", "is needed")
        told.text(severity_name)
        severity = severity_of(told.value[severity_name]) or Severity.INDETERMINATE
        original = severity_of(told.text("origSeverity"))
        status = told.needed_whole("alarmStatus")
        if status not in (0, 1):
            told.refuse("alarmStatus", "is 1 (stands) or 0 (cleared)")
        alarm_id, code = told.text("alarmId"), told.whole("alarmCode")
        if alarm_id is None and code is None:
            told.refuse("alarmCode", "is needed")
        if code is not None and abs(code) >= 2**31:
            told.refuse("alarmCode", "is a whole number")
        return AlarmRow(
            ne_type=ne_type,
            ne_id=ne_id,
            ne_name=told.text("neName"),
            alarm_id=alarm_id,
            code=code,
            title=told.text("alarmTitle"),
            event_type=event_type_of(told.text("alarmType")),
            severity=severity,
            original_severity=original,
            cleared=status == 0 or severity is Severity.CLEARED,
            event_time=told.local_time("eventTime", self._zone),
            specific_problem=told.text("specificProblem"),
            additional_text=told.text("additionalText") or told.text("addInfo"),
            location=told.text("locationInfo"),
            raw=told.value,
        )

    def _element(self, told: Fields, kind: str) -> tuple[str, str]:
        """The element of an alarm: named outright, or by an object id that a setting may map (`SMF_0`)."""
        if told.has("neType") or told.has("neId"):
            ne_type = told.needed_text("neType")
            if not _TYPE.fullmatch(ne_type):
                told.refuse("neType", "has letters and digits")
            ne_id = told.needed_text("neId")
            if not _NE_ID.fullmatch(ne_id):
                told.refuse("neId", "has letters, digits, `_`, `.` and `-`")
            return ne_type.upper(), ne_id
        object_id = told.needed_text("objectId")
        mapped = self._objects.get(object_id)
        if mapped is not None:
            ne_type, _, ne_id = mapped.partition("/")
            return ne_type.upper(), ne_id
        if not _NE_ID.fullmatch(object_id):
            told.refuse("objectId", "has letters, digits, `_`, `.` and `-`")
        head, _, rest = object_id.partition("_")
        if rest and _TYPE.fullmatch(head):
            return head.upper(), rest
        return kind.upper(), object_id

    def _measurement(self, told: Fields, kind: str) -> Measurement:
        zone = told.zone("TimeZone", self._zone)
        name = told.text("NeName")
        mapped = self._objects.get(name or "", "").partition("/")
        return Measurement(
            cursor="",
            at=told.local_time("StartTime", zone) or told.refuse("StartTime", "is needed"),
            source=self._source,
            ne_type=(told.text("NeType") or kind).upper(),
            ne_id=mapped[2] or None,
            ne_name=name,
            period_minutes=told.whole("Period"),
            objects=tuple(
                _measured(told_object, indicator)
                for told_object in told.items("Datas")
                for indicator in told_object.items("KPIs")
            ),
        )


def _measured(told: Fields, indicator: Fields) -> MeasuredObject:
    return MeasuredObject(
        object_type=told.needed_text("ObjectType"),
        kpi_id=indicator.needed_text("KPIID"),
        values=tuple(
            MeasuredValue(name=value.needed_text("Name"), value=value.number("Value"))
            for value in indicator.items("KPIValues")
        ),
    )


def report(told: Fields, source: str, kind: str, received: datetime) -> Measurement:
    """A notice that a task has a report: it holds no data, and no time."""
    return Measurement(
        cursor="",
        at=received,
        source=source,
        ne_type=(told.text("NeType") or kind).upper(),
        objects=(MeasuredObject(object_type=TASK, kpi_id=str(told.needed_whole("id"))),),
    )


def detached(told: Fields, source: str, zone: tzinfo) -> UeEvent:
    """An equipment has detached."""
    result = told.whole("detachResult")
    return UeEvent(
        cursor="",
        source=source,
        kind=UeEventKind.DETACH,
        imsi=_imsi(told),
        at=_at(told, "detachTime", zone),
        result=None if result is None else str(result),
    )


def connection_changed(told: Fields, source: str, zone: tzinfo) -> UeEvent:
    """The connection of an equipment has changed."""
    status = told.needed_whole("status")
    return UeEvent(
        cursor="",
        source=source,
        kind=UeEventKind.CONNECTION_STATE,
        imsi=_imsi(told),
        at=_at(told, "changeTime", zone),
        result=str(status),
        message=CONNECTION_STATES.get(status),
        online_number=_count(told, "onlineNumber"),
    )


def authenticated(told: Fields, source: str, zone: tzinfo) -> UeEvent:
    """An equipment has been authenticated, or not."""
    return UeEvent(
        cursor="",
        source=source,
        kind=UeEventKind.AUTHENTICATION,
        imsi=_imsi(told),
        imei=told.text("imei"),
        at=_at(told, "authTime", zone),
        result=told.text("authCode"),
        message=told.text("authMessage"),
        online_number=_count(told, "onlineNumber"),
        tac=told.text("tacID"),
        gnb_id=told.text("gNBID"),
        cell_id=told.text("cellID"),
    )


UE_EVENTS: dict[str, Callable[[Fields, str, tzinfo], UeEvent]] = {
    "detach": detached,
    "cm-state": connection_changed,
    "auth-result": authenticated,
}
"""What each of the paths for equipment tells of."""


def call_record(told: Fields, source: str) -> CallRecord:
    """A call."""
    call = told.inner("CDR")
    seconds = call.whole("callDuration")
    if seconds is not None and seconds < 0:
        call.refuse("callDuration", "is 0 or more")
    return CallRecord(
        cursor="",
        source=source,
        record_type=call.needed_text("recordType"),
        sequence_number=_count(call, "seqNumber"),
        call_reference=call.needed_text("callReference"),
        caller=call.text("callerParty"),
        called=call.text("calledParty"),
        result=call.text("serviceResult"),
        seized_at=call.epoch("seizureTime"),
        answered_at=call.epoch("answerTime"),
        released_at=call.epoch("releaseTime"),
        duration_ms=None if seconds is None else seconds * 1000,
    )


def _imsi(told: Fields) -> str:
    imsi = told.needed_text("imsi")
    if not _IMSI.fullmatch(imsi):
        told.refuse("imsi", "has 5 to 15 digits")
    return imsi


def _at(told: Fields, name: str, zone: tzinfo) -> datetime:
    return told.local_time(name, zone) or told.refuse(name, "is needed")


def _count(told: Fields, name: str) -> int | None:
    value = told.whole(name)
    if value is not None and abs(value) >= 2**31:
        told.refuse(name, "is a whole number")
    return value
