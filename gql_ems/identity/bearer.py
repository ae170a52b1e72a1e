"""Callers identified by a bearer token: of a local account, or of an outside identity provider."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

import jwt
from cachetools import TTLCache

from adapters.caller import Caller
from adapters.errors import Unauthenticated
from adapters.local.accounts import Account, Accounts
from adapters.local.audit import AuditLog
from adapters.local.gateway_sessions import GatewaySession, GatewaySessions
from gql_ems.identity.access_tokens import AccessTokens
from gql_ems.identity.identity import NOBODY
from gql_ems.identity.provider import Provider
from resolvers.permissions import permissions_of
from resolvers.signing_in import Grant

ALIVE_SECONDS = 5.0
"""For so long a session that was found alive is not looked up again; so long may a logout take to reach a worker."""

WRONG = "the username or the password is wrong, or the account is locked"


class Sessions:
    """What people do who sign in at the gateway itself."""

    def __init__(
        self, accounts: Accounts, sessions: GatewaySessions, tokens: AccessTokens, audit: AuditLog
    ) -> None:
        self._accounts = accounts
        self._sessions = sessions
        self._tokens = tokens
        self._audit = audit

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
        if session is None or account is None:
            raise Unauthenticated("the refresh token counts no more; sign in again")
        return self._grant(account, session)

    async def logout(self, caller: Caller) -> bool:
        """Ends the caller's session."""
        return bool(caller.session) and await self._sessions.end(caller.session)

    async def token(self, username: str, lifetime: timedelta) -> str | None:
        """A token for a program that acts as an account, with a session of its own."""
        account = await self._accounts.account(username)
        if account is None:
            return None
        session = await self._sessions.begin(account.username)
        token, _ = self._tokens.issue(
            account.username, account.display_name, account.roles, session.id, lifetime
        )
        return token

    def _grant(self, account: Account, session: GatewaySession) -> Grant:
        token, expires_at = self._tokens.issue(
            account.username, account.display_name, account.roles, session.id
        )
        return Grant(access_token=token, refresh_token=session.refresh_token, expires_at=expires_at)


class BearerIdentity:
    """Reads `Authorization: Bearer`, from headers or from `connection_init`."""

    def __init__(
        self,
        sign_in: Sessions,
        sessions: GatewaySessions,
        tokens: AccessTokens,
        provider: Provider | None,
        clock: Callable[[], datetime],
        *,
        otherwise: Caller = NOBODY,
    ) -> None:
        self.sign_in = sign_in
        self._sessions = sessions
        self._tokens = tokens
        self._provider = provider
        self._clock = clock
        self._otherwise = otherwise
        self._alive: TTLCache[str, bool] = TTLCache(4096, ALIVE_SECONDS)

    async def of_headers(self, headers: Mapping[str, str]) -> Caller:
        """The caller of a request; who sends no token is nobody, a wrong token is refused."""
        authorization = headers.get("authorization")
        if authorization is None:
            return self._otherwise
        caller, _ = await self._of(authorization)
        return caller

    async def of_init(
        self, headers: Mapping[str, str], payload: Mapping[str, object]
    ) -> tuple[Caller, float | None]:
        """The caller of a WebSocket, and for how many seconds his token counts."""
        told = {key.lower(): value for key, value in payload.items()}
        authorization = told.get("authorization", headers.get("authorization"))
        if authorization is None:
            if self._otherwise is NOBODY:
                raise Unauthenticated('send {"authorization": "Bearer ..."} in connection_init')
            return self._otherwise, None
        if not isinstance(authorization, str):
            raise Unauthenticated("authorization is a text")
        caller, expires_at = await self._of(authorization)
        return caller, (expires_at - self._clock()).total_seconds()

    async def _of(self, authorization: str) -> tuple[Caller, datetime]:
        scheme, _, token = authorization.partition(" ")
        token = token.strip()
        if scheme.lower() != "bearer" or not token:
            raise Unauthenticated("send Authorization: Bearer <token>")
        try:
            header: dict[str, Any] = jwt.get_unverified_header(token)
            claims: dict[str, Any] = jwt.decode(token, options={"verify_signature": False})
        except (jwt.PyJWTError, ValueError):
            raise Unauthenticated("the access token is not valid") from None
        if self._provider is not None and claims.get("iss") == self._provider.issuer:
            return await self._provider.read(token, header)
        found = self._tokens.read(token)
        if not await self._is_alive(found.session):
            raise Unauthenticated("the session has ended; sign in again")
        caller = Caller(
            username=found.username,
            display_name=found.display_name,
            roles=found.roles,
            permissions=permissions_of(found.roles),
            session=found.session,
        )
        return caller, found.expires_at

    async def _is_alive(self, session: str) -> bool:
        if session in self._alive:
            return True
        if not await self._sessions.alive(session):
            return False
        self._alive[session] = True
        return True
