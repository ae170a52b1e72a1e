"""Network elements with their state, indicators, parameters and who is online on them."""

import re
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any, cast

import strawberry
from msgspec import UNSET
from strawberry.scalars import JSON

from adapters import records
from adapters.errors import BadInput
from adapters.ports import NetworkElementFilter as NetworkElementConditions
from adapters.ports import NetworkElements, Page, PageRequest
from adapters.ports import Source as SourcePort
from adapters.ports import SubscriberFilter as SubscriberConditions
from adapters.records import ObjectKind
from adapters.redaction import scrubbed
from resolvers.alarms import Alarm, AlarmFilter, AlarmSummary, alarms_of, element_summary
from resolvers.connections import Connection, Slice, merged
from resolvers.context import Info
from resolvers.leaves import enum_of, from_record
from resolvers.node import Node, Sourced
from resolvers.states import NetworkElementState, state_of

if TYPE_CHECKING:
    from resolvers.subscribers import Subscriber

enum_of(records.Virtualization)


@from_record(records.KpiDefinition)
class KpiDefinition:
    pass


@from_record(records.KpiPoint)
class KpiPoint:
    pass


@from_record(records.KpiSeries)
class KpiSeries:
    pass


@from_record(records.OnlineUser, without=("source", "raw"))
class OnlineUser:
    """A session on an SMF, a registration on an IMS or N3IWF."""

    @strawberry.field
    async def subscriber(
        parent: strawberry.Parent[records.OnlineUser], info: Info
    ) -> Annotated["Subscriber", strawberry.lazy("resolvers.subscribers")] | None:
        return await _subscriber_of(info, parent)

    @strawberry.field
    def raw(parent: strawberry.Parent[records.OnlineUser]) -> JSON | None:
        return scrubbed(parent.raw)


@from_record(records.NetworkElement, without=("state",))
class NetworkElement(Node, Sourced):
    """A 5G core or IMS network function managed by an OMC. Its nativeId is `AMF/001`."""

    ne_type: str = strawberry.field(
        description="AMF, SMF, UPF, UDM, AUSF, PCF, NSSF, IMS, N3IWF, OMC, ... in upper case."
    )

    @strawberry.field(description="Null where no state has been reported.", metadata={"attribute": "state"})
    def state(parent: strawberry.Parent[records.NetworkElement], info: Info) -> NetworkElementState | None:
        if parent.state is not UNSET:
            return parent.state
        return state_of(info, parent)

    @strawberry.field
    async def alarms(
        parent: strawberry.Parent[records.NetworkElement],
        info: Info,
        filter: AlarmFilter | None = None,
        first: int | None = 20,
        after: str | None = None,
    ) -> Connection[Alarm] | None:
        return await alarms_of(info, parent, filter, first, after)

    @strawberry.field
    async def alarm_summary(
        parent: strawberry.Parent[records.NetworkElement], info: Info
    ) -> AlarmSummary | None:
        return await element_summary(info, parent)

    @strawberry.field(description="Indicators that this type of element reports.")
    async def kpi_definitions(
        parent: strawberry.Parent[records.NetworkElement], info: Info
    ) -> list[KpiDefinition] | None:
        port = _port(info, parent)
        return await info.context.fan(
            parent.source, "kpi definitions", parent.ne_type, lambda: port.kpi_definitions(parent.ne_type)
        )

    @strawberry.field(description="Time series of the named indicators (all if none is named).")
    async def kpis(
        parent: strawberry.Parent[records.NetworkElement],
        info: Info,
        from_: Annotated[datetime, strawberry.argument(name="from")],
        to: datetime,
        ids: list[str] | None = None,
        interval_seconds: int | None = 900,
    ) -> list[KpiSeries] | None:
        if to <= from_:
            raise BadInput("`to` is after `from`", ("to",))
        interval = 900 if interval_seconds is None else interval_seconds
        if interval < 1:
            raise BadInput("intervalSeconds is at least 1", ("intervalSeconds",))
        port, wanted = _port(info, parent), None if ids is None else tuple(ids)
        return await info.context.fan(
            parent.source,
            "kpis",
            (parent.native_id, wanted, from_, to, interval),
            lambda: port.kpis(parent, wanted, from_, to, interval),
        )

    @strawberry.field(description="Subscribers' sessions on an SMF, registrations on an IMS or N3IWF.")
    async def online_users(
        parent: strawberry.Parent[records.NetworkElement],
        info: Info,
        imsi: str | None = None,
        msisdn: str | None = None,
    ) -> list[OnlineUser] | None:
        _digits(imsi, "imsi")
        _digits(msisdn, "msisdn")
        port = _port(info, parent)
        return await info.context.fan(
            parent.source,
            "online users",
            (parent.native_id, imsi, msisdn),
            lambda: port.online_users(parent, imsi, msisdn),
        )

    @strawberry.field
    async def online_user_count(parent: strawberry.Parent[records.NetworkElement], info: Info) -> int | None:
        port = _port(info, parent)
        return await info.context.fan(
            parent.source, "online user count", parent.native_id, lambda: port.online_user_count(parent)
        )

    @strawberry.field(description="Base stations seen by an AMF.")
    async def base_stations(
        parent: strawberry.Parent[records.NetworkElement], info: Info, nb_id: str | None = None
    ) -> list[JSON] | None:
        port = _port(info, parent)
        found = await info.context.fan(
            parent.source,
            "base stations",
            (parent.native_id, nb_id),
            lambda: port.base_stations(parent, nb_id),
        )
        return scrubbed(found)

    @strawberry.field(
        description="A named parameter group, e.g. `system`, `subsUEAmbr`, `smfSelection`, `guami`."
    )
    async def parameters(
        parent: strawberry.Parent[records.NetworkElement], info: Info, group: str, location: str | None = None
    ) -> JSON | None:
        port = _port(info, parent)
        found: Any = await info.context.fan(
            parent.source,
            "parameters",
            (parent.native_id, group, location),
            lambda: port.parameters(parent, group, location),
        )
        return scrubbed(found)


