"""What people do who sign in at the gateway itself, and whether what they were given still counts."""

from collections.abc import Callable
from datetime import datetime

from cachetools import TTLCache

from adapters.caller import Caller
from adapters.errors import Unauthenticated
from adapters.local.accounts import Account, Accounts
from adapters.local.audit import AuditLog
from adapters.local.gateway_sessions import GatewaySession, GatewaySessions
from gql_ems.identity.access_tokens import AccessTokens
from resolvers.signing_in import Grant

ALIVE_SECONDS = 5.0
"""For so long a session that was found alive is not looked up again; so long may a logout take to reach a worker."""

WRONG = "the username or the password is wrong, or the account is locked"
OVER = "the refresh token counts no more; sign in again"


class Sessions:
    """Sessions of local accounts, each sign-in told in the audit log."""

    def __init__(
        self,
        accounts: Accounts,
        sessions: GatewaySessions,
        tokens: AccessTokens,
        audit: AuditLog,
        clock: Callable[[], datetime],
    ) -> None:
        self._accounts = accounts
        self._sessions = sessions
        self._tokens = tokens
        self._audit = audit
        self._living: TTLCache[str, Account] = TTLCache(
            4096, ALIVE_SECONDS, timer=lambda: clock().timestamp()
        )

    async def login(self, username: str, password: str) -> Grant:
        """A session of a local account; five failures lock it for ten minutes."""
        account = await self._accounts.sign_in(username, password)
        outcome = "OK" if account else "UNAUTHENTICATED"
        await self._audit.append(by=username[:100], action="login", outcome=outcome)
        if account is None:
            raise Unauthenticated(WRONG)
        return self._grant(account, await self._sessions.begin(account.username))

    async def refresh(self, refresh_token: str) -> Grant:
        """The next pair of tokens; a refresh token that is shown twice ends its session."""
        session = await self._sessions.refresh(refresh_token)
        account = await self._accounts.account(session.username) if session else None
        by = session.username if session else ""
        outcome = "OK" if account else "UNAUTHENTICATED"
        await self._audit.append(by=by, action="refreshSession", outcome=outcome)
        if session is None or account is None:
            # It may have been a token used before, and the session ended by it is not told.
            self._living.clear()
            raise Unauthenticated(OVER)
        return self._grant(account, session)

    async def logout(self, caller: Caller) -> bool:
        """Ends the caller's session; what an outside provider has signed cannot be taken back here."""
        self._living.pop(caller.session, None)
        return bool(caller.session) and await self._sessions.end(caller.session)

    async def holder(self, username: str, session: str) -> Account:
        """The account of a living session as it is now; Unauthenticated where either has ended."""
        known = self._living.get(session)
        if known is not None:
            return known
        account = await self._accounts.account(username) if await self._sessions.alive(session) else None
        if account is None:
            raise Unauthenticated("the session has ended; sign in again")
        self._living[session] = account
        return account

    def _grant(self, account: Account, session: GatewaySession) -> Grant:
        token, expires_at = self._tokens.issue(
            account.username, account.display_name, account.roles, session.id
        )
        return Grant(access_token=token, refresh_token=session.refresh_token, expires_at=expires_at)
