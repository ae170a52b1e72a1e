"""Roles of the OMC's staff, with who holds them and what they open."""

from typing import NoReturn

from msgspec import UNSET

from adapters import records
from adapters.errors import BadInput, NotFound, UpstreamBadResponse, UpstreamRejected
from adapters.gateway import Gateway
from adapters.omc import roles, staff_view
from adapters.omc.menu_trees import menus_of_roles
from adapters.omc.menus import get_role_menu_tree
from adapters.omc.native_fields import taken, words
from adapters.omc.refusals import absent, one_by_one
from adapters.omc.user_port import OmcUsers, is_id
from adapters.paging import numbered, whole
from adapters.ports import Outcome, Page, PageRequest, RoleFilter, Roles
from adapters.ports.people import RoleChange, RoleDraft
from adapters.records import RoleKind

NATIVE = {"roleSort": int, "dataScope": str, "menuCheckStrictly": str, "menuIds": list}
OWN_DATA = "5"


class OmcRoles(Roles):
    """The roles of one OMC."""

    def __init__(self, gateway: Gateway, users: OmcUsers) -> None:
        self.source = gateway.source
        self._gateway = gateway
        self._users = users

    async def page(self, where: RoleFilter, request: PageRequest) -> Page[records.Role]:
        """Roles, which come all at once."""
        rows = await self._gateway.send(roles.list_roles())
        return whole(rows.rows if rows else (), request, self._role, lambda role: fits(role, where))

    async def get(self, native_id: str) -> records.Role | None:
        """One role."""
        role = await self._read(native_id)
        return self._role(role) if role is not None else None

    async def users_of(self, role: records.Role, request: PageRequest) -> Page[records.User] | None:
        """Who holds the role: several roles asked for one answer take one list of the staff, where that is short."""
        held = await self._users.holders(role.native_id, request)
        if held is not None:
            return held

        async def fetch(number: int, size: int) -> tuple[list[roles.RoleUser], int | None]:
            call = roles.list_role_users(role.native_id, allocated=True, page_num=number, page_size=size)
            rows = await self._gateway.send(call)
            return (list(rows.rows), rows.total) if rows else ([], 0)

        return await numbered(fetch, request, lambda user: staff_view.holder_of(self.source, user))

    async def menus_of(self, role: records.Role) -> tuple[records.Menu, ...] | None:
        """What the role opens."""
        return await menus_of_roles(self._gateway, (role,))

    async def create(self, draft: RoleDraft) -> records.Role:
        """Creates a role; the OMC tells no id, so it is found by its key."""
        if draft.kind is not RoleKind.ROLE:
            self.refuse("create groups")
        if not draft.code:
            raise BadInput("code is needed: the OMC calls it the role's key", ("code",))
        native = taken(draft.native, NATIVE)
        await self._gateway.send(
            roles.create_role(
                roles.RoleDraft(
                    role_name=draft.name,
                    role_key=draft.code,
                    role_sort=native.get("roleSort", 0),
                    status="1",
                    remark=draft.description or "",
                    data_scope=native.get("dataScope", OWN_DATA),
                    menu_check_strictly=native.get("menuCheckStrictly", "1"),
                    menu_ids=words(native.get("menuIds", [])),
                )
            )
        )
        rows = await self._gateway.send(roles.list_roles(role_key=draft.code))
        for role in rows.rows if rows else ():
            found = self._role(role)
            if found is not None and found.code == draft.code:
                return found
        raise UpstreamBadResponse(
            f"{self.source} took the role {draft.code} and does not list it.", source=self.source
        )

    async def update(self, native_id: str, change: RoleChange) -> records.Role:
        """Changes a role; its menus and all else that is not changed are sent back, as the OMC replaces them."""
        native = taken(change.native, NATIVE)
        role = await self._read(native_id) or self._unknown(native_id)
        if "menuIds" in native:
            menus = words(native["menuIds"])
        else:
            tree = await self._gateway.send(get_role_menu_tree(native_id))
            menus = list(tree.checked_keys or ()) if tree else []
        status = role.status or "1"
        if isinstance(change.enabled, bool):
            status = "1" if change.enabled else "0"
        await self._gateway.send(
            roles.update_role(
                roles.RoleUpdate(
                    role_id=native_id,
                    role_name=change.name if isinstance(change.name, str) else role.role_name or "",
                    role_key=(change.code if isinstance(change.code, str) else role.role_key) or "",
                    role_sort=native.get("roleSort", role.role_sort or 0),
                    status=status,
                    remark=(role.remark if change.description is UNSET else change.description) or "",
                    data_scope=native.get("dataScope") or role.data_scope or OWN_DATA,
                    menu_check_strictly=native.get("menuCheckStrictly") or role.menu_check_strictly or "1",
                    menu_ids=menus,
                )
            )
        )
        return await self.get(native_id) or self._unknown(native_id)

    async def delete(self, native_ids: tuple[str, ...]) -> Outcome[str]:
        """Deletes roles; where the OMC refuses them together, each is told by itself."""
        return await one_by_one(native_ids, lambda ids: self._gateway.send(roles.delete_roles(list(ids))))

    async def _read(self, native_id: str) -> roles.Role | None:
        if not is_id(native_id):
            return None
        try:
            role = await self._gateway.send(roles.get_role(native_id))
        except UpstreamRejected as error:
            if absent(error):
                return None
            raise
        return role if role is not None and role.role_id else None

    def _role(self, role: roles.Role) -> records.Role | None:
        return staff_view.role_of(self.source, role)

    def _unknown(self, native_id: str) -> NoReturn:
        raise NotFound(f"{self.source} has no role {native_id}.")


def fits(role: records.Role, where: RoleFilter) -> bool:
    """Whether a role meets every condition."""
    if where.kind is not None and role.kind is not where.kind:
        return False
    if where.enabled is not None and role.enabled is not where.enabled:
        return False
    if where.search is None:
        return True
    wanted = where.search.casefold()
    texts = (role.name, role.code, role.description)
    return any(isinstance(text, str) and wanted in text.casefold() for text in texts)
