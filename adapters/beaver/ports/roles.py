"""The platform's roles as roles of the graph, with who has them and what they grant."""

import asyncio
from typing import NoReturn

from msgspec import UNSET

from adapters.beaver import grants, menus, roles
from adapters.beaver.marks import KeywordSearch, PageSearch
from adapters.beaver.pages import first_of, numbered_by
from adapters.beaver.ports.ids import is_id
from adapters.beaver.ports.menus import menu_tree
from adapters.beaver.ports.removal import refusal
from adapters.beaver.ports.users import BeaverUsers
from adapters.errors import BadInput, ErrorCode, NotFound, Unsupported, UpstreamBadResponse, UpstreamError
from adapters.gateway import Gateway
from adapters.paging import Numbered, every, numbered, sifted, whole
from adapters.ports import Outcome, Page, PageRequest, Refusal, RoleFilter, Roles
from adapters.ports.people import RoleChange, RoleDraft
from adapters.record import Rows
from adapters.records import Menu, Role, RoleKind, RoleResource, User

KINDS = ("ENTITY", "DEVICE", "INTEGRATION", "DASHBOARD", "WORKFLOW")


class BeaverRoles(Roles):
    """Roles; they have neither code nor switch."""

    def __init__(self, source: str, gateway: Gateway, users: BeaverUsers) -> None:
        self.source = source
        self._send = gateway.send
        self._users = users

    async def page(self, where: RoleFilter, request: PageRequest) -> Page[Role]:
        if where.kind is RoleKind.GROUP or where.enabled is not None:
            return Page(total=0)
        if not where.search:
            return await numbered(self._fetch(), request, self._role)
        word = where.search.casefold()
        return await sifted(
            self._fetch(),
            request,
            self._role,
            lambda role: any(word in str(text or "").casefold() for text in (role.name, role.description)),
        )

    async def get(self, native_id: str) -> Role | None:
        row = await self._row(native_id)
        return self._role(row) if row else None

    async def users_of(self, role: Role, request: PageRequest) -> Page[User] | None:
        if role.holders == ():
            return Page(total=0)
        held = await self._users.holders(role.native_id, request)
        if held is not None:
            return held
        members = await self._send(roles.list_role_members(role.native_id))
        return whole(members.rows, request, self._users.member, lambda _: True)

    async def menus_of(self, role: Role) -> tuple[Menu, ...] | None:
        rows = await self._send(menus.list_role_menus(role.native_id))
        return menu_tree(rows)

    async def resources_of(self, role: Role, kind: str | None) -> tuple[RoleResource, ...] | None:
        wanted = kind.upper() if kind else None
        if wanted is not None and wanted not in KINDS:
            raise BadInput(f"kind is one of {', '.join(KINDS)}", ("kind",))

        async def search(number: int, size: int) -> Rows[roles.Resource]:
            body = roles.ResourceSearch(resource_type=wanted, page_number=number, page_size=size)
            return await self._send(roles.list_role_resources(role.native_id, body))

        rows = [row for row in await every(numbered_by(search)) if row.resource_id and row.resource_type]
        names = await self._names(role.native_id, {str(row.resource_type).upper() for row in rows})
        return tuple(
            RoleResource(
                kind=str(row.resource_type).upper(),
                native_id=str(row.resource_id),
                name=names.get((str(row.resource_type).upper(), str(row.resource_id))),
            )
            for row in rows
        )

    async def create(self, draft: RoleDraft) -> Role:
        if draft.kind is not RoleKind.ROLE or draft.code is not None:
            raise Unsupported(f"{self.source} has roles without codes, and no groups.")
        answer = await self._send(
            roles.create_role(roles.RoleDraft(name=draft.name, description=draft.description))
        )
        if not answer.role_id:
            row = await first_of(self._fetch(), lambda one: one.name == draft.name)
            if row is None or not row.role_id:
                raise UpstreamBadResponse(
                    f"{self.source} took the role without telling its id.", source=self.source
                )
            return self._role(row) or self._gone(draft.name)
        return Role(
            source=self.source,
            native_id=answer.role_id,
            name=draft.name,
            code=None,
            description=draft.description,
            enabled=None,
        )

    async def update(self, native_id: str, change: RoleChange) -> Role:
        if change.code not in (UNSET, None) or change.enabled is not UNSET:
            raise Unsupported(f"{self.source} has roles without code and switch.")
        row = await self._row(native_id) or self._gone(native_id)
        name = row.name if change.name is UNSET else change.name
        description = row.description if change.description is UNSET else change.description
        if not isinstance(name, str) or not name:
            raise BadInput(f"{self.source} needs the name of a role.", ("name",))
        told = description if isinstance(description, str) else None
        await self._send(roles.update_role(native_id, roles.RoleDraft(name=name, description=told)))
        return Role(
            source=self.source,
            native_id=native_id,
            name=name,
            code=None,
            description=told,
            enabled=None,
            created_at=row.created_at,
        )

    async def delete(self, native_ids: tuple[str, ...]) -> Outcome[str]:
        done: list[str] = []
        refusals: list[Refusal] = []
        for one in dict.fromkeys(native_ids):
            if not is_id(one):
                text = f"{self.source} has no role {one[:40]!r}."
                refusals.append(Refusal(code=ErrorCode.NOT_FOUND, message=text, native_id=one))
                continue
            try:
                await self._send(roles.delete_role(one))
            except UpstreamError as error:
                refusals.append(refusal(error, one))
            else:
                done.append(one)
        return Outcome(done=tuple(done), refusals=tuple(refusals))

    def _role(self, row: roles.Role) -> Role | None:
        if not row.role_id:
            return None
        return Role(
            source=self.source,
            native_id=row.role_id,
            name=row.name,
            code=None,
            description=row.description,
            enabled=None,
            created_at=row.created_at,
            holders=() if row.user_role_count == 0 else UNSET,
            raw=row.whole,
        )

    async def _row(self, native_id: str) -> roles.Role | None:
        if not is_id(native_id):
            return None
        return await first_of(self._fetch(), lambda one: one.role_id == native_id)

    def _fetch(self) -> Numbered[roles.Role]:
        async def search(number: int, size: int) -> Rows[roles.Role]:
            return await self._send(roles.search_roles(PageSearch(page_number=number, page_size=size)))

        return numbered_by(search)

    async def _names(self, role_id: str, kinds: set[str]) -> dict[tuple[str, str], str | None]:
        """The names of what a role grants, by kind and id; entities and workflows are listed without."""

        async def devices(number: int, size: int) -> Rows[grants.GrantedDevice]:
            return await self._send(grants.list_role_devices(role_id, _words(number, size)))

        async def integrations(number: int, size: int) -> Rows[grants.GrantedIntegration]:
            return await self._send(grants.list_role_integrations(role_id, _words(number, size)))

        async def dashboards(number: int, size: int) -> Rows[grants.GrantedDashboard]:
            return await self._send(grants.list_role_dashboards(role_id, _words(number, size)))

        async def named_devices() -> list[tuple[str, str | None, str | None]]:
            if "DEVICE" not in kinds:
                return []
            return [("DEVICE", r.device_id, r.device_name) for r in await every(numbered_by(devices))]

        async def named_integrations() -> list[tuple[str, str | None, str | None]]:
            if "INTEGRATION" not in kinds:
                return []
            rows = await every(numbered_by(integrations))
            return [("INTEGRATION", r.integration_id, r.integration_name) for r in rows]

        async def named_dashboards() -> list[tuple[str, str | None, str | None]]:
            if "DASHBOARD" not in kinds:
                return []
            rows = await every(numbered_by(dashboards))
            return [("DASHBOARD", r.dashboard_id, r.dashboard_name) for r in rows]

        told = await asyncio.gather(named_devices(), named_integrations(), named_dashboards())
        return {(kind, key): name for rows in told for kind, key, name in rows if key}

    def _gone(self, native_id: str) -> NoReturn:
        raise NotFound(f"{self.source} has no role {native_id[:40]!r}.")


def _words(number: int, size: int) -> KeywordSearch:
    return KeywordSearch(page_number=number, page_size=size)
