"""The policy of a subscriber, in whichever PCF holds it."""

import asyncio
from typing import Any

from msgspec import UNSET

from adapters.errors import ErrorCode, Unsupported, UpstreamRejected
from adapters.gateway import Gateway
from adapters.omc.policies import (
    PcfPolicy,
    PcfPolicyChange,
    PcfPolicyDraft,
    add_pcf_ue,
    query_pcf_ue,
    update_pcf_ue,
)
from adapters.omc.subscription_form import told
from adapters.ports.network import PolicyChange
from adapters.records import NetworkElement, PolicySubscription, Subscriber

NAMES = {
    "rfsp": "rfsp",
    "sar": "service_area_restriction",
    "pcc_rules": "pcc_rules",
    "sess_rules": "session_rules",
    "ue_policy": "ue_policy",
    "qos_audio": "qos_audio",
    "qos_video": "qos_video",
    "hdr_enrich": "header_enrichment",
}
"""The PCF's fields, and what the graph calls them."""


async def policy_of(
    gateway: Gateway, pcfs: tuple[NetworkElement, ...], subscriber: Subscriber
) -> PolicySubscription | None:
    """The policy; None where no PCF has one."""
    found = await _found(gateway, pcfs, subscriber)
    if found is None:
        return None
    _, row = found
    return PolicySubscription(
        pcc_rules=tuple(row.pcc_rules or ()),
        session_rules=tuple(row.sess_rules or ()),
        rfsp=row.rfsp,
        service_area_restriction=told(row.sar),
        ue_policy=told(row.ue_policy),
        qos_audio=told(row.qos_audio),
        qos_video=told(row.qos_video),
        header_enrichment=told(row.hdr_enrich),
    )


async def set_policy(
    gateway: Gateway, pcfs: tuple[NetworkElement, ...], subscriber: Subscriber, change: PolicyChange
) -> None:
    """Changes the policy where it is, else creates it at the first PCF."""
    if not pcfs:
        raise Unsupported(f"{gateway.source} has no PCF that could hold a policy.")
    given: dict[str, Any] = {}
    emptied: list[str] = []
    for wire, name in NAMES.items():
        value = getattr(change, name)
        if value is UNSET:
            continue
        if value is None or value in ((), ""):
            emptied.append(name)
        else:
            given[wire] = list(value) if isinstance(value, tuple) else value
    found = await _found(gateway, pcfs, subscriber)
    if found is None:
        draft = PcfPolicyDraft(imsi=subscriber.imsi, msisdn=subscriber.msisdn or "", **given)
        await gateway.send(add_pcf_ue(pcfs[0].ne_id, draft))
        return
    ne_id, row = found
    for name in emptied:
        wire = next(wire for wire, known in NAMES.items() if known == name)
        if getattr(row, wire):
            raise Unsupported(
                f"{gateway.source} keeps the {name.replace('_', ' ')} of a policy where none is given."
            )
    if given:
        await gateway.send(update_pcf_ue(ne_id, PcfPolicyChange(imsi=subscriber.imsi, **given)))


async def _found(
    gateway: Gateway, pcfs: tuple[NetworkElement, ...], subscriber: Subscriber
) -> tuple[str, PcfPolicy] | None:
    if len(pcfs) == 1:
        # Most cores have one: no task is made for each subscriber.
        rows = [await _asked(gateway, pcfs[0], subscriber)]
    else:
        rows = await asyncio.gather(*(_asked(gateway, pcf, subscriber) for pcf in pcfs))
    for pcf, row in zip(pcfs, rows, strict=True):
        if row is not None:
            return pcf.ne_id, row
    return None


async def _asked(gateway: Gateway, pcf: NetworkElement, subscriber: Subscriber) -> PcfPolicy | None:
    try:
        rows = await gateway.send(query_pcf_ue(pcf.ne_id, imsi=subscriber.imsi)) or ()
    except UpstreamRejected as error:
        if error.code is ErrorCode.NOT_FOUND:
            return None
        raise
    for row in rows:
        # Some rows name no IMSI; then the number tells whose they are.
        if row.imsi == subscriber.imsi or (not row.imsi and row.msisdn and row.msisdn == subscriber.msisdn):
            return row
    return None
