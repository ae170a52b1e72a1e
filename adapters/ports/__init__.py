"""What a source can give and take: one port for each kind of object, and the source that carries them.

A port is a base class whose reads are abstract and whose joins and writes have an honest default: a join that a
source does not have is None, a write that it does not offer raises `Unsupported` with a plain sentence. A vendor,
and the local store, overrides what it can; `Source.capabilities` is read off that.
"""

from adapters.ports.alarms import AlarmFeed, AlarmImage, AlarmRow
from adapters.ports.network import NetworkElementFilter, NetworkElements, SubscriberFilter, Subscribers
from adapters.ports.page import END, Outcome, Page, PageRequest, Position, Refusal, RowProblem
from adapters.ports.people import (
    OrganizationFilter,
    Organizations,
    RoleFilter,
    Roles,
    UserFilter,
    Users,
)
from adapters.ports.port import Port
from adapters.ports.source import Capability, Circuit, Health, Source, SourceStatus
from adapters.ports.things import (
    DeviceApprovalFilter,
    DeviceApprovals,
    DeviceFilter,
    Devices,
    Entities,
    EntityFilter,
    WorkflowFilter,
    Workflows,
)

__all__ = [
    "END",
    "AlarmFeed",
    "AlarmImage",
    "AlarmRow",
    "Capability",
    "Circuit",
    "DeviceApprovalFilter",
    "DeviceApprovals",
    "DeviceFilter",
    "Devices",
    "Entities",
    "EntityFilter",
    "Health",
    "NetworkElementFilter",
    "NetworkElements",
    "OrganizationFilter",
    "Organizations",
    "Outcome",
    "Page",
    "PageRequest",
    "Port",
    "Position",
    "Refusal",
    "RoleFilter",
    "Roles",
    "RowProblem",
    "Source",
    "SourceStatus",
    "SubscriberFilter",
    "Subscribers",
    "UserFilter",
    "Users",
    "WorkflowFilter",
    "Workflows",
]
