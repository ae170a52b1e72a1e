"""The three documented operations on devices that ask to be let in."""

import re
from typing import Any

from starlette.responses import Response

from playground.upstreams.calls import Call
from playground.upstreams.nce import inventory
from playground.upstreams.nce.dialect import ILLEGAL, Nce, refused
from playground.upstreams.vendor import json_answer

MOST_ROWS, MOST_IDS = 300, 1000
NO_DEVICE, REGISTER_FAILED = "0x00c8003b", "0x00c8003c"
_ID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_OLD = {
    "oldTenantId": "00000000-0000-0000-0000-0000000000f4",
    "oldTenantName": "te***1",
    "oldDeviceGroupId": "00000000-0000-0000-0000-0000000000f5",
    "oldDeviceGroupName": "gr***1",
}
_NO_OLD = dict.fromkeys(_OLD, "")


class Approvals:
    """What happens to the devices at the door."""

    def __init__(self, nce: Nce) -> None:
        self._nce = nce

    def query(self, call: Call) -> Response:
        """Answer a page of the devices that fit."""
        asked = call.object()
        index, size = asked.get("pageIndex", 1), asked.get("pageSize", 20)
        wrong = _outside(index, 1, 2**31 - 1) or _outside(size, 1, MOST_ROWS)
        wrong = wrong or any(_outside(one, 0, 2) for one in asked.get("status") or [])
        wrong = wrong or any(_outside(one, 1, 2) for one in asked.get("discoveryType") or [])
        wrong = wrong or len(asked.get("keyWord") or "") > 128
        wrong = wrong or not _are_ids(asked.get("siteIds") or [])
        if wrong:
            return _illegal(call, "a value of the query is out of its range")
        found = [row for row in self._nce.campus.approvals if _fits(row, asked)]
        start = (index - 1) * size
        return json_answer(
            {
                "errorCode": "0",
                "errorMessage": "",
                "totalCounts": len(found),
                "deviceList": found[start : start + size],
            }
        )

    def approve(self, call: Call) -> Response:
        """Let devices in, each on its own."""
        asked = call.object()
        ids: list[str] = asked["deviceIds"]
        if asked["actionType"] != 1 or not 1 <= len(ids) <= MOST_IDS:
            return _illegal(call, "actionType is not 1, or deviceIds are none or too many")
        if not _are_ids(ids):
            return _illegal(call, "a device id is no UUID")
        success: list[dict[str, Any]] = []
        fail: list[dict[str, Any]] = []
        for one in ids:
            done, row = self._approve(one, force=asked.get("forceRegister", False))
            (success if done else fail).append(row)
        return json_answer(
            {
                "errorCode": "0" if success else "1",
                "errorMessage": fail[0]["errorMsg"] if fail else "",
                "success": success,
                "fail": fail,
            }
        )

    def _approve(self, wanted: str, *, force: bool) -> tuple[bool, dict[str, Any]]:
        row = self._nce.campus.find(wanted)
        if row is None:
            return False, {"deviceId": wanted, **_NO_OLD, "errorCode": NO_DEVICE, "errorMsg": "设备不存在"}
        foreign = row["esn"] == inventory.FOREIGN_ESN
        if row["esn"] == inventory.STUBBORN_ESN or (foreign and not force):
            row["approvalStatus"], row["failReason"] = inventory.FAILED, "设备已被其他租户注册"
            error = {"errorCode": REGISTER_FAILED, "errorMsg": "register failed"}
            return False, {"deviceId": wanted, **_OLD, **error}
        row["approvalStatus"], row["failReason"] = inventory.APPROVED, ""
        old = _OLD if foreign else _NO_OLD
        return True, {"deviceId": wanted, **old, "errorCode": "0", "errorMsg": ""}

    def update(self, call: Call) -> Response:
        """Give devices another site or another role; a role that there is not is silently left out."""
        asked = call.object()
        ids, site = asked["devices"], asked.get("siteId")
        if not ids or not _are_ids(ids) or (site and not _are_ids([site])):
            return _illegal(call, "a device or site id is no UUID")
        rows = [self._nce.campus.find(one) for one in ids]
        if None in rows or (site and site not in inventory.SITES):
            return refused(NO_DEVICE, "设备不存在" if None in rows else "站点不存在", 400)
        role = asked.get("role")
        if role is not None and role not in inventory.ROLES:
            call.complain(f"role is none of {', '.join(inventory.ROLES)}")
            role = None
        for row in rows:
            if row is not None and site is not None:
                row |= {"siteId": site, "siteName": inventory.SITES.get(site, ""), "siteModifyFlag": "true"}
            if row is not None and role is not None:
                row["role"] = role
        return json_answer({"errorCode": "0", "errorMessage": ""})


def _fits(row: dict[str, Any], asked: dict[str, Any]) -> bool:
    word = (asked.get("keyWord") or "").casefold()
    return (
        any(word in row[name].casefold() for name in ("esn", "name", "mac", "id"))
        and row["deviceType"] in (asked.get("deviceTypes") or [row["deviceType"]])
        and row["siteId"] in (asked.get("siteIds") or [row["siteId"]])
        and row["approvalStatus"] in (asked.get("status") or [row["approvalStatus"]])
        and row["discoveryType"] in (asked.get("discoveryType") or [row["discoveryType"]])
    )


def _outside(value: int, least: int, most: int) -> bool:
    return not least <= value <= most


def _are_ids(values: list[str]) -> bool:
    return all(_ID.fullmatch(value) for value in values)


def _illegal(call: Call, text: str) -> Response:
    call.complain(text)
    return refused(ILLEGAL, f"参数非法: {text}", 400)
