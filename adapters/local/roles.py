"""Roles of the local store: what its accounts may do at the gateway."""

import secrets
from typing import Any

from sqlalchemy import ColumnElement

from adapters.local.clock import Clock, system_clock, whole
from adapters.local.engine import Database
from adapters.local.shelf import Shelf, changed, encode, words
from adapters.local.tables.people import ROLES
from adapters.ports import Outcome, Page, PageRequest, RoleFilter, Roles, Users
from adapters.ports.people import RoleChange, RoleDraft, UserFilter
from adapters.records import Role, User


class LocalRoles(Roles):
    """Roles by id; a role's code is what permissions hang on."""

    def __init__(self, database: Database, source: str, users: Users, clock: Clock = system_clock) -> None:
        self.source = source
        self.shelf = Shelf(database, ROLES, Role, "role")
        self._users = users
        self._clock = clock

    async def page(self, where: RoleFilter, request: PageRequest) -> Page[Role]:
        """Roles that match."""
        tests: list[ColumnElement[bool]] = self.shelf.holds(where.search)
        if where.kind is not None:
            tests.append(ROLES.c.kind == where.kind.value)
        if where.enabled is not None:
            tests.append(ROLES.c.enabled == where.enabled)
        return await self.shelf.page(tests, request)

    async def get(self, native_id: str) -> Role | None:
        """One role."""
        return await self.shelf.get(native_id)

    async def get_many(self, native_ids: tuple[str, ...]) -> dict[str, Role]:
        """Several roles."""
        return await self.shelf.get_many(native_ids)

    async def users_of(self, role: Role, request: PageRequest) -> Page[User]:
        """Who holds the role."""
        return await self._users.page(UserFilter(role=role.native_id), request)

    async def create(self, draft: RoleDraft) -> Role:
        """Add a role."""
        role = Role(
            source=self.source,
            native_id=secrets.token_hex(6),
            kind=draft.kind,
            name=draft.name,
            code=draft.code,
            description=draft.description,
            enabled=True,
            created_at=whole(self._clock()),
        )
        await self.shelf.insert(role_row(role))
        return role

    async def update(self, native_id: str, change: RoleChange) -> Role:
        """Change a role."""
        role = changed(await self.shelf.need(native_id), change)
        await self.shelf.update(native_id, role_row(role))
        return role

    async def delete(self, native_ids: tuple[str, ...]) -> Outcome[str]:
        """Remove roles, and take them from who holds them."""
        return await self.shelf.delete(native_ids)


def role_row(role: Role) -> dict[str, Any]:
    """Lay a role out in columns."""
    return {
        "native_id": role.native_id,
        "code": role.code or None,
        "kind": role.kind.value,
        "enabled": role.enabled is not False,
        "words": words(role.name, role.code, role.description, role.native_id),
        "body": encode(role),
    }
