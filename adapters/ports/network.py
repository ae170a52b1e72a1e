"""Ports of network elements and of subscribers."""

from datetime import datetime
from typing import Any, ClassVar

from msgspec import UNSET, Struct, UnsetType

from adapters.ports.page import Outcome
from adapters.ports.port import Port
from adapters.records import (
    AuthenticationSubscription,
    BaseStationRow,
    EpsSubscription,
    KpiDefinition,
    KpiSeries,
    NetworkElement,
    NetworkElementState,
    ObjectKind,
    OnlineUser,
    PolicySubscription,
    SubscribedSlice,
    Subscriber,
    Virtualization,
)


class NetworkElementFilter(Struct, frozen=True, kw_only=True):
    """Conditions on elements; types match whatever their case."""

    search: str | None = None
    ne_types: tuple[str, ...] | None = None
    ne_ids: tuple[str, ...] | None = None
    online: bool | None = None


class NetworkElementDraft(Struct, frozen=True, kw_only=True):
    ne_type: str
    ne_id: str
    name: str
    ip: str
    port: int
    vendor: str | None = None
    province: str | None = None
    dn: str | None = None
    virtualization: Virtualization | None = None


class NetworkElementChange(Struct, frozen=True, kw_only=True):
    name: str | UnsetType = UNSET
    ip: str | UnsetType = UNSET
    port: int | UnsetType = UNSET
    vendor: str | None | UnsetType = UNSET
    province: str | None | UnsetType = UNSET
    dn: str | None | UnsetType = UNSET
    virtualization: Virtualization | None | UnsetType = UNSET


class NetworkElements(Port[NetworkElement, NetworkElementFilter]):
    """Network functions, by native id `<TYPE>/<id>`."""

    kind: ClassVar[ObjectKind] = ObjectKind.NETWORK_ELEMENT
    writes: ClassVar[tuple[str, ...]] = ("create", "update", "delete", "run_mml")

    async def states(self, native_ids: tuple[str, ...]) -> dict[str, NetworkElementState]:
        """The state of each that has reported one, with as few calls as the source allows."""
        return {}

    async def kpi_definitions(self, ne_type: str) -> tuple[KpiDefinition, ...] | None:
        return None

    async def kpis(
        self,
        element: NetworkElement,
        ids: tuple[str, ...] | None,
        start: datetime,
        end: datetime,
        interval_seconds: int,
    ) -> tuple[KpiSeries, ...] | None:
        return None

    async def online_users(
        self, element: NetworkElement, imsi: str | None, msisdn: str | None
    ) -> tuple[OnlineUser, ...] | None:
        return None

    async def online_user_count(self, element: NetworkElement) -> int | None:
        return None

    async def base_stations(
        self, element: NetworkElement, nb_id: str | None
    ) -> tuple[BaseStationRow, ...] | None:
        return None

    async def parameters(self, element: NetworkElement, group: str, location: str | None) -> Any:
        """A named parameter group as the element gives it; None where the source has no parameters."""
        return None

    async def create(self, draft: NetworkElementDraft) -> NetworkElement:
        self.refuse("create network elements")

    async def update(self, native_id: str, change: NetworkElementChange) -> NetworkElement:
        self.refuse("change network elements")

    async def delete(self, native_id: str) -> Outcome[str]:
        self.refuse("delete network elements")

    async def run_mml(self, element: NetworkElement, commands: tuple[str, ...]) -> tuple[str, ...]:
        """The output of each command, in order."""
        self.refuse("run MML commands")


class SubscriberFilter(Struct, frozen=True, kw_only=True):
    ne_id: str | None = None
    imsi: str | None = None
    msisdn: str | None = None
    search: str | None = None


class SubscriberDraft(Struct, frozen=True, kw_only=True):
    ne_id: str
    imsi: str
    msisdn: str
    ambr: str | None = None
    nssai: str | None = None
    rat_restrictions: tuple[str, ...] | None = None
    core_networks: tuple[str, ...] | None = None
    forbidden_areas: str | None = None
    service_area_restriction: str | None = None
    smf_selection: str | None = None
    slices: tuple[SubscribedSlice, ...] | None = None
    eps: EpsSubscription | None = None
    static_ip: str | None = None


class SubscriberChange(Struct, frozen=True, kw_only=True):
    msisdn: str | UnsetType = UNSET
    ambr: str | None | UnsetType = UNSET
    nssai: str | None | UnsetType = UNSET
    rat_restrictions: tuple[str, ...] | UnsetType = UNSET
    core_networks: tuple[str, ...] | UnsetType = UNSET
    forbidden_areas: str | None | UnsetType = UNSET
    service_area_restriction: str | None | UnsetType = UNSET
    smf_selection: str | None | UnsetType = UNSET
    slices: tuple[SubscribedSlice, ...] | UnsetType = UNSET
    eps: EpsSubscription | None | UnsetType = UNSET
    static_ip: str | None | UnsetType = UNSET


class AuthenticationDraft(Struct, frozen=True, kw_only=True):
    """Authentication data to set; the keys are secrets."""

    amf: str
    algorithm_index: str
    ki: str
    opc: str

    def __repr__(self) -> str:
        return f"AuthenticationDraft(amf={self.amf!r})"


class PolicyChange(Struct, frozen=True, kw_only=True):
    pcc_rules: tuple[str, ...] | UnsetType = UNSET
    session_rules: tuple[str, ...] | UnsetType = UNSET
    rfsp: int | None | UnsetType = UNSET
    service_area_restriction: str | None | UnsetType = UNSET
    ue_policy: str | None | UnsetType = UNSET
    qos_audio: str | None | UnsetType = UNSET
    qos_video: str | None | UnsetType = UNSET
    header_enrichment: str | None | UnsetType = UNSET


class Subscribers(Port[Subscriber, SubscriberFilter]):
    """Subscriptions, by native id `<neId>/<imsi>`."""

    kind: ClassVar[ObjectKind] = ObjectKind.SUBSCRIBER
    writes: ClassVar[tuple[str, ...]] = ("create", "update", "delete", "set_authentication", "set_policy")

    async def authentication_of(self, subscriber: Subscriber) -> AuthenticationSubscription | None:
        return None

    async def policy_of(self, subscriber: Subscriber) -> PolicySubscription | None:
        return None

    async def sessions_of(self, subscriber: Subscriber) -> tuple[OnlineUser, ...] | None:
        """Live sessions and registrations wherever the subscriber is seen."""
        return None

    async def create(self, draft: SubscriberDraft, count: int) -> int:
        """Creates that many with consecutive imsi and msisdn; gives how many the source took."""
        self.refuse("create subscribers")

    async def update(self, native_id: str, change: SubscriberChange) -> Subscriber:
        self.refuse("change subscribers")

    async def delete(self, native_ids: tuple[str, ...]) -> Outcome[str]:
        self.refuse("delete subscribers")

    async def set_authentication(self, native_id: str, draft: AuthenticationDraft) -> None:
        self.refuse("set authentication data")

    async def set_policy(self, native_id: str, change: PolicyChange) -> None:
        self.refuse("set policies")
