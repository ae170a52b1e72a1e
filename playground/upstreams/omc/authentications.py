"""The keys of subscribers that a data manager holds, shown in clear as the documents show them."""

from playground.upstreams.omc.chapter import Documented
from playground.upstreams.omc.envelope import Json, ok, refused
from playground.upstreams.omc.files import exported, lines_of
from playground.upstreams.omc.rows import Row
from playground.upstreams.omc.state import Omc
from playground.upstreams.omc.subscribers import (
    NO_DATA,
    UNKNOWN_ELEMENT,
    count_of,
    imsi_problem,
    listed_rows,
    numbered,
    removed,
    store_of,
)
from playground.upstreams.vendor import Answer, Call

FIELDS = "algoIndex amf imsi ki opc"
NAMES = tuple(FIELDS.split())
HEX = frozenset("0123456789abcdefABCDEF")


def problem(row: Row) -> str:
    """Say what is wrong with keys; empty when nothing is."""
    wrong = imsi_problem(row["imsi"])
    if wrong:
        return wrong
    if len(row["ki"]) not in {32, 48} or not set(row["ki"]) <= HEX:
        return "ki is not 32 hexadecimal digits"
    if row["opc"] != "-" and (len(row["opc"]) not in {32, 48} or not set(row["opc"]) <= HEX):
        return "opc is neither - nor 32 hexadecimal digits"
    return "" if len(row["amf"]) == 4 and set(row["amf"]) <= HEX else "amf is not 4 hexadecimal digits"


def list_keys(omc: Omc, call: Call) -> Json:
    return listed_rows(call, store_of(omc.authentications, call.query.get("neId")))


def get_keys(omc: Omc, call: Call) -> Json:
    store = store_of(omc.authentications, call.params["neId"])
    if store is None:
        return UNKNOWN_ELEMENT
    row = store.get(call.params["imsi"])
    return NO_DATA if row is None else ok(row)


def add_keys(omc: Omc, call: Call) -> Json:
    return _put(omc, call, count_of(call.params.get("num", "1")), new=True)


def update_keys(omc: Omc, call: Call) -> Json:
    return _put(omc, call, 1, new=False)


def _put(omc: Omc, call: Call, count: int, *, new: bool) -> Json:
    ne_id = call.params["neId"]
    store = store_of(omc.authentications, ne_id)
    if store is None:
        return UNKNOWN_ELEMENT
    body = {name: call.object()[name] for name in NAMES}
    wrong = problem(body) or ("" if count else "num is no number of use")
    if wrong:
        return refused(wrong)
    imsis = [numbered(body["imsi"], place) for place in range(count)]
    there = [imsi for imsi in imsis if imsi in store]
    if new and there:
        return refused(f"imsi [{there[0]}] already exists")
    if not new and not there:
        return NO_DATA
    for imsi in imsis:
        keep(omc, ne_id, {**body, "imsi": imsi})
    return ok(len(imsis))


def keep(omc: Omc, ne_id: str, row: Row) -> None:
    """Keep the keys of a subscriber, with the number of its subscription."""
    store, imsi = omc.authentications[ne_id], row["imsi"]
    known = store.get(imsi)
    subscription = omc.subscribers[ne_id].get(imsi, {})
    store[imsi] = {
        "id": known["id"] if known else omc.next_id(),
        "msisdn": subscription.get("msisdn", ""),
        "status": known["status"] if known else "0",
        **row,
        "neId": ne_id,
    }


def delete_keys(omc: Omc, call: Call) -> Json:
    return removed(store_of(omc.authentications, call.params["neId"]), call)


def reload_keys(omc: Omc, call: Call) -> Json:
    store = store_of(omc.authentications, call.params["neId"])
    return UNKNOWN_ELEMENT if store is None else ok(len(store))


def export_keys(omc: Omc, call: Call) -> Answer:
    store = store_of(omc.authentications, call.object()["neId"])
    return exported(call, "auth", None if store is None else list(store.values()), NAMES)


def import_keys(omc: Omc, call: Call) -> Json:
    ne_id = call.form["neId"]
    if store_of(omc.authentications, ne_id) is None:
        return UNKNOWN_ELEMENT
    rows = lines_of(call.files["file"][0], NAMES)
    fine = [row for row in rows if not problem(row)]
    for row in fine:
        keep(omc, ne_id, row)
    return ok(msg=f"import ok, succ num: {len(fine)}, fail num: {len(rows) - len(fine)}.")


UDM = "/ne/udm/auth"
ROUTES = (
    Documented("GET", f"{UDM}/list", "list_auth_data", list_keys, query="pageNum:integer? pageSize:integer?"),
    Documented("GET", f"{UDM}/{{neId}}/{{imsi}}", "get_auth_data", get_keys),
    Documented("DELETE", f"{UDM}/{{neId}}/{{imsi}}", "delete_auth_data", delete_keys),
    Documented("PUT", f"{UDM}/resetData/{{neId}}", "reload_auth_data", reload_keys),
    Documented("POST", f"{UDM}/{{neId}}", "add_auth_data", add_keys, body=FIELDS),
    Documented("PUT", f"{UDM}/{{neId}}", "update_auth_data", update_keys, body=FIELDS),
    Documented("POST", f"{UDM}/{{neId}}/{{num}}", "batch_add_auth_data", add_keys, body=FIELDS),
    Documented("DELETE", f"{UDM}/{{neId}}/{{imsi}}/{{num}}", "batch_delete_auth_data", delete_keys),
    Documented("POST", f"{UDM}/export", "export_auth_data", export_keys, body="neId type"),
    Documented("POST", f"{UDM}/import", "import_auth_data", import_keys, form="neId", files="file"),
)
