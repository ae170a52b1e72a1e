"""Organizations: departments and organization units, as the trees that they are."""

from typing import TYPE_CHECKING, Annotated, Any, cast

import strawberry
from msgspec import UNSET

from adapters import records
from adapters.ports import OrganizationFilter as OrganizationConditions
from adapters.ports import Organizations, Page, PageRequest
from adapters.ports import Source as SourcePort
from adapters.records import ObjectKind
from resolvers import ids
from resolvers.connections import Connection, Slice, below, merged
from resolvers.context import Info
from resolvers.leaves import from_record
from resolvers.node import Node, Sourced

if TYPE_CHECKING:
    from resolvers.users import User

DEEPEST = 32
"""A tree that is deeper holds a loop."""


@from_record(records.Organization, without=("parent_id", "leaf"))
class Organization(Node, Sourced):
    """A department or organization unit."""

    @strawberry.field
    async def parent(
        parent: strawberry.Parent[records.Organization], info: Info
    ) -> Annotated["Organization", strawberry.lazy("resolvers.organizations")] | None:
        return await _above(info, parent)

    @strawberry.field
    async def children(
        parent: strawberry.Parent[records.Organization], info: Info
    ) -> list[Annotated["Organization", strawberry.lazy("resolvers.organizations")]] | None:
        if parent.leaf is True:
            return []
        port = cast("Organizations", info.context.port(parent.source, ObjectKind.ORGANIZATION))
        return await info.context.fan(
            parent.source, "children of an organization", parent.native_id, lambda: port.children_of(parent)
        )

    @strawberry.field(description="Names from the root down.")
    async def path(parent: strawberry.Parent[records.Organization], info: Info) -> list[str] | None:
        names: list[str] = []
        step: records.Organization | None = parent
        while step is not None and len(names) < DEEPEST:
            name = step.name if step.name is not UNSET else (await info.context.details(step)).name
            names.append(name or step.native_id)
            step = await _above(info, step)
        return names[::-1]

    @strawberry.field
    async def users(
        parent: strawberry.Parent[records.Organization],
        info: Info,
        first: int | None = 20,
        after: str | None = None,
    ) -> Connection[Annotated["User", strawberry.lazy("resolvers.users")]] | None:
        return await below(
            info,
            parent,
            ObjectKind.ORGANIZATION,
            "users of an organization",
            Organizations.users_of,
            first,
            after,
        )


async def _above(info: Info, organization: records.Organization) -> records.Organization | None:
    parent_id: Any = organization.parent_id
    if parent_id is UNSET:
        whole = await info.context.details(organization)
        parent_id = getattr(whole, "parent_id", None)
    if parent_id in (None, UNSET):
        return None
    return await info.context.object(ObjectKind.ORGANIZATION, organization.source, parent_id)


@strawberry.input
class OrganizationFilter:
    sources: list[str] | None = None
    search: str | None = None
    parent: strawberry.ID | None = None
    roots_only: bool | None = False


async def list_organizations(
    info: Info, where: OrganizationFilter | None, first: int | None, after: str | None
) -> Slice:
    """Organizations of all sources, or of those that the conditions name."""
    where = where or OrganizationFilter()
    sources = [s for s in info.context.sources.among(where.sources) if s.organizations is not None]
    parent = None
    if where.parent is not None:
        owner, parent = ids.native(where.parent, ObjectKind.ORGANIZATION, ("filter", "parent"))
        sources = [s for s in sources if s.name == owner]
    conditions = OrganizationConditions(search=where.search, parent=parent, roots_only=bool(where.roots_only))

    async def ask(source: SourcePort, request: PageRequest) -> Page[records.Organization]:
        return await cast("Organizations", source.organizations).page(conditions, request)

    mark = (conditions, where.sources)
    return await merged(info, "organizations", mark, tuple(sources), ask, first=first, after=after)
