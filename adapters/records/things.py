"""Devices, their entities and values, and devices that ask to be let onto the campus network."""

from datetime import datetime
from enum import Enum
from typing import Any

from msgspec import Struct

from adapters.records.base import UNSET, Known, Long, Sourced


class EntityType(Enum):
    PROPERTY = "PROPERTY"
    SERVICE = "SERVICE"
    EVENT = "EVENT"
    UNKNOWN = "UNKNOWN"


class EntityValueType(Enum):
    STRING = "STRING"
    LONG = "LONG"
    DOUBLE = "DOUBLE"
    BOOLEAN = "BOOLEAN"
    BINARY = "BINARY"
    OBJECT = "OBJECT"
    UNKNOWN = "UNKNOWN"


class EntityAccess(Enum):
    R = "R"
    W = "W"
    RW = "RW"


class AggregateFunction(Enum):
    LAST = "LAST"
    MIN = "MIN"
    MAX = "MAX"
    AVG = "AVG"
    SUM = "SUM"
    COUNT = "COUNT"


class ApprovalStatus(Enum):
    PENDING = "PENDING"
    APPROVED = "APPROVED"
    FAILED = "FAILED"
    UNKNOWN = "UNKNOWN"


class DiscoveryType(Enum):
    ESN_FREE = "ESN_FREE"
    ALL_IN_ONE = "ALL_IN_ONE"


class Integration(Struct, frozen=True, kw_only=True):
    native_id: str
    name: str
    description: str | None = None
    icon: str | None = None
    device_count: int | None = None
    entity_count: int | None = None


class Device(Sourced, frozen=True, kw_only=True):
    """A device of the IoT platform."""

    key: Known[str] = UNSET
    name: Known[str] = UNSET
    identifier: Known[str] = UNSET
    """ESN, EUI or serial number by which the device identifies itself."""
    identifier_guessed: bool = False
    """Whether the identifier was taken from the key or the serial number, as only the single read tells it."""
    model: Known[str] = UNSET
    kind: Known[str] = UNSET
    mac: Known[str] = UNSET
    site: Known[str] = UNSET
    integration: Known[Integration] = UNSET
    deletable: Known[bool] = UNSET
    created_at: Known[datetime] = UNSET
    updated_at: Known[datetime] = UNSET
    attributes: Known[Any] = UNSET


class EntityValue(Struct, frozen=True, kw_only=True):
    at: datetime | None = None
    value: Any = None
    value_type: EntityValueType | None = None


class EntityValueCount(Struct, frozen=True, kw_only=True):
    value: Any = None
    value_type: EntityValueType | None = None
    count: Long = 0


class EntityAggregate(Struct, frozen=True, kw_only=True):
    value: Any = None
    value_type: EntityValueType | None = None
    counts: tuple[EntityValueCount, ...] = ()


class Entity(Sourced, frozen=True, kw_only=True):
    """A property, event or service of a device or an integration."""

    key: str
    name: Known[str] = UNSET
    type: EntityType = EntityType.UNKNOWN
    value_type: EntityValueType = EntityValueType.UNKNOWN
    access: Known[EntityAccess] = UNSET
    attributes: Known[Any] = UNSET
    device_name: Known[str] = UNSET
    integration_name: Known[str] = UNSET


class DeviceApproval(Sourced, frozen=True, kw_only=True):
    """A device that asks to be let onto the campus network."""

    name: Known[str] = UNSET
    identifier: Known[str] = UNSET
    mac: Known[str] = UNSET
    model: Known[str] = UNSET
    kind: Known[str] = UNSET
    role: Known[str] = UNSET
    site: Known[str] = UNSET
    site_id: Known[str] = UNSET
    status: ApprovalStatus = ApprovalStatus.UNKNOWN
    fail_reason: Known[str] = UNSET
    discovery: Known[DiscoveryType] = UNSET
    first_connected_at: Known[datetime] = UNSET
    last_connected_at: Known[datetime] = UNSET
