"""Network elements, their state, indicators and who is online on them."""

from datetime import date, datetime
from enum import Enum
from typing import Any

from msgspec import Struct

from adapters.records.base import UNSET, Known, Long, Sourced


class Virtualization(Enum):
    PNF = "PNF"
    VNF = "VNF"


class CpuUsage(Struct, frozen=True, kw_only=True):
    network_function: float | None = None
    """Percent."""
    system: float | None = None
    """Percent."""
    cores: int | None = None


class MemoryUsage(Struct, frozen=True, kw_only=True):
    total_bytes: Long | None = None
    network_function_bytes: Long | None = None
    system: float | None = None
    """Percent."""


class DiskUsage(Struct, frozen=True, kw_only=True):
    total_bytes: Long | None = None
    used_bytes: Long | None = None


class NetworkElementState(Struct, frozen=True, kw_only=True):
    """What an element last said of itself."""

    online: bool
    observed_at: datetime | None = None
    version: str | None = None
    serial_number: str | None = None
    host_name: str | None = None
    os_info: str | None = None
    license_expires_on: date | None = None
    capacity: Long | None = None
    """Licensed capacity in users."""
    cpu: CpuUsage | None = None
    memory: MemoryUsage | None = None
    disks: tuple[DiskUsage, ...] = ()


class NetworkElement(Sourced, frozen=True, kw_only=True):
    """A 5G core or IMS network function; its native id is `AMF/001`."""

    ne_type: str
    """Upper case."""
    ne_id: str
    name: Known[str] = UNSET
    ip: Known[str] = UNSET
    port: Known[int] = UNSET
    vendor: Known[str] = UNSET
    province: Known[str] = UNSET
    dn: Known[str] = UNSET
    virtualization: Known[Virtualization] = UNSET
    state: Known[NetworkElementState] = UNSET
    """Null where no state has been reported."""


class KpiDefinition(Struct, frozen=True, kw_only=True):
    id: str
    ne_type: str
    name: str | None = None
    names: Any = None
    """Names by language."""


class KpiPoint(Struct, frozen=True, kw_only=True):
    at: datetime
    value: float | None = None


class KpiSeries(Struct, frozen=True, kw_only=True):
    definition: KpiDefinition
    points: tuple[KpiPoint, ...] = ()


class OnlineUser(Struct, frozen=True, kw_only=True):
    """A session on an SMF, a registration on an IMS or N3IWF."""

    source: str
    imsi: str | None = None
    msisdn: str | None = None
    nai: str | None = None
    registered: bool | None = None
    active_since: datetime | None = None
    raw: Any = None


BaseStationRow = dict[str, Any]
"""A base station as the AMF reports it."""
