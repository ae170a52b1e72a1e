"""Demo elements with state, indicators, sessions, and five hundred subscribers."""

import math
from datetime import datetime, timedelta
from typing import Any

from adapters.local.clock import to_ms
from adapters.local.indicators import definitions
from adapters.local.network_elements import element_row, state_columns
from adapters.local.shelf import encode
from adapters.local.subscribers import subscriber_row
from adapters.records import (
    AuthenticationSubscription,
    CpuUsage,
    DiskUsage,
    EpsSubscription,
    MemoryUsage,
    NetworkElement,
    NetworkElementState,
    OnlineUser,
    PolicySubscription,
    SubscribedSlice,
    Subscriber,
    Virtualization,
)

ELEMENTS: tuple[tuple[str, str], ...] = (
    ("OMC", "001"),
    ("AMF", "001"),
    ("AMF", "002"),
    ("SMF", "001"),
    ("SMF", "002"),
    ("UPF", "001"),
    ("UPF", "002"),
    ("UDM", "001"),
    ("UDM", "002"),
    ("AUSF", "001"),
    ("PCF", "001"),
    ("NSSF", "001"),
    ("IMS", "001"),
    ("N3IWF", "001"),
)
SUBSCRIBERS = 500
GIB = 2**30


def elements(source: str, now: datetime) -> list[dict[str, Any]]:
    """Fourteen elements; one of them is off."""
    return [
        {
            **element_row(
                NetworkElement(
                    source=source,
                    native_id=f"{ne_type}/{ne_id}",
                    ne_type=ne_type,
                    ne_id=ne_id,
                    name=f"{ne_type}_{ne_id}",
                    ip=f"192.0.2.{10 + number}",
                    port=33030,
                    vendor="Sandbox",
                    province="North" if ne_id == "001" else "South",
                    dn=f"SubNetwork=demo,ManagedElement={ne_type}_{ne_id}",
                    virtualization=Virtualization.PNF if ne_type == "UPF" else Virtualization.VNF,
                )
            ),
            **state_columns(_state(number, now)),
            "parameters": encode(_parameters(ne_type, number)),
        }
        for number, (ne_type, ne_id) in enumerate(ELEMENTS)
    ]


def _state(number: int, now: datetime) -> NetworkElementState:
    return NetworkElementState(
        online=number != 13,
        observed_at=now - timedelta(seconds=30 + number),
        version=f"2.{number % 4}.1",
        serial_number=f"1357900{number:02}",
        host_name=f"demo-host-{number:02}",
        os_info="Linux 6.1",
        license_expires_on=(now + timedelta(days=90 + 10 * number)).date(),
        capacity=20_000,
        cpu=CpuUsage(network_function=3.5 + number, system=11.0 + number, cores=8),
        memory=MemoryUsage(
            total_bytes=16 * GIB, network_function_bytes=(2 + number % 5) * GIB, system=40.0 + number
        ),
        disks=(DiskUsage(total_bytes=100 * GIB, used_bytes=(20 + number) * GIB),),
    )


def _parameters(ne_type: str, number: int) -> dict[str, Any]:
    found: dict[str, Any] = {"system": [{"index": 0, "name": f"{ne_type} demo", "logLevel": "info"}]}
    if ne_type == "AMF":
        found["guami"] = [{"mcc": "001", "mnc": "01", "regionId": number, "setId": 1, "pointer": 0}]
        found["baseStations"] = [
            {
                "id": str(31 + i),
                "name": f"gnb-{number}-{i}",
                "address": f"198.51.100.{number * 10 + i}",
                "ueNum": 7 * i,
            }
            for i in range(1, 4)
        ]
    if ne_type == "UDM":
        found["subsUEAmbr"] = [{"name": "def_ambr", "uplink": "1 Gbps", "downlink": "2 Gbps"}]
        found["smfSelection"] = [{"name": "def_snssai", "snssai": "1-000001", "dnnList": ["cmnet", "ims"]}]
    return found


def samples(now: datetime) -> list[dict[str, Any]]:
    """A day of indicators, each quarter of an hour."""
    quarter = 15 * 60 * 1000
    last = to_ms(now) // quarter * quarter
    return [
        {
            "element_id": f"{ne_type}/{ne_id}",
            "kpi_id": definition.id,
            "at": last - step * quarter,
            "value": round(500 + 400 * math.sin((step + number) / 15), 1),
        }
        for number, (ne_type, ne_id) in enumerate(ELEMENTS)
        for definition in definitions(ne_type)
        for step in range(96)
    ]


def _imsi(number: int) -> str:
    return f"00101000000{number:04}"


def _msisdn(number: int) -> str:
    return f"861390000{number:04}"


def subscribers(source: str) -> list[dict[str, Any]]:
    """Half of the subscribers in each UDM."""
    return [_subscriber(source, number) for number in range(SUBSCRIBERS)]


def _subscriber(source: str, number: int) -> dict[str, Any]:
    udm = "001" if number < SUBSCRIBERS // 2 else "002"
    subscriber = Subscriber(
        source=source,
        native_id=f"{udm}/{_imsi(number)}",
        imsi=_imsi(number),
        ne_id=udm,
        msisdn=_msisdn(number),
        ambr="def_ambr",
        nssai="def_nssai",
        rat_restrictions=("WLAN",) if number % 10 == 0 else (),
        core_networks=("EPC", "5GC"),
        forbidden_areas=None,
        service_area_restriction="def_sar",
        smf_selection="def_snssai",
        slices=(SubscribedSlice(sst=1, sd="000001", dnns=("cmnet", "ims")),),
        eps=EpsSubscription(
            enabled=True, odb="64", hplmn_odb="24", ard="65", template="def_eps", context_id="1"
        ),
        static_ip=f"203.0.113.{number}" if number < 20 else None,
    )
    held = AuthenticationSubscription(
        amf="8000",
        algorithm_index="0",
        status="1",
        has_key=True,
        ki=f"{number:032x}",
        opc=f"{number + 1_000_000:032x}",
    )
    policy = PolicySubscription(
        pcc_rules=("default",), session_rules=("default",), rfsp=1, qos_audio="qos-audio"
    )
    return {
        **subscriber_row(subscriber),
        "authentication": encode(held),
        "policy": encode(policy) if number % 2 else None,
    }


def online(source: str, now: datetime) -> list[dict[str, Any]]:
    """Sessions and registrations of the first forty subscribers."""
    return [
        {
            "element_id": element,
            "imsi": _imsi(number),
            "msisdn": _msisdn(number),
            "body": encode(
                OnlineUser(
                    source=source,
                    imsi=_imsi(number),
                    msisdn=_msisdn(number),
                    registered=True if element == "IMS/001" else None,
                    active_since=now - timedelta(minutes=5 * number),
                )
            ),
        }
        for number in range(40)
        for element in (f"SMF/00{1 + number % 2}", "IMS/001")
    ]
