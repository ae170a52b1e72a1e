"""The same hardware in several sources: by identifier or by MAC address, however they are written."""

import asyncio
from collections import defaultdict
from collections.abc import Iterable
from typing import Any, NamedTuple

from msgspec import UNSET

from adapters import records
from adapters.indexing import KINDS, identifiers_of, is_guessed
from adapters.local.directory import LocalDirectory, numbers_of, plain_mac
from adapters.local.plain_text import folded
from adapters.ports.directory import DirectoryEntry
from adapters.records import ObjectKind, Sourced
from resolvers.context import Info


class Label(NamedTuple):
    """What is known of what stands on a box: numbers folded, the MAC in plain digits."""

    numbers: frozenset[str]
    mac: str | None
    box: tuple[ObjectKind, str, str] | None = None
    """The box itself, where the directory may know more of it."""


class Alike(NamedTuple):
    """A label with all that the directory knows of it, and what has the same numbers or the same address."""

    label: Label
    entries: tuple[DirectoryEntry, ...]


async def approvals_of(info: Info, device: records.Device) -> list[records.DeviceApproval]:
    """Access approvals of a device's hardware, in any source."""
    return await _same(info, device, ObjectKind.DEVICE_APPROVAL)


async def device_of(info: Info, approval: records.DeviceApproval) -> records.Device | None:
    """The device that asks to be let in, where another source knows it."""
    found = await _same(info, approval, ObjectKind.DEVICE)
    return found[0] if found else None


async def _same(info: Info, record: Sourced, kind: ObjectKind) -> list[Any]:
    directory = info.context.store.directory

    async def batch(labels: tuple[Label, ...]) -> dict[Label, Alike]:
        return await _alike(directory, labels, kind)

    whole: Any = record
    if UNSET in (getattr(record, "identifier", None), getattr(record, "mac", None)):
        whole = await info.context.details(record) or record
    alike = await info.context.loader(("hardware", kind), batch).load(label_of(whole))
    if alike is None:
        return []
    objects = await asyncio.gather(*(info.context.object(kind, e.source, e.native_id) for e in alike.entries))
    return [one for one in objects if one is not None and await _is_same(info, alike.label, one)]


def label_of(record: Any) -> Label:
    """The label of a record, as far as it tells."""
    numbers = frozenset(folded(number) for number in identifiers_of(record))
    mac = None if record.mac is UNSET else plain_mac(record.mac)
    box = (KINDS[type(record)], record.source, record.native_id) if is_guessed(record) else None
    return Label(numbers, mac, box)


async def _alike(directory: LocalDirectory, labels: Iterable[Label], kind: ObjectKind) -> dict[Label, Alike]:
    """What the directory finds for several labels, in as few statements as for one."""
    known = await _completed(directory, labels)
    numbers = {number for label in known.values() for number in label.numbers}
    macs = {label.mac for label in known.values() if label.mac}
    found = [
        (numbers_of(entry), plain_mac(entry.mac), entry)
        for entry in await directory.of_hardware(kind, numbers, macs)
    ]
    return {
        label: Alike(
            whole,
            tuple(
                entry
                for told, mac, entry in found
                if not told.isdisjoint(whole.numbers) or (mac and mac == whole.mac)
            ),
        )
        for label, whole in known.items()
    }


async def _completed(directory: LocalDirectory, labels: Iterable[Label]) -> dict[Label, Label]:
    """Labels with the numbers that a list did not tell and the directory knows."""
    boxes: defaultdict[tuple[ObjectKind, str], dict[str, Label]] = defaultdict(dict)
    for label in labels:
        if label.box:
            kind, source, native_id = label.box
            boxes[kind, source][native_id] = label
    known = {label: label for label in labels}
    for (kind, source), asked in boxes.items():
        for native_id, entry in (await directory.entries(kind, source, asked)).items():
            label = asked[native_id]
            known[label] = label._replace(numbers=label.numbers | numbers_of(entry))
    return known


async def _is_same(info: Info, label: Label, other: Any) -> bool:
    """Whether a record, read live, still tells of the same box; where it only guesses, the whole object does."""
    told = label_of(other)
    if not label.numbers.isdisjoint(told.numbers) or (label.mac is not None and label.mac == told.mac):
        return True
    whole = await info.context.details(other) if is_guessed(other) else None
    return whole is not None and not is_guessed(whole) and await _is_same(info, label, whole)
