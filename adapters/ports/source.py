"""A configured system: its name, its dialect, its health and the ports that it implements."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from functools import cached_property
from typing import Any

from msgspec import Struct

from adapters.ports.alarms import AlarmFeed
from adapters.ports.network import NetworkElements, Subscribers
from adapters.ports.people import Organizations, Roles, Users
from adapters.ports.port import Port
from adapters.ports.things import DeviceApprovals, Devices, Entities, Workflows
from adapters.records import Dialect, ObjectKind


class SourceStatus(Enum):
    UP = "UP"
    DEGRADED = "DEGRADED"
    DOWN = "DOWN"
    UNKNOWN = "UNKNOWN"


class Circuit(Enum):
    """Calls flow, are refused, or one is let through to probe."""

    CLOSED = "CLOSED"
    OPEN = "OPEN"
    HALF_OPEN = "HALF_OPEN"


class Health(Struct, frozen=True, kw_only=True):
    """What the last probe or call told."""

    status: SourceStatus = SourceStatus.UNKNOWN
    circuit: Circuit = Circuit.CLOSED
    checked_at: datetime | None = None
    latency_ms: float | None = None
    last_error: str | None = None


class Capability(Struct, frozen=True, kw_only=True):
    kind: ObjectKind
    readable: bool
    writable: bool


@dataclass(frozen=True, kw_only=True)
class Source:
    """A vendor's API or the local store. A port that is None is a kind that the source does not have."""

    name: str
    dialect: Dialect
    health: Callable[[], Health]
    """The last that is known; calls nobody."""
    probe: Callable[[], Awaitable[Health]]
    """Signs in where needed and makes one cheap call."""
    close: Callable[[], Awaitable[None]]
    users: Users | None = None
    roles: Roles | None = None
    organizations: Organizations | None = None
    network_elements: NetworkElements | None = None
    subscribers: Subscribers | None = None
    devices: Devices | None = None
    entities: Entities | None = None
    workflows: Workflows | None = None
    device_approvals: DeviceApprovals | None = None
    alarm_feed: AlarmFeed | None = None
    gateway: Any = field(default=None, repr=False)
    """What sends this source's declared operations, for the native namespace; None for the local store."""

    @cached_property
    def ports(self) -> dict[ObjectKind, Port[Any, Any]]:
        """The ports that there are, by kind."""
        found = (
            self.users,
            self.roles,
            self.organizations,
            self.network_elements,
            self.subscribers,
            self.devices,
            self.entities,
            self.workflows,
            self.device_approvals,
        )
        return {port.kind: port for port in found if port is not None}

    @property
    def capabilities(self) -> tuple[Capability, ...]:
        """The kinds that can be read here, and whether the source can change them."""
        told = [Capability(kind=k, readable=True, writable=p.writable()) for k, p in self.ports.items()]
        if self.alarm_feed is not None or self.dialect is Dialect.LOCAL:
            told.append(Capability(kind=ObjectKind.ALARM, readable=True, writable=True))
        return tuple(told)
