"""Policies of subscribers that a PCF holds."""

from typing import Annotated

from adapters.exchange import FileDownload
from adapters.omc.online import Msisdn
from adapters.omc.subscribers import Count, FileKind
from adapters.omc.verbs import OmcRecord, delete, get, post, put
from adapters.record import Imsi, Joined, Matches, Name

Rules = Annotated[list[str], Joined("|"), Matches(r"[A-Za-z0-9_.\-]{1,64}", "the name of a rule")]
"""Names of rules, joined by `|` on the wire."""

Template = Annotated[str, Matches(r"[A-Za-z0-9_.\-]{0,64}", "the name of a template")]


class PcfPolicy(OmcRecord, frozen=True):
    """The policy of a subscriber."""

    imsi: str | None = None
    msisdn: str | None = None
    rfsp: int | None = None
    sar: str | None = None
    pcc_rules: Annotated[list[str] | None, Joined("|")] = None
    sess_rules: Annotated[list[str] | None, Joined("|")] = None
    ue_policy: str | None = None
    qos_audio: str | None = None
    qos_video: str | None = None
    hdr_enrich: str | None = None


class PcfPolicyDraft(OmcRecord, frozen=True):
    """A policy to create."""

    imsi: Imsi
    msisdn: Msisdn
    rfsp: int | None = None
    sar: Template | None = None
    pcc_rules: Rules | None = None
    sess_rules: Rules | None = None
    ue_policy: Template | None = None
    qos_audio: Template | None = None
    qos_video: Template | None = None
    hdr_enrich: Template | None = None


class PcfPolicyChange(OmcRecord, frozen=True):
    """What to change; what is left out or empty stays as it is."""

    imsi: Imsi
    msisdn: Msisdn | None = None
    rfsp: int | None = None
    sar: Template | None = None
    pcc_rules: Rules | None = None
    sess_rules: Rules | None = None
    ue_policy: Template | None = None
    qos_audio: Template | None = None
    qos_video: Template | None = None
    hdr_enrich: Template | None = None


class PcfPolicyBatch(OmcRecord, frozen=True):
    """What to change in all of a batch: here the document wants every field."""

    imsi: Imsi
    msisdn: Msisdn
    rfsp: int
    sar: Template
    pcc_rules: Rules
    sess_rules: Rules
    ue_policy: Template
    qos_audio: Template
    qos_video: Template
    hdr_enrich: Template


FilePath = Annotated[
    str, Matches(r"(?!.*\.\.)/?[A-Za-z0-9_.\-/]{1,255}", "the path of a file on the PCF, without `..`")
]


class PcfImport(OmcRecord, frozen=True):
    """Which file on the PCF to import."""

    ne_id: Name
    type: FileKind
    file_path: FilePath


class PcfImported(OmcRecord, frozen=True):
    """Which file was imported."""

    ne_id: str | None = None
    file_type: str | None = None
    file_path: str | None = None


@get("/api/rest/ueManagement/v1/elementType/pcf/objectType/ueInfo")
def query_pcf_ue(ne_id: Name, *, imsi: Imsi | None = None, msisdn: Msisdn | None = None) -> list[PcfPolicy]:
    """Policies that a PCF holds. (UE Management / PCF User PCC Rules)"""


@post("/api/rest/ueManagement/v1/elementType/pcf/objectType/ueInfo")
def add_pcf_ue(ne_id: Name, body: PcfPolicyDraft) -> None:
    """Creates a policy. (UE Management / PCF User PCC Rules)"""


@put("/api/rest/ueManagement/v1/elementType/pcf/objectType/ueInfo")
def update_pcf_ue(
    ne_id: Name, body: PcfPolicyChange, *, imsi: Imsi | None = None, msisdn: Msisdn | None = None
) -> None:
    """Changes a policy. (UE Management / PCF User PCC Rules)"""


@delete("/api/rest/ueManagement/v1/elementType/pcf/objectType/ueInfo")
def delete_pcf_ue(ne_id: Name, imsi: Imsi) -> None:
    """Deletes a policy. (UE Management / PCF User PCC Rules)"""


@post("/api/rest/ueManagement/v1/elementType/pcf/objectType/ueInfo/batch/{number}")
def batch_add_pcf_ue(number: Count, ne_id: Name, body: PcfPolicyDraft) -> None:
    """Creates so many policies, IMSI and MSISDN counting up. (UE Management / PCF User PCC Rules)"""


@put("/api/rest/ueManagement/v1/elementType/pcf/objectType/ueInfo/batch/{number}")
def batch_update_pcf_ue(number: Count, ne_id: Name, body: PcfPolicyBatch) -> None:
    """Changes so many policies, from an IMSI upward. (UE Management / PCF User PCC Rules)"""


@delete("/api/rest/ueManagement/v1/elementType/pcf/objectType/ueInfo/batch/{number}")
def batch_delete_pcf_ue(number: Count, ne_id: Name, imsi: Imsi) -> None:
    """Deletes so many policies, from an IMSI upward. (UE Management / PCF User PCC Rules)"""


@get("/api/rest/ueManagement/v1/elementType/pcf/objectType/ueInfo/file/export")
def export_pcf_ue(ne_id: Name, file_type: FileKind) -> FileDownload:
    """Policies as a file. (UE Management / PCF User PCC Rules)"""


@put("/api/rest/ueManagement/v1/elementType/pcf/objectType/ueInfo/file/import")
def import_pcf_ue(ne_id: Name, file_path: FilePath, file_type: FileKind, body: PcfImport) -> PcfImported:
    """Imports policies from a file that lies on the PCF. (UE Management / PCF User PCC Rules)"""
