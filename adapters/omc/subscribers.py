"""Subscriptions that a UDM holds."""

from typing import Annotated

from adapters.exchange import FileDownload, FileUpload
from adapters.omc.online import Msisdn
from adapters.omc.verbs import OmcRecord, delete, get, post, put
from adapters.operation import Content, Effect
from adapters.record import Also, Imsi, Json, Matches, Name, OneOf, Rows, Whole, Wire

Count = Annotated[str, Matches(r"[1-9][0-9]{0,5}", "a number from 1 to 999999")]
SortOrder = Annotated[str, OneOf(("asc", "desc"))]
FileKind = Annotated[str, OneOf(("txt", "csv"))]
Template = Annotated[str, Matches(r"[A-Za-z0-9_.\-]{0,64}", "the name of a template")]
Mask = Annotated[str, Matches(r"-|[0-9]{0,10}", "a number, or `-`")]


class UdmSubscriber(OmcRecord, frozen=True):
    """A subscription. A single read may come in the element's own words; `-` is none."""

    id: str | None = None
    imsi: str | None = None
    msisdn: Annotated[str | None, Also(("MSISDN",))] = None
    ambr: Annotated[str | None, Also(("AMBR",))] = None
    nssai: Annotated[str | None, Also(("NSSAI",))] = None
    rat: Annotated[str | None, Also(("RAT",))] = None
    """A bit mask: radio access that is barred."""
    arfb: Annotated[str | None, Also(("AreaForbidden",))] = None
    sar: Annotated[str | None, Also(("ServiceAreaRestriction",))] = None
    cn: Annotated[str | None, Also(("CNType",))] = None
    """A bit mask: core networks that are allowed."""
    sm_data: Annotated[str | None, Also(("SM-Data(snssai+dnn[1..n])",))] = None
    """Slices with their data networks: `1-000001&cmnet&ims`."""
    smf_sel: Annotated[str | None, Also(("Smf-Selection",))] = None
    eps_dat: Annotated[str | None, Also(("EPS-Data",))] = None
    """The fields from `epsFlag` on, joined by commas."""
    ne_id: str | None = None
    eps_flag: str | None = None
    eps_odb: str | None = None
    hplmn_odb: str | None = None
    ard: str | None = None
    epstpl: str | None = None
    context_id: str | None = None
    apn_context: str | None = None
    static_ip: str | None = None
    active_time: Annotated[str | None, Wire("ActiveTime")] = None
    mico: Annotated[str | None, Wire("MICO")] = None
    mme_id: Annotated[str | None, Wire("MME_id")] = None
    odb_ps: Annotated[str | None, Wire("ODB_PS")] = None
    reg_timer: Annotated[str | None, Wire("RegTimer")] = None
    rfsp_index: Annotated[str | None, Wire("RfspIndex")] = None
    ue_usage_type: Annotated[str | None, Wire("UEUsageType")] = None
    kdc_flag: Annotated[str | None, Wire("kdc_flag")] = None
    whole: Whole = None


class UdmSubscriberWrite(OmcRecord, frozen=True):
    """A subscription to write; the whole of it is replaced."""

    imsi: Imsi
    msisdn: Msisdn
    ambr: Template
    nssai: Template
    rat: Mask
    arfb: Template
    sar: Template
    cn: Mask
    sm_data: str
    smf_sel: Template
    eps_dat: str
    eps_flag: Mask
    eps_odb: Mask
    hplmn_odb: Mask
    ard: Mask
    epstpl: Template
    context_id: Mask
    apn_context: Annotated[str, Matches(r"[0-9A-Fa-f]{0,64}|-", "hexadecimal digits")]
    static_ip: Annotated[str, Matches(r"-|[0-9A-Fa-f.:]{2,64}", "an IP address, or `-`")] | None = None


class SubscriberExport(OmcRecord, frozen=True):
    """Which UDM's subscriptions to export, and how."""

    ne_id: Name
    type: FileKind


@get("/ne/udm/sub/{neId}/{imsi}")
def get_subscriber(ne_id: Name, imsi: Imsi) -> UdmSubscriber:
    """One subscription. (UE Management / UDM Subscriber Data)"""


@delete("/ne/udm/sub/{neId}/{imsi}")
def delete_subscriber(ne_id: Name, imsi: Imsi) -> str:
    """Deletes a subscription. (UE Management / UDM Subscriber Data)"""


@post("/ne/udm/sub/{neId}")
def add_subscriber(ne_id: Name, body: UdmSubscriberWrite) -> str:
    """Creates a subscription. (UE Management / UDM Subscriber Data)"""


@put("/ne/udm/sub/{neId}")
def update_subscriber(ne_id: Name, body: UdmSubscriberWrite) -> str:
    """Replaces a subscription. (UE Management / UDM Subscriber Data)"""


@post("/ne/udm/sub/{neId}/{num}")
def batch_add_subscribers(ne_id: Name, num: Count, body: UdmSubscriberWrite) -> str:
    """Creates so many subscriptions, IMSI and MSISDN counting up. (UE Management / UDM Subscriber Data)"""


@delete("/ne/udm/sub/{neId}/{imsi}/{num}")
def batch_delete_subscribers(ne_id: Name, imsi: Imsi, num: Count) -> str:
    """Deletes so many subscriptions, from an IMSI upward. (UE Management / UDM Subscriber Data)"""


@post("/ne/udm/sub/export", effect=Effect.READ)
def export_subscribers(body: SubscriberExport) -> FileDownload:
    """Subscriptions as a file. (UE Management / UDM Subscriber Data)"""


@put("/ne/udm/sub/resetData/{neId}")
def reload_subscribers(ne_id: Name) -> Json:
    """Makes the OMC read a UDM's subscriptions again. (UE Management / UDM Subscriber Data)"""


@post("/ne/udm/sub/import", content=Content.MULTIPART)
def import_subscribers(ne_id: Name, file: FileUpload) -> str:
    """Creates subscriptions from a file. (UE Management / UDM Subscriber Data)"""


@get("/ne/udm/sub/list")
def list_subscribers(
    *,
    ne_id: Name | None = None,
    imsi: str | None = None,
    msisdn: str | None = None,
    sort_field: Name | None = None,
    sort_order: SortOrder | None = None,
    page_num: int | None = None,
    page_size: int | None = None,
) -> Rows[UdmSubscriber]:
    """Subscriptions of a UDM, page by page; without its id there are none. (UE Management / UDM Subscriber Data)"""
