"""What network elements last said of themselves: load, licence, versions, and the OMC's clock."""

from typing import Annotated, Any

from adapters.omc.verbs import OmcRecord, get
from adapters.record import Day, Json, Long, Name, Whole, Wire

NeId = Annotated[Name, Wire("ne_id")]


class CpuLoad(OmcRecord, frozen=True):
    """Load of the processors, in hundredths of a percent."""

    nf_cpu_usage: int | None = None
    sys_cpu_usage: int | None = None


class MemoryLoad(OmcRecord, frozen=True):
    """Memory in KiB; the share in use in hundredths of a percent."""

    total_mem: Long | None = None
    nf_used_mem: Long | None = None
    sys_mem_usage: int | None = None


class Partition(OmcRecord, frozen=True):
    """A partition in MiB; more may be used than there is. IMS and N3IWF write the names with capitals."""

    total: Annotated[Long | None, Wire("total", also=("Total",))] = None
    used: Annotated[Long | None, Wire("used", also=("Used",))] = None


class DiskSpace(OmcRecord, frozen=True):
    """The partitions of an element."""

    partition_num: int | None = None
    partition_info: list[Partition] | None = None


class Hardware(OmcRecord, frozen=True):
    """Processors, and memory in KiB (an OMC's own: in bytes)."""

    cpus: int | None = None
    memory: Long | None = None


class SystemState(OmcRecord, frozen=True):
    """What an element says of itself; AMF, SMF, UPF and some others leave the second half out."""

    version: str | None = None
    capability: Long | None = None
    """Licensed capacity in users."""
    serial_num: str | None = None
    expiry_date: Day | None = None
    cpu_usage: CpuLoad | None = None
    mem_usage: MemoryLoad | None = None
    disk_space: DiskSpace | None = None
    host_name: str | None = None
    os_info: str | None = None
    db_info: str | None = None
    ip_addr: list[str] | None = None
    port: int | None = None
    hardware_info: Hardware | None = None
    ne_id: str | None = None
    ne_name: str | None = None
    ne_type: str | None = None
    """NRF and PCF say AUSF here: the key of the element is right."""
    province: str | None = None


class StateError(OmcRecord, frozen=True):
    """Why an element told nothing."""

    error_code: str | None = None
    error_info: str | None = None


class ElementState(OmcRecord, frozen=True):
    """An element with its state, or with the error in its place."""

    key: str | None = None
    """Type and id: `AMF/001`."""
    ip_address: str | None = None
    system_state: SystemState | None = None
    error: StateError | None = None
    whole: Whole = None


def by_key(payload: Any) -> Any:
    """One object an element, its key inside: the OMC makes the key the only name of an object."""
    if isinstance(payload, dict):
        payload = [payload]
    return [
        {**inner, "key": key}
        for item in payload or ()
        if isinstance(item, dict)
        for key, inner in item.items()
        if isinstance(inner, dict)
    ]


@get("/api/rest/systemManagement/v1/elementType/OMC/objectType/time")
def get_omc_local_time(ne_id: Annotated[Name, Wire("neId")]) -> Json:
    """The OMC's local time. (Monitor & Alarm)"""


@get("/api/rest/systemManagement/v1/elementType/ALL/objectType/systemState", shape=by_key)
def get_ne_state_all() -> list[ElementState]:
    """The state of every network element. (Monitor & Alarm / NE State)"""


@get("/api/rest/systemManagement/v1/elementType/udm/objectType/systemState", shape=by_key)
def get_ne_state_udm(ne_id: NeId) -> list[ElementState]:
    """The state of a UDM. (Monitor & Alarm / NE State)"""


@get("/api/rest/systemManagement/v1/elementType/omc/objectType/systemState", shape=by_key)
def get_ne_state_omc(ne_id: NeId) -> list[ElementState]:
    """The state of the OMC itself. (Monitor & Alarm / NE State)"""
