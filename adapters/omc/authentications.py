"""Authentication data of subscribers that a UDM holds: the keys are secrets."""

from typing import Annotated

from adapters.exchange import FileDownload, FileUpload
from adapters.omc.subscribers import Count, FileKind, SortOrder
from adapters.omc.verbs import OmcRecord, delete, get, post, put
from adapters.operation import Content, Effect
from adapters.record import Imsi, Matches, Name, Rows, Secret

Key = Annotated[str | None, Secret("subscriber:secrets")]
"""Shown to whoever may see subscribers' secrets."""


class UdmAuthentication(OmcRecord, frozen=True):
    """Authentication data of one subscriber; `-` and `*` are no keys."""

    id: str | None = None
    msisdn: str | None = None
    imsi: str | None = None
    amf: str | None = None
    """The authentication management field, not the network function."""
    status: str | None = None
    ki: Key = None
    algo_index: str | None = None
    opc: Key = None
    ne_id: str | None = None

    def __repr__(self) -> str:
        return f"UdmAuthentication(imsi={self.imsi!r})"


class UdmAuthenticationWrite(OmcRecord, frozen=True):
    """Authentication data to write."""

    imsi: Imsi
    amf: Annotated[str, Matches(r"[0-9A-Fa-f]{4}", "amf has four hexadecimal digits")]
    algo_index: Annotated[str, Matches(r"[0-9]{1,3}", "an algorithm's index is a number")]
    ki: Annotated[str, Secret(), Matches(r"[0-9A-Fa-f]{32}|[0-9A-Fa-f]{48}", "ki has 32 hexadecimal digits")]
    opc: Annotated[
        str,
        Secret(),
        Matches(r"-|[0-9A-Fa-f]{32}|[0-9A-Fa-f]{48}", "opc is `-` or has 32 hexadecimal digits"),
    ]

    def __repr__(self) -> str:
        return f"UdmAuthenticationWrite(imsi={self.imsi!r})"


class AuthenticationExport(OmcRecord, frozen=True):
    """Which UDM's authentication data to export, and how."""

    ne_id: Name
    type: FileKind


@get("/ne/udm/auth/list")
def list_auth_data(
    *,
    ne_id: Name | None = None,
    imsi: str | None = None,
    msisdn: str | None = None,
    sort_field: Name | None = None,
    sort_order: SortOrder | None = None,
    page_num: int | None = None,
    page_size: int | None = None,
) -> Rows[UdmAuthentication]:
    """Authentication data of a UDM, page by page. (UE Management / UDM Authentication Data)"""


@get("/ne/udm/auth/{neId}/{imsi}")
def get_auth_data(ne_id: Name, imsi: Imsi) -> UdmAuthentication:
    """Authentication data of one subscriber. (UE Management / UDM Authentication Data)"""


@delete("/ne/udm/auth/{neId}/{imsi}")
def delete_auth_data(ne_id: Name, imsi: Imsi) -> str:
    """Deletes the authentication data of a subscriber. (UE Management / UDM Authentication Data)"""


@put("/ne/udm/auth/resetData/{neId}")
def reload_auth_data(ne_id: Name) -> str:
    """Makes the OMC read a UDM's authentication data again. (UE Management / UDM Authentication Data)"""


@post("/ne/udm/auth/{neId}")
def add_auth_data(ne_id: Name, body: UdmAuthenticationWrite) -> str:
    """Creates the authentication data of a subscriber. (UE Management / UDM Authentication Data)"""


@put("/ne/udm/auth/{neId}")
def update_auth_data(ne_id: Name, body: UdmAuthenticationWrite) -> str:
    """Replaces the authentication data of a subscriber. (UE Management / UDM Authentication Data)"""


@post("/ne/udm/auth/{neId}/{num}")
def batch_add_auth_data(ne_id: Name, num: Count, body: UdmAuthenticationWrite) -> str:
    """Creates authentication data for so many IMSIs counting up. (UE Management / UDM Authentication Data)"""


@delete("/ne/udm/auth/{neId}/{imsi}/{num}")
def batch_delete_auth_data(ne_id: Name, imsi: Imsi, num: Count) -> str:
    """Deletes so many, from an IMSI upward. (UE Management / UDM Authentication Data)"""


@post("/ne/udm/auth/export", effect=Effect.READ)
def export_auth_data(body: AuthenticationExport) -> FileDownload:
    """Authentication data as a file, keys included. (UE Management / UDM Authentication Data)"""


@post("/ne/udm/auth/import", content=Content.MULTIPART, envelope="message")
def import_auth_data(ne_id: Name, file: FileUpload) -> str:
    """Creates authentication data from a file; tells how many failed. (UE Management / UDM Authentication Data)"""
