"""The same hardware in several sources: by identifier or by MAC address, however they are written."""

import asyncio
from typing import Any

from msgspec import UNSET

from adapters import records
from adapters.indexing import identifiers_of
from adapters.local.directory import plain_mac
from adapters.ports import PageRequest
from adapters.ports.directory import DirectoryEntry
from adapters.records import ObjectKind, Sourced
from resolvers.context import Info


async def approvals_of(info: Info, device: records.Device) -> list[records.DeviceApproval]:
    """Access approvals of a device's hardware, in any source."""
    return await _same(info, device, ObjectKind.DEVICE_APPROVAL)


async def device_of(info: Info, approval: records.DeviceApproval) -> records.Device | None:
    """The device that asks to be let in, where another source knows it."""
    found = await _same(info, approval, ObjectKind.DEVICE)
    return found[0] if found else None


async def _same(info: Info, record: Sourced, kind: ObjectKind) -> list[Any]:
    directory = info.context.store.directory
    whole: Any = record
    if UNSET in (getattr(record, "identifier", None), getattr(record, "mac", None)):
        whole = await info.context.details(record) or record
    entries: dict[tuple[str, str], DirectoryEntry] = {}
    mine = identifiers_of(whole)
    for identifier in mine:
        found = await directory.by_identifier(identifier, kind)
        if not found:
            # A serial number may stand in another field of a device than the one that is indexed.
            found = (
                await directory.search(identifier, PageRequest(first=5, total=False), kinds=[kind])
            ).records
        entries |= {(e.source, e.native_id): e for e in found}
    mac = None if whole.mac is UNSET else whole.mac
    if mac and plain_mac(mac):
        entries |= {(e.source, e.native_id): e for e in await directory.by_mac(mac, kind)}
    objects = await asyncio.gather(*(info.context.object(kind, *one) for one in entries))
    return [o for o in objects if o is not None and _is_same(whole, o)]


def _is_same(one: Any, other: Any) -> bool:
    """Whether two records, read live, still tell of the same box."""
    shared = {i.casefold() for i in identifiers_of(one)} & {i.casefold() for i in identifiers_of(other)}
    macs = [plain_mac(None if r.mac is UNSET else r.mac) for r in (one, other)]
    return bool(shared) or (macs[0] is not None and macs[0] == macs[1])
