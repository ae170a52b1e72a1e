"""The network elements of the pretend core, and the state that they tell by a formula over time."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from playground.upstreams.omc.envelope import REFUSED_CONNECTION
from playground.upstreams.omc.rows import Row

WITH_HARDWARE = frozenset({"AUSF", "UDM", "NRF", "PCF", "OMC"})
CAPITALISED_PARTITIONS = frozenset({"IMS", "N3IWF"})
OS_INFO = "Linux 5GC 4.15.0-112-generic #113-Ubuntu SMP Thu Jul 9 23:41:39 UTC 2020 x86_64 GNU/Linux"


@dataclass
class Element:
    """A network element as the OMC keeps it."""

    ne_type: str
    ne_id: str
    ip: str
    port: int = 3030
    version: str = "2.2311.7"
    name: str = ""
    dead: bool = False
    capability: int = 50_000
    pv_flag: str = "VNF"
    province: str = "GD"
    vendor: str = "Sandbox"
    dn: str = "sandbox-core"
    files: dict[str, bytes] = field(default_factory=dict)
    """What has been pushed to it, by path."""
    distributed: list[str] = field(default_factory=list)
    earlier: list[str] = field(default_factory=list)

    @property
    def title(self) -> str:
        """The name of the element."""
        return self.name or f"{self.ne_type}_{self.ne_id}"

    @property
    def rm_uid(self) -> str:
        """The resource id of the element."""
        return f"4400SB1{self.ne_type}{self.ne_id}"

    @property
    def serial(self) -> str:
        """The serial number, another one for each element."""
        return f"{13_740_000 + int(self.ip.rsplit('.', 1)[1]) * 17:08d}"

    def state(self, now: float) -> Row:
        """Tell the state: load follows the hour of the day and differs by element."""
        phase = int(self.ip.rsplit(".", 1)[1])
        wave = (1 + math.sin((now + phase * 977) / 1800)) / 2
        used, size = ("Used", "Total") if self.ne_type in CAPITALISED_PARTITIONS else ("used", "total")
        total_memory = 8_167_360 if self.ne_type != "OMC" else 33_231_572
        partitions = [(3966, 0), (797, 1), (24_062, 9000 + int(wave * 4000)), (1559, 300 + phase)]
        told: Row = {
            "capability": self.capability,
            "cpuUsage": {"nfCpuUsage": 14 + int(wave * 300), "sysCpuUsage": 194 + int(wave * 3280)},
            "diskSpace": {
                "partitionInfo": [{size: whole, used: part} for whole, part in partitions],
                "partitionNum": len(partitions),
            },
            "expiryDate": "-" if self.ne_type == "OMC" else "2031-12-31",
            "memUsage": {
                "nfUsedMem": 29_760 + phase * 16,
                "sysMemUsage": 899 + int(wave * 4000),
                "totalMem": total_memory,
            },
            "serialNum": self.serial,
            "version": self.version,
        }
        if self.ne_type in WITH_HARDWARE:
            memory = total_memory * 1024 if self.ne_type == "OMC" else total_memory
            told |= {
                "dbInfo": "adb v1.0.1",
                "hardwareInfo": {"cpus": 8, "memory": memory},
                "hostName": "5GC",
                "ipAddr": [self.ip],
                "neId": self.ne_id,
                "neName": self.title,
                # The network repository and the policy element say so of themselves.
                "neType": "AUSF" if self.ne_type in {"NRF", "PCF"} else self.ne_type,
                "osInfo": OS_INFO,
                "port": self.port,
                "province": self.province,
            }
        return told

    def overview(self, now: float) -> Row:
        """Tell the one-key object of the list of all states."""
        told: Row = {"ipAddress": self.ip}
        if self.dead:
            told["error"] = {"errorCode": "1", "errorInfo": REFUSED_CONNECTION}
        else:
            told["systemState"] = self.state(now)
        return {f"{self.ne_type}/{self.ne_id}": told}


class Elements:
    """All network elements, by type in any case and id."""

    def __init__(self) -> None:
        self._all: dict[tuple[str, str], Element] = {}
        for element in _seed():
            self.put(element)

    def __iter__(self) -> Iterator[Element]:
        return iter(self._all.values())

    def put(self, element: Element) -> None:
        """Take an element in."""
        self._all[element.ne_type.upper(), element.ne_id] = element

    def find(self, ne_type: Any, ne_id: Any) -> Element | None:
        """Find an element; no id means the first of the type."""
        kind = str(ne_type).upper()
        if ne_id in {None, ""}:
            return next((element for element in self if element.ne_type == kind), None)
        return self._all.get((kind, str(ne_id)))

    def remove(self, ne_type: str, ne_id: str) -> bool:
        """Forget an element."""
        return self._all.pop((ne_type.upper(), ne_id), None) is not None


def _seed() -> list[Element]:
    return [
        Element("OMC", "001", "192.168.10.10", port=33030, version="2.2404.6"),
        Element("AMF", "001", "192.168.10.11", port=8080),
        Element("AMF", "002", "192.168.10.12", port=8080),
        Element("SMF", "001", "192.168.10.21", port=8080),
        Element("SMF", "002", "192.168.10.22", port=8080),
        Element("UPF", "001", "192.168.10.31", capability=200_000),
        Element("UPF", "002", "192.168.10.32", capability=200_000, dead=True),
        Element("UDM", "001", "192.168.10.41", capability=100_000),
        Element("UDM", "002", "192.168.10.42", capability=100_000),
        Element("AUSF", "001", "192.168.10.51"),
        Element("PCF", "001", "192.168.10.61"),
        Element("NSSF", "001", "192.168.10.71"),
        Element("NRF", "001", "192.168.10.81"),
        Element("IMS", "001", "192.168.13.91", version="1.6.2"),
        Element("N3IWF", "001", "192.168.13.95", version="1.1.3"),
        Element("MME", "001", "192.168.10.99", dead=True),
    ]
