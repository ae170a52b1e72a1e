"""Configuration records of network elements, and the commands that operators type (MML)."""

import re

from playground.upstreams.omc.chapter import Documented
from playground.upstreams.omc.elements import Element
from playground.upstreams.omc.envelope import cause, malformed, number, rest, unreachable
from playground.upstreams.omc.rows import local_time
from playground.upstreams.omc.state import Omc
from playground.upstreams.vendor import Answer, Call


def read(omc: Omc, call: Call) -> Answer:
    kind, name = call.params["neType"].lower(), call.params["paraName"]
    records = omc.configuration.get((kind, name))
    if records is None:
        return cause("DATA_NOT_FOUND", 404)
    loc = call.query.get("loc")
    chosen = [row for row in records if loc in {None, "", str(row["index"])}]
    return rest(chosen)


def _record(omc: Omc, call: Call) -> tuple[list[dict[str, object]], int] | None:
    records = omc.configuration.get((call.params["neType"].lower(), call.params["paraName"]))
    place = number(call.query["subsys_no"], -1)
    return None if records is None or place < 0 else (records, place)


def create(omc: Omc, call: Call) -> Answer:
    found = _record(omc, call)
    if found is None:
        return cause("DATA_NOT_FOUND", 404)
    records, place = found
    if any(row["index"] == place for row in records):
        return cause("DATA_EXISTS", 409)
    records.append({"index": place, **call.object()})
    return {}


def update(omc: Omc, call: Call) -> Answer:
    found = _record(omc, call)
    row = next((row for row in found[0] if row["index"] == found[1]), None) if found else None
    if row is None:
        return cause("DATA_NOT_FOUND", 404)
    row.update(call.object())
    return {}


def delete(omc: Omc, call: Call) -> Answer:
    found = _record(omc, call)
    row = next((row for row in found[0] if row["index"] == found[1]), None) if found else None
    if found is None or row is None:
        return cause("DATA_NOT_FOUND", 404)
    found[0].remove(row)
    return {}


def commands(omc: Omc, call: Call) -> Answer:
    element = omc.elements.find(call.params["neType"], call.query["ne_id"])
    if element is None:
        return cause("NE_NOT_FOUND", 404)
    if element.dead:
        return unreachable()
    typed = call.object()["mml"]
    if not typed or not all(isinstance(one, str) for one in typed):
        return malformed("[Request Body] mml is a list of commands")
    return rest([command(omc, call.now, element, one) for one in typed])


def command(omc: Omc, now: float, element: Element, typed: str) -> str:
    """Answer one command as the element's console would."""
    word = " ".join(typed.strip().lower().split())
    shown = re.fullmatch(r"dsp (authdat|udmuser):imsi=(\d{5,15})", word)
    if word == "date":
        return f"{local_time(now)} CST"
    if word in {"dsp version", "lst version"}:
        return f"VERSION = {element.version}"
    if shown and element.ne_type == "UDM":
        stores = omc.authentications if shown[1] == "authdat" else omc.subscribers
        row = stores.get(element.ne_id, {}).get(shown[2])
        hidden = {"ki", "opc", "id", "neId"}
        lines = [f"{name} = {value}" for name, value in (row or {}).items() if name not in hidden]
        return "\n".join(lines) if row else "RETCODE = 1  NO SUCH DATA"
    return f"RETCODE = 1  UNKNOWN COMMAND: {typed.strip()[:60]}"


CONFIG = "/api/rest/systemManagement/v1/elementType/{neType}/objectType/config"
UDM = CONFIG.replace("{neType}", "{neType=udm}")
MML = "/api/rest/operationManagement/v1/elementType"
SYSTEM = "capacity:integer priority:integer"
ROUTES = (
    Documented("GET", f"{UDM}/{{paraName=system}}", "get_udm_config_system", read, query="ne_id loc"),
    Documented(
        "PUT",
        f"{UDM}/{{paraName=system}}",
        "update_udm_config_system",
        update,
        query="subsys_no",
        body=SYSTEM,
    ),
    Documented(
        "POST",
        f"{UDM}/{{paraName=system}}",
        "create_udm_config_system",
        create,
        query="subsys_no",
        body=SYSTEM,
    ),
    Documented("DELETE", f"{UDM}/{{paraName=system}}", "delete_udm_config_system", delete, query="subsys_no"),
    Documented("GET", f"{UDM}/{{paraName=subsUEAmbr}}", "get_udm_config_subs_ue_ambr", read),
    Documented("GET", f"{UDM}/{{paraName=smfSelection}}", "get_udm_config_smf_selection", read),
    Documented(
        "GET",
        f"{CONFIG.replace('{neType}', '{neType=amf}')}/{{paraName=guami}}",
        "get_amf_config_guami",
        read,
    ),
    Documented("GET", f"{CONFIG}/{{paraName}}", "get_config_records", read),
    Documented(
        "POST",
        f"{MML}/{{neType=omc}}/objectType/mml",
        "run_mml_omc",
        commands,
        query="ne_id",
        body="mml:array<string>",
    ),
    Documented(
        "POST",
        f"{MML}/{{neType}}/objectType/mml",
        "run_mml_udm",
        commands,
        query="ne_id",
        body="mml:array<string>",
    ),
)
