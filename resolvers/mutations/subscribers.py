"""Subscriptions created, changed, deleted; their authentication data and policy set."""

import re
from typing import cast

import strawberry
from msgspec import UNSET, UnsetType

from adapters.errors import BadInput
from adapters.ports import Subscribers
from adapters.ports.network import AuthenticationDraft, PolicyChange, SubscriberChange, SubscriberDraft
from adapters.records import EpsSubscription, ObjectKind, SubscribedSlice
from resolvers.context import Info
from resolvers.imsi import checked_imsi
from resolvers.mutations.deeds import deleted, port_for, port_of
from resolvers.mutations.users import DeletePayload
from resolvers.payloads import Payload, UserError, answered, given
from resolvers.subscribers import Subscriber

MOST_AT_ONCE = 10_000


@strawberry.type
class SubscriberPayload:
    subscriber: Subscriber | None
    created: int
    user_errors: list[UserError]


@strawberry.input
class SubscribedSliceInput:
    sst: int
    sd: str | None = None
    dnns: list[str]


@strawberry.input
class EpsSubscriptionInput:
    enabled: bool = False
    odb: str | None = None
    hplmn_odb: str | None = None
    ard: str | None = None
    template: str | None = None
    context_id: str | None = None
    apn_contexts: str | None = None


@strawberry.input
class SubscriberInput:
    source: str = "local"
    ne_id: str
    imsi: str
    msisdn: str
    ambr: str | None = None
    nssai: str | None = None
    rat_restrictions: list[str] | None = None
    core_networks: list[str] | None = None
    forbidden_areas: str | None = None
    service_area_restriction: str | None = None
    smf_selection: str | None = None
    slices: list[SubscribedSliceInput] | None = None
    eps: EpsSubscriptionInput | None = None
    static_ip: str | None = None


@strawberry.input
class UpdateSubscriberInput:
    msisdn: str | None = strawberry.UNSET
    ambr: str | None = strawberry.UNSET
    nssai: str | None = strawberry.UNSET
    rat_restrictions: list[str] | None = strawberry.UNSET
    core_networks: list[str] | None = strawberry.UNSET
    forbidden_areas: str | None = strawberry.UNSET
    service_area_restriction: str | None = strawberry.UNSET
    smf_selection: str | None = strawberry.UNSET
    slices: list[SubscribedSliceInput] | None = strawberry.UNSET
    eps: EpsSubscriptionInput | None = strawberry.UNSET
    static_ip: str | None = strawberry.UNSET


@strawberry.input
class AuthenticationInput:
    amf: str
    algorithm_index: str
    ki: str
    opc: str


@strawberry.input
class PolicyInput:
    pcc_rules: list[str] | None = strawberry.UNSET
    session_rules: list[str] | None = strawberry.UNSET
    rfsp: int | None = strawberry.UNSET
    service_area_restriction: str | None = strawberry.UNSET
    ue_policy: str | None = strawberry.UNSET
    qos_audio: str | None = strawberry.UNSET
    qos_video: str | None = strawberry.UNSET
    header_enrichment: str | None = strawberry.UNSET


