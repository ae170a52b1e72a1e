"""A subscription in the words of the graph, and back into those of the UDM."""

from msgspec import UNSET

from adapters.omc.authentications import UdmAuthentication
from adapters.omc.subscribers import UdmSubscriber, UdmSubscriberWrite
from adapters.omc.subscription_form import (
    CORES,
    RATS,
    EpsFields,
    eps_from,
    eps_from_text,
    eps_of,
    mask_from,
    mask_of,
    names_of,
    remembered,
    slices_from,
    slices_of,
    told,
)
from adapters.ports.network import SubscriberChange, SubscriberDraft
from adapters.records import AuthenticationSubscription, Subscriber

DEFAULTS = {
    "ambr": "def_ambr",
    "nssai": "def_nssai",
    "arfb": "def_arfb",
    "sar": "def_sar",
    "smf_sel": "def_snssai",
    "sm_data": "1-000001&cmnet&ims",
}
"""The templates of the document's examples, for what a draft leaves open: the UDM wants every field."""

ALL_CORES = "3"

ALONE = ("flag", "odb", "hplmn_odb", "ard", "template", "context_id", "apn_context", "static_ip")
"""The EPS data that may come as fields of their own."""


def subscriber_of(source: str, ne_id: str, row: UdmSubscriber, imsi: str | None = None) -> Subscriber | None:
    """A subscription of a UDM; a single read in the element's words does not repeat the IMSI."""
    number = row.imsi or imsi
    if not number:
        return None
    eps = eps_fields(row)
    return Subscriber(
        source=source,
        native_id=f"{ne_id}/{number}",
        imsi=number,
        ne_id=ne_id,
        msisdn=told(row.msisdn),
        ambr=told(row.ambr),
        nssai=told(row.nssai),
        rat_restrictions=names_of(row.rat, RATS),
        core_networks=names_of(row.cn, CORES),
        forbidden_areas=told(row.arfb),
        service_area_restriction=told(row.sar),
        smf_selection=told(row.smf_sel),
        slices=slices_of(row.sm_data),
        eps=eps_of(eps) if eps is not None else None,
        static_ip=told(eps.static_ip) if eps is not None else None,
        raw=row.whole,
    )


def authentication(data: UdmAuthentication | None) -> AuthenticationSubscription | None:
    """Authentication data; an OMC that hides keys writes stars: a key is there, and is not told."""
    if data is None:
        return None
    ki, opc = told(data.ki), told(data.opc)
    return AuthenticationSubscription(
        amf=told(data.amf),
        algorithm_index=told(data.algo_index),
        status=told(data.status),
        has_key=ki is not None,
        ki=ki if ki is not None and ki.strip("*") else None,
        opc=opc if opc is not None and opc.strip("*") else None,
    )


def eps_fields(row: UdmSubscriber) -> EpsFields | None:
    """EPS data: the fields of their own where they come, else those of the joined text."""
    return _eps_fields(
        row.eps_dat,
        row.eps_flag,
        row.eps_odb,
        row.hplmn_odb,
        row.ard,
        row.epstpl,
        row.context_id,
        row.apn_context,
        row.static_ip,
    )


@remembered
def _eps_fields(text: str | None, *alone: str | None) -> EpsFields | None:
    joined = eps_from_text(text)
    given = {name: value for name, value in zip(ALONE, alone, strict=True) if value not in (None, "")}
    if joined is None and not given:
        return None
    return (joined or EpsFields())._replace(**given)


def drafted(draft: SubscriberDraft) -> UdmSubscriberWrite:
    """The subscription of a draft."""
    eps = EpsFields() if draft.eps is None else eps_from(draft.eps, EpsFields())
    if draft.static_ip:
        eps = eps._replace(static_ip=draft.static_ip)
    return _written(
        imsi=draft.imsi,
        msisdn=draft.msisdn,
        ambr=draft.ambr or DEFAULTS["ambr"],
        nssai=draft.nssai or DEFAULTS["nssai"],
        rat=mask_from(draft.rat_restrictions or (), RATS, "ratRestrictions"),
        arfb=draft.forbidden_areas or DEFAULTS["arfb"],
        sar=draft.service_area_restriction or DEFAULTS["sar"],
        cn=ALL_CORES
        if draft.core_networks is None
        else mask_from(draft.core_networks, CORES, "coreNetworks"),
        sm_data=DEFAULTS["sm_data"] if draft.slices is None else slices_from(draft.slices) or "-",
        smf_sel=draft.smf_selection or DEFAULTS["smf_sel"],
        eps=eps,
    )


def changed(row: UdmSubscriber, imsi: str, change: SubscriberChange) -> UdmSubscriberWrite:
    """The subscription after a change: what is not changed goes back as it came."""
    eps = eps_fields(row) or EpsFields()
    if change.eps is None:
        eps = eps._replace(flag="0")
    elif change.eps is not UNSET:
        eps = eps_from(change.eps, eps)
    if change.static_ip is not UNSET:
        eps = eps._replace(static_ip=change.static_ip or "-")
    rat, cn = str(mask_of(row.rat) or 0), row.cn
    core = mask_of(cn)
    return _written(
        imsi=imsi,
        msisdn=change.msisdn if isinstance(change.msisdn, str) else row.msisdn or "",
        ambr=_new(change.ambr, row.ambr),
        nssai=_new(change.nssai, row.nssai),
        rat=rat
        if change.rat_restrictions is UNSET
        else mask_from(change.rat_restrictions, RATS, "ratRestrictions"),
        arfb=_new(change.forbidden_areas, row.arfb),
        sar=_new(change.service_area_restriction, row.sar),
        cn=(ALL_CORES if core is None else str(core))
        if change.core_networks is UNSET
        else mask_from(change.core_networks, CORES, "coreNetworks"),
        sm_data=(row.sm_data or "-") if change.slices is UNSET else slices_from(change.slices) or "-",
        smf_sel=_new(change.smf_selection, row.smf_sel),
        eps=eps,
    )


def _written(*, eps: EpsFields, **fields: str) -> UdmSubscriberWrite:
    return UdmSubscriberWrite(
        **fields,
        eps_dat=eps.joined(),
        eps_flag=eps.flag,
        eps_odb=eps.odb,
        hplmn_odb=eps.hplmn_odb,
        ard=eps.ard,
        epstpl=eps.template,
        context_id=eps.context_id,
        apn_context=eps.apn_context,
        static_ip=eps.static_ip,
    )


def _new(value: object, old: str | None) -> str:
    """The new name of a template; None takes it away, which the UDM writes as `-`."""
    if value is UNSET:
        return old or "-"
    return value if isinstance(value, str) and value else "-"
