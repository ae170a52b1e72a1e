"""Software of network elements and the backups of their configuration."""

import io
import zipfile

from playground.upstreams.omc.chapter import Documented
from playground.upstreams.omc.elements import Element
from playground.upstreams.omc.envelope import cause, malformed, unreachable
from playground.upstreams.omc.files import attachment
from playground.upstreams.omc.rows import local_time
from playground.upstreams.omc.state import Omc
from playground.upstreams.vendor import Answer, Call

NOT_FOUND = "DATA_NOT_FOUND"


def _kind(call: Call) -> str:
    kind = call.params["neType"].upper()
    return "OMC" if kind == "EMS" else kind


def download(omc: Omc, call: Call) -> Answer:
    kind, version = _kind(call), call.params["version"]
    content = omc.software.get((kind, version))
    return (
        cause(NOT_FOUND, 404)
        if content is None
        else attachment(f"{kind}-{version}.zip", content, "application/zip")
    )


def upload(omc: Omc, call: Call) -> Answer:
    omc.software[_kind(call), call.params["version"]] = call.files["file"][0].data
    return {}


def _element(omc: Omc, call: Call) -> Element | Answer:
    element = omc.elements.find(_kind(call), call.params["neId"])
    if element is None:
        return cause("NE_NOT_FOUND", 404)
    return unreachable() if element.dead else element


def distribute(omc: Omc, call: Call) -> Answer:
    element, version = _element(omc, call), call.params["version"]
    if not isinstance(element, Element):
        return element
    if call.files.get("file"):
        omc.software.setdefault((element.ne_type, version), call.files["file"][0].data)
    if (element.ne_type, version) not in omc.software:
        return cause(NOT_FOUND, 404)
    element.distributed.append(version)
    return {}


def activate(omc: Omc, call: Call) -> Answer:
    element, version = _element(omc, call), call.params["version"]
    if not isinstance(element, Element):
        return element
    if version not in element.distributed:
        return malformed(f"version {version} has not been distributed to {element.title}")
    if element.version != version:
        element.earlier.append(element.version)
        element.version = version
    return {}


def roll_back(omc: Omc, call: Call) -> Answer:
    element = _element(omc, call)
    if not isinstance(element, Element):
        return element
    if element.version != call.params["version"] or not element.earlier:
        return malformed("there is no earlier version to go back to")
    element.version = element.earlier.pop()
    return {}


def export_backup(omc: Omc, call: Call) -> Answer:
    element = omc.elements.find(call.params["neType"], call.query["ne_id"])
    if element is None:
        return cause("NE_NOT_FOUND", 404)
    if element.dead:
        return unreachable()
    stamp = local_time(call.now).translate(str.maketrans("", "", "-: "))
    name = f"{element.ne_type.lower()}-{element.ne_id.lower()}-etc-{stamp}.zip"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("etc/version", element.version)
        archive.writestr("etc/element", f"{element.title} {element.ip}\n")
    omc.backups[name] = out.getvalue()
    return attachment(name, omc.backups[name], "application/zip")


def import_backup(omc: Omc, call: Call) -> Answer:
    name, element = call.object()["fileName"], omc.elements.find(call.params["neType"], call.query["ne_id"])
    if element is None or name not in omc.backups:
        return cause(NOT_FOUND, 404)
    if not name.startswith(f"{element.ne_type.lower()}-{element.ne_id.lower()}-"):
        return malformed("the backup is of another element")
    with zipfile.ZipFile(io.BytesIO(omc.backups[name])) as archive:
        element.version = archive.read("etc/version").decode()
    return {}


def delete_backup(omc: Omc, call: Call) -> Answer:
    return {} if omc.backups.pop(call.object()["fileName"], None) else cause(NOT_FOUND, 404)


SYSTEM = "/api/rest/systemManagement/v1"
SOFTWARE = f"{SYSTEM}/{{neType}}/software/{{version}}"
BACKUP = f"{SYSTEM}/elementType/{{neType}}/objectType/cm"
ROUTES = (
    Documented("GET", SOFTWARE, "get_software", download),
    Documented("POST", SOFTWARE, "upload_software", upload, files="file"),
    # The document copies the file of the upload to these two; neither needs it.
    Documented("POST", f"{SOFTWARE}/{{neId}}", "distribute_software", distribute),
    Documented("PATCH", f"{SOFTWARE}/{{neId}}", "rollback_software", roll_back),
    Documented("PUT", f"{SOFTWARE}/{{neId}}", "activate_software", activate),
    Documented("GET", BACKUP, "export_ne_cm", export_backup, query="ne_id"),
    Documented("POST", BACKUP, "import_ne_cm", import_backup, query="ne_id", body="fileName"),
    Documented("DELETE", BACKUP, "delete_ne_cm_file", delete_backup, query="ne_id", body="fileName"),
)
