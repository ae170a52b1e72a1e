"""Callers identified by a bearer token: of a local account, or of an outside identity provider."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import jwt

from adapters.caller import Caller
from adapters.errors import Unauthenticated
from gql_ems.identity.access_tokens import AccessTokens
from gql_ems.identity.identity import NOBODY
from gql_ems.identity.provider import Provider
from gql_ems.identity.sessions import Sessions
from resolvers.permissions import permissions_of

LONGEST = 16_384
"""Characters of a token; what is longer was made to be unpacked at length."""


class BearerIdentity:
    """Reads `Authorization: Bearer`, from headers or from `connection_init`."""

    def __init__(
        self,
        sign_in: Sessions,
        tokens: AccessTokens,
        provider: Provider | None,
        clock: Callable[[], datetime],
        *,
        otherwise: Caller = NOBODY,
    ) -> None:
        self.sign_in = sign_in
        self._tokens = tokens
        self._provider = provider
        self._clock = clock
        self._otherwise = otherwise

    async def of_headers(self, headers: Mapping[str, str]) -> Caller:
        """The caller of a request; who sends no token is nobody, a wrong token is refused."""
        caller, _ = await self.admitted(headers)
        return caller

    async def admitted(self, headers: Mapping[str, str]) -> tuple[Caller, float | None]:
        """The caller of a request, and for how many seconds his token counts."""
        authorization = headers.get("authorization")
        if authorization is None:
            return self._otherwise, None
        return await self._for_so_long(authorization)

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
        return await self._for_so_long(authorization)

    async def _for_so_long(self, authorization: str) -> tuple[Caller, float]:
        caller, expires_at = await self._of(authorization)
        return caller, (expires_at - self._clock()).total_seconds()

    async def _of(self, authorization: str) -> tuple[Caller, datetime]:
        scheme, _, token = authorization.partition(" ")
        token = token.strip()
        if scheme.lower() != "bearer" or not token:
            raise Unauthenticated("send Authorization: Bearer <token>")
        if not self._tokens.knows(token):
            header, issuer = _told(token)
            if self._provider is not None and issuer == self._provider.issuer:
                return await self._provider.read(token, header)
        found = self._tokens.read(token)
        account = await self.sign_in.holder(found.username, found.session)
        caller = Caller(
            username=account.username,
            display_name=account.display_name,
            roles=account.roles,
            permissions=permissions_of(account.roles),
            session=found.session,
        )
        return caller, found.expires_at


def _told(token: str) -> tuple[dict[str, Any], object]:
    """The header and the issuer that a token claims: enough to know whose key to check it with."""
    if len(token) <= LONGEST:
        try:
            header: dict[str, Any] = jwt.get_unverified_header(token)
            claims: dict[str, Any] = jwt.decode(token, options={"verify_signature": False})
            return header, claims.get("iss")
        except (jwt.PyJWTError, ValueError, RecursionError):
            pass
    raise Unauthenticated("the access token is not valid")
