"""Parameter groups of elements. No document shows what is in a group, so a group is what comes."""

from typing import Annotated

from adapters.omc.verbs import OmcRecord, delete, get, post, put
from adapters.record import Json, Matches, Name, Wire

Location = Annotated[str, Matches(r"[A-Za-z0-9_.\-/]{1,64}", "letters, digits, `_`, `.`, `-` and `/`")]
"""Which record of a group is meant: an index, or a path of them."""

Subsystem = Annotated[Name, Wire("subsys_no")]


class UdmSystem(OmcRecord, frozen=True):
    """The system parameters of a UDM that may be changed."""

    capacity: int
    priority: int


@get("/api/rest/systemManagement/v1/elementType/udm/objectType/config/system")
def get_udm_config_system(ne_id: Annotated[Name, Wire("ne_id")], loc: Location) -> Json:
    """System parameters of a UDM. (Configuration / Parameter config)"""


@put("/api/rest/systemManagement/v1/elementType/udm/objectType/config/system")
def update_udm_config_system(subsys_no: Subsystem, body: UdmSystem) -> None:
    """Changes system parameters of a UDM. (Configuration / Parameter config)"""


@post("/api/rest/systemManagement/v1/elementType/udm/objectType/config/system")
def create_udm_config_system(subsys_no: Subsystem, body: UdmSystem) -> None:
    """Adds system parameters to a UDM. (Configuration / Parameter config)"""


@delete("/api/rest/systemManagement/v1/elementType/udm/objectType/config/system")
def delete_udm_config_system(subsys_no: Subsystem) -> None:
    """Takes system parameters away from a UDM. (Configuration / Parameter config)"""


@get("/api/rest/systemManagement/v1/elementType/udm/objectType/config/subsUEAmbr")
def get_udm_config_subs_ue_ambr() -> Json:
    """Templates of the aggregate maximum bit rate. (Configuration / Parameter config)"""


@get("/api/rest/systemManagement/v1/elementType/udm/objectType/config/smfSelection")
def get_udm_config_smf_selection() -> Json:
    """Templates of the SMF selection. (Configuration / Parameter config)"""


@get("/api/rest/systemManagement/v1/elementType/amf/objectType/config/guami")
def get_amf_config_guami() -> Json:
    """The GUAMIs of the AMF. (Configuration / Parameter config)"""
