"""What the command line does with local accounts: adds one, gives it a password, gives it a token."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import cast

from adapters.errors import Conflict, NotFound
from adapters.local.clock import system_clock
from adapters.local.gateway_sessions import GatewaySessions
from adapters.local.source import local_source
from adapters.local.store import LocalStore
from adapters.ports import PageRequest, RoleFilter, Roles, UserFilter, Users
from adapters.ports.people import RoleDraft, UserDraft
from adapters.records import ObjectKind, RoleKind
from gql_ems.identity import keys
from gql_ems.identity.access_tokens import AccessTokens
from gql_ems.settings import Settings
from resolvers.permissions import ROLES

WHO = "gql-ems"
"""Who did it, in the audit log: whoever may run commands on the machine."""


class Desk:
    """Works on the store itself, so that it needs nobody's permission."""

    def __init__(self, store: LocalStore) -> None:
        self._store = store
        ports = local_source(store).ports
        self._users = cast("Users", ports[ObjectKind.USER])
        self._roles = cast("Roles", ports[ObjectKind.ROLE])

    async def add(self, username: str, password: str, role: str) -> None:
        """Adds an account with a role; the roles of the gateway are made where they are not there."""
        known = {code: await self._role(code) for code in ROLES}
        await self._users.create(UserDraft(username=username, password=password, roles=(known[role],)))
        await self._store.audit.append(
            by=WHO, action="createUser", outcome="OK", source="local", detail={"user": username, "role": role}
        )

    async def give_password(self, username: str, password: str) -> None:
        """Gives an account a new password, and ends its sessions."""
        user = await self._user(username)
        await self._users.reset_password(user, password)
        await self._store.audit.append(
            by=WHO, action="resetUserPassword", outcome="OK", source="local", detail={"user": username}
        )

    async def token(self, username: str, tokens: AccessTokens, lifetime: timedelta) -> tuple[str, datetime]:
        """A token for a program that acts as an account, with a session of its own."""
        account = await self._store.accounts.account(username)
        if account is None:
            raise NotFound(f"there is no account {username!r} that may act")
        sessions = GatewaySessions(self._store.database, self._store.journal.clock, lifetime)
        session = await sessions.begin(account.username)
        issued = tokens.issue(account.username, account.display_name, account.roles, session.id, lifetime)
        await self._store.audit.append(
            by=WHO, action="token", outcome="OK", source="local", detail={"user": account.username}
        )
        return issued

    async def _user(self, username: str) -> str:
        found = await self._users.page(UserFilter(username=username), PageRequest(first=1))
        if not found.records:
            raise NotFound(f"there is no account {username!r}")
        return found.records[0].native_id

    async def _role(self, code: str) -> str:
        found = await self._find(code)
        if found is None:
            try:
                made = await self._roles.create(RoleDraft(name=code, code=code, kind=RoleKind.ROLE))
            except Conflict:
                # Another process was faster.
                found = await self._find(code)
            else:
                found = made.native_id
        if found is None:
            raise NotFound(f"there is no role {code!r}, and none can be made")
        return found

    async def _find(self, code: str) -> str | None:
        after = None
        while True:
            page = await self._roles.page(RoleFilter(search=code), PageRequest(first=500, after=after))
            for role in page.records:
                if role.code == code:
                    return role.native_id
            if not page.more:
                return None
            after = page.positions[-1]


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Desk]:
    """The desk over the configured store, which is made ready first."""
    store = LocalStore(settings.storage.url)
    try:
        await store.open()
        yield Desk(store)
    finally:
        await store.close()


def tokens_of(settings: Settings) -> AccessTokens:
    """The tokens that the gateway of these settings takes."""
    secret = keys.read(Path(settings.auth.secret_file))
    lifetime = timedelta(minutes=settings.auth.access_minutes)
    return AccessTokens(secret.derived("access tokens"), lifetime, system_clock)
