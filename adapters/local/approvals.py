"""Device approvals of the local store."""

from typing import Any

from msgspec.structs import replace
from sqlalchemy import ColumnElement, select, update

from adapters.errors import ErrorCode
from adapters.local.engine import Database
from adapters.local.shelf import Shelf, encode, words
from adapters.local.tables.things import APPROVALS
from adapters.ports import DeviceApprovalFilter, DeviceApprovals, Outcome, Page, PageRequest, Refusal
from adapters.records import ApprovalStatus, DeviceApproval


class LocalDeviceApprovals(DeviceApprovals):
    """Devices that ask to be let onto the network."""

    def __init__(self, database: Database, source: str) -> None:
        self.source = source
        self.shelf = Shelf(database, APPROVALS, DeviceApproval, "device approval")

    async def page(self, where: DeviceApprovalFilter, request: PageRequest) -> Page[DeviceApproval]:
        """Approvals that match."""
        c = APPROVALS.c
        tests: list[ColumnElement[bool]] = self.shelf.holds(where.search)
        if where.status is not None:
            tests.append(c.status.in_([status.value for status in where.status]))
        if where.kinds is not None:
            tests.append(c.kind.in_(list(where.kinds)))
        if where.site_ids is not None:
            tests.append(c.site_id.in_(list(where.site_ids)))
        if where.discovery is not None:
            tests.append(c.discovery.in_([found.value for found in where.discovery]))
        return await self.shelf.page(tests, request)

    async def get(self, native_id: str) -> DeviceApproval | None:
        """One approval."""
        return await self.shelf.get(native_id)

    async def get_many(self, native_ids: tuple[str, ...]) -> dict[str, DeviceApproval]:
        """Several approvals."""
        return await self.shelf.get_many(native_ids)

    async def approve(self, native_ids: tuple[str, ...], force_register: bool) -> Outcome[str]:
        """Let devices in; one known elsewhere is let in only by force."""

        def approved(found: DeviceApproval) -> DeviceApproval | Refusal:
            if found.status is ApprovalStatus.FAILED and not force_register:
                reason = found.fail_reason or "registered elsewhere"
                return Refusal(
                    code=ErrorCode.CONFLICT,
                    message=f"The device {found.native_id} cannot be let in: {reason}.",
                    native_id=found.native_id,
                )
            return replace(found, status=ApprovalStatus.APPROVED, fail_reason=None)

        return await self._each(native_ids, approved)

    async def update(self, native_ids: tuple[str, ...], site_id: str, role: str | None) -> Outcome[str]:
        """Move devices to a site, and give them a role where one is named."""
        return await self._each(
            native_ids,
            lambda found: replace(found, site_id=site_id, role=found.role if role is None else role),
        )

    async def _each(self, native_ids: tuple[str, ...], change: Any) -> Outcome[str]:
        done: list[str] = []
        refusals: list[Refusal] = []
        c = APPROVALS.c
        async with self.shelf.database.write() as connection:
            for native_id in dict.fromkeys(native_ids):
                row = (await connection.execute(select(c.body).where(c.native_id == native_id))).one_or_none()
                if row is None:
                    refusals.append(self.shelf.refusal(native_id, ErrorCode.NOT_FOUND, "is not there"))
                    continue
                after = change(self.shelf.decode(row.body))
                if isinstance(after, Refusal):
                    refusals.append(after)
                    continue
                await connection.execute(
                    update(APPROVALS).where(c.native_id == native_id), approval_row(after)
                )
                done.append(native_id)
        return Outcome(done=tuple(done), refusals=tuple(refusals))


def approval_row(approval: DeviceApproval) -> dict[str, Any]:
    """Lay an approval out in columns."""
    return {
        "native_id": approval.native_id,
        "status": approval.status.value,
        "kind": approval.kind or None,
        "site_id": approval.site_id or None,
        "discovery": approval.discovery.value if approval.discovery else None,
        "words": words(approval.name, approval.identifier, approval.mac, approval.model, approval.site),
        "body": encode(approval),
    }
