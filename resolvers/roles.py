"""Roles, and user groups where a source grants by group."""

from typing import TYPE_CHECKING, Annotated, cast

import strawberry

from adapters import records
from adapters.ports import Page, PageRequest, Roles
from adapters.ports import RoleFilter as RoleConditions
from adapters.ports import Source as SourcePort
from adapters.records import ObjectKind
from resolvers.connections import Connection, Slice, below, merged
from resolvers.context import Info
from resolvers.joins import joined
from resolvers.leaves import enum_of, from_record
from resolvers.menus import Menu
from resolvers.node import Node, Sourced

if TYPE_CHECKING:
    from resolvers.users import User

enum_of(records.RoleKind)


@from_record(records.RoleResource)
class RoleResource:
    pass


@from_record(records.Role, without=("holders",))
class Role(Node, Sourced):
    """A role, or a group that grants."""

    @strawberry.field
    async def users(
        parent: strawberry.Parent[records.Role], info: Info, first: int | None = 20, after: str | None = None
    ) -> Connection[Annotated["User", strawberry.lazy("resolvers.users")]] | None:
        return await below(info, parent, ObjectKind.ROLE, "users of a role", Roles.users_of, first, after)

    @strawberry.field
    def menus(parent: strawberry.Parent[records.Role], info: Info) -> list[Menu] | None:
        return joined(info, parent, "menus", Roles.menus_of)

    @strawberry.field(
        description="What the role grants: devices, entities, integrations, dashboards, workflows."
    )
    async def resources(
        parent: strawberry.Parent[records.Role], info: Info, kind: str | None = None
    ) -> list[RoleResource] | None:
        port = cast("Roles", info.context.port(parent.source, ObjectKind.ROLE))
        return await info.context.fan(
            parent.source,
            "resources of a role",
            (parent.native_id, kind),
            lambda: port.resources_of(parent, kind),
        )


@strawberry.input
class RoleFilter:
    sources: list[str] | None = None
    search: str | None = None
    kind: records.RoleKind | None = None
    enabled: bool | None = None


async def list_roles(info: Info, where: RoleFilter | None, first: int | None, after: str | None) -> Slice:
    """Roles of all sources, or of those that the conditions name."""
    where = where or RoleFilter()
    conditions = RoleConditions(search=where.search, kind=where.kind, enabled=where.enabled)

    async def ask(source: SourcePort, request: PageRequest) -> Page[records.Role]:
        return await cast("Roles", source.roles).page(conditions, request)

    sources = tuple(s for s in info.context.sources.among(where.sources) if s.roles is not None)
    return await merged(info, "roles", (conditions, where.sources), sources, ask, first=first, after=after)
