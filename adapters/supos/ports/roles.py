"""supOS roles as roles of the graph: those that its users have, for nothing lists the others."""

import re
from typing import NamedTuple

from msgspec.structs import replace

from adapters.errors import ErrorCode, UpstreamRejected
from adapters.gateway import Gateway
from adapters.paging import every, numbered, whole
from adapters.ports import Page, PageRequest, RoleFilter, Roles
from adapters.records import Menu, Role, RoleKind, User
from adapters.supos import menus, users
from adapters.supos.marks import ROLE_CODE
from adapters.supos.ports.users import LARGEST, SuposUsers, menus_in


class Held(NamedTuple):
    """A role and who has it."""

    role: users.UserRole
    holders: list[users.User]


class SuposRoles(Roles):
    """Roles by their code."""

    def __init__(self, source: str, gateway: Gateway, users: SuposUsers) -> None:
        self.source = source
        self._send = gateway.send
        self._users = users

    async def page(self, where: RoleFilter, request: PageRequest) -> Page[Role]:
        if where.kind is RoleKind.GROUP or where.enabled is not None:
            return Page(total=0)
        word = (where.search or "").casefold()
        held = await self._seen()
        return whole(
            held.values(),
            request,
            self._held,
            lambda role: any(
                word in str(text or "").casefold() for text in (role.code, role.name, role.description)
            ),
        )

    async def get(self, native_id: str) -> Role | None:
        if not re.fullmatch(ROLE_CODE, native_id):
            return None
        answer = await self._send(users.list_users(1, page_size=1, role_code=native_id))
        if not answer.rows:
            return None
        held = [role for row in answer.rows for role in row.user_role_list or ()]
        found = next((role for role in held if role.name == native_id), None)
        if found is None:
            seen = (await self._seen()).get(native_id)
            return self._held(seen) if seen else None
        return self._users.role(found)

    async def users_of(self, role: Role, request: PageRequest) -> Page[User] | None:
        if isinstance(role.holders, tuple):
            return whole(role.holders, request, lambda user: user, lambda _: True)
        fetch = self._users.fetch(None, role.native_id)
        return await numbered(fetch, request, self._users.user, largest=LARGEST)

    async def menus_of(self, role: Role) -> tuple[Menu, ...] | None:
        try:
            rows = await self._send(menus.list_role_menus(role.native_id))
        except UpstreamRejected as error:
            if error.code is ErrorCode.NOT_FOUND:
                return ()
            raise
        return tuple(menus_in(rows))

    async def _seen(self) -> dict[str, Held]:
        """Each role once by its code, with its holders, in the order of the first of them."""
        held: dict[str, Held] = {}
        for row in await every(self._users.fetch(None, None), size=LARGEST):
            for role in row.user_role_list or ():
                if role.name:
                    held.setdefault(role.name, Held(role, [])).holders.append(row)
        return held

    def _held(self, held: Held) -> Role:
        holders = (self._users.user(row) for row in held.holders)
        return replace(self._users.role(held.role), holders=tuple(one for one in holders if one is not None))
