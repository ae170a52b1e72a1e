"""The subscriptions that a data manager holds."""

from typing import Any

from playground.upstreams.omc.chapter import Documented
from playground.upstreams.omc.envelope import Json, listed, ok, paged, refused
from playground.upstreams.omc.files import exported, lines_of
from playground.upstreams.omc.rows import Row, matching
from playground.upstreams.omc.state import Omc
from playground.upstreams.omc.subscribers_seed import raw_view, record
from playground.upstreams.vendor import Answer, Call

FIELDS = (
    "msisdn imsi ambr nssai rat arfb sar cn smData smfSel epsDat epsFlag epsOdb hplmnOdb ard epstpl contextId"
    " apnContext staticIp?"
)
NAMES = tuple(word.removesuffix("?") for word in FIELDS.split())
MOST = 1_000_000
UNKNOWN_ELEMENT = refused("there is no matching network element")
NO_DATA = refused("no data")


def store_of(stores: dict[str, dict[str, Row]], ne_id: Any) -> dict[str, Row] | None:
    """Find what one data manager holds."""
    return stores.get(str(ne_id))


def listed_rows(call: Call, store: dict[str, Row] | None) -> Json:
    """List what a data manager holds; nothing without its id, and sorted where somebody asks."""
    if store is None:
        return listed([], 0)
    rows = matching(store.values(), call.query, like=("imsi", "msisdn"))
    by = call.query.get("sortField", "")
    if by in {"imsi", "msisdn"}:
        rows.sort(key=lambda row: str(row[by]), reverse=call.query.get("sortOrder", "asc").startswith("desc"))
    return paged(call, rows)


def numbered(text: str, plus: int) -> str:
    """Count a number that is text up, and keep its length."""
    return str(int(text) + plus).zfill(len(text)) if text.isdigit() else text


def imsi_problem(imsi: Any) -> str:
    """Say what is wrong with an IMSI; empty when it is one."""
    fine = isinstance(imsi, str) and imsi.isdigit() and 5 <= len(imsi) <= 15
    return "" if fine else f"imsi [{imsi}] is not 5 to 15 digits"


def count_of(text: str) -> int:
    """Read how many a batch is for; 0 when it is no number of use."""
    return int(text) if text.isdigit() and 0 < int(text) <= MOST else 0


def list_subscribers(omc: Omc, call: Call) -> Json:
    return listed_rows(call, store_of(omc.subscribers, call.query.get("neId")))


def get_subscriber(omc: Omc, call: Call) -> Json:
    store = store_of(omc.subscribers, call.params["neId"])
    if store is None:
        return UNKNOWN_ELEMENT
    row = store.get(call.params["imsi"])
    if row is None:
        return NO_DATA
    # The second data manager answers in the words of the element itself.
    return ok(raw_view(row) if call.params["neId"] == "002" else row)


def add_subscribers(omc: Omc, call: Call) -> Json:
    return _put(omc, call, count_of(call.params.get("num", "1")), new=True)


def update_subscriber(omc: Omc, call: Call) -> Json:
    return _put(omc, call, 1, new=False)


def _put(omc: Omc, call: Call, count: int, *, new: bool) -> Json:
    store = store_of(omc.subscribers, call.params["neId"])
    if store is None:
        return UNKNOWN_ELEMENT
    body = {name: call.object().get(name, "") for name in NAMES}
    wrong = imsi_problem(body["imsi"]) or ("" if count else "num is no number of use")
    if wrong:
        return refused(wrong)
    imsis = [numbered(body["imsi"], place) for place in range(count)]
    there = [imsi for imsi in imsis if imsi in store]
    if new and there:
        return refused(f"imsi [{there[0]}] already exists")
    if not new and not there:
        return NO_DATA
    for place, imsi in enumerate(imsis):
        row = record({**body, "imsi": imsi, "msisdn": numbered(body["msisdn"], place)})
        store[imsi] = {"id": store[imsi]["id"] if imsi in store else omc.next_id(), **row}
    return ok(len(imsis))


def delete_subscribers(omc: Omc, call: Call) -> Json:
    return removed(store_of(omc.subscribers, call.params["neId"]), call)


def removed(store: dict[str, Row] | None, call: Call) -> Json:
    """Take one or `num` records out, from the given IMSI upward."""
    if store is None:
        return UNKNOWN_ELEMENT
    first, count = call.params["imsi"], count_of(call.params.get("num", "1"))
    wrong = imsi_problem(first) or ("" if count else "num is no number of use")
    if wrong:
        return refused(wrong)
    gone = [imsi for imsi in (numbered(first, place) for place in range(count)) if store.pop(imsi, None)]
    if not gone:
        return NO_DATA
    # One element counts, the other one says that the command was fine.
    return ok("command ok" if "num" in call.params and call.params["neId"] == "002" else len(gone))


def reload_subscribers(omc: Omc, call: Call) -> Json:
    store = store_of(omc.subscribers, call.params["neId"])
    return UNKNOWN_ELEMENT if store is None else ok(len(store))


def export_subscribers(omc: Omc, call: Call) -> Answer:
    store = store_of(omc.subscribers, call.object()["neId"])
    return exported(call, "sub", None if store is None else list(store.values()), NAMES)


def import_subscribers(omc: Omc, call: Call) -> Json:
    store = store_of(omc.subscribers, call.form["neId"])
    if store is None:
        return UNKNOWN_ELEMENT
    done = 0
    for row in lines_of(call.files["file"][0], NAMES):
        if not imsi_problem(row["imsi"]):
            store[row["imsi"]] = {"id": omc.next_id(), **record(row)}
            done += 1
    return ok(done) if done else refused("the file holds no subscriber")


UDM = "/ne/udm/sub"
ROUTES = (
    Documented(
        "GET", f"{UDM}/list", "list_subscribers", list_subscribers, query="pageNum:integer? pageSize:integer?"
    ),
    Documented("GET", f"{UDM}/{{neId}}/{{imsi}}", "get_subscriber", get_subscriber),
    Documented("DELETE", f"{UDM}/{{neId}}/{{imsi}}", "delete_subscriber", delete_subscribers),
    Documented("POST", f"{UDM}/{{neId}}", "add_subscriber", add_subscribers, body=FIELDS),
    Documented("PUT", f"{UDM}/{{neId}}", "update_subscriber", update_subscriber, body=FIELDS),
    Documented("POST", f"{UDM}/{{neId}}/{{num}}", "batch_add_subscribers", add_subscribers, body=FIELDS),
    Documented("DELETE", f"{UDM}/{{neId}}/{{imsi}}/{{num}}", "batch_delete_subscribers", delete_subscribers),
    Documented("POST", f"{UDM}/export", "export_subscribers", export_subscribers, body="neId type"),
    Documented("PUT", f"{UDM}/resetData/{{neId}}", "reload_subscribers", reload_subscribers),
    Documented("POST", f"{UDM}/import", "import_subscribers", import_subscribers, form="neId", files="file"),
)
