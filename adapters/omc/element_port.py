"""Network elements of an OMC: the list of all states is the list of elements, the rest is read one by one."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, NoReturn

import msgspec
from msgspec import UNSET

from adapters.encoding import check
from adapters.errors import BadInput, NotFound, Unsupported, UpstreamRejected
from adapters.gateway import Gateway
from adapters.omc import any_element, element_indicators, element_users
from adapters.omc.element_records import ElementChange, ElementDraft, ElementRecord, get_ne_info
from adapters.omc.element_states import ElementState, get_ne_state_all
from adapters.omc.element_view import element_of, is_key, key_of, normal, stated, with_record
from adapters.omc.mml import Command, MmlCommands
from adapters.omc.parameters import Location
from adapters.omc.refusals import absent, refusal
from adapters.paging import whole
from adapters.ports import NetworkElementFilter, NetworkElements, Outcome, Page, PageRequest
from adapters.ports.network import NetworkElementChange, NetworkElementDraft
from adapters.records import (
    BaseStationRow,
    KpiDefinition,
    KpiSeries,
    NetworkElement,
    NetworkElementState,
    OnlineUser,
    Virtualization,
)

LOCATED = {("udm", "system"): "0"}
"""Groups that the document reads at a location alone; their first record where nobody names one."""


AT_ONCE = 8
"""Calls to the OMC at the same time, where each element takes one."""


class OmcElements(NetworkElements):
    """The network elements that one OMC looks after."""

    def __init__(self, gateway: Gateway, clock: Callable[[], float]) -> None:
        self.source = gateway.source
        self._gateway = gateway
        self._clock = clock
        self._typed: tuple[tuple[ElementState, ...], dict[tuple[str, ...], Page[NetworkElement]]] = ((), {})

    async def of_types(self, *ne_types: str) -> Page[NetworkElement]:
        """All elements of some types; laid out once for each answer of the OMC."""
        states = await self._states()
        if self._typed[0] is not states:
            self._typed = (states, {})
        found = self._typed[1].get(ne_types)
        if found is None:
            where = NetworkElementFilter(ne_types=ne_types)
            ordered = sorted(states, key=lambda state: state.key or "")
            request = PageRequest(first=len(ordered) or 1, total=False)
            found = whole(ordered, request, self._element, lambda element: fits(element, where))
            self._typed[1][ne_types] = found
        return found

    async def page(self, where: NetworkElementFilter, request: PageRequest) -> Page[NetworkElement]:
        """Elements in the order of their keys; one call gives all of them with their states."""
        states = sorted(await self._states(), key=lambda state: state.key or "")
        return whole(states, request, self._element, lambda element: fits(element, where))

    async def get(self, native_id: str) -> NetworkElement | None:
        """An element with its state and with what is written down of it."""
        if not is_key(native_id):
            return None
        states, record = await asyncio.gather(self._states(), self._record(native_id))
        for state in states:
            if key_of(state) == normal(native_id):
                element = self._element(state)
                return with_record(element, record) if element and record else element
        return None

    async def listed(self, native_ids: tuple[str, ...]) -> dict[str, NetworkElement] | None:
        """Elements with their states, all in one call; what is written down of each is read where it is asked for."""
        by_key = {key_of(state): self._element(state) for state in await self._states()}
        wanted = {native_id: by_key.get(normal(native_id)) for native_id in native_ids if is_key(native_id)}
        return {native_id: element for native_id, element in wanted.items() if element is not None}

    async def get_many(self, native_ids: tuple[str, ...]) -> dict[str, NetworkElement] | None:
        """Many elements: all states in one call, and a call for what is written down of each."""
        by_key = {key_of(state): self._element(state) for state in await self._states()}
        known = {
            native_id: element
            for native_id in native_ids
            if is_key(native_id) and (element := by_key.get(normal(native_id))) is not None
        }
        turns = asyncio.Semaphore(AT_ONCE)

        async def whole_of(element: NetworkElement) -> NetworkElement:
            async with turns:
                record = await self._record(element.native_id)
            return with_record(element, record) if record else element

        # One that fails is told for itself; the others are there all the same.
        found: list[Any] = await asyncio.gather(*map(whole_of, known.values()), return_exceptions=True)
        return dict(zip(known, found, strict=True))

    async def states(self, native_ids: tuple[str, ...]) -> dict[str, NetworkElementState]:
        """The states of any number of elements, in one call."""
        wanted = {normal(native_id): native_id for native_id in native_ids}
        found = {}
        for state in await self._states():
            key = key_of(state)
            if key is not None and key in wanted:
                found[wanted[key]] = stated(state, self._now())
        return found

    async def kpi_definitions(self, ne_type: str) -> tuple[KpiDefinition, ...] | None:
        """The indicators of a type of element."""
        return await element_indicators.definitions(self._gateway, ne_type)

    async def kpis(
        self,
        element: NetworkElement,
        ids: tuple[str, ...] | None,
        start: datetime,
        end: datetime,
        interval_seconds: int,
    ) -> tuple[KpiSeries, ...] | None:
        """The indicators of an element over time."""
        return await element_indicators.series(
            self._gateway, element, ids, start=start, end=end, interval_seconds=interval_seconds
        )

    async def online_users(
        self, element: NetworkElement, imsi: str | None, msisdn: str | None
    ) -> tuple[OnlineUser, ...] | None:
        """Sessions at an SMF, registrations at an IMS or N3IWF; None at any other."""
        return await element_users.online_users(self._gateway, element, imsi, msisdn)

    async def online_user_count(self, element: NetworkElement) -> int | None:
        """How many are online: an SMF counts them itself."""
        return await element_users.online_user_count(self._gateway, element)

    async def base_stations(
        self, element: NetworkElement, nb_id: str | None
    ) -> tuple[BaseStationRow, ...] | None:
        """Base stations that an AMF sees; None at any other."""
        return await element_users.base_stations(self._gateway, element, nb_id)

    async def parameters(self, element: NetworkElement, group: str, location: str | None) -> Any:
        """A parameter group of an element, as it comes."""
        check(group, any_element.Group, ("group",))
        if location is not None:
            check(location, Location, ("location",))
        kind = element.ne_type.lower()
        place = location or LOCATED.get((kind, group))
        call = any_element.get_element_parameters(kind, group, element.ne_id, loc=place)
        return await self._gateway.send(call)

    async def create(self, draft: NetworkElementDraft) -> NetworkElement:
        """Writes an element down."""
        if not 0 < draft.port < 65536:
            raise BadInput("port is 1 to 65535", ("port",))
        body = ElementDraft(
            ne_type=draft.ne_type.upper(),
            ne_id=draft.ne_id,
            ne_name=draft.name,
            ip=draft.ip,
            port=str(draft.port),
            pv_flag=(draft.virtualization or Virtualization.VNF).value,
            province=draft.province or "",
            vendor_name=draft.vendor or "",
            dn=draft.dn or "",
        )
        await self._gateway.send(any_element.create_element_info(draft.ne_type.lower(), draft.ne_id, body))
        native_id = f"{draft.ne_type.upper()}/{draft.ne_id}"
        return await self.get(native_id) or NetworkElement(
            source=self.source,
            native_id=native_id,
            ne_type=draft.ne_type.upper(),
            ne_id=draft.ne_id,
            name=draft.name,
            ip=draft.ip,
            port=draft.port,
            vendor=draft.vendor,
            province=draft.province,
            dn=draft.dn,
            virtualization=draft.virtualization or Virtualization.VNF,
        )

    async def update(self, native_id: str, change: NetworkElementChange) -> NetworkElement:
        """Changes vendor, province, DN or the kind of element; the others are sent back as they are."""
        for name in ("name", "ip", "port"):
            if getattr(change, name) is not UNSET:
                raise Unsupported(f"{self.source} offers no way to change the {name} of a network element.")
        if not is_key(native_id):
            self._unknown(native_id)
        kind, _, ne_id = native_id.partition("/")
        record = await self._gateway.send(get_ne_info(kind.upper(), ne_id))
        body = ElementChange(
            pv_flag=_flag(change, record),
            province=_kept(change.province, record.province),
            vendor_name=_kept(change.vendor, record.vendor_name),
            dn=_kept(change.dn, record.dn),
        )
        await self._gateway.send(any_element.update_element_info(kind.lower(), ne_id, body))
        return await self.get(native_id) or self._unknown(native_id)

    async def delete(self, native_id: str) -> Outcome[str]:
        """Forgets an element."""
        if not is_key(native_id):
            self._unknown(native_id)
        kind, _, ne_id = native_id.partition("/")
        try:
            await self._gateway.send(any_element.delete_element_info(kind.lower(), ne_id))
        except UpstreamRejected as error:
            return Outcome(refusals=(refusal(error, native_id),))
        return Outcome(done=(native_id,))

    async def run_mml(self, element: NetworkElement, commands: tuple[str, ...]) -> tuple[str, ...]:
        """The output of each command; nothing is sent where one of them is more than a line."""
        if not commands:
            raise BadInput("a command is needed", ("commands",))
        for index, command in enumerate(commands):
            check(command, Command, ("commands", str(index)))
        body = MmlCommands(mml=list(commands))
        outputs = await self._gateway.send(any_element.run_mml(element.ne_type.lower(), element.ne_id, body))
        return tuple(outputs)

    async def _states(self) -> tuple[ElementState, ...]:
        states = await self._gateway.send(get_ne_state_all())
        return tuple(states or ())

    async def _record(self, native_id: str) -> ElementRecord | None:
        """What is written down; where the OMC has no word on it, what the state tells is enough."""
        kind, _, ne_id = native_id.partition("/")
        try:
            return await self._gateway.send(get_ne_info(kind.upper(), ne_id))
        except UpstreamRejected as error:
            if absent(error):
                return None
            raise

    def _element(self, state: ElementState) -> NetworkElement | None:
        return element_of(self.source, state, self._now())

    def _now(self) -> datetime:
        return datetime.fromtimestamp(self._clock(), UTC)

    def _unknown(self, native_id: str) -> NoReturn:
        raise NotFound(f"{self.source} has no network element {native_id}.")


def fits(element: NetworkElement, where: NetworkElementFilter) -> bool:
    """Whether an element meets every condition."""
    if where.ne_types is not None and element.ne_type not in {kind.upper() for kind in where.ne_types}:
        return False
    if where.ne_ids is not None and element.ne_id not in where.ne_ids:
        return False
    state = element.state
    if where.online is not None and (
        not isinstance(state, NetworkElementState) or state.online is not where.online
    ):
        return False
    if where.search is None:
        return True
    wanted = where.search.casefold()
    texts = (element.native_id, element.name, element.ip, element.dn)
    return any(isinstance(text, str) and wanted in text.casefold() for text in texts)


def _flag(change: NetworkElementChange, record: ElementRecord) -> str:
    if isinstance(change.virtualization, Virtualization):
        return change.virtualization.value
    told = (record.pv_flag or "").upper()
    if change.virtualization is None or told not in ("PNF", "VNF"):
        return Virtualization.VNF.value
    return told


def _kept(new: str | None | msgspec.UnsetType, old: str | None) -> str:
    return (old or "") if new is UNSET else (new or "")
