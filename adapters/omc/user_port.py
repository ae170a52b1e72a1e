"""Accounts of the OMC's staff, read and changed through its user operations."""

from typing import NoReturn

from msgspec import UNSET
from msgspec.structs import replace

from adapters import records
from adapters.errors import NotFound, Unsupported, UpstreamBadResponse, UpstreamRejected
from adapters.gateway import Gateway
from adapters.omc import staff_view, users
from adapters.omc.menu_trees import menus_of_roles
from adapters.omc.native_fields import taken, words
from adapters.omc.refusals import absent, one_by_one
from adapters.omc.roles import RoleAssignment, assign_role_users
from adapters.paging import SWEEP, Numbered, numbered, sifted, whole
from adapters.picking import Picker, Short
from adapters.ports import Outcome, Page, PageRequest, UserFilter, Users
from adapters.ports.people import UserChange, UserDraft
from adapters.records import UserStatus

LARGEST = 500
"""Rows in one page."""
NATIVE = {"sex": str, "postIds": list}
SWITCHES = {UserStatus.ACTIVE: "1", UserStatus.DISABLED: "0"}


class OmcUsers(Users):
    """The accounts of one OMC."""

    def __init__(self, gateway: Gateway) -> None:
        self.source = gateway.source
        self._gateway = gateway
        self._staff = Short(self._fetch(UserFilter(), None), LARGEST)
        self._list = Picker(
            self._fetch(UserFilter(), None), lambda row: row.user_id, self._user, LARGEST, alone=self.get
        )

    async def page(self, where: UserFilter, request: PageRequest) -> Page[records.User]:
        """Accounts; the OMC's filters are fuzzy, so what must match exactly is compared here, too."""
        wanted = None
        if where.status is not None:
            codes = [SWITCHES[status] for status in where.status if status in SWITCHES]
            if len(where.status) == len(codes) == 1:
                wanted = codes[0]
        fetch = self._fetch(where, wanted)
        if where == UserFilter():
            return await numbered(fetch, request, self._user)
        return await sifted(fetch, request, self._user, lambda user: fits(user, where), size=SWEEP)

    async def get(self, native_id: str) -> records.User | None:
        """One account with the roles that it holds."""
        detail = await self._detail(native_id)
        return self._from_detail(detail) if detail is not None else None

    async def listed(self, native_ids: tuple[str, ...]) -> dict[str, records.User] | None:
        """Out of the list where it is short; one alone is read by itself, which tells more."""
        return await self._list.pick(filter(is_id, native_ids)) if native_ids[1:] else None

    async def holders(self, role_id: str, request: PageRequest) -> Page[records.User] | None:
        """Who holds a role, out of the list that tells the roles of everybody; None where it is long or tells none."""
        rows = await self._staff.rows()
        if rows is None or all(row.roles is None for row in rows):
            return None
        held = [row for row in rows if any(role.role_id == role_id for role in row.roles or ())]
        return whole(held, request, self._user, lambda _: True)

    async def menus_of(self, user: records.User) -> tuple[records.Menu, ...] | None:
        """What the account's roles open, put together."""
        roles = user.roles
        if not isinstance(roles, tuple):
            detail = await self.get(user.native_id)
            roles = detail.roles if detail is not None else None
        if not isinstance(roles, tuple):
            return ()
        return await menus_of_roles(self._gateway, roles)

    async def create(self, draft: UserDraft) -> records.User:
        """Creates an account; the OMC tells no id, so it is found by its name."""
        if draft.expires_at is not None:
            self.refuse("let accounts expire")
        native = taken(draft.native, NATIVE)
        await self._gateway.send(
            users.create_user(
                users.UserDraft(
                    user_name=draft.username,
                    password=draft.password,
                    nick_name=draft.display_name or draft.username,
                    email=draft.email or "",
                    phonenumber=draft.phone or "",
                    sex=native.get("sex", "0"),
                    status=self._switch(draft.status),
                    remark=draft.description or "",
                    dept_id=draft.organization or "",
                    role_ids=list(draft.roles),
                    post_ids=words(native.get("postIds", [])),
                )
            )
        )
        found = await self.page(UserFilter(username=draft.username), PageRequest(first=1, total=False))
        if not found.records:
            raise UpstreamBadResponse(
                f"{self.source} took the user {draft.username} and does not list it.", source=self.source
            )
        return await self.get(found.records[0].native_id) or found.records[0]

    async def update(self, native_id: str, change: UserChange) -> records.User:
        """Changes an account; what is not changed is sent back as it is, as the OMC replaces the whole."""
        if change.expires_at is not UNSET and change.expires_at is not None:
            self.refuse("let accounts expire")
        native = taken(change.native, NATIVE)
        detail = await self._detail(native_id) or self._unknown(native_id)
        user = detail.user or self._unknown(native_id)
        await self._gateway.send(
            users.update_user(
                users.UserUpdate(
                    user_id=native_id,
                    user_name=user.user_name or "",
                    nick_name=_new(change.display_name, user.nick_name),
                    email=_new(change.email, user.email),
                    phonenumber=_new(change.phone, user.phonenumber),
                    sex=native.get("sex") or user.sex or "0",
                    status=user.status or "1",
                    remark=_new(change.description, user.remark),
                    dept_id=_new(change.organization, user.dept_id),
                    role_ids=_held(detail),
                    post_ids=words(native["postIds"]) if "postIds" in native else list(detail.post_ids or ()),
                    user_type=user.user_type,
                    avatar=user.avatar,
                )
            )
        )
        return await self._again(native_id)

    async def set_status(self, native_id: str, status: UserStatus) -> records.User:
        """Switches an account on or off; one that has the status already is left alone."""
        switch = self._switch(status)
        user = await self._again(native_id)
        if user.status is status:
            return user
        await self._gateway.send(users.update_user_status(users.UserStatus(user_id=native_id, status=switch)))
        return await self._again(native_id)

    async def reset_password(self, native_id: str, password: str) -> records.User:
        """Sets a new password."""
        user = await self._again(native_id)
        await self._gateway.send(
            users.reset_user_password(users.PasswordReset(user_id=native_id, password=password))
        )
        return user

    async def delete(self, native_ids: tuple[str, ...]) -> Outcome[str]:
        """Deletes accounts; where the OMC refuses them together, each is told by itself."""
        return await one_by_one(native_ids, lambda ids: self._gateway.send(users.delete_users(list(ids))))

    async def assign_roles(self, native_id: str, roles: tuple[str, ...]) -> records.User:
        """Gives roles."""
        return await self._checked(native_id, roles, checked=True)

    async def unassign_roles(self, native_id: str, roles: tuple[str, ...]) -> records.User:
        """Takes roles away."""
        return await self._checked(native_id, roles, checked=False)

    def _fetch(self, where: UserFilter, status: str | None) -> Numbered[users.User]:
        async def fetch(number: int, size: int) -> tuple[list[users.User], int | None]:
            rows = await self._gateway.send(
                users.list_users(
                    user_name=where.username or None,
                    phonenumber=where.phone or None,
                    status=status,
                    dept_id=where.organization or None,
                    page_num=number,
                    page_size=size,
                )
            )
            return (list(rows.rows), rows.total) if rows else ([], 0)

        return fetch

    async def _checked(self, native_id: str, roles: tuple[str, ...], *, checked: bool) -> records.User:
        await self._again(native_id)
        for role in roles:
            body = RoleAssignment(role_id=role, user_ids=[native_id], checked=checked)
            await self._gateway.send(assign_role_users(body))
        return await self._again(native_id)

    async def _detail(self, native_id: str) -> users.UserDetail | None:
        if not is_id(native_id):
            return None
        try:
            detail = await self._gateway.send(users.get_user(native_id))
        except UpstreamRejected as error:
            if absent(error):
                return None
            raise
        return detail if detail is not None and detail.user is not None and detail.user.user_id else None

    def _from_detail(self, detail: users.UserDetail) -> records.User | None:
        user = self._user(detail.user) if detail.user is not None else None
        if user is None or detail.role_ids is None:
            return user
        known = {role.role_id: role for role in detail.roles or ()}
        brief = {role.native_id: role for role in user.roles} if isinstance(user.roles, tuple) else {}
        held = []
        for role_id in detail.role_ids:
            whole = staff_view.role_of(self.source, known[role_id]) if role_id in known else None
            held.append(whole or brief.get(role_id) or records.Role(source=self.source, native_id=role_id))
        return replace(user, roles=tuple(held))

    async def _again(self, native_id: str) -> records.User:
        return await self.get(native_id) or self._unknown(native_id)

    def _user(self, user: users.User) -> records.User | None:
        return staff_view.user_of(self.source, self._gateway.dialect.settings.base_url, user)

    def _switch(self, status: UserStatus) -> str:
        if status not in SWITCHES:
            raise Unsupported(f"{self.source} knows users that are active or disabled, no others.")
        return SWITCHES[status]

    def _unknown(self, native_id: str) -> NoReturn:
        raise NotFound(f"{self.source} has no user {native_id}.")


