"""Subscribers: 4G/5G subscriptions with authentication, policy and where they are seen live."""

import re
from typing import cast

import strawberry

from adapters import records
from adapters.errors import BadInput
from adapters.ports import Page, PageRequest, Subscribers
from adapters.ports import Source as SourcePort
from adapters.ports import SubscriberFilter as SubscriberConditions
from adapters.records import ObjectKind
from resolvers.connections import PlainConnection, Slice, merged
from resolvers.context import Info
from resolvers.elements import NetworkElement, OnlineUser
from resolvers.events import CallRecord, UeEvent, calls_of_subscriber, events_of_subscriber
from resolvers.imsi import checked_imsi
from resolvers.leaves import from_record
from resolvers.lineage import Requires
from resolvers.node import Node, Sourced
from resolvers.references import element_at


@from_record(records.SubscribedSlice)
class SubscribedSlice:
    pass


@from_record(records.EpsSubscription)
class EpsSubscription:
    pass


@from_record(records.PolicySubscription)
class PolicySubscription:
    pass


SECRETS = "subscriber:secrets"


@from_record(records.AuthenticationSubscription)
class AuthenticationSubscription:
    has_key: bool = strawberry.field(description="Whether a permanent key is held.")
    ki: str | None = strawberry.field(directives=[Requires(permission=SECRETS)])
    opc: str | None = strawberry.field(directives=[Requires(permission=SECRETS)])


@from_record(records.Subscriber, without=("ne_id",))
class Subscriber(Node, Sourced):
    """A 4G/5G subscription in a UDM. Its nativeId is `<neId>/<imsi>`."""

    @strawberry.field(description="The UDM that holds the profile.")
    def network_element(parent: strawberry.Parent[records.Subscriber], info: Info) -> NetworkElement | None:
        return element_at(info, parent.source, "UDM", parent.ne_id)

    @strawberry.field
    def authentication(
        parent: strawberry.Parent[records.Subscriber], info: Info
    ) -> AuthenticationSubscription | None:
        port = _port(info, parent)
        return info.context.fan(
            parent.source, "authentication", parent.native_id, lambda: port.authentication_of(parent)
        )

    @strawberry.field
    def policy(parent: strawberry.Parent[records.Subscriber], info: Info) -> PolicySubscription | None:
        port = _port(info, parent)
        return info.context.fan(parent.source, "policy", parent.native_id, lambda: port.policy_of(parent))

    @strawberry.field(description="Live sessions and registrations wherever the subscriber is seen.")
    def sessions(parent: strawberry.Parent[records.Subscriber], info: Info) -> list[OnlineUser] | None:
        port = _port(info, parent)
        return info.context.fan(parent.source, "sessions", parent.native_id, lambda: port.sessions_of(parent))

    @strawberry.field(description="Newest first: detach, connection state, authentication result.")
    async def events(
        parent: strawberry.Parent[records.Subscriber],
        info: Info,
        first: int | None = 20,
        after: str | None = None,
    ) -> PlainConnection[UeEvent] | None:
        return await events_of_subscriber(info, parent, first, after)

    @strawberry.field
    async def call_records(
        parent: strawberry.Parent[records.Subscriber],
        info: Info,
        first: int | None = 20,
        after: str | None = None,
    ) -> PlainConnection[CallRecord] | None:
        return await calls_of_subscriber(info, parent, first, after)


def _port(info: Info, subscriber: records.Subscriber) -> Subscribers:
    return cast("Subscribers", info.context.port(subscriber.source, ObjectKind.SUBSCRIBER))


@strawberry.input
class SubscriberFilter:
    sources: list[str] | None = None
    ne_id: str | None = None
    imsi: str | None = None
    msisdn: str | None = None
    search: str | None = None


async def list_subscribers(
    info: Info, where: SubscriberFilter | None, first: int | None, after: str | None
) -> Slice:
    """Subscribers of all sources, or of those that the conditions name."""
    where = where or SubscriberFilter()
    if where.imsi is not None:
        checked_imsi(where.imsi, ("filter", "imsi"))
    if where.msisdn is not None and not re.fullmatch(r"\+?[0-9]{1,15}", where.msisdn):
        raise BadInput("an MSISDN has at most 15 digits", ("filter", "msisdn"))
    if where.ne_id is not None and not re.fullmatch(r"[A-Za-z0-9_.\-]{1,64}", where.ne_id):
        raise BadInput("an element's id has letters, digits, `_`, `.` and `-`", ("filter", "neId"))
    conditions = SubscriberConditions(
        ne_id=where.ne_id, imsi=where.imsi, msisdn=where.msisdn, search=where.search
    )

    async def ask(source: SourcePort, request: PageRequest) -> Page[records.Subscriber]:
        return await cast("Subscribers", source.subscribers).page(conditions, request)

    sources = tuple(s for s in info.context.sources.among(where.sources) if s.subscribers is not None)
    mark = (conditions, where.sources)
    return await merged(info, "subscribers", mark, sources, ask, first=first, after=after)
