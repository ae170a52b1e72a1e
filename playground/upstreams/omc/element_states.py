"""The state, the time and the master data of network elements."""

from playground.upstreams.omc.chapter import Documented
from playground.upstreams.omc.elements import Element
from playground.upstreams.omc.envelope import Json, cause, malformed, ok, refused, rest, unreachable
from playground.upstreams.omc.rows import Row, local_time
from playground.upstreams.omc.state import Omc
from playground.upstreams.vendor import Answer, Call

SYSTEM = "/api/rest/systemManagement/v1/elementType"
NO_ELEMENT = "NE_NOT_FOUND"


def all_states(omc: Omc, call: Call) -> Json:
    return rest([element.overview(call.now) for element in omc.elements])


def one_state(omc: Omc, call: Call) -> Answer:
    element = omc.elements.find(call.params["neType"], call.query["ne_id"])
    if element is None:
        return cause(NO_ELEMENT, 404)
    return unreachable() if element.dead else rest([element.overview(call.now)])


def local_clock(omc: Omc, call: Call) -> Answer:
    element = omc.elements.find(call.params["neType"], call.query["neId"])
    if element is None:
        return cause(NO_ELEMENT, 404)
    return rest({"time": local_time(call.now), "timeZone": "UTC+8"})


def create_info(omc: Omc, call: Call) -> Answer:
    body = call.object()
    if str(body["neType"]).lower() != call.params["neType"].lower() or body["neId"] != call.query["ne_id"]:
        return malformed("neType and neId of the body differ from those of the address")
    if omc.elements.find(body["neType"], body["neId"]):
        return cause("NE_EXISTS", 409)
    if not body["port"].isdigit():
        return malformed("port is no number")
    element = Element(
        body["neType"].upper(), body["neId"], body["ip"], int(body["port"]), name=body["neName"]
    )
    # Nothing answers at the address of an element that was only written down.
    element.dead = True
    omc.elements.put(element)
    _set(element, body)
    return {}


def _set(element: Element, body: Row) -> None:
    element.pv_flag, element.province = body["pvFlag"], body["province"]
    element.vendor, element.dn = body["vendorName"], body["dn"]


def update_info(omc: Omc, call: Call) -> Answer:
    element = omc.elements.find(call.params["neType"], call.query["ne_id"])
    if element is None:
        return cause(NO_ELEMENT, 404)
    if call.object()["pvFlag"] not in {"VNF", "PNF"}:
        return malformed("pvFlag is VNF or PNF")
    _set(element, call.object())
    return {}


def delete_info(omc: Omc, call: Call) -> Answer:
    gone = omc.elements.remove(call.params["neType"], call.query["ne_id"])
    return {} if gone else cause(NO_ELEMENT, 404)


def get_info(omc: Omc, call: Call) -> Json:
    element = omc.elements.find(call.query["neType"], call.query["neId"])
    return ok(shown(omc, element)) if element else refused("there is no matching network element")


def shown(omc: Omc, element: Element) -> Row:
    """Show the master data of an element in the words of the console."""
    return {
        "id": str(1 + list(omc.elements).index(element)),
        "neType": element.ne_type,
        "neId": element.ne_id,
        "rmUid": element.rm_uid,
        "neName": element.title,
        "ip": element.ip,
        "port": element.port,
        "pvFlag": element.pv_flag,
        "province": element.province,
        "vendorName": element.vendor,
        "dn": element.dn,
        "neAddress": "",
        "status": "0" if element.dead else "1",
        "updateTime": omc.started_ms,
        "createTime": omc.started_ms,
    }


BODY = "pvFlag province vendorName dn"
ROUTES = (
    Documented("GET", f"{SYSTEM}/{{neType=ALL}}/objectType/systemState", "get_ne_state_all", all_states),
    Documented(
        "GET", f"{SYSTEM}/{{neType=omc}}/objectType/systemState", "get_ne_state_omc", one_state, query="ne_id"
    ),
    Documented(
        "GET", f"{SYSTEM}/{{neType}}/objectType/systemState", "get_ne_state_udm", one_state, query="ne_id"
    ),
    Documented(
        "GET", f"{SYSTEM}/{{neType}}/objectType/time", "get_omc_local_time", local_clock, query="neId"
    ),
    Documented(
        "POST",
        f"{SYSTEM}/{{neType}}/objectType/neInfo",
        "create_ne_info",
        create_info,
        query="ne_id",
        headers="Scheme",
        body=f"neType neId neName ip port {BODY}",
    ),
    Documented(
        "PUT",
        f"{SYSTEM}/{{neType}}/objectType/neInfo",
        "update_ne_info",
        update_info,
        query="ne_id",
        body=BODY,
    ),
    Documented(
        "DELETE", f"{SYSTEM}/{{neType}}/objectType/neInfo", "delete_ne_info", delete_info, query="ne_id"
    ),
    Documented("GET", "/ne/info", "get_ne_info", get_info, query="neType neId"),
)
