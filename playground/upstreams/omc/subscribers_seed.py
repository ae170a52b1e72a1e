"""The subscribers of the two pretend data managers, their keys and their policies, by formula."""

import hashlib

from playground.upstreams.omc.rows import Row

SIZES = {"001": 130, "002": 90}
PADDING = "3489719b37fcbc66"


def imsi_of(ne_id: str, number: int) -> str:
    """Name the nth subscriber of a data manager."""
    return f"4609901{int(ne_id)}{number:07d}"


def msisdn_of(ne_id: str, number: int) -> str:
    """Give the telephone number of the nth subscriber of a data manager."""
    return f"1230755{int(ne_id)}{number:03d}"


def subscriber(ne_id: str, number: int) -> Row:
    """Make a subscription; one in ten has a static address, one in seven is barred for voice roaming."""
    static = f"10.45.{int(ne_id)}.{number % 250}" if number % 10 == 0 else "-"
    return record(
        {
            "msisdn": msisdn_of(ne_id, number),
            "imsi": imsi_of(ne_id, number),
            "ambr": "def_ambr" if number % 5 else "gold_ambr",
            "nssai": "def_nssai",
            "rat": "8" if number % 25 == 0 else "0",
            "arfb": "def_arfb",
            "sar": "def_sar",
            "cn": "3" if number % 20 else "2",
            "smData": "1-000001&cmnet&ims" if number % 4 else "1-000001&cmnet&ims&3gnet,2-000002&iot",
            "smfSel": "def_snssai",
            "epsFlag": "1",
            "epsOdb": "65" if number % 7 == 0 else "64",
            "hplmnOdb": "24",
            "ard": "65",
            "epstpl": "def_eps",
            "contextId": "1",
            "apnContext": "010200000000",
            "staticIp": static,
        }
    )


def record(fields: Row) -> Row:
    """Complete a subscription with the joined form of its EPS fields."""
    parts = ("epsFlag", "epsOdb", "hplmnOdb", "ard", "epstpl", "contextId")
    joined = [str(fields.get(name, "")) for name in parts]
    tail = [str(fields.get("apnContext", "")), str(fields.get("staticIp") or "-")]
    return {**fields, "staticIp": tail[1], "epsDat": ",".join([*joined, "2", *tail]), "neId": ""}


def raw_view(row: Row) -> Row:
    """Show a subscription as the element itself words it."""
    return {
        "AMBR": row["ambr"],
        "ActiveTime": "1000",
        "AreaForbidden": row["arfb"],
        "CNType": f"0x{int(row['cn']):02x}(EPC|5GC)",
        "EPS-Data": row["epsDat"],
        "MICO": "0",
        "MME_id": "-",
        "MSISDN": row["msisdn"],
        "NSSAI": row["nssai"],
        "ODB_PS": "1",
        "RAT": f"0x{int(row['rat']):02x}(VIRTUAL|WLAN|EUTRA|NR)",
        "RegTimer": "12000",
        "RfspIndex": "1",
        "SM-Data(snssai+dnn[1..n])": row["smData"],
        "ServiceAreaRestriction": row["sar"],
        "Smf-Selection": row["smfSel"],
        "UEUsageType": "1",
        "kdc_flag": "0",
    }


def authentication(ne_id: str, number: int) -> Row:
    """Make the keys of a subscriber: in clear, or now and then in the long form; one in six has no OPc."""
    imsi = imsi_of(ne_id, number)
    key = hashlib.md5(f"sandbox ki {imsi}".encode(), usedforsecurity=False).hexdigest()
    opc = hashlib.md5(f"sandbox opc {imsi}".encode(), usedforsecurity=False).hexdigest()
    long_form = number % 12 == 0
    return {
        "msisdn": msisdn_of(ne_id, number),
        "imsi": imsi,
        "amf": "8000",
        "status": "1" if number % 30 == 0 else "0",
        "ki": key + PADDING if long_form else key.upper(),
        "algoIndex": "0",
        "opc": "-" if number % 6 == 0 else opc + PADDING if long_form else opc.upper(),
        "neId": ne_id,
    }


def policy(ne_id: str, number: int) -> Row:
    """Make the policy of a subscriber; half of them have the fields beyond the rules."""
    rules = "internet|ims_sig" if number % 3 else "internet"
    row: Row = {
        "imsi": imsi_of(ne_id, number),
        "msisdn": msisdn_of(ne_id, number),
        "pccRules": rules,
        "rfsp": number % 3,
        "sessRules": rules,
    }
    if number % 2:
        row |= {
            "hdrEnrich": "dnn",
            "qosAudio": "qos_audio",
            "qosVideo": "qos_video",
            "sar": "def_sar",
            "uePolicy": "uep_001",
        }
    return row