def _port(info: Info, element: records.NetworkElement) -> NetworkElements:
    return cast("NetworkElements", info.context.port(element.source, ObjectKind.NETWORK_ELEMENT))


def _digits(value: str | None, field: str) -> None:
    if value is not None and not (value.isascii() and value.isdecimal() and 1 <= len(value) <= 20):
        raise BadInput(f"{field} holds digits alone", (field,))


async def _subscriber_of(info: Info, online: records.OnlineUser) -> records.Subscriber | None:
    """The subscription of somebody who is online, looked up by imsi in the same source."""
    if online.imsi is None or not re.fullmatch(r"[0-9]{5,15}", online.imsi):
        return None
    port = info.context.port(online.source, ObjectKind.SUBSCRIBER)
    if port is None:
        return None
    where = SubscriberConditions(imsi=online.imsi)
    page = await info.context.fan(
        online.source,
        "subscriber by imsi",
        online.imsi,
        lambda: port.page(where, PageRequest(first=1, total=False)),
    )
    return page.records[0] if page.records else None


@strawberry.input
class NetworkElementFilter:
    sources: list[str] | None = None
    search: str | None = None
    ne_types: list[str] | None = None
    ne_ids: list[str] | None = None
    online: bool | None = None

    def conditions(self) -> NetworkElementConditions:
        """The conditions for one source."""
        return NetworkElementConditions(
            search=self.search,
            ne_types=tuple(self.ne_types) if self.ne_types is not None else None,
            ne_ids=tuple(self.ne_ids) if self.ne_ids is not None else None,
            online=self.online,
        )


async def list_elements(
    info: Info, where: NetworkElementFilter | None, first: int | None, after: str | None
) -> Slice:
    """Network elements of all sources, or of those that the conditions name."""
    where = where or NetworkElementFilter()
    conditions = where.conditions()

    async def ask(source: SourcePort, request: PageRequest) -> Page[records.NetworkElement]:
        return await cast("NetworkElements", source.network_elements).page(conditions, request)

    sources = tuple(s for s in info.context.sources.among(where.sources) if s.network_elements is not None)
    mark = (conditions, where.sources)
    return await merged(info, "networkElements", mark, sources, ask, first=first, after=after)
