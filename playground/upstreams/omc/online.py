"""Who is on the network now: sessions at the SMF, registrations at the IMS and the N3IWF, and base stations."""

from playground.upstreams.omc.chapter import Documented
from playground.upstreams.omc.envelope import cause, rest, unreachable
from playground.upstreams.omc.rows import Row, local_time
from playground.upstreams.omc.state import Omc
from playground.upstreams.omc.subscribers_seed import SIZES
from playground.upstreams.vendor import Answer, Call

STATIONS_EACH = 6


def _numbered(omc: Omc) -> list[tuple[int, str, Row]]:
    """List the subscribers of both data managers with a number that stays theirs."""
    return [
        (place, ne_id, row)
        for ne_id in SIZES
        for place, row in enumerate(omc.subscribers.get(ne_id, {}).values(), 1)
    ]


def sessions(omc: Omc, smf: str) -> list[Row]:
    """List the sessions of an SMF: one subscriber in three is on, each SMF serves one data manager."""
    return [
        {
            "imsi": f"imsi-{row['imsi']}" if place % 9 == 0 else row["imsi"],
            "msisdn": row["msisdn"],
            "pduSessionInfo": [
                {
                    "pduSessionID": 5,
                    "dnn": dnn,
                    "ipv4": f"10.{45 + int(ne_id)}.{place // 250}.{place % 250 + 1}",
                    "ipv6": "",
                    "sstSD": "1-000001",
                    "upState": "Active" if place % 2 else "Inactive",
                    "upfN3IP": "192.168.10.31",
                    "ranN3IP": f"192.168.20.{place % STATIONS_EACH + 1}",
                    "activeTime": local_time(omc.started - place * 61),
                    "tai": f"46099-{100 + place % STATIONS_EACH:06d}",
                }
                for dnn in (("cmnet", "ims") if place % 6 == 0 else ("cmnet",))
            ],
            "ratType": "NR",
        }
        for place, ne_id, row in _numbered(omc)
        if place % 3 == 0 and ne_id == smf
    ]


def smf_ues(omc: Omc, call: Call) -> Answer:
    element = omc.elements.find("SMF", call.query["neId"])
    if element is None:
        return cause("NE_NOT_FOUND", 404)
    rows = sessions(omc, element.ne_id)
    imsi, msisdn, state = (call.query.get(name) for name in ("imsi", "msisdn", "upstate"))
    if imsi:
        rows = [row for row in rows if row["imsi"].removeprefix("imsi-") == imsi.removeprefix("imsi-")]
    if msisdn:
        rows = [row for row in rows if row["msisdn"] == msisdn]
    if state:
        rows = [
            row
            for row in rows
            if any(one["upState"].lower() == state.lower() for one in row["pduSessionInfo"])
        ]
    return rest(rows)


def smf_count(omc: Omc, call: Call) -> Answer:
    element = omc.elements.find("SMF", call.query["neId"])
    return rest({"ueNum": len(sessions(omc, element.ne_id))}) if element else cause("NE_NOT_FOUND", 404)


def ims_ues(omc: Omc, call: Call) -> Answer:
    if omc.elements.find("IMS", call.query["neId"]) is None:
        return cause("NE_NOT_FOUND", 404)
    rows = [
        {
            "imsi": row["imsi"],
            "msisdn": row["msisdn"],
            "impu": f"sip:{row['msisdn']}@ims.mnc099.mcc460.3gppnetwork.org",
            "barring": 0,
            "regState": 1,
            "activeTime": local_time(omc.started - place * 61),
        }
        for place, _ne_id, row in _numbered(omc)
        if place % 4 == 0 and row["imsi"] == call.query["imsi"]
    ]
    return rest(rows)


def n3iwf_ues(omc: Omc, call: Call) -> Answer:
    element = omc.elements.find("N3IWF", call.query["neId"])
    if element is None:
        return cause("NE_NOT_FOUND", 404)
    if element.dead:
        return unreachable()
    asked = call.query.get("imsi")
    return rest(
        [
            {
                "activeTime": local_time(omc.started - place * 61),
                "imsi": row["imsi"],
                "nai": f"0{row['imsi']}@nai.epc.mnc099.mcc460.3gppnetwork.org",
                "regState": 1,
            }
            for place, _ne_id, row in _numbered(omc)
            if place % 10 == 0 and asked in {None, "", row["imsi"]}
        ]
    )


def stations(omc: Omc, amf: str) -> list[Row]:
    """List the base stations of an AMF; the last of them is off."""
    first = (int(amf) - 1) * STATIONS_EACH if amf.isdigit() else 0
    return [
        {
            "id": str(number),
            "name": f"gNB-{number:03d}",
            "address": f"192.168.20.{number}:38412",
            "nbId": str(number),
            "nbName": f"gNB-{number:03d}",
            "ueNum": sum(
                place % STATIONS_EACH + 1 == number - first
                for place, _ne_id, _row in _numbered(omc)
                if place % 3 == 0
            ),
            "plmn": "46099",
            "tac": f"{100 + number % STATIONS_EACH:06d}",
            "state": "OFF" if number - first == STATIONS_EACH else "ON",
        }
        for number in range(first + 1, first + STATIONS_EACH + 1)
    ]


def base_stations(omc: Omc, call: Call) -> Answer:
    element = omc.elements.find("AMF", call.query["neId"])
    if element is None:
        return cause("NE_NOT_FOUND", 404)
    asked = call.query.get("nbId", "")
    if "nbId" not in call.query:
        call.complain("query parameter nbId is missing")
    return rest([row for row in stations(omc, element.ne_id) if asked in {"", row["nbId"]}])


UES = "/api/rest/ueManagement/v1/elementType"
ROUTES = (
    Documented("GET", f"{UES}/{{neType=n3iwf}}/objectType/ueInfo", "query_n3iwf_ue", n3iwf_ues, query="neId"),
    # An empty nbId lists all: the document shows no other way to.
    Documented(
        "GET", f"{UES}/{{neType=amf}}/objectType/nbInfo", "get_amf_nb_info", base_stations, query="neId"
    ),
    Documented(
        "GET", f"{UES}/{{neType=ims}}/objectType/ueInfo", "get_ims_ue_info", ims_ues, query="imsi neId"
    ),
    Documented("GET", f"{UES}/{{neType=smf}}/objectType/ueInfo", "get_smf_ue_info", smf_ues, query="neId"),
    Documented("GET", f"{UES}/{{neType=smf}}/objectType/ueNum", "get_smf_ue_num", smf_count, query="neId"),
)
