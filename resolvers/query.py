"""What can be asked."""

import asyncio
from collections.abc import Callable
from typing import Any

import strawberry

from adapters.errors import EmsError
from adapters.records import AlarmCounts, Dialect, ObjectKind
from resolvers import ids as global_ids
from resolvers.alarms import Alarm, AlarmFilter, AlarmOrder, AlarmSummary, list_alarms, summary_of
from resolvers.audit import AuditEntry, AuditFilter, list_audit
from resolvers.connections import Connection, PlainConnection
from resolvers.context import Info
from resolvers.devices import (
    Device,
    DeviceApproval,
    DeviceApprovalFilter,
    DeviceFilter,
    list_approvals,
    list_devices,
)
from resolvers.elements import NetworkElement, NetworkElementFilter, list_elements
from resolvers.entities import Entity, EntityFilter, list_entities
from resolvers.events import (
    CallRecord,
    CallRecordFilter,
    UeEvent,
    UeEventFilter,
    list_call_records,
    list_ue_events,
)
from resolvers.lineage import Requires
from resolvers.mirror import namespace
from resolvers.node import Node, Source
from resolvers.organizations import Organization, OrganizationFilter, list_organizations
from resolvers.permissions import AUDIT_READ
from resolvers.roles import Role, RoleFilter, list_roles
from resolvers.search import SearchConnection, searched
from resolvers.subscribers import Subscriber, SubscriberFilter, list_subscribers
from resolvers.users import User, UserFilter, UserOrder, list_users
from resolvers.viewer import Viewer
from resolvers.workflows import Workflow, WorkflowFilter, list_workflows

_NATIVE = "One field for each documented read. `source` may be left out where one source of the dialect is configured."


def _native(dialect: Dialect) -> Callable[..., Any]:
    def resolve(info: Info, source: str | None = None) -> Any:
        return info.context.sources.of(dialect, source)

    resolve.__annotations__["return"] = namespace(dialect) | None
    return resolve


