"""Access approvals of the campus network as approvals of the graph."""

import re
from typing import Any

from adapters.errors import BadInput, ErrorCode, UpstreamError, UpstreamRejected
from adapters.gateway import Gateway
from adapters.nce import access_approvals
from adapters.nce.access_approvals import UUID, AccessApproval, ApprovalOutcome
from adapters.paging import Numbered, capped, numbered, sifted
from adapters.picking import Picker
from adapters.ports import DeviceApprovalFilter, DeviceApprovals, Outcome, Page, PageRequest, Refusal
from adapters.ports.directory import Directory
from adapters.records import ApprovalStatus, DeviceApproval, DiscoveryType, ObjectKind

LARGEST = 300
"""Rows in one page."""
AT_ONCE = 1000
"""Devices in one approval."""

_STATUS = {0: ApprovalStatus.PENDING, 1: ApprovalStatus.APPROVED, 2: ApprovalStatus.FAILED}
_NUMBERS = {status: number for number, status in _STATUS.items()}
_DISCOVERY = {1: DiscoveryType.ESN_FREE, 2: DiscoveryType.ALL_IN_ONE}
_CHANNELS = {discovery: number for number, discovery in _DISCOVERY.items()}


class NceDeviceApprovals(DeviceApprovals):
    """Devices at the door, by device id."""

    def __init__(self, source: str, gateway: Gateway, directory: Directory | None) -> None:
        self.source = source
        self._send = gateway.send
        self._directory = directory
        self._list = Picker(
            self._fetch(DeviceApprovalFilter(), None, None), lambda row: row.id, self._approval, LARGEST
        )

    async def page(self, where: DeviceApprovalFilter, request: PageRequest) -> Page[DeviceApproval]:
        if where.search and len(where.search) > 128:
            raise BadInput("a search has up to 128 characters", ("filter", "search"))
        sites = None if where.site_ids is None else tuple(s for s in where.site_ids if is_id(s))
        if () in (where.status, where.kinds, sites, where.discovery):
            return Page(total=0)
        if where.status is not None and ApprovalStatus.UNKNOWN in where.status:
            # No number stands for a status that nobody documented.
            wanted, fetch = where.status, self._fetch(where, sites, None)
            return await sifted(
                fetch, request, self._approval, lambda one: one.status in wanted, size=LARGEST
            )
        return await numbered(
            self._fetch(where, sites, where.status), request, self._approval, largest=LARGEST
        )

    async def get(self, native_id: str) -> DeviceApproval | None:
        """No read takes an id: what the directory remembers finds the row, else the whole list."""
        if not is_id(native_id):
            return None
        entry = (
            await self._directory.entry(ObjectKind.DEVICE_APPROVAL, self.source, native_id)
            if self._directory
            else None
        )
        hint = entry.identifier or entry.name if entry else None
        row = await self._row(native_id, hint[:128]) if hint else None
        row = row or await self._row(native_id, None)
        return self._approval(row) if row else None

    async def get_many(self, native_ids: tuple[str, ...]) -> dict[str, DeviceApproval] | None:
        """Out of the whole list where that is short; no query takes ids."""
        return await self._list.pick(filter(is_id, native_ids))

    async def approve(self, native_ids: tuple[str, ...], force_register: bool) -> Outcome[str]:
        known = list(dict.fromkeys(one for one in native_ids if is_id(one)))
        refusals = [self._unknown(one) for one in dict.fromkeys(native_ids) if not is_id(one)]
        done: list[str] = []
        for start in range(0, len(known), AT_ONCE):
            some = known[start : start + AT_ONCE]
            order = access_approvals.ApprovalOrder(device_ids=some, force_register=force_register)
            try:
                result = await self._send(access_approvals.approve_access(order))
            except UpstreamError as error:
                if not done and not isinstance(error, UpstreamRejected):
                    raise
                refusals.extend(_refusal(error, one) for one in some)
                continue
            refused = {one.device_id: one for one in result.fail or () if one.device_id}
            taken = {one.device_id for one in result.success or ()}
            said_nothing = not refused and not taken and str(result.error_code or "0") == "0"
            for one in some:
                if one in refused:
                    refusals.append(_failed(refused[one]))
                elif one in taken or said_nothing:
                    done.append(one)
                else:
                    text = result.error_message or f"{self.source} did not tell what became of the device."
                    refusals.append(Refusal(code=ErrorCode.UPSTREAM_REJECTED, message=text, native_id=one))
        return Outcome(done=tuple(done), refusals=tuple(refusals))

    async def update(self, native_ids: tuple[str, ...], site_id: str, role: str | None) -> Outcome[str]:
        if not is_id(site_id):
            raise BadInput(f"{self.source} has no site {site_id[:40]!r}.", ("siteId",))
        known = list(dict.fromkeys(one for one in native_ids if is_id(one)))
        refusals = [self._unknown(one) for one in dict.fromkeys(native_ids) if not is_id(one)]
        done: list[str] = []
        for start in range(0, len(known), AT_ONCE):
            some = known[start : start + AT_ONCE]
            try:
                outcome = await self._placed(some, site_id, role)
            except UpstreamError as error:
                if not done:
                    raise
                refusals.extend(_refusal(error, one) for one in some)
            else:
                done.extend(outcome.done)
                refusals.extend(outcome.refusals)
        return Outcome(done=tuple(done), refusals=tuple(refusals))

    async def _placed(self, ids: list[str], site_id: str, role: str | None) -> Outcome[str]:
        """Sends one change; where it is refused because of some that there are not, it is sent without those."""
        body = access_approvals.ApprovalUpdate(devices=ids, site_id=site_id, role=role)
        try:
            await self._send(access_approvals.update_access_approvals(body))
        except UpstreamRejected as error:
            # Which of several devices it is about is not told.
            there = await self._present(ids) if ids[1:] else ids
            if len(there) == len(ids):
                return Outcome(refusals=tuple(_refusal(error, one) for one in ids))
            rest = await self._placed(there, site_id, role) if there else Outcome[str]()
            lost = tuple(self._unknown(one) for one in ids if one not in there)
            return Outcome(done=rest.done, refusals=rest.refusals + lost)
        return Outcome(done=tuple(ids))

    async def _present(self, ids: list[str]) -> list[str]:
        """Those of some ids that are in the list."""
        fetch = self._fetch(DeviceApprovalFilter(), None, None)
        missing = set(ids)
        number = 1
        while missing:
            rows, _ = await fetch(number, LARGEST)
            missing.difference_update(row.id for row in rows if row.id)
            if len(rows) < LARGEST:
                break
            number += 1
        return [one for one in ids if one not in missing]

    def _approval(self, row: AccessApproval) -> DeviceApproval | None:
        if not row.id:
            return None
        return DeviceApproval(
            source=self.source,
            native_id=row.id,
            name=row.name,
            identifier=row.esn,
            mac=row.mac,
            model=row.device_model,
            kind=row.device_type,
            role=row.role,
            site=row.site_name,
            site_id=row.site_id,
            status=_known(_STATUS, row.approval_status) or ApprovalStatus.UNKNOWN,
            fail_reason=row.fail_reason or None,
            discovery=_known(_DISCOVERY, row.discovery_type),
            first_connected_at=row.first_connect_time,
            last_connected_at=row.last_connect_time,
            raw=row.whole,
        )

    async def _row(self, native_id: str, word: str | None) -> AccessApproval | None:
        fetch = self._fetch(DeviceApprovalFilter(search=word), None, None)
        number = 1
        while True:
            rows, _ = await fetch(number, LARGEST)
            for row in rows:
                if row.id == native_id:
                    return row
            if len(rows) < LARGEST:
                return None
            number += 1

    def _fetch(
        self,
        where: DeviceApprovalFilter,
        sites: tuple[str, ...] | None,
        status: tuple[ApprovalStatus, ...] | None,
    ) -> Numbered[AccessApproval]:
        async def page(number: int, size: int) -> tuple[list[AccessApproval], int | None]:
            answer = await self._send(
                access_approvals.query_access_approvals(
                    access_approvals.ApprovalQuery(
                        key_word=where.search or None,
                        device_types=_list(where.kinds),
                        site_ids=_list(sites),
                        status=None if status is None else [_NUMBERS[one] for one in status],
                        discovery_type=None
                        if where.discovery is None
                        else [_CHANNELS[one] for one in where.discovery],
                        page_index=number,
                        page_size=size,
                    )
                )
            )
            return list(answer.rows), answer.total

        return capped(page, LARGEST)

    def _unknown(self, native_id: str) -> Refusal:
        text = f"{self.source} has no device {native_id[:40]!r}."
        return Refusal(code=ErrorCode.NOT_FOUND, message=text, native_id=native_id)


def is_id(text: str) -> bool:
    """Whether this can be an id of a device or a site at all; anything else is never sent."""
    return re.fullmatch(UUID, text) is not None


def _known(words: dict[int, Any], number: int | None) -> Any:
    return None if number is None else words.get(number)


def _list(values: tuple[str, ...] | None) -> list[str] | None:
    return None if values is None else list(values)


def _refusal(error: UpstreamError, native_id: str) -> Refusal:
    return Refusal(
        code=error.code, message=error.message, native_id=native_id, upstream_code=error.upstream_code
    )


def _failed(row: ApprovalOutcome) -> Refusal:
    """Why a device was not let in; whoever has its ESN is told no further than that there is somebody."""
    text = row.error_msg or "The device was not let in."
    if row.old_tenant_id:
        text = f"{text}: another tenant has registered the device."
    return Refusal(
        code=ErrorCode.CONFLICT if row.old_tenant_id else ErrorCode.UPSTREAM_REJECTED,
        message=text,
        native_id=row.device_id,
        upstream_code=row.error_code,
    )
