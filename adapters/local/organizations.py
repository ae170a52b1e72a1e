"""Organizations of the local store."""

import secrets
from typing import Any

from msgspec import UNSET
from msgspec.structs import replace
from sqlalchemy import ColumnElement, select

from adapters.errors import BadInput
from adapters.local.engine import Database
from adapters.local.shelf import Shelf, changed, encode, words
from adapters.local.tables.people import ORGANIZATIONS
from adapters.ports import OrganizationFilter, Organizations, Outcome, Page, PageRequest, Users
from adapters.ports.people import OrganizationChange, OrganizationDraft, UserFilter
from adapters.records import Organization, User


class LocalOrganizations(Organizations):
    """A tree of departments."""

    def __init__(self, database: Database, source: str, users: Users) -> None:
        self.source = source
        self.shelf = Shelf(database, ORGANIZATIONS, Organization, "organization")
        self._users = users

    async def page(self, where: OrganizationFilter, request: PageRequest) -> Page[Organization]:
        """Organizations that match."""
        tests: list[ColumnElement[bool]] = self.shelf.holds(where.search)
        if where.parent is not None:
            tests.append(ORGANIZATIONS.c.parent_id == where.parent)
        if where.roots_only:
            tests.append(ORGANIZATIONS.c.parent_id.is_(None))
        return await self.shelf.page(tests, request)

    async def get(self, native_id: str) -> Organization | None:
        """One organization."""
        return await self.shelf.get(native_id)

    async def get_many(self, native_ids: tuple[str, ...]) -> dict[str, Organization]:
        """Several organizations."""
        return await self.shelf.get_many(native_ids)

    async def children_of(self, organization: Organization) -> tuple[Organization, ...]:
        """The organizations right below."""
        return await self.shelf.all(ORGANIZATIONS.c.parent_id == organization.native_id)

    async def users_of(self, organization: Organization, request: PageRequest) -> Page[User]:
        """The users of the organization itself."""
        return await self._users.page(UserFilter(organization=organization.native_id), request)

    async def create(self, draft: OrganizationDraft) -> Organization:
        """Add an organization."""
        organization = Organization(
            source=self.source,
            native_id=secrets.token_hex(6),
            name=draft.name,
            code=draft.code,
            parent_id=draft.parent,
            leader=draft.leader,
            phone=draft.phone,
            email=draft.email,
            enabled=True,
        )
        await self.shelf.insert(organization_row(organization))
        return organization

    async def update(self, native_id: str, change: OrganizationChange) -> Organization:
        """Change an organization, its place in the tree included."""
        organization = changed(await self.shelf.need(native_id), change, without=("native", "parent"))
        if isinstance(change.parent, str):
            await self._refuse_circle(native_id, change.parent)
        if change.parent is not UNSET:
            organization = replace(organization, parent_id=change.parent)
        await self.shelf.update(native_id, organization_row(organization))
        return organization

    async def delete(self, native_id: str) -> Outcome[str]:
        """Remove an organization that has neither users nor organizations below it."""
        return await self.shelf.delete([native_id])

    async def _refuse_circle(self, native_id: str, parent: str) -> None:
        above: str | None = parent
        statement = select(ORGANIZATIONS.c.native_id, ORGANIZATIONS.c.parent_id)
        async with self.shelf.database.read() as connection:
            parents = {row.native_id: row.parent_id for row in await connection.execute(statement)}
        while above is not None:
            if above == native_id:
                raise BadInput("An organization cannot be below itself.", ("input", "parent"))
            above = parents.get(above)


def organization_row(organization: Organization) -> dict[str, Any]:
    """Lay an organization out in columns."""
    return {
        "native_id": organization.native_id,
        "parent_id": organization.parent_id,
        "words": words(organization.name, organization.code, organization.leader, organization.native_id),
        "body": encode(organization),
    }
