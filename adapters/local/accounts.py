"""Signing in with a local account: the password, the lock-out, the roles."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import msgspec
from msgspec.structs import replace
from sqlalchemy import or_, select, update

from adapters.local.clock import Clock, system_clock, to_ms, whole
from adapters.local.engine import Database
from adapters.local.passwords import Passwords
from adapters.local.plain_text import folded
from adapters.local.tables.people import ROLES, USER_ROLES, USERS
from adapters.local.users import user_row
from adapters.records import User, UserStatus

FAILURES = 5
LOCK_OUT = timedelta(minutes=10)

_decode = msgspec.json.Decoder(User).decode


@dataclass(frozen=True, slots=True)
class Account:
    """An account that may act: its name, and the codes of the roles that are enabled."""

    native_id: str
    username: str
    display_name: str | None
    roles: tuple[str, ...]


class Accounts:
    """The gateway's own accounts, for whoever tells who is asking."""

    def __init__(self, database: Database, passwords: Passwords, clock: Clock = system_clock) -> None:
        self._database = database
        self._passwords = passwords
        self._clock = clock

    async def sign_in(self, username: str, password: str, ip: str | None = None) -> Account | None:
        """Check a password; None for whatever reason. Five failures lock the account for ten minutes."""
        row = await self._row(username)
        right = await self._passwords.check(None if row is None else row.password_hash, password)
        if row is None or self._locked(row):
            return None
        if not right:
            await self._failed(row.native_id)
            return None
        user = _decode(row.body)
        if not self._may_act(user):
            return None
        if not await self._signed_in(replace(user, last_login_at=whole(self._clock()), last_login_ip=ip)):
            return None
        return await self._account(user)

    async def account(self, username: str) -> Account | None:
        """An account by name, as long as it may act; for tokens that were given out before."""
        row = await self._row(username)
        if row is None:
            return None
        user = _decode(row.body)
        return await self._account(user) if self._may_act(user) else None

    async def _row(self, username: str) -> Any:
        statement = select(USERS).where(USERS.c.username == folded(username))
        async with self._database.read() as connection:
            return (await connection.execute(statement)).one_or_none()

    def _locked(self, row: Any) -> bool:
        return row.locked_until is not None and row.locked_until > to_ms(self._clock())

    def _may_act(self, user: User) -> bool:
        expired = (
            user.expires_at is not msgspec.UNSET and user.expires_at and user.expires_at <= self._clock()
        )
        return user.status is UserStatus.ACTIVE and not expired

    async def _failed(self, native_id: str) -> None:
        """Count in the row itself, so that guesses at many processes add up."""
        async with self._database.write() as connection:
            counted = (
                update(USERS).where(USERS.c.native_id == native_id).values(failures=USERS.c.failures + 1)
            )
            await connection.execute(counted)
            full = USERS.c.failures >= FAILURES
            until = to_ms(self._clock() + LOCK_OUT)
            locked = (
                update(USERS)
                .where(USERS.c.native_id == native_id, full)
                .values(failures=0, locked_until=until)
            )
            await connection.execute(locked)

    async def _signed_in(self, user: User) -> bool:
        """Note the sign-in; False where guesses at the same time have locked the account meanwhile."""
        open_now = or_(USERS.c.locked_until.is_(None), USERS.c.locked_until <= to_ms(self._clock()))
        changed = update(USERS).where(USERS.c.native_id == user.native_id, open_now)
        async with self._database.write() as connection:
            found = await connection.execute(changed, {**user_row(user), "failures": 0, "locked_until": None})
            return found.rowcount == 1

    async def _account(self, user: User) -> Account:
        statement = (
            select(ROLES.c.code)
            .join(USER_ROLES, USER_ROLES.c.role_id == ROLES.c.native_id)
            .where(USER_ROLES.c.user_id == user.native_id, ROLES.c.enabled, ROLES.c.code.is_not(None))
            .order_by(ROLES.c.code)
        )
        async with self._database.read() as connection:
            roles = tuple((await connection.execute(statement)).scalars())
        display_name = user.display_name if isinstance(user.display_name, str) else None
        return Account(user.native_id, user.username, display_name, roles)
