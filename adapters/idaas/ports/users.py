"""The service's accounts as users of the graph."""

from collections.abc import Callable
from typing import NoReturn

from msgspec import UNSET

from adapters.errors import BadInput, NotFound, Unsupported, UpstreamRejected
from adapters.gateway import Gateway
from adapters.idaas import groups, user_types, users
from adapters.idaas.marks import is_key
from adapters.idaas.ports.mapping import ROOT, STATUSES, role_of, user_of
from adapters.idaas.ports.reading import SWEEP, extras, found, numbered_by
from adapters.idaas.ports.removal import removed
from adapters.paging import Numbered, every, numbered, sifted
from adapters.picking import Picker
from adapters.ports import Outcome, Page, PageRequest, UserFilter, Users
from adapters.ports.people import UserChange, UserDraft
from adapters.record import Rows
from adapters.records import Menu, Organization, Role, User, UserStatus

OWN = ("userType", "externalId")
"""What only this service asks for of an account."""

CODES = {status: code for code, status in STATUSES.items()}


class IdaasUsers(Users):
    """Accounts; what grants to them are groups."""

    def __init__(self, source: str, gateway: Gateway, user_type: str | None) -> None:
        self.source = source
        self._send = gateway.send
        self._user_type = user_type
        self._list = Picker(
            self._fetch(UserFilter(), None), lambda row: row.id, self._user, SWEEP, alone=self.get
        )

    async def page(self, where: UserFilter, request: PageRequest) -> Page[User]:
        for key in (where.organization, where.role):
            if key is not None and not is_key(key):
                return Page(total=0)
        if where.role is not None:
            return await self._members(where.role, where, request)
        status = where.status[0] if where.status is not None and len(where.status) == 1 else None
        code = CODES.get(status) if status is not None else None
        fetch = self._fetch(where, code)
        # Of its conditions the service checks the organization and one status exactly, and texts in its own way.
        texts = (where.search, where.username, where.email, where.phone)
        if all(text is None for text in texts) and (where.status is None or code is not None):
            return await numbered(fetch, request, self._user)
        return await sifted(fetch, request, self._user, _keeps(where), size=SWEEP)

    async def get(self, native_id: str) -> User | None:
        if not is_key(native_id):
            return None
        row = await found(self._send(users.get_user(native_id)))
        return self._user(row) if row is not None else None

    async def get_many(self, native_ids: tuple[str, ...]) -> dict[str, User] | None:
        """Out of the list, whose rows tell all that the single read does, where that is short."""
        return await self._list.pick(filter(is_key, native_ids))

    async def organization_of(self, user: User) -> Organization | None:
        known = user if user.organization is not UNSET else await self.get(user.native_id)
        return (
            known.organization if known is not None and isinstance(known.organization, Organization) else None
        )

    async def roles_of(self, user: User) -> tuple[Role, ...] | None:
        fetch: Numbered[groups.Group] = numbered_by(
            lambda number, size: self._send(groups.page_user_groups(user.native_id, number, size))
        )
        found_groups = (role_of(self.source, row) for row in await every(fetch, size=SWEEP))
        return tuple(role for role in found_groups if role is not None)

    async def menus_of(self, user: User) -> tuple[Menu, ...] | None:  # noqa: ARG002 - the service has no menus
        return None

    async def create(self, draft: UserDraft) -> User:
        own = extras(draft.native, OWN)
        if draft.expires_at is None:
            raise BadInput(f"{self.source} needs to know when the account ends.", ("expiresAt",))
        if not draft.phone:
            raise BadInput(f"{self.source} needs the phone of a user.", ("phone",))
        if draft.status not in (UserStatus.ACTIVE, UserStatus.DISABLED):
            raise Unsupported(f"{self.source} creates active or disabled users.")
        self._check(draft.organization, "organization")
        for group in draft.roles:
            self._check(group, "roles")
        await self._send(
            users.create_user(
                users.UserDraft(
                    account_name=draft.username,
                    nick_name=draft.display_name or draft.username,
                    phone=draft.phone,
                    organization_id=draft.organization or ROOT,
                    user_type=str(own.get("userType") or await self._usual_type()),
                    password=draft.password,
                    expiration_time=draft.expires_at,
                    email=draft.email,
                    description=draft.description,
                    external_id=own.get("externalId"),
                )
            )
        )
        user = await self._named(draft.username)
        try:
            if draft.status is UserStatus.DISABLED:
                await self._send(users.update_user(users.UserUpdate(id=user.native_id, status="2")))
            for group in draft.roles:
                body = groups.GroupUsers(user_id_list=[user.native_id])
                await self._send(groups.add_group_users(group, body))
        except UpstreamRejected as error:
            raise _half_done(
                error, f"The user was created as {user.native_id}, but not all of it was done"
            ) from error
        return await self._there(user.native_id)

    async def update(self, native_id: str, change: UserChange) -> User:
        own = extras(change.native, OWN)
        if change.expires_at is None:
            raise Unsupported(f"{self.source} has no users without an end.")
        if isinstance(change.organization, str):
            self._check(change.organization, "organization")
        await self._there(native_id)
        organization = change.organization
        await self._send(
            users.update_user(
                users.UserUpdate(
                    id=native_id,
                    nick_name=_told(change.display_name),
                    email=_told(change.email),
                    phone=_told(change.phone),
                    description=_told(change.description),
                    expiration_time=None if change.expires_at is UNSET else change.expires_at,
                    organization_id=None if organization is UNSET else organization or ROOT,
                    user_type=own.get("userType"),
                    external_id=own.get("externalId"),
                )
            )
        )
        return await self._there(native_id)

    async def set_status(self, native_id: str, status: UserStatus) -> User:
        if status not in CODES:
            raise Unsupported(f"{self.source} makes users active, disabled or deleted.")
        await self._there(native_id)
        if status is UserStatus.DELETED:
            await self._send(users.dismiss_users(users.UserIds(id_list=[native_id])))
        else:
            await self._send(users.update_user(users.UserUpdate(id=native_id, status=CODES[status])))
        return await self._there(native_id)

    async def reset_password(self, native_id: str, password: str) -> User:
        user = await self._there(native_id)
        await self._send(users.update_user(users.UserUpdate(id=native_id, password=password)))
        return user

    async def delete(self, native_ids: tuple[str, ...]) -> Outcome[str]:
        async def delete_all(ids: list[str]) -> None:
            await self._send(users.delete_users(users.UserIds(id_list=ids)))

        return await removed(self.source, native_ids, lambda one: delete_all([one]), at_once=delete_all)

    async def assign_roles(self, native_id: str, roles: tuple[str, ...]) -> User:
        return await self._regroup(native_id, roles, joins=True)

    async def unassign_roles(self, native_id: str, roles: tuple[str, ...]) -> User:
        return await self._regroup(native_id, roles, joins=False)

    async def _regroup(self, native_id: str, group_ids: tuple[str, ...], *, joins: bool) -> User:
        for group in group_ids:
            self._check(group, "roles")
        await self._there(native_id)
        deed = groups.add_group_users if joins else groups.remove_group_users
        done: list[str] = []
        for group in group_ids:
            try:
                await self._send(deed(group, groups.GroupUsers(user_id_list=[native_id])))
            except UpstreamRejected as error:
                if not done:
                    raise
                raise _half_done(error, f"Done for {', '.join(done)}, but not for {group}") from error
            done.append(group)
        return await self._there(native_id)

    async def _members(self, group: str, where: UserFilter, request: PageRequest) -> Page[User]:
        async def read(number: int, size: int) -> Rows[groups.GroupUser]:
            answer = await found(self._send(groups.page_group_members(group, number, size)))
            return answer if answer is not None else Rows(total=0)

        fetch = numbered_by(read)
        rest = (where.search, where.username, where.email, where.phone, where.status, where.organization)
        if all(condition is None for condition in rest):
            return await numbered(fetch, request, self._user)
        return await sifted(fetch, request, self._user, _keeps(where), size=SWEEP)

    def _fetch(self, where: UserFilter, status: str | None) -> Numbered[users.User]:
        return numbered_by(
            lambda number, size: self._send(
                users.page_users(
                    number,
                    size,
                    account_name=where.username,
                    organization_id=where.organization,
                    status=status,
                    phone=where.phone,
                    email=where.email.strip() if where.email is not None else None,
                )
            )
        )

    def _user(self, row: users.User | groups.GroupUser) -> User | None:
        return user_of(self.source, row)

    async def _usual_type(self) -> str:
        """The type of new accounts: the configured one, or the only one that there is."""
        if self._user_type:
            return self._user_type
        kinds = [kind.id for kind in await self._send(user_types.list_user_types()) if kind.id]
        if len(kinds) == 1:
            return kinds[0]
        raise BadInput(
            f"{self.source} needs the type of the account in native.userType.", ("native", "userType")
        )

    async def _named(self, username: str) -> User:
        """The account that was just created; the service does not tell its id."""
        fetch = self._fetch(UserFilter(username=username), None)
        for row in await every(fetch, size=SWEEP):
            user = self._user(row)
            if user is not None and user.username == username:
                return user
        raise NotFound(f"{self.source} took the user, but does not list {username[:60]!r}.")

    async def _there(self, native_id: str) -> User:
        return await self.get(native_id) or self._gone(native_id)

    def _check(self, key: str | None, field: str) -> None:
        if key is not None and not is_key(key):
            raise BadInput(f"{self.source} has no {key[:40]!r}.", (field,))

    def _gone(self, native_id: str) -> NoReturn:
        raise NotFound(f"{self.source} has no user {native_id[:40]!r}.")


def _told(value: object) -> str | None:
    """A text to send: what is unset is left out, and none is written as an empty text."""
    return None if value is UNSET else str(value or "")


def _half_done(error: UpstreamRejected, what: str) -> UpstreamRejected:
    return UpstreamRejected(
        f"{what}: {error.message}",
        source=error.source,
        upstream_code=error.upstream_code,
        upstream_message=error.upstream_message,
        http_status=error.http_status,
        code=error.code,
    )


def _keeps(where: UserFilter) -> Callable[[User], bool]:
    """The conditions of a filter, checked here."""
    word = where.search.strip().casefold() if where.search is not None else ""
    email = where.email.strip().casefold() if where.email is not None else None

    def keeps(user: User) -> bool:
        home = user.organization.native_id if isinstance(user.organization, Organization) else None
        texts = [user.username, user.display_name, user.email, user.phone]
        return (
            any(word in str(text or "").casefold() for text in texts)
            and (where.username is None or user.username == where.username)
            and (email is None or str(user.email or "").strip().casefold() == email)
            and (where.phone is None or user.phone == where.phone.strip())
            and (where.status is None or user.status in where.status)
            and (where.organization is None or home == where.organization)
        )

    return keeps