@strawberry.type
class SubscriberMutations:
    @strawberry.mutation(description="With `count`, that many subscribers with consecutive imsi and msisdn.")
    async def create_subscriber(
        self, info: Info, input: SubscriberInput, count: int | None = 1
    ) -> SubscriberPayload:
        source, port = port_for(info, input.source, ObjectKind.SUBSCRIBER)

        async def do() -> Payload:
            many = 1 if count is None else count
            if not 1 <= many <= MOST_AT_ONCE:
                raise BadInput(f"count is from 1 to {MOST_AT_ONCE}", ("count",))
            draft = SubscriberDraft(
                ne_id=_ne_id(input.ne_id),
                imsi=checked_imsi(input.imsi, ("input", "imsi")),
                msisdn=_msisdn(input.msisdn),
                ambr=input.ambr,
                nssai=input.nssai,
                rat_restrictions=_words(input.rat_restrictions, RATS, "ratRestrictions"),
                core_networks=_words(input.core_networks, CORES, "coreNetworks"),
                forbidden_areas=input.forbidden_areas,
                service_area_restriction=input.service_area_restriction,
                smf_selection=input.smf_selection,
                slices=None if input.slices is None else tuple(_slice(s) for s in input.slices),
                eps=None if input.eps is None else _eps(input.eps),
                static_ip=input.static_ip,
            )
            created = await cast("Subscribers", port).create(draft, many)
            found = await cast("Subscribers", port).get(f"{draft.ne_id}/{draft.imsi}")
            return Payload(subscriber=found, created=created)

        return await answered(info, source, None, do)

    @strawberry.mutation(description="Changes a subscription; what is left out stays.")
    async def update_subscriber(
        self, info: Info, id: strawberry.ID, input: UpdateSubscriberInput
    ) -> SubscriberPayload:
        source, native_id, port = port_of(info, id, ObjectKind.SUBSCRIBER)

        async def do() -> Payload:
            slices, eps, msisdn = given(input.slices), given(input.eps), given(input.msisdn)
            rats, cores = given(input.rat_restrictions), given(input.core_networks)
            change = SubscriberChange(
                msisdn=_msisdn(msisdn) if isinstance(msisdn, str) else msisdn,
                ambr=given(input.ambr),
                nssai=given(input.nssai),
                rat_restrictions=UNSET if rats is UNSET else _checked(rats or [], RATS, "ratRestrictions"),
                core_networks=UNSET if cores is UNSET else _checked(cores or [], CORES, "coreNetworks"),
                forbidden_areas=given(input.forbidden_areas),
                service_area_restriction=given(input.service_area_restriction),
                smf_selection=given(input.smf_selection),
                slices=UNSET if slices is UNSET else tuple(_slice(s) for s in slices or []),
                eps=_eps(eps) if isinstance(eps, EpsSubscriptionInput) else eps,
                static_ip=given(input.static_ip),
            )
            return Payload(subscriber=await cast("Subscribers", port).update(native_id, change))

        return await answered(info, source, id, do)

    @strawberry.mutation(description="Deletes subscriptions; those that could not be deleted are told.")
    async def delete_subscribers(self, info: Info, ids: list[strawberry.ID]) -> DeletePayload:
        return await deleted(info, ids, ObjectKind.SUBSCRIBER)

    @strawberry.mutation(
        description="Sets the authentication data of a subscription; keys go in and are not shown again."
    )
    async def set_authentication(
        self, info: Info, subscriber: strawberry.ID, input: AuthenticationInput
    ) -> SubscriberPayload:
        source, native_id, port = port_of(info, subscriber, ObjectKind.SUBSCRIBER, ("subscriber",))

        async def do() -> Payload:
            _hex(input.amf, 4, "amf")
            _hex(input.ki, 32, "ki")
            if input.opc != "-":
                _hex(input.opc, 32, "opc")
            if not re.fullmatch(r"[0-9]{1,3}", input.algorithm_index):
                raise BadInput("algorithmIndex is a number", ("input", "algorithmIndex"))
            draft = AuthenticationDraft(
                amf=input.amf, algorithm_index=input.algorithm_index, ki=input.ki, opc=input.opc
            )
            await cast("Subscribers", port).set_authentication(native_id, draft)
            return Payload(subscriber=await cast("Subscribers", port).get(native_id))

        return await answered(info, source, subscriber, do)

    @strawberry.mutation(description="Sets the policy of a subscription at its PCF.")
    async def set_policy(
        self, info: Info, subscriber: strawberry.ID, input: PolicyInput
    ) -> SubscriberPayload:
        source, native_id, port = port_of(info, subscriber, ObjectKind.SUBSCRIBER, ("subscriber",))

        async def do() -> Payload:
            change = PolicyChange(
                pcc_rules=_tuple(given(input.pcc_rules)),
                session_rules=_tuple(given(input.session_rules)),
                rfsp=given(input.rfsp),
                service_area_restriction=given(input.service_area_restriction),
                ue_policy=given(input.ue_policy),
                qos_audio=given(input.qos_audio),
                qos_video=given(input.qos_video),
                header_enrichment=given(input.header_enrichment),
            )
            await cast("Subscribers", port).set_policy(native_id, change)
            return Payload(subscriber=await cast("Subscribers", port).get(native_id))

        return await answered(info, source, subscriber, do)


RATS = ("VIRTUAL", "WLAN", "EUTRA", "NR")
CORES = ("EPC", "5GC")


def _ne_id(value: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9_.\-]{1,64}", value):
        raise BadInput("an element's id has letters, digits, `_`, `.` and `-`", ("input", "neId"))
    return value


def _msisdn(value: str) -> str:
    if not re.fullmatch(r"\+?[0-9]{1,15}", value):
        raise BadInput("an MSISDN has at most 15 digits", ("input", "msisdn"))
    return value


def _hex(value: str, length: int, field: str) -> None:
    if not re.fullmatch(rf"[0-9A-Fa-f]{{{length}}}", value):
        raise BadInput(f"{field} has {length} hexadecimal digits", ("input", field))


def _words(values: list[str] | None, known: tuple[str, ...], field: str) -> tuple[str, ...] | None:
    return None if values is None else _checked(values, known, field)


def _checked(values: list[str], known: tuple[str, ...], field: str) -> tuple[str, ...]:
    for value in values:
        if value.upper() not in known:
            raise BadInput(f"{field} holds {', '.join(known)}; not {value[:40]!r}", ("input", field))
    return tuple(value.upper() for value in values)


def _slice(given_slice: SubscribedSliceInput) -> SubscribedSlice:
    field = ("input", "slices")
    if not 0 <= given_slice.sst <= 255:
        raise BadInput("sst is from 0 to 255", field)
    if given_slice.sd is not None and not re.fullmatch(r"[0-9A-Fa-f]{6}", given_slice.sd):
        raise BadInput("sd has six hexadecimal digits", field)
    for dnn in given_slice.dnns:
        if not re.fullmatch(r"[A-Za-z0-9.\-]{1,100}", dnn):
            raise BadInput(f"{dnn[:80]!r} is no name of a data network", field)
    return SubscribedSlice(sst=given_slice.sst, sd=given_slice.sd, dnns=tuple(given_slice.dnns))


def _eps(value: EpsSubscriptionInput) -> EpsSubscription:
    return EpsSubscription(
        enabled=value.enabled,
        odb=value.odb,
        hplmn_odb=value.hplmn_odb,
        ard=value.ard,
        template=value.template,
        context_id=value.context_id,
        apn_contexts=value.apn_contexts,
    )


def _tuple(value: list[str] | UnsetType | None) -> tuple[str, ...] | UnsetType:
    return value if isinstance(value, UnsetType) else tuple(value or ())
