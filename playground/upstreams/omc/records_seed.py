"""The configuration records and the call records that the pretend OMC starts with."""

from playground.upstreams.omc.rows import Row
from playground.upstreams.omc.subscribers_seed import msisdn_of


def records_of_start() -> dict[tuple[str, str], list[dict[str, object]]]:
    """Make the records that the elements start with."""
    slice_one = {"snssai": "1-000001", "dnnList": [{"dnn": "cmnet", "defaultDnnInd": True}, {"dnn": "ims"}]}
    guami = {"plmnId": "46099", "regionId": 1, "setId": 1, "pointer": 1}
    return {
        ("udm", "system"): [{"index": 0, "capacity": 1000, "priority": 2}],
        ("udm", "subsUEAmbr"): [
            {"index": 0, "id": "def_ambr", "uplink": "1 Gbps", "downlink": "2 Gbps"},
            {"index": 1, "id": "gold_ambr", "uplink": "2 Gbps", "downlink": "4 Gbps"},
        ],
        ("udm", "smfSelection"): [{"index": 0, "id": "def_snssai", **slice_one}],
        ("udm", "subsNssais"): [{"index": 0, "id": "def_nssai", "defaultSingleNSSAIs": "1-000001"}],
        ("udm", "forbiddenAreas"): [{"index": 0, "id": "def_arfb", "tacs": "", "areaCodes": ""}],
        ("udm", "serviceAreaRestriction"): [
            {"index": 0, "id": "def_sar", "restrictionType": 0, "tacs": "1-999"}
        ],
        ("udm", "epsTemplate"): [{"index": 0, "id": "def_eps", "rfsp": 1, "rauTauTimer": 3240}],
        ("amf", "guami"): [{"index": 0, **guami, "amfName": "AMF_001"}],
        ("ims", "system"): [{"index": 0, "domain": "ims.mnc099.mcc460.3gppnetwork.org", "capacity": 100_000}],
    }


def calls_before(now: float) -> list[Row]:
    """Make thirty calls of the last hours; one in eight was not taken."""
    calls = []
    for number in range(30):
        begun = int(now) - (30 - number) * 600
        taken = number % 8 != 5
        calls.append(
            {
                "recordType": "CALL",
                "seqNumber": number + 1,
                "callReference": f"sandbox{number:04d}@192.168.13.91",
                "callerParty": msisdn_of("001", number + 1),
                "calledParty": msisdn_of("001", number + 40),
                "serviceResult": "ok" if taken else "busy",
                "seizureTime": begun,
                "answerTime": begun + 8 if taken else 0,
                "releaseTime": begun + 30 + number,
                "callDuration": 22 + number if taken else 0,
            }
        )
    return calls
