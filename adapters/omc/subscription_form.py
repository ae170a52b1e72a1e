"""How the OMC writes a subscription: bit masks, slices with data networks, EPS data joined by commas."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from adapters.errors import BadInput
from adapters.records import EpsSubscription, SubscribedSlice

RATS: Mapping[str, int] = {"VIRTUAL": 1, "WLAN": 2, "EUTRA": 4, "NR": 8}
"""Radio access; a set bit bars."""

CORES: Mapping[str, int] = {"EPC": 1, "5GC": 2}
"""Core networks; a set bit allows."""

remembered = lru_cache(maxsize=1024)
"""Subscribers have templates: of few texts there are many, and what is made of them cannot be changed."""

_MASK = re.compile(r"\s*(?:0[xX]([0-9a-fA-F]{1,8})|([0-9]{1,10}))\s*(?:\(.*\))?\s*", re.DOTALL)
_SD = re.compile(r"[0-9A-Fa-f]{6}")
_DNN = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.\-]{0,98}[A-Za-z0-9])?")


class EpsFields(NamedTuple):
    """EPS data field by field, as text; `apns` is the number of APNs that stands only in the joined form."""

    flag: str = "0"
    odb: str = "64"
    hplmn_odb: str = "24"
    ard: str = "65"
    template: str = "def_eps"
    context_id: str = "1"
    apns: str | None = "2"
    apn_context: str = "010200000000"
    static_ip: str = "-"

    def joined(self) -> str:
        """The fields in one text."""
        return ",".join(part for part in self if part is not None)


def told(text: str | None) -> str | None:
    """A text, or None where `-` or nothing stands for none."""
    return text if text not in (None, "", "-") else None


@remembered
def mask_of(text: str | None) -> int | None:
    """A mask in digits, or in the element's own words: `0x03(EPC|5GC)`."""
    found = _MASK.fullmatch(text or "")
    if found is None:
        return None
    return int(found[1], 16) if found[1] else int(found[2])


def names_of(text: str | None, bits: Mapping[str, int]) -> tuple[str, ...]:
    """The names of the bits that are set."""
    mask = mask_of(text) or 0
    return tuple([name for name, bit in bits.items() if mask & bit])


def mask_from(names: Iterable[str], bits: Mapping[str, int], field: str) -> str:
    """A mask with the bits of these names set."""
    mask = 0
    for name in names:
        bit = bits.get(name.upper())
        if bit is None:
            raise BadInput(f"{field} are of {', '.join(bits)}", (field,))
        mask |= bit
    return str(mask)


@remembered
def slices_of(text: str | None) -> tuple[SubscribedSlice, ...]:
    """Slices with their data networks, out of `1-000001&cmnet&ims,2-000002&iot`; what is no slice is left out."""
    found = []
    for part in (told(text) or "").split(","):
        head, *dnns = part.strip().split("&")
        sst, _, sd = head.partition("-")
        if sst.isascii() and sst.isdecimal() and len(sst) <= 3:
            named = tuple(dnn for dnn in dnns if dnn)
            found.append(SubscribedSlice(sst=int(sst), sd=sd or None, dnns=named))
    return tuple(found)


def slices_from(slices: Iterable[SubscribedSlice]) -> str:
    """Slices as the OMC writes them."""
    return ",".join(_slice(one) for one in slices)


@remembered
def eps_from_text(text: str | None) -> EpsFields | None:
    """EPS data out of the joined form, with the number of APNs or without it; None where it is no such text."""
    parts = [part.strip() for part in (text or "").split(",")]
    if len(parts) >= 9:
        return EpsFields(*parts[:9])
    if len(parts) == 8:
        return EpsFields(*parts[:6], *parts[5:])._replace(apns=None)
    return None


@remembered
def eps_of(fields: EpsFields) -> EpsSubscription:
    """EPS data in the words of the graph."""
    return EpsSubscription(
        enabled=fields.flag == "1",
        odb=told(fields.odb),
        hplmn_odb=told(fields.hplmn_odb),
        ard=told(fields.ard),
        template=told(fields.template),
        context_id=told(fields.context_id),
        apn_contexts=told(fields.apn_context),
    )


def eps_from(eps: EpsSubscription, old: EpsFields) -> EpsFields:
    """EPS data as the OMC writes it; what is left open stays as it was."""
    contexts = eps.apn_contexts if eps.apn_contexts is not None else old.apn_context
    return old._replace(
        flag="1" if eps.enabled else "0",
        odb=eps.odb if eps.odb is not None else old.odb,
        hplmn_odb=eps.hplmn_odb if eps.hplmn_odb is not None else old.hplmn_odb,
        ard=eps.ard if eps.ard is not None else old.ard,
        template=eps.template if eps.template is not None else old.template,
        context_id=eps.context_id if eps.context_id is not None else old.context_id,
        apns=old.apns if contexts == old.apn_context or old.apns is None else _count(contexts),
        apn_context=contexts,
    )


def counted_up(digits: str, plus: int) -> str:
    """A number in digits, so many further on and as long."""
    return str(int(digits) + plus).zfill(len(digits))


def _count(contexts: str) -> str:
    """How many APNs a text of two digits each names; zeros are empty places."""
    pairs = (contexts[place : place + 2] for place in range(0, len(contexts), 2))
    return str(sum(pair.strip("0") != "" for pair in pairs))


def _slice(one: SubscribedSlice) -> str:
    if not 0 <= one.sst <= 255:
        raise BadInput("sst is 0 to 255", ("slices",))
    if one.sd is not None and not _SD.fullmatch(one.sd):
        raise BadInput("sd has six hexadecimal digits", ("slices",))
    if any(not _DNN.fullmatch(dnn) for dnn in one.dnns):
        raise BadInput("a data network's name has letters, digits, `.` and `-`", ("slices",))
    head = str(one.sst) if one.sd is None else f"{one.sst}-{one.sd}"
    return "&".join((head, *one.dnns))
