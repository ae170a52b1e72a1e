"""Who is online, and which base stations are seen."""

from typing import Annotated, Any

from adapters.omc.verbs import OmcRecord, get
from adapters.record import Imsi, Json, LocalTime, Matches, Name

Msisdn = Annotated[str, Matches(r"\+?[0-9]{1,20}", "a telephone number has digits")]


class N3iwfUser(OmcRecord, frozen=True):
    """A registration over untrusted access."""

    active_time: LocalTime | None = None
    imsi: str | None = None
    nai: str | None = None
    reg_state: int | None = None
    """1 is registered."""


def number_of(payload: Any) -> Any:
    """The count alone, which comes in `ueNum`."""
    return payload.get("ueNum") if isinstance(payload, dict) else payload


@get("/api/rest/ueManagement/v1/elementType/n3iwf/objectType/ueInfo")
def query_n3iwf_ue(ne_id: Name, *, imsi: Imsi | None = None) -> list[N3iwfUser]:
    """Who is registered at an N3IWF. (UE Management / N3IWF Online User)"""


@get("/api/rest/ueManagement/v1/elementType/amf/objectType/nbInfo")
def get_amf_nb_info(nb_id: Name, ne_id: Name) -> list[Json]:
    """A base station as an AMF sees it. (UE Management / NodeB Information)"""


@get("/api/rest/ueManagement/v1/elementType/ims/objectType/ueInfo")
def get_ims_ue_info(imsi: Imsi, ne_id: Name) -> list[Json]:
    """A subscriber's registrations at an IMS. (UE Management / IMS Online User)"""


@get("/api/rest/ueManagement/v1/elementType/smf/objectType/ueInfo")
def get_smf_ue_info(
    ne_id: Name, *, imsi: Imsi | None = None, msisdn: Msisdn | None = None, upstate: Name | None = None
) -> list[Json]:
    """Sessions at an SMF. (UE Management / SMF Online User)"""


@get("/api/rest/ueManagement/v1/elementType/smf/objectType/ueNum", shape=number_of)
def get_smf_ue_num(ne_id: Name) -> int:
    """How many subscribers have a session at an SMF. (UE Management / SMF Online User)"""
