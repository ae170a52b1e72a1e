"""The service's groups as roles of the graph: what grants here is a group."""

from typing import NoReturn

from msgspec import UNSET

from adapters.errors import BadInput, NotFound, Unsupported
from adapters.gateway import Gateway
from adapters.idaas import groups
from adapters.idaas.marks import is_key
from adapters.idaas.ports.mapping import role_of, user_of
from adapters.idaas.ports.reading import SWEEP, extras, found, numbered_by
from adapters.idaas.ports.removal import removed
from adapters.paging import Numbered, every, numbered, sifted
from adapters.ports import Outcome, Page, PageRequest, RoleFilter, Roles
from adapters.ports.people import RoleChange, RoleDraft
from adapters.records import Role, RoleKind, User

OWN = ("organId", "externalId")
"""What only this service asks for of a group."""


class IdaasRoles(Roles):
    """Groups; each belongs to an organization and can be neither coded nor switched off."""

    def __init__(self, source: str, gateway: Gateway) -> None:
        self.source = source
        self._send = gateway.send

    async def page(self, where: RoleFilter, request: PageRequest) -> Page[Role]:
        if where.kind is RoleKind.ROLE or where.enabled is not None:
            return Page(total=0)
        if where.search is None:
            return await numbered(self._fetch(), request, self._role)
        word = where.search.strip().casefold()

        def keeps(role: Role) -> bool:
            return any(word in str(text or "").casefold() for text in (role.name, role.description))

        return await sifted(self._fetch(), request, self._role, keeps, size=SWEEP)

    async def get(self, native_id: str) -> Role | None:
        if not is_key(native_id):
            return None
        row = await found(self._send(groups.get_group(native_id)))
        return self._role(row) if row is not None else None

    async def users_of(self, role: Role, request: PageRequest) -> Page[User] | None:
        fetch: Numbered[groups.GroupUser] = numbered_by(
            lambda number, size: self._send(groups.page_group_members(role.native_id, number, size))
        )
        return await numbered(fetch, request, lambda row: user_of(self.source, row))

    async def create(self, draft: RoleDraft) -> Role:
        own = extras(draft.native, OWN)
        if draft.code is not None:
            raise Unsupported(f"{self.source} keeps no codes of its groups.")
        organ = own.get("organId")
        if not isinstance(organ, str) or not is_key(organ):
            raise BadInput(
                f"{self.source} needs the organization of a group in native.organId.", ("native", "organId")
            )
        body = groups.GroupSave(
            name=draft.name,
            description=draft.description,
            organ_id=organ,
            external_id=own.get("externalId"),
        )
        answer = await self._send(groups.save_group(body))
        if answer is not None and answer.id:
            return await self._there(answer.id)
        # The document shows no answer: the group is found by its name.
        for row in await every(self._fetch(organ), size=SWEEP):
            role = self._role(row) if row.name == draft.name else None
            if role is not None:
                return role
        raise NotFound(f"{self.source} took the group, but does not list {draft.name[:60]!r}.")

    async def update(self, native_id: str, change: RoleChange) -> Role:
        extras(change.native, ())
        if change.code not in (UNSET, None):
            raise Unsupported(f"{self.source} keeps no codes of its groups.")
        if change.enabled is not UNSET:
            raise Unsupported(f"{self.source} cannot switch groups on and off.")
        role = await self._there(native_id)
        description = role.description if change.description is UNSET else change.description
        body = groups.GroupSave(
            id=native_id,
            name=str(role.name if change.name is UNSET else change.name),
            description=str(description or ""),
        )
        await self._send(groups.save_group(body))
        return await self._there(native_id)

    async def delete(self, native_ids: tuple[str, ...]) -> Outcome[str]:
        return await removed(self.source, native_ids, lambda one: self._send(groups.delete_group(one)))

    def _fetch(self, organ: str | None = None) -> Numbered[groups.Group]:
        return numbered_by(lambda number, size: self._send(groups.page_groups(number, size, organ_id=organ)))

    def _role(self, row: groups.Group) -> Role | None:
        return role_of(self.source, row)

    async def _there(self, native_id: str) -> Role:
        return await self.get(native_id) or self._gone(native_id)

    def _gone(self, native_id: str) -> NoReturn:
        raise NotFound(f"{self.source} has no group {native_id[:40]!r}.")
