"""The platform's accounts as users of the graph."""

from collections.abc import Callable
from typing import NoReturn

from msgspec import UNSET

from adapters.beaver import menus, roles, users
from adapters.beaver.marks import KeywordSearch
from adapters.beaver.pages import first_of, numbered_by
from adapters.beaver.ports.ids import is_id
from adapters.beaver.ports.menus import menu_tree
from adapters.beaver.ports.removal import removed
from adapters.errors import BadInput, NotFound, Unsupported
from adapters.gateway import Gateway
from adapters.paging import Numbered, numbered, sifted, whole
from adapters.picking import Picker, Short
from adapters.ports import Outcome, Page, PageRequest, UserFilter, Users
from adapters.ports.directory import Directory
from adapters.ports.people import UserChange, UserDraft
from adapters.record import Rows
from adapters.records import Menu, ObjectKind, Role, User, UserStatus

LARGEST = 500
"""Rows in one page."""


class BeaverUsers(Users):
    """Accounts; an account goes by its email, and the platform keeps no status of it."""

    def __init__(self, source: str, gateway: Gateway, directory: Directory | None) -> None:
        self.source = source
        self._send = gateway.send
        self._directory = directory
        self._people = Short(self._fetch(None), LARGEST)
        self._list = Picker(self._fetch(None), lambda row: row.user_id, self._user, LARGEST)

    async def page(self, where: UserFilter, request: PageRequest) -> Page[User]:
        if where.phone is not None or where.organization is not None:
            return Page(total=0)
        if where.status is not None and UserStatus.UNKNOWN not in where.status:
            return Page(total=0)
        keep = _keeps(where)
        if where.role is not None:
            if not is_id(where.role):
                return Page(total=0)
            members = await self._send(roles.list_role_members(where.role))
            return whole(members.rows, request, self.member, keep)
        exact = where.email if where.email is not None else where.username
        if exact is None:
            return await numbered(self._fetch(where.search), request, self._user)
        return await sifted(self._fetch(exact.strip()), request, self._user, keep)

    async def get(self, native_id: str) -> User | None:
        row = await self._row(native_id)
        return self._user(row) if row else None

    async def get_many(self, native_ids: tuple[str, ...]) -> dict[str, User] | None:
        """Out of the whole list where that is short; no read takes an id."""
        return await self._list.pick(filter(is_id, native_ids))

    async def holders(self, role_id: str, request: PageRequest) -> Page[User] | None:
        """Who has a role, out of the list that tells the roles of everybody; None where it is long or tells none."""
        rows = await self._people.rows()
        if rows is None or all(row.roles is None for row in rows):
            return None
        held = [row for row in rows if any(role.role_id == role_id for role in row.roles or ())]
        return whole(held, request, self._user, lambda _: True)

    async def roles_of(self, user: User) -> tuple[Role, ...] | None:
        found = await self.get(user.native_id)
        return None if found is None or isinstance(found.roles, type(UNSET)) else found.roles

    async def menus_of(self, user: User) -> tuple[Menu, ...] | None:
        rows = await self._send(menus.list_user_menus(user.native_id))
        return menu_tree(rows)

    async def create(self, draft: UserDraft) -> User:
        for name, value in (
            ("phone", draft.phone),
            ("organization", draft.organization),
            ("description", draft.description),
            ("expires_at", draft.expires_at),
        ):
            if value is not None:
                raise Unsupported(f"{self.source} keeps no {name.replace('_', ' ')} of its users.")
        if draft.status is not UserStatus.ACTIVE:
            raise Unsupported(f"{self.source} keeps no status of its users.")
        email = draft.email or draft.username
        if "@" not in email:
            raise BadInput(f"{self.source} needs the email of a user.", ("email",))
        self._refuse_malformed(draft.roles)
        await self._send(
            users.create_user(
                users.UserDraft(
                    email=email, nickname=draft.display_name or draft.username, password=draft.password
                )
            )
        )
        folded = email.strip().casefold()
        row = await first_of(self._fetch(email), lambda one: (one.email or "").casefold() == folded)
        if row is None or row.user_id is None:
            raise NotFound(f"{self.source} took the user but does not list {email}.")
        for role in draft.roles:
            await self._send(roles.associate_role_users(role, roles.UserIds(user_ids=[row.user_id])))
        user = await self.get(row.user_id) if draft.roles else self._user(row)
        return user or self._gone(row.user_id)

    async def update(self, native_id: str, change: UserChange) -> User:
        for name in ("phone", "description", "organization", "expires_at"):
            if getattr(change, name) not in (UNSET, None):
                raise Unsupported(f"{self.source} keeps no {name.replace('_', ' ')} of its users.")
        row = await self._row(native_id) or self._gone(native_id)
        email = row.email if change.email is UNSET else change.email
        nickname = row.nickname if change.display_name is UNSET else change.display_name
        if not isinstance(email, str) or not email:
            raise BadInput(f"{self.source} needs the email of a user.", ("email",))
        if not isinstance(nickname, str) or not nickname:
            raise BadInput(f"{self.source} needs the name of a user.", ("displayName",))
        await self._send(users.update_user(native_id, users.UserUpdate(email=email, nickname=nickname)))
        keyword = self._fetch(email)
        changed = await first_of(keyword, lambda one: one.user_id == native_id)
        return (self._user(changed) if changed else None) or self._gone(native_id)

    async def reset_password(self, native_id: str, password: str) -> User:
        row = await self._row(native_id) or self._gone(native_id)
        await self._send(users.reset_user_password(native_id, users.PasswordReset(password=password)))
        return self._user(row) or self._gone(native_id)

    async def delete(self, native_ids: tuple[str, ...]) -> Outcome[str]:
        async def remove(ids: list[str]) -> None:
            if len(ids) == 1:
                await self._send(users.delete_user(ids[0]))
            else:
                await self._send(users.batch_delete_users(users.UserIdList(user_id_list=ids)))

        return await removed(self.source, native_ids, remove)

    async def assign_roles(self, native_id: str, roles: tuple[str, ...]) -> User:
        return await self._associate(native_id, roles, assign=True)

    async def unassign_roles(self, native_id: str, roles: tuple[str, ...]) -> User:
        return await self._associate(native_id, roles, assign=False)

    def member(self, row: roles.RoleMember) -> User | None:
        """A user as a role's list of members tells of one: by address and name alone."""
        if not row.user_id:
            return None
        return User(
            source=self.source,
            native_id=row.user_id,
            username=row.user_email or row.user_id,
            display_name=row.user_nickname,
            email=row.user_email,
            phone=None,
            description=None,
            avatar_url=None,
            updated_at=None,
            last_login_at=None,
            last_login_ip=None,
            expires_at=None,
            organization=None,
            raw=row.whole,
        )

    def _user(self, row: users.User) -> User | None:
        if not row.user_id:
            return None
        return User(
            source=self.source,
            native_id=row.user_id,
            username=row.email or row.user_id,
            display_name=row.nickname,
            email=row.email,
            phone=None,
            description=None,
            avatar_url=None,
            created_at=row.created_at,
            updated_at=None,
            last_login_at=None,
            last_login_ip=None,
            expires_at=None,
            organization=None,
            roles=tuple(
                Role(source=self.source, native_id=one.role_id, name=one.role_name, code=None, enabled=None)
                for one in row.roles or ()
                if one.role_id
            ),
            raw=row.whole,
        )

    async def _associate(self, native_id: str, role_ids: tuple[str, ...], *, assign: bool) -> User:
        self._refuse_malformed(role_ids)
        if not is_id(native_id):
            self._gone(native_id)
        deed = roles.associate_role_users if assign else roles.disassociate_role_users
        for role in role_ids:
            await self._send(deed(role, roles.UserIds(user_ids=[native_id])))
        return await self.get(native_id) or self._gone(native_id)

    async def _row(self, native_id: str) -> users.User | None:
        """No read takes an id: the address that the directory remembers finds the row, else the whole list."""
        if not is_id(native_id):
            return None
        entry = (
            await self._directory.entry(ObjectKind.USER, self.source, native_id) if self._directory else None
        )
        hint = entry.email or entry.name if entry else None
        if hint and hint != native_id:
            row = await first_of(self._fetch(hint), lambda one: one.user_id == native_id)
            if row is not None:
                return row
        return await first_of(self._fetch(None), lambda one: one.user_id == native_id)

    def _fetch(self, keyword: str | None) -> Numbered[users.User]:
        async def search(number: int, size: int) -> Rows[users.User]:
            body = KeywordSearch(keyword=keyword, page_number=number, page_size=size)
            return await self._send(users.search_users(body))

        return numbered_by(search)

    def _refuse_malformed(self, role_ids: tuple[str, ...]) -> None:
        for role in role_ids:
            if not is_id(role):
                raise BadInput(f"{self.source} has no role {role[:40]!r}.", ("roles",))

    def _gone(self, native_id: str) -> NoReturn:
        raise NotFound(f"{self.source} has no user {native_id[:40]!r}.")


def _keeps(where: UserFilter) -> Callable[[User], bool]:
    email = None if where.email is None else where.email.strip().casefold()
    word = (where.search or "").casefold()

    def keeps(user: User) -> bool:
        own = (user.email or "").strip().casefold() if isinstance(user.email, str) else ""
        return (
            (email is None or own == email)
            and (where.username is None or user.username == where.username)
            and any(word in str(text or "").casefold() for text in (user.display_name, user.email))
        )

    return keeps
