"""The devices that wait at the pretend campus network's door, and the sites that they may go to."""

import uuid
from dataclasses import dataclass, field
from typing import Any

from playground.upstreams.world import HARDWARE

PENDING, APPROVED, FAILED = 0, 1, 2
START_MS = 1_760_000_000_000
SITES = {
    "00000000-0000-0000-0000-0000000000a1": "Campus north",
    "00000000-0000-0000-0000-0000000000a2": "Campus south",
    "00000000-0000-0000-0000-0000000000a3": "Test hall",
}
ROLES = ("ACC", "AGG", "CORE", "AP")
STUBBORN_ESN = "21500829352SGAFFFFFF"
"""Approving this one always fails: another tenant holds its ESN, and it stays there."""
FOREIGN_ESN = "21500829352SGAEEEEEE"
"""Another tenant holds this one's ESN: it comes over with forceRegister alone."""
FAIL_REASONS = ("设备类型不匹配", "站点不存在")
_MODELS = (("LSW", "S5735-L24T4S-A", "ACC"), ("AP", "AirEngine5760-51", "AP"), ("LSW", "S6730-H48X6C", "AGG"))


def device_id(number: int) -> str:
    """Give the id of the n-th device: a UUID that stays the same from start to start."""
    return str(uuid.uuid5(uuid.NAMESPACE_OID, f"nce-device-{number}"))


def _row(number: int, **given: Any) -> dict[str, Any]:
    kind, model, role = _MODELS[number % len(_MODELS)]
    site_id = list(SITES)[number % len(SITES)]
    status = number % 3
    discovery = 1 + number % 2
    row = {
        "siteName": SITES[site_id],
        "siteId": site_id,
        "deviceType": kind,
        "deviceModel": model,
        "role": role,
        "id": device_id(number),
        "esn": f"21500829352SGA{number:06d}",
        "name": f"campus-{kind.lower()}-{number:03d}",
        "firstConnectTime": str(START_MS + number * 3_600_000),
        "lastConnectTime": str(START_MS + number * 3_600_000 + 86_400_000),
        "approvalStatus": status,
        "failReason": FAIL_REASONS[number % 2] if status == FAILED else "",
        "nameModifyFlag": "true" if number % 4 == 0 else "false",
        "siteModifyFlag": "true" if number % 5 == 0 else "false",
        "stackMasterEsn": "",
        "mac": f"4C-FA-CA-00-{number // 256:02X}-{number % 256:02X}",
        "discoveryType": discovery,
        "discoveryParentId": device_id(0) if discovery == 2 else "",
    }
    return row | given


def seed(count: int) -> list[dict[str, Any]]:
    """Make the approvals: the shared hardware first, then the stubborn one, then plain ones."""
    rows = []
    for number, box in enumerate(HARDWARE):
        rows.append(
            _row(
                number,
                esn=box.identifier,
                name=box.name,
                mac=box.mac.replace(":", "-"),
                deviceModel=box.model,
                approvalStatus=PENDING if number < 2 else APPROVED,
                failReason="",
            )
        )
    at = len(rows)
    rows.append(_row(at, esn=STUBBORN_ESN, name="campus-stubborn", approvalStatus=PENDING, failReason=""))
    rows.append(_row(at + 1, esn=FOREIGN_ESN, name="campus-foreign", approvalStatus=PENDING, failReason=""))
    rows += [_row(number) for number in range(at + 2, count)]
    return rows


@dataclass
class Campus:
    """Everything that changes while the pretend NCE-Campus runs."""

    approvals: list[dict[str, Any]] = field(default_factory=lambda: seed(42))

    def find(self, wanted: str) -> dict[str, Any] | None:
        """Give the approval of a device id."""
        return next((row for row in self.approvals if row["id"] == wanted), None)
