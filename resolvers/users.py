"""Users: accounts of people in every source, with their roles, organization and other accounts."""

from enum import Enum
from typing import TYPE_CHECKING, Annotated, cast

import strawberry

from adapters import records
from adapters.ports import Page, PageRequest, Users
from adapters.ports import Source as SourcePort
from adapters.ports import UserFilter as UserConditions
from adapters.records import ObjectKind
from resolvers import ids
from resolvers.connections import Connection, Slice, merged
from resolvers.context import Info
from resolvers.directory import accounts_of, ordered_users
from resolvers.joins import joined
from resolvers.leaves import enum_of, from_record
from resolvers.menus import Menu
from resolvers.node import Node, Sourced
from resolvers.ordering import OrderDirection

if TYPE_CHECKING:
    from resolvers.organizations import Organization
    from resolvers.roles import Role

enum_of(records.UserStatus)


@from_record(records.User, without=("organization", "roles", "menus"))
class User(Node, Sourced):
    username: str = strawberry.field(
        description="The native id where the source has no name for the account."
    )

    @strawberry.field(metadata={"attribute": "organization"})
    def organization(
        parent: strawberry.Parent[records.User], info: Info
    ) -> Annotated["Organization", strawberry.lazy("resolvers.organizations")] | None:
        return joined(info, parent, "organization", Users.organization_of)

    @strawberry.field(metadata={"attribute": "roles"})
    def roles(
        parent: strawberry.Parent[records.User], info: Info
    ) -> list[Annotated["Role", strawberry.lazy("resolvers.roles")]] | None:
        return joined(info, parent, "roles", Users.roles_of)

    @strawberry.field(
        description="Menus and functions that the user may open.", metadata={"attribute": "menus"}
    )
    def menus(parent: strawberry.Parent[records.User], info: Info) -> list[Menu] | None:
        return joined(info, parent, "menus", Users.menus_of)

    @strawberry.field(
        description=(
            "The same person in the other sources: linked by hand (`linkAccounts`) or matched by\n"
            "email, then phone. An empty or shared address matches nobody."
        )
    )
    async def accounts(
        parent: strawberry.Parent[records.User], info: Info
    ) -> list[Annotated["User", strawberry.lazy("resolvers.users")]] | None:
        return await accounts_of(info, parent)


@strawberry.input
class UserFilter:
    sources: list[str] | None = None
    search: str | None = None
    username: str | None = None
    email: str | None = None
    phone: str | None = None
    status: list[records.UserStatus] | None = None
    organization: strawberry.ID | None = None
    role: strawberry.ID | None = None


@strawberry.enum
class UserOrderField(Enum):
    USERNAME = "USERNAME"
    CREATED_AT = "CREATED_AT"
    LAST_LOGIN_AT = "LAST_LOGIN_AT"


@strawberry.input
class UserOrder:
    field: UserOrderField
    direction: OrderDirection = OrderDirection.ASC


async def list_users(
    info: Info, where: UserFilter | None, order: UserOrder | None, first: int | None, after: str | None
) -> Slice:
    """Users of all sources, or of those that the conditions name."""
    where = where or UserFilter()
    sources = [s for s in info.context.sources.among(where.sources) if s.users is not None]
    organization = role = None
    if where.organization is not None:
        owner, organization = ids.native(
            where.organization, ObjectKind.ORGANIZATION, ("filter", "organization")
        )
        sources = [s for s in sources if s.name == owner]
    if where.role is not None:
        owner, role = ids.native(where.role, ObjectKind.ROLE, ("filter", "role"))
        sources = [s for s in sources if s.name == owner]
    conditions = UserConditions(
        search=where.search,
        username=where.username,
        email=where.email,
        phone=where.phone,
        status=tuple(where.status) if where.status is not None else None,
        organization=organization,
        role=role,
    )
    if order is not None:
        return await ordered_users(
            info, conditions, tuple(sources), order.field.value, order.direction, first, after
        )

    async def ask(source: SourcePort, request: PageRequest) -> Page[records.User]:
        return await cast("Users", source.users).page(conditions, request)

    return await merged(
        info, "users", (conditions, where.sources), tuple(sources), ask, first=first, after=after
    )


UserConnection = Connection[User]
