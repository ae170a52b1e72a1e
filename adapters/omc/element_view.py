"""A network element in the words of the graph: keys, units, and what a dead element leaves."""

import re
from datetime import datetime

import msgspec

from adapters.omc.element_records import ElementRecord
from adapters.omc.element_states import ElementState, Hardware, SystemState
from adapters.records import NetworkElement, NetworkElementState, Virtualization
from adapters.records.base import UNSET
from adapters.records.network import CpuUsage, DiskUsage, MemoryUsage

KIB, MIB = 1024, 1024 * 1024

_KEY = re.compile(r"[A-Za-z0-9]{1,16}/[A-Za-z0-9_.\-]{1,64}")


def is_key(native_id: str) -> bool:
    """Whether a native id can be one: `AMF/001`."""
    return _KEY.fullmatch(native_id) is not None


def normal(native_id: str) -> str:
    """A native id with its type in upper case."""
    kind, _, ne_id = native_id.partition("/")
    return f"{kind.upper()}/{ne_id}"


def key_of(state: ElementState) -> str | None:
    """The native id of an element: its type in upper case, and its id."""
    if state.key is None or not is_key(state.key):
        return None
    return normal(state.key)


def element_of(source: str, state: ElementState, now: datetime) -> NetworkElement | None:
    """An element as the list of all states tells of it; None where its key is none."""
    key = key_of(state)
    if key is None:
        return None
    kind, _, ne_id = key.partition("/")
    told = state.system_state or SystemState()
    return NetworkElement(
        source=source,
        native_id=key,
        ne_type=kind,
        ne_id=ne_id,
        name=told.ne_name or UNSET,
        ip=state.ip_address or UNSET,
        port=told.port if told.port is not None else UNSET,
        province=told.province or UNSET,
        state=stated(state, now),
        raw=state.whole,
    )


def with_record(element: NetworkElement, record: ElementRecord) -> NetworkElement:
    """The element with what is written down of it."""
    flag = (record.pv_flag or "").upper()
    return msgspec.structs.replace(
        element,
        name=record.ne_name or (element.name or None),
        ip=record.ip or (element.ip or None),
        port=record.port if record.port is not None else (element.port or None),
        vendor=record.vendor_name or None,
        province=record.province or (element.province or None),
        dn=record.dn or None,
        virtualization=Virtualization(flag) if flag in ("PNF", "VNF") else None,
        raw={"state": element.raw, "record": record.whole},
    )


def stated(state: ElementState, now: datetime) -> NetworkElementState:
    """The state of an element; one that has an error in its place is offline."""
    told = state.system_state
    if told is None or state.error is not None:
        return NetworkElementState(online=False, observed_at=now)
    hardware = told.hardware_info or Hardware()
    space = told.disk_space
    return NetworkElementState(
        online=True,
        observed_at=now,
        version=told.version,
        serial_number=told.serial_num,
        host_name=told.host_name,
        os_info=told.os_info,
        license_expires_on=told.expiry_date,
        capacity=told.capability,
        cpu=_cpu(told, hardware),
        memory=_memory(state, told, hardware),
        disks=tuple(
            DiskUsage(total_bytes=_times(part.total, MIB), used_bytes=_times(part.used, MIB))
            for part in (space.partition_info if space else None) or ()
        ),
    )


def _cpu(told: SystemState, hardware: Hardware) -> CpuUsage | None:
    load = told.cpu_usage
    if load is None and hardware.cpus is None:
        return None
    return CpuUsage(
        network_function=_percent(load.nf_cpu_usage if load else None),
        system=_percent(load.sys_cpu_usage if load else None),
        cores=hardware.cpus,
    )


def _memory(state: ElementState, told: SystemState, hardware: Hardware) -> MemoryUsage | None:
    load = told.mem_usage
    # Of the hardware, an OMC writes bytes where the others write KiB.
    own = (state.key or "").upper().startswith("OMC/")
    installed = _times(hardware.memory, 1 if own else KIB)
    if load is None:
        return MemoryUsage(total_bytes=installed) if installed is not None else None
    total = _times(load.total_mem, KIB)
    return MemoryUsage(
        total_bytes=total if total is not None else installed,
        network_function_bytes=_times(load.nf_used_mem, KIB),
        system=_percent(load.sys_mem_usage),
    )


def _percent(hundredths: int | None) -> float | None:
    return None if hundredths is None else hundredths / 100


def _times(value: int | None, unit: int) -> int | None:
    return None if value is None else value * unit