@strawberry.type
class Query:
    """What can be asked."""

    @strawberry.field(description="Any object by its global id; null where the id names nothing.")
    async def node(self, info: Info, id: strawberry.ID) -> Node | None:
        return await _named(info, id)

    @strawberry.field(description="At most 100 ids; null where an id names nothing.")
    async def nodes(self, info: Info, ids: list[strawberry.ID]) -> list[Node | None]:
        found = await asyncio.gather(
            *(_named(info, value) for value in global_ids.several(ids)), return_exceptions=True
        )
        return [_or_null(value) for value in found]

    @strawberry.field(description="Who is asking, and what they may do.")
    def viewer(self, info: Info) -> Viewer:
        return info.context.caller

    @strawberry.field(description="The systems behind this graph, the local store first; asks none of them.")
    def sources(self, info: Info) -> list[Source]:
        return [*info.context.sources.all]  # type: ignore[list-item]

    @strawberry.field(description="Accounts of people in every source that has users.")
    async def users(
        self,
        info: Info,
        filter: UserFilter | None = None,
        order_by: UserOrder | None = None,
        first: int | None = 20,
        after: str | None = None,
    ) -> Connection[User] | None:
        return await list_users(info, filter, order_by, first, after)

    @strawberry.field(description="Roles, and groups where a source grants by group.")
    async def roles(
        self, info: Info, filter: RoleFilter | None = None, first: int | None = 20, after: str | None = None
    ) -> Connection[Role] | None:
        return await list_roles(info, filter, first, after)

    @strawberry.field(description="Departments and organization units of every source that has them.")
    async def organizations(
        self,
        info: Info,
        filter: OrganizationFilter | None = None,
        first: int | None = 20,
        after: str | None = None,
    ) -> Connection[Organization] | None:
        return await list_organizations(info, filter, first, after)

    @strawberry.field(
        description="Elements of the core network: those that OMCs manage and those of the local store."
    )
    async def network_elements(
        self,
        info: Info,
        filter: NetworkElementFilter | None = None,
        first: int | None = 20,
        after: str | None = None,
    ) -> Connection[NetworkElement] | None:
        return await list_elements(info, filter, first, after)

    @strawberry.field(description="4G/5G subscriptions; each data manager (UDM) is asked for its own.")
    async def subscribers(
        self,
        info: Info,
        filter: SubscriberFilter | None = None,
        first: int | None = 20,
        after: str | None = None,
    ) -> Connection[Subscriber] | None:
        return await list_subscribers(info, filter, first, after)

    @strawberry.field(
        description="Alarms of every source, answered from the journal: also those of a source that is down."
    )
    async def alarms(
        self,
        info: Info,
        filter: AlarmFilter | None = None,
        order_by: AlarmOrder | None = None,
        first: int | None = 20,
        after: str | None = None,
    ) -> Connection[Alarm] | None:
        return await list_alarms(info, filter, order_by, first, after)

    @strawberry.field(description="How many alarms stand, by severity, under the same filter.")
    async def alarm_summary(self, info: Info, filter: AlarmFilter | None = None) -> AlarmSummary | None:
        found: AlarmCounts = await summary_of(info, filter)
        return found

    @strawberry.field(
        description="What terminals did as elements told it: detached, changed state, were authenticated. Newest first."
    )
    async def ue_events(
        self,
        info: Info,
        filter: UeEventFilter | None = None,
        first: int | None = 20,
        after: str | None = None,
    ) -> PlainConnection[UeEvent] | None:
        return await list_ue_events(info, filter, first, after)

    @strawberry.field(description="Call records that elements posted, newest first.")
    async def call_records(
        self,
        info: Info,
        filter: CallRecordFilter | None = None,
        first: int | None = 20,
        after: str | None = None,
    ) -> PlainConnection[CallRecord] | None:
        return await list_call_records(info, filter, first, after)

    @strawberry.field(
        description="Every change made through the gateway, and every sign-in. Newest first.",
        directives=[Requires(permission=AUDIT_READ)],
    )
    async def audit_log(
        self, info: Info, filter: AuditFilter | None = None, first: int | None = 20, after: str | None = None
    ) -> PlainConnection[AuditEntry] | None:
        return await list_audit(info, filter, first, after)

    @strawberry.field(description="Devices of the IoT platform and of the local store.")
    async def devices(
        self, info: Info, filter: DeviceFilter | None = None, first: int | None = 20, after: str | None = None
    ) -> Connection[Device] | None:
        return await list_devices(info, filter, first, after)

    @strawberry.field(
        description="Properties, events and services of devices and integrations, with the values they have."
    )
    async def entities(
        self, info: Info, filter: EntityFilter | None = None, first: int | None = 20, after: str | None = None
    ) -> Connection[Entity] | None:
        return await list_entities(info, filter, first, after)

    @strawberry.field(description="Workflows of the IoT platform and of the local store.")
    async def workflows(
        self,
        info: Info,
        filter: WorkflowFilter | None = None,
        first: int | None = 20,
        after: str | None = None,
    ) -> Connection[Workflow] | None:
        return await list_workflows(info, filter, first, after)

    @strawberry.field(description="Devices that ask, or asked, to be let onto the campus network.")
    async def device_approvals(
        self,
        info: Info,
        filter: DeviceApprovalFilter | None = None,
        first: int | None = 20,
        after: str | None = None,
    ) -> Connection[DeviceApproval] | None:
        return await list_approvals(info, filter, first, after)

    @strawberry.field(
        description="Free text over names, ids, numbers and addresses of every kind, best match first."
    )
    async def search(
        self,
        info: Info,
        text: str,
        kinds: list[ObjectKind] | None = None,
        first: int | None = 20,
        after: str | None = None,
    ) -> SearchConnection | None:
        return await searched(info, text, kinds, first, after)

    omc = strawberry.field(resolver=_native(Dialect.OMC), description=_NATIVE)
    beaver = strawberry.field(resolver=_native(Dialect.BEAVER), description=_NATIVE)
    supos = strawberry.field(resolver=_native(Dialect.SUPOS), description=_NATIVE)
    idaas = strawberry.field(resolver=_native(Dialect.IDAAS), description=_NATIVE)
    nce = strawberry.field(resolver=_native(Dialect.NCE), description=_NATIVE)


async def _named(info: Info, value: str) -> Any:
    type_name, source, native_id = global_ids.decode(value)
    if type_name == global_ids.SOURCE:
        return info.context.sources.find(source)
    kind = global_ids.kind_of(type_name)
    if kind is ObjectKind.ALARM:
        return await info.context.store.alarms.get(native_id)
    if kind is None or info.context.sources.find(source) is None:
        return None
    return await info.context.object(kind, source, native_id)


def _or_null(value: Any) -> Any:
    """An object, or the error of one that could not be read: the others stand."""
    if isinstance(value, BaseException) and not isinstance(value, EmsError):
        raise value
    return value
