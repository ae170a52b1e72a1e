"""Documented operations for whatever type of element: the document shows each of them at one type alone.

These are not part of the native namespace, where every path stands as the document has it.
"""

from typing import Annotated, Any

from adapters.omc.alarm_posts import ElementType
from adapters.omc.element_records import ElementChange, ElementDraft
from adapters.omc.mml import MmlCommands, outputs
from adapters.omc.online import Msisdn, number_of
from adapters.omc.parameters import Location
from adapters.omc.verbs import delete, get, post, put
from adapters.record import Imsi, Json, Matches, Name, Wire

NeIdQuery = Annotated[Name, Wire("ne_id")]
Group = Annotated[str, Matches(r"[A-Za-z][A-Za-z0-9_]{0,63}", "a group has letters, digits and `_`")]

StationOrAll = Annotated[str, Matches(r"[A-Za-z0-9_.\-]{0,64}", "letters, digits, `_`, `.` and `-`")]

SYSTEM = "/api/rest/systemManagement/v1/elementType"
UE = "/api/rest/ueManagement/v1/elementType"
MML = "/api/rest/operationManagement/v1/elementType"


def listed(payload: Any) -> Any:
    """Rows, also where one comes by itself."""
    return payload if isinstance(payload, list) else [] if payload in (None, {}) else [payload]


@post(SYSTEM + "/{elementType}/objectType/neInfo", hidden=True)
def create_element_info(element_type: ElementType, ne_id: NeIdQuery, body: ElementDraft) -> None:
    """Writes an element down."""


@put(SYSTEM + "/{elementType}/objectType/neInfo", hidden=True)
def update_element_info(element_type: ElementType, ne_id: NeIdQuery, body: ElementChange) -> None:
    """Changes what is written down of an element."""


@delete(SYSTEM + "/{elementType}/objectType/neInfo", hidden=True)
def delete_element_info(element_type: ElementType, ne_id: NeIdQuery) -> None:
    """Forgets an element."""


@get(SYSTEM + "/{elementType}/objectType/config/{group}", hidden=True)
def get_element_parameters(
    element_type: ElementType, group: Group, ne_id: NeIdQuery, *, loc: Location | None = None
) -> Json:
    """A parameter group of an element."""


@post(MML + "/{elementType}/objectType/mml", shape=outputs, hidden=True)
def run_mml(element_type: ElementType, ne_id: NeIdQuery, body: MmlCommands) -> list[str]:
    """Runs operator commands on an element."""


@get(UE + "/{elementType}/objectType/ueInfo", shape=listed, hidden=True)
def get_online_users(
    element_type: ElementType, ne_id: Name, *, imsi: Imsi | None = None, msisdn: Msisdn | None = None
) -> list[Json]:
    """Who is online at an element."""


@get(UE + "/{elementType}/objectType/ueNum", shape=number_of, hidden=True)
def count_online_users(element_type: ElementType, ne_id: Name) -> int:
    """How many are online at an element."""


@get(UE + "/{elementType}/objectType/nbInfo", shape=listed, hidden=True)
def get_base_stations(element_type: ElementType, ne_id: Name, nb_id: StationOrAll) -> list[Json]:
    """Base stations that an element sees; an empty id asks for all of them."""
