"""Call records of the IMS: posted one by one, or fetched as a file."""

from typing import Annotated

from adapters.exchange import FileDownload
from adapters.omc.verbs import OmcRecord, get, post
from adapters.operation import Effect
from adapters.record import OneOf, Seconds, Wire


class CallDetail(OmcRecord, frozen=True):
    """One call."""

    record_type: str
    seq_number: int
    call_reference: str
    caller_party: str
    called_party: str
    service_result: str
    seizure_time: Seconds
    answer_time: Seconds
    release_time: Seconds
    call_duration: int
    """Seconds."""


class CallEvent(OmcRecord, frozen=True):
    """A call record as an IMS posts it."""

    ne_type: str
    ne_name: str
    rm_uid: Annotated[str, Wire("rmUID")]
    timestamp: Seconds
    cdr: Annotated[CallDetail, Wire("CDR")]


@post("/api/rest/cdrManagement/v1/elementType/ims/objectType/cdrEvent", effect=Effect.INGEST)
def post_cdr_event_ims(body: CallEvent) -> None:
    """An IMS reports a call. (Monitor & Alarm / CDR Event)"""


@get("/api/rest/cdrManagement/v1/elementType/ims/objectType/cdrFile")
def get_cdr_file_ims(*, type: Annotated[str, OneOf(("failed", "full"))] | None = None) -> FileDownload:
    """Call records as a file: those that failed, or all. (Monitor & Alarm / CDR Event)"""
