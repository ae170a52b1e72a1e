"""Software of elements and backups of their configuration: kept on the OMC, put onto elements."""

from typing import Annotated

from adapters.exchange import FileDownload, FileUpload
from adapters.omc.verbs import OmcRecord, delete, get, patch, post, put
from adapters.operation import Effect
from adapters.record import Matches, Name, Wire

NeIdQuery = Annotated[Name, Wire("ne_id")]


class BackupName(OmcRecord, frozen=True):
    """A backup that lies on the OMC."""

    file_name: Annotated[
        str, Matches(r"[A-Za-z0-9_\-][A-Za-z0-9_.\-]{0,127}", "a file's name, without a folder")
    ]


@get("/api/rest/systemManagement/v1/AMF/software/123")
def get_software() -> FileDownload:
    """The AMF software 123 that lies on the OMC. (Configuration / Export/Import NE)"""


@post("/api/rest/systemManagement/v1/AMF/software/123")
def upload_software(file: FileUpload) -> None:
    """Puts the AMF software 123 onto the OMC. (Configuration / Export/Import NE)"""


@get("/api/rest/systemManagement/v1/elementType/udm/objectType/cm", effect=Effect.WRITE)
def export_ne_cm(ne_id: NeIdQuery) -> FileDownload:
    """Backs a UDM's configuration up and gives it as a file. (Configuration / Export/Import NE)"""


@post("/api/rest/systemManagement/v1/elementType/udm/objectType/cm")
def import_ne_cm(ne_id: NeIdQuery, body: BackupName) -> None:
    """Puts a backup of the configuration back onto a UDM. (Configuration / Export/Import NE)"""


@delete("/api/rest/systemManagement/v1/elementType/udm/objectType/cm")
def delete_ne_cm_file(ne_id: NeIdQuery, body: BackupName) -> None:
    """Deletes a backup of a UDM's configuration. (Configuration / Export/Import NE)"""


@put("/api/rest/systemManagement/v1/EMS/software/5GC16.1.1.20230628/SZ_T01")
def activate_software() -> None:
    """Activates software 5GC16.1.1.20230628 on SZ_T01. (Configuration / Export/Import NE)"""


@patch("/api/rest/systemManagement/v1/EMS/software/5GC16.1.1.20230628/SZ_T01")
def rollback_software(file: FileUpload) -> None:
    """Rolls software 5GC16.1.1.20230628 back on SZ_T01. (Configuration / Export/Import NE)"""


@post("/api/rest/systemManagement/v1/EMS/software/2.2311.8/001")
def distribute_software(file: FileUpload) -> None:
    """Hands software 2.2311.8 to element 001. (Configuration / Export/Import NE)"""
