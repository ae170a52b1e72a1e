"""Users of the local store: the gateway's own accounts."""

import secrets
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from msgspec import UNSET
from msgspec.structs import replace
from sqlalchemy import ColumnElement, and_, delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError

from adapters.errors import BadInput, Conflict
from adapters.local.alarm_batch import chunks
from adapters.local.clock import Clock, system_clock, to_ms, whole
from adapters.local.engine import Database
from adapters.local.gateway_sessions import GatewaySessions
from adapters.local.passwords import Passwords
from adapters.local.plain_text import folded, storable
from adapters.local.shelf import Shelf, changed, encode, words
from adapters.local.tables.people import ROLES, USER_ROLES, USERS
from adapters.ports import Outcome, Page, PageRequest, UserFilter, Users
from adapters.ports.people import UserChange, UserDraft
from adapters.records import Organization, Role, User, UserStatus


class LocalUsers(Users):
    """Accounts; a password is kept as a hash alone and has no way out."""

    def __init__(
        self, database: Database, source: str, passwords: Passwords, clock: Clock = system_clock
    ) -> None:
        self.source = source
        self.shelf = Shelf(database, USERS, User, "user")
        self._roles = Shelf(database, ROLES, Role, "role")
        self._passwords = passwords
        self._sessions = GatewaySessions(database, clock)
        self._clock = clock

    async def page(self, where: UserFilter, request: PageRequest) -> Page[User]:
        """Users that match, with their roles."""
        page = await self.shelf.page(self._tests(where), request)
        return replace(page, records=await self._with_roles(page.records))

    async def get(self, native_id: str) -> User | None:
        """One user, with roles."""
        return (await self.get_many((native_id,))).get(native_id)

    async def get_many(self, native_ids: tuple[str, ...]) -> dict[str, User]:
        """Several users, with roles."""
        found = await self.shelf.get_many(native_ids)
        return {user.native_id: user for user in await self._with_roles(tuple(found.values()))}

    async def create(self, draft: UserDraft) -> User:
        """Add an account."""
        username = storable(draft.username).strip()
        if not username:
            raise BadInput("A user needs a name.", ("input", "username"))
        now = whole(self._clock())
        user = User(
            source=self.source,
            native_id=secrets.token_hex(8),
            username=username,
            status=draft.status,
            display_name=draft.display_name,
            email=draft.email,
            phone=draft.phone,
            description=draft.description,
            avatar_url=None,
            created_at=now,
            updated_at=now,
            last_login_at=None,
            last_login_ip=None,
            expires_at=draft.expires_at,
            organization=self._organization(draft.organization),
        )
        row = {
            **user_row(user),
            "password_hash": await self._passwords.hash(draft.password, ("input", "password")),
        }
        async with self.shelf.database.write() as connection:
            try:
                await connection.execute(USERS.insert(), row)
                if draft.roles:
                    await connection.execute(USER_ROLES.insert(), _grants(user.native_id, draft.roles))
            except IntegrityError as error:
                raise Conflict(
                    f"There is a user {username} already, or the organization or a role does not exist."
                ) from error
        return await self._fresh(user.native_id)

    async def update(self, native_id: str, change: UserChange) -> User:
        """Change what is told of an account."""
        user = changed(await self.shelf.need(native_id), change, without=("native", "organization"))
        if change.organization is not UNSET:
            user = replace(user, organization=self._organization(change.organization))
        return await self._write(user)

    async def set_status(self, native_id: str, status: UserStatus) -> User:
        """Switch an account on or off; switching it on lifts a lock-out."""
        if status not in (UserStatus.ACTIVE, UserStatus.DISABLED, UserStatus.LOCKED):
            raise BadInput(f"A local user cannot be set to {status.value}.", ("status",))
        user = replace(await self.shelf.need(native_id), status=status)
        return await self._write(user, failures=0, locked_until=None)

    async def reset_password(self, native_id: str, password: str) -> User:
        """Set a new password; lifts a lock-out, and ends every session that the old one began."""
        user = await self.shelf.need(native_id)
        hashed = await self._passwords.hash(password)
        written = await self._write(user, password_hash=hashed, failures=0, locked_until=None)
        await self._sessions.end_all(user.username)
        return written

    async def delete(self, native_ids: tuple[str, ...]) -> Outcome[str]:
        """Remove accounts, and end their sessions, which a later account of the same name must not find."""
        known = await self.shelf.get_many(native_ids)
        outcome = await self.shelf.delete(native_ids)
        for native_id in outcome.done:
            if native_id in known:
                await self._sessions.end_all(known[native_id].username)
        return outcome

    async def assign_roles(self, native_id: str, roles: tuple[str, ...]) -> User:
        """Grant roles; one that is held already stays."""
        await self.shelf.need(native_id)
        async with self.shelf.database.write() as connection:
            module: Any = sqlite if self.shelf.database.is_sqlite else postgresql
            try:
                await connection.execute(
                    module.insert(USER_ROLES).on_conflict_do_nothing(), _grants(native_id, roles)
                )
            except IntegrityError as error:
                raise BadInput("One of the roles does not exist.", ("roles",)) from error
        return await self._fresh(native_id)

    async def unassign_roles(self, native_id: str, roles: tuple[str, ...]) -> User:
        """Take roles away; one that is not held is none to take."""
        await self.shelf.need(native_id)
        async with self.shelf.database.write() as connection:
            await connection.execute(
                delete(USER_ROLES).where(
                    and_(USER_ROLES.c.user_id == native_id, USER_ROLES.c.role_id.in_(list(roles)))
                )
            )
        return await self._fresh(native_id)

    def _tests(self, where: UserFilter) -> list[ColumnElement[bool]]:
        c = USERS.c
        tests = self.shelf.holds(where.search)
        exact = (
            (c.username, where.username),
            (c.email, where.email),
            (c.phone, where.phone),
        )
        tests += [column == folded(value) for column, value in exact if value is not None]
        if where.status is not None:
            tests.append(c.status.in_([status.value for status in where.status]))
        if where.organization is not None:
            tests.append(c.organization_id == where.organization)
        if where.role is not None:
            holders = select(USER_ROLES.c.user_id).where(USER_ROLES.c.role_id == where.role)
            tests.append(c.native_id.in_(holders))
        return tests

    async def _with_roles(self, users: Sequence[User]) -> tuple[User, ...]:
        """Read the roles of all users of a page at once."""
        held: dict[str, list[str]] = defaultdict(list)
        async with self.shelf.database.read() as connection:
            for part in chunks(user.native_id for user in users):
                statement = (
                    select(USER_ROLES).where(USER_ROLES.c.user_id.in_(part)).order_by(USER_ROLES.c.role_id)
                )
                for row in await connection.execute(statement):
                    held[row.user_id].append(row.role_id)
        roles = await self._roles.get_many({role for ids in held.values() for role in ids})
        return tuple(
            replace(user, roles=tuple(roles[i] for i in held[user.native_id] if i in roles)) for user in users
        )

    async def _write(self, user: User, **columns: Any) -> User:
        user = replace(user, updated_at=whole(self._clock()))
        await self.shelf.update(user.native_id, {**user_row(user), **columns})
        return await self._fresh(user.native_id)

    async def _fresh(self, native_id: str) -> User:
        (user,) = await self._with_roles((await self.shelf.need(native_id),))
        return user

    def _organization(self, native_id: Any) -> Organization | None:
        return Organization(source=self.source, native_id=native_id) if native_id else None


def user_row(user: User) -> dict[str, Any]:
    """Lay a user out in columns; roles stand in a table of their own."""
    plain = replace(user, roles=UNSET)
    return {
        "native_id": user.native_id,
        "username": folded(user.username),
        "email": folded(user.email) if user.email else None,
        "phone": folded(user.phone) if user.phone else None,
        "status": user.status.value,
        "organization_id": user.organization.native_id if user.organization else None,
        "created_at": to_ms(user.created_at) if user.created_at else 0,
        "last_login_at": to_ms(user.last_login_at) if user.last_login_at else 0,
        "words": words(user.username, user.display_name, user.email, user.phone, user.native_id),
        "body": encode(plain),
    }


def _grants(user_id: str, roles: Iterable[str]) -> list[dict[str, str]]:
    return [{"user_id": user_id, "role_id": role} for role in dict.fromkeys(roles)]