def is_id(native_id: str) -> bool:
    """Whether a native id can be one; 0 is the OMC's word for nobody."""
    return native_id.isascii() and native_id.isdecimal() and len(native_id) <= 20 and native_id != "0"


def fits(user: records.User, where: UserFilter) -> bool:
    """Whether an account meets every condition."""
    if where.organization is not None:
        organization = user.organization
        if not isinstance(organization, records.Organization) or organization.native_id != where.organization:
            return False
    if (
        (where.username is not None and where.username != user.username)
        or (where.email is not None and where.email != user.email)
        or (where.phone is not None and where.phone != user.phone)
        or (where.status is not None and user.status not in where.status)
    ):
        return False
    if where.role is not None and (
        not isinstance(user.roles, tuple) or all(role.native_id != where.role for role in user.roles)
    ):
        return False
    if where.search is None:
        return True
    wanted = where.search.casefold()
    texts = (user.username, user.display_name, user.email, user.phone)
    return any(isinstance(text, str) and wanted in text.casefold() for text in texts)


def _held(detail: users.UserDetail) -> list[str]:
    if detail.role_ids is not None:
        return list(detail.role_ids)
    told = detail.user.roles if detail.user is not None else None
    return [role.role_id for role in told or () if role.role_id]


def _new(value: object, old: str | None) -> str:
    if value is UNSET:
        return old or ""
    return value if isinstance(value, str) else ""
