"""Alarms that elements report: posted by them, or fetched from them by the OMC."""

from typing import Annotated

from adapters.omc.verbs import OmcRecord, get, post
from adapters.operation import Effect
from adapters.record import Json, LocalTime, Matches

ElementType = Annotated[str, Matches(r"[A-Za-z0-9]{1,16}", "an element type has letters and digits")]


class SyncedAlarm(OmcRecord, frozen=True):
    """An alarm as an element keeps it."""

    ne_type: str | None = None
    ne_id: str | None = None
    alarm_id: str | None = None
    alarm_title: str | None = None
    event_time: LocalTime | None = None
    alarm_code: int | None = None
    alarm_type: str | None = None
    orig_severity: str | None = None
    alarm_status: int | None = None
    specific_problem: str | None = None
    add_info: str | None = None
    location_info: str | None = None


class PostedAlarm(OmcRecord, frozen=True):
    """An alarm as an element posts it."""

    object_id: str
    alarm_title: str
    event_time: LocalTime
    alarm_code: int
    alarm_type: str
    perceived_severity: int
    """1 critical, 2 major, 3 minor, 4 warning."""
    alarm_status: int
    """1 stands, 0 is cleared."""
    specific_problem: str
    additional_text: str
    alarm_source: str


@get("/api/rest/faultManagement/v1/elementType/{elementTypeValue}/objectType/alarms", effect=Effect.WRITE)
def sync_alarms_from_ne(element_type_value: ElementType, body: list[SyncedAlarm] | None = None) -> Json:
    """Makes the OMC fetch and keep the alarms of elements of a type. (Monitor & Alarm / Alarm)"""


@post("/api/rest/faultManagement/v1/elementType/smf/objectType/alarms", effect=Effect.INGEST)
def post_alarm_smf(body: PostedAlarm) -> None:
    """An SMF reports an alarm. (Monitor & Alarm / Alarm)"""


@post("/api/rest/faultManagement/v1/elementType/amf/objectType/alarms", effect=Effect.INGEST)
def post_alarm_amf(body: PostedAlarm) -> None:
    """An AMF reports an alarm. (Monitor & Alarm / Alarm)"""
