"""What the OMC has written down of network elements, and files that it hands to them."""

from typing import Annotated

from adapters.omc.verbs import OmcRecord, delete, get, post, put
from adapters.record import Matches, Millis, Name, OneOf, Whole, Wire

NeIdQuery = Annotated[Name, Wire("ne_id")]
PvFlag = Annotated[str, OneOf(("PNF", "VNF"))]
"""Whether the element is hardware of its own or runs in a cloud."""

UploadPath = Annotated[
    str, Matches(r"(?!.*\.\.)/?[A-Za-z0-9_.\-/]{1,255}", "a path that an upload gave, without `..`")
]


class ElementChange(OmcRecord, frozen=True):
    """What may be changed of an element."""

    pv_flag: PvFlag
    province: str
    vendor_name: str
    dn: str


class ElementDraft(OmcRecord, frozen=True):
    """An element to write down."""

    ne_type: Name
    ne_id: Name
    ne_name: str
    ip: Annotated[str, Matches(r"[0-9A-Fa-f.:]{2,45}", "an IP address")]
    port: Annotated[str, Matches(r"[0-9]{1,5}", "a port number")]
    pv_flag: PvFlag
    province: str
    vendor_name: str
    dn: str


class ElementRecord(OmcRecord, frozen=True):
    """An element as the OMC has written it down."""

    id: str | None = None
    ne_type: str | None = None
    ne_id: str | None = None
    ne_name: str | None = None
    rm_uid: Annotated[str | None, Wire("rmUid", also=("rmUID",))] = None
    ip: str | None = None
    port: int | None = None
    pv_flag: str | None = None
    province: str | None = None
    vendor_name: str | None = None
    dn: str | None = None
    ne_address: str | None = None
    status: str | None = None
    create_time: Millis | None = None
    update_time: Millis | None = None
    whole: Whole = None


class FilePush(OmcRecord, frozen=True):
    """Which uploaded file goes to which element."""

    upload_path: UploadPath
    """The `fileName` that the upload answered."""
    ne_type: Name
    ne_id: Name


@put("/api/rest/systemManagement/v1/elementType/udm/objectType/neInfo")
def update_ne_info(ne_id: NeIdQuery, body: ElementChange) -> None:
    """Changes what is written down of a UDM. (Configuration / NE Management)"""


@post("/api/rest/systemManagement/v1/elementType/udm/objectType/neInfo")
def create_ne_info(ne_id: NeIdQuery, body: ElementDraft) -> None:
    """Writes a UDM down. (Configuration / NE Management)"""


@delete("/api/rest/systemManagement/v1/elementType/udm/objectType/neInfo")
def delete_ne_info(ne_id: NeIdQuery) -> None:
    """Forgets a UDM. (Configuration / NE Management)"""


@get("/ne/info")
def get_ne_info(ne_type: Name, ne_id: Name) -> ElementRecord:
    """What is written down of one element. (UE Management / General APIs)"""


@post("/ne/action/pushFile")
def push_file_to_ne(body: FilePush) -> str:
    """Hands an uploaded file to an element; gives the path there. (UE Management / General APIs)"""
