"""The policies of subscribers that the policy element holds."""

from playground.upstreams.omc.chapter import Documented
from playground.upstreams.omc.envelope import Json, cause, malformed, rest
from playground.upstreams.omc.files import attachment, lines
from playground.upstreams.omc.rows import Row
from playground.upstreams.omc.state import Omc
from playground.upstreams.omc.subscribers import count_of, imsi_problem, numbered
from playground.upstreams.vendor import Answer, Call, json_answer

NAMES = (
    "imsi", "msisdn", "rfsp", "sar", "pccRules", "sessRules", "uePolicy", "qosAudio", "qosVideo", "hdrEnrich",
)  # fmt: skip
OPTIONAL = "sar? pccRules? sessRules? uePolicy? qosAudio? qosVideo? hdrEnrich?"
NOT_FOUND = "DATA_NOT_FOUND"


def query(omc: Omc, call: Call) -> Answer:
    store = omc.policies.get(call.query["neId"])
    if store is None:
        return cause("NE_NOT_FOUND", 404)
    imsi, msisdn = call.query.get("imsi"), call.query.get("msisdn")
    rows = [store[imsi]] if imsi and imsi in store else [] if imsi else list(store.values())
    return rest([row for row in rows if not msisdn or row["msisdn"] == msisdn])


def _given(body: Json) -> Row:
    """Take the fields that say something: empty ones and `omitempty` leave the old value."""
    return {name: body[name] for name in NAMES if body.get(name) not in {None, "", "omitempty"}}


def add(omc: Omc, call: Call) -> Answer:
    return _add(omc, call, 1)


def add_batch(omc: Omc, call: Call) -> Answer:
    count = count_of(call.params["number"])
    return _add(omc, call, count) if count else malformed("number is no number of use")


def _add(omc: Omc, call: Call, count: int) -> Answer:
    store = omc.policies.get(call.query["neId"])
    if store is None:
        return cause("NE_NOT_FOUND", 404)
    body = _given(call.object())
    if wrong := imsi_problem(body.get("imsi")):
        return malformed(wrong)
    imsis = [numbered(body["imsi"], place) for place in range(count)]
    if any(imsi in store for imsi in imsis):
        return cause("DATA_EXISTS", 409)
    for place, imsi in enumerate(imsis):
        number = numbered(str(body.get("msisdn", "")), place)
        store[imsi] = {"rfsp": 0, "pccRules": "", "sessRules": ""} | body | {"imsi": imsi, "msisdn": number}
    return {}


def update(omc: Omc, call: Call) -> Answer:
    return _update(omc, call, 1)


def update_batch(omc: Omc, call: Call) -> Answer:
    count = count_of(call.params["number"])
    return _update(omc, call, count) if count else malformed("number is no number of use")


def _update(omc: Omc, call: Call, count: int) -> Answer:
    store = omc.policies.get(call.query["neId"])
    if store is None:
        return cause("NE_NOT_FOUND", 404)
    body = _given(call.object())
    rfsp = body.get("rfsp", 0)
    if not isinstance(rfsp, int):
        return malformed("[Request Body] rfsp is no integer")
    if wrong := imsi_problem(body.get("imsi")):
        return malformed(wrong)
    known = [
        (place, imsi)
        for place, imsi in enumerate(numbered(body["imsi"], place) for place in range(count))
        if imsi in store
    ]
    if not known:
        return cause(NOT_FOUND, 404)
    for place, imsi in known:
        change = body | {"imsi": imsi}
        if "msisdn" in body:
            change["msisdn"] = numbered(body["msisdn"], place)
        store[imsi] = store[imsi] | change
    return {}


def delete(omc: Omc, call: Call) -> Answer:
    store = omc.policies.get(call.query["neId"], {})
    return {} if store.pop(call.query["imsi"], None) else cause(NOT_FOUND, 404)


def delete_batch(omc: Omc, call: Call) -> Answer:
    store = omc.policies.get(call.query["neId"])
    if store is None:
        return cause("NE_NOT_FOUND", 404)
    count, first = count_of(call.params["number"]), call.query.get("imsi", "")
    if not first:
        # The element tells this failure under HTTP 200.
        call.complain("query parameter imsi is missing")
        return cause("no imsi", 400, http=200)
    gone = [store.pop(numbered(first, place), None) for place in range(count)]
    return {} if any(gone) else cause(NOT_FOUND, 404)


def export(omc: Omc, call: Call) -> Answer:
    kind, ne_id = call.query["fileType"], call.query["neId"]
    store = omc.policies.get(ne_id)
    if store is None:
        return cause("NE_NOT_FOUND", 404)
    if kind not in {"txt", "csv"}:
        return malformed("fileType is txt or csv")
    name = f"PCF_{ne_id}_{int(call.now * 1000)}.{kind}"
    return attachment(name, lines(store.values(), NAMES), "text/plain")


def import_file(omc: Omc, call: Call) -> Answer:
    element = omc.elements.find("PCF", call.query["neId"])
    if element is None:
        return cause("NE_NOT_FOUND", 404)
    if not call.body:
        call.complain("body is missing")
        # The element tells this failure under HTTP 200.
        return malformed("[Request Body] unexpected end of JSON input", http=200)
    path = call.query["filePath"]
    full = path if path.startswith("/") else f"/home/agtuser/{path}"
    content = element.files.get(full)
    if content is None:
        return malformed(f"open {full}: no such file or directory", http=200)
    store = omc.policies.setdefault(element.ne_id, {})
    for line in content.decode("utf-8", "replace").splitlines():
        values = line.split(";")
        if len(values) == len(NAMES) and not imsi_problem(values[0]):
            row = dict(zip(NAMES, values, strict=True))
            store[values[0]] = row | {"rfsp": int(row["rfsp"]) if row["rfsp"].isdigit() else 0}
    return json_answer({"neId": element.ne_id, "fileType": call.query["fileType"], "filePath": full})


UE = "/api/rest/ueManagement/v1/elementType/{neType=pcf}/objectType/ueInfo"
ROUTES = (
    Documented("GET", UE, "query_pcf_ue", query, query="neId"),
    Documented("POST", UE, "add_pcf_ue", add, query="neId", body=f"imsi msisdn rfsp:integer? {OPTIONAL}"),
    Documented(
        "PUT", UE, "update_pcf_ue", update, query="neId", body=f"imsi msisdn? rfsp:integer|string? {OPTIONAL}"
    ),
    Documented("DELETE", UE, "delete_pcf_ue", delete, query="neId imsi"),
    Documented(
        "POST",
        f"{UE}/batch/{{number}}",
        "batch_add_pcf_ue",
        add_batch,
        query="neId",
        body=f"imsi msisdn rfsp:integer? {OPTIONAL}",
    ),
    Documented(
        "PUT",
        f"{UE}/batch/{{number}}",
        "batch_update_pcf_ue",
        update_batch,
        query="neId",
        body="imsi msisdn rfsp:integer|string sar pccRules sessRules uePolicy qosAudio qosVideo hdrEnrich",
    ),
    Documented("DELETE", f"{UE}/batch/{{number}}", "batch_delete_pcf_ue", delete_batch, query="neId"),
    Documented("GET", f"{UE}/file/export", "export_pcf_ue", export, query="neId fileType"),
    Documented("PUT", f"{UE}/file/import", "import_pcf_ue", import_file, query="neId filePath fileType"),
)
