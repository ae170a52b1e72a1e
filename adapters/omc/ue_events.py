"""What AMFs report of subscribers' equipment: detached, connected or idle, authenticated or not."""

from typing import Annotated

from adapters.omc.verbs import OmcRecord, post
from adapters.operation import Effect
from adapters.record import Imsi, LocalTime, Wire


class UeDetach(OmcRecord, frozen=True):
    """An equipment has detached."""

    imsi: Imsi
    detach_time: LocalTime
    detach_result: int


class UeCmState(OmcRecord, frozen=True):
    """The connection state of an equipment has changed."""

    imsi: Imsi
    online_number: int
    """How many are online now."""
    change_time: LocalTime
    status: int
    """1 connected, 2 idle, 3 inactive."""


class UeAuthResult(OmcRecord, frozen=True):
    """An equipment has been authenticated, or not."""

    imsi: Imsi
    imei: str
    tac_id: Annotated[str, Wire("tacID")]
    gnb_id: Annotated[str, Wire("gNBID")]
    cell_id: Annotated[str, Wire("cellID")]
    online_number: int
    auth_code: str
    auth_message: str
    auth_time: LocalTime


@post("/upload-ue/v1/detach", effect=Effect.INGEST)
def post_ue_detach(body: UeDetach) -> None:
    """An AMF reports a detach. (Monitor & Alarm / UE Event)"""


@post("/upload-ue/v1/cm-state", effect=Effect.INGEST)
def post_ue_cm_state(body: UeCmState) -> None:
    """An AMF reports a change of the connection state. (Monitor & Alarm / UE Event)"""


@post("/upload-ue/v1/auth-result", effect=Effect.INGEST)
def post_ue_auth_result(body: UeAuthResult) -> None:
    """An AMF reports the result of an authentication. (Monitor & Alarm / UE Event)"""
