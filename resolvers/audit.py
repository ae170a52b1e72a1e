"""The audit log, as admins read it."""

from datetime import datetime

import strawberry

from adapters import records
from adapters.local.audit import AuditFilter as AuditConditions
from adapters.ports import Page, PageRequest
from adapters.ports import Source as SourcePort
from resolvers.alarms import store_of
from resolvers.connections import Slice, merged
from resolvers.context import Info
from resolvers.leaves import from_record
from resolvers.node import Source


@from_record(records.AuditEntry, without=("source",), ids=("target",))
class AuditEntry:
    """A change made through the gateway, or a sign-in."""

    target: strawberry.ID | None

    @strawberry.field
    def source(parent: strawberry.Parent[records.AuditEntry], info: Info) -> Source | None:
        return info.context.sources.find(parent.source) if parent.source else None


@strawberry.input
class AuditFilter:
    by: str | None = None
    action: str | None = None
    target: strawberry.ID | None = None
    from_: datetime | None = strawberry.field(name="from", default=None)
    to: datetime | None = None


async def list_audit(info: Info, where: AuditFilter | None, first: int | None, after: str | None) -> Slice:
    """The audit log, newest first."""
    where = where or AuditFilter()
    conditions = AuditConditions(
        by=where.by, action=where.action, target=where.target, start=where.from_, end=where.to
    )

    async def ask(_: SourcePort, request: PageRequest) -> Page[records.AuditEntry]:
        return await info.context.store.audit.page(conditions, request)

    return await merged(
        info, "auditLog", conditions, (store_of(info),), ask, first=first, after=after, strict=True
    )
