"""Who is online at an element, and which base stations it sees. Rows are undocumented but for the N3IWF."""

from collections.abc import Mapping
from datetime import datetime, tzinfo
from typing import Any

from adapters.decoding import Mismatch, instant_of
from adapters.encoding import check
from adapters.errors import BadInput, ErrorCode, UpstreamRejected
from adapters.gateway import Gateway
from adapters.omc import any_element
from adapters.record import Name
from adapters.records import BaseStationRow, NetworkElement, OnlineUser

SESSIONS = frozenset({"SMF"})
REGISTRATIONS = frozenset({"IMS", "N3IWF"})

ASKED_BY_IMSI = frozenset({"IMS"})
"""These list nobody: the document wants an IMSI."""

_IMSI = ("imsi", "IMSI", "supi", "imsiNumber")
_MSISDN = ("msisdn", "MSISDN", "gpsi")
_SINCE = ("activeTime", "active_time", "regTime", "createTime", "startTime")


async def online_users(
    gateway: Gateway, element: NetworkElement, imsi: str | None, msisdn: str | None
) -> tuple[OnlineUser, ...] | None:
    """Sessions or registrations at an element; None where its type has neither."""
    if element.ne_type not in SESSIONS | REGISTRATIONS:
        return None
    if element.ne_type in ASKED_BY_IMSI and imsi is None:
        raise BadInput(f"the {element.ne_type} tells of one subscriber at a time: imsi is needed", ("imsi",))
    call = any_element.get_online_users(
        element.ne_type.lower(),
        element.ne_id,
        imsi=imsi,
        # Of the three, an SMF alone is asked by number.
        msisdn=msisdn if element.ne_type in SESSIONS else None,
    )
    try:
        rows = await gateway.send(call) or ()
    except UpstreamRejected as error:
        if error.code is ErrorCode.NOT_FOUND and (imsi or msisdn):
            return ()
        raise
    users = (
        online_user(gateway.source, row, gateway.dialect.settings.timezone, element.ne_type)
        for row in rows
        if isinstance(row, dict)
    )
    return tuple(
        user
        for user in users
        if (imsi is None or user.imsi == imsi) and (msisdn is None or user.msisdn == msisdn)
    )


async def online_user_count(gateway: Gateway, element: NetworkElement) -> int | None:
    """How many are online; an N3IWF does not count, so its rows are counted; an IMS cannot be asked."""
    if element.ne_type in ASKED_BY_IMSI:
        return None
    if element.ne_type in SESSIONS:
        return await gateway.send(any_element.count_online_users(element.ne_type.lower(), element.ne_id))
    users = await online_users(gateway, element, None, None)
    return None if users is None else len(users)


async def base_stations(
    gateway: Gateway, element: NetworkElement, nb_id: str | None
) -> tuple[BaseStationRow, ...] | None:
    """Base stations that an AMF sees; None at any other element."""
    if element.ne_type != "AMF":
        return None
    if nb_id is not None:
        check(nb_id, Name, ("nbId",))
    call = any_element.get_base_stations(element.ne_type.lower(), element.ne_id, nb_id or "")
    return tuple(row for row in await gateway.send(call) or () if isinstance(row, dict))


def online_user(source: str, row: Mapping[str, Any], timezone: tzinfo, ne_type: str) -> OnlineUser:
    """A row of whatever element as an online user."""
    state = row.get("regState", row.get("reg_state"))
    return OnlineUser(
        source=source,
        imsi=_digits(row, _IMSI),
        msisdn=_digits(row, _MSISDN),
        nai=_text(row.get("nai")),
        registered=None if ne_type in SESSIONS or state is None else str(state) == "1",
        active_since=_since(row, timezone),
        raw=row,
    )


def _digits(row: Mapping[str, Any], names: tuple[str, ...]) -> str | None:
    """A number without the prefix that 3GPP puts before it: `imsi-460...`."""
    for name in names:
        text = _text(row.get(name))
        if text:
            return text.rpartition("-")[2] or None
    return None


def _since(row: Mapping[str, Any], timezone: tzinfo) -> datetime | None:
    """Since when; a row of an SMF holds sessions, of which the oldest counts."""
    inner = row.get("pduSessionInfo")
    if isinstance(inner, list):
        begun = [_since(one, timezone) for one in inner if isinstance(one, Mapping)]
        return min((at for at in begun if at is not None), default=None)
    for name in _SINCE:
        text = row.get(name)
        if isinstance(text, str):
            try:
                return instant_of(text, timezone)
            except Mismatch:
                continue
    return None


def _text(value: Any) -> str | None:
    if isinstance(value, bool) or not isinstance(value, str | int):
        return None
    return str(value).strip() or None
