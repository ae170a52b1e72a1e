"""An outside identity provider (OIDC): its tokens, checked against its public keys."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import httpx
import jwt
import structlog

from adapters.caller import Caller
from adapters.errors import Unauthenticated
from gql_ems.settings import AuthSettings
from resolvers.permissions import permissions_of

ALGORITHMS = ("RS256", "ES256")
"""Asymmetric alone: `none` and a public key taken for a shared secret are refused by that."""

REFETCH_SECONDS = 10.0
"""An unknown key makes the set be fetched again, but not more often than this."""

LEEWAY_SECONDS = 30

_log = structlog.get_logger("gql_ems.identity")


class Provider:
    """Reads tokens of one issuer."""

    def __init__(
        self, settings: AuthSettings, client: httpx.AsyncClient, clock: Callable[[], datetime]
    ) -> None:
        self.issuer = settings.issuer
        self._settings = settings
        self._client = client
        self._clock = clock
        self._keys: dict[str, jwt.PyJWK] = {}
        self._fetched_at: datetime | None = None
        self._fetching = asyncio.Lock()

    async def close(self) -> None:
        """Gives back the connection."""
        await self._client.aclose()

    async def read(self, token: str, header: dict[str, Any]) -> tuple[Caller, datetime]:
        """The caller of a token and until when it counts; Unauthenticated where anything is wrong with it."""
        algorithm = header.get("alg")
        if algorithm not in ALGORITHMS:
            raise Unauthenticated("the token is not signed as the identity provider signs")
        key = await self._key(str(header.get("kid", "")))
        if key is None:
            raise Unauthenticated("the token's key is not one of the identity provider's")
        try:
            claims = jwt.decode(
                token,
                key,
                algorithms=[algorithm],
                issuer=self.issuer,
                audience=self._settings.audience or None,
                options={
                    "require": ["exp", "sub"],
                    "verify_exp": False,
                    "verify_nbf": False,
                    "verify_iat": False,
                    "verify_aud": bool(self._settings.audience),
                },
            )
        except (jwt.PyJWTError, TypeError, ValueError):
            raise Unauthenticated("the token is not valid here") from None
        now = self._clock().timestamp()
        if float(claims["exp"]) <= now - LEEWAY_SECONDS:
            raise Unauthenticated("the token has expired")
        if float(claims.get("nbf", 0)) > now + LEEWAY_SECONDS:
            raise Unauthenticated("the token is not valid yet")
        roles = roles_in(claims, self._settings.roles_claim)
        caller = Caller(
            username=str(claims.get("preferred_username") or claims["sub"]),
            display_name=claims.get("name"),
            roles=roles,
            permissions=permissions_of(roles),
        )
        return caller, datetime.fromtimestamp(float(claims["exp"]), UTC)

    async def _key(self, kid: str) -> jwt.PyJWK | None:
        if kid not in self._keys:
            async with self._fetching:
                if kid not in self._keys and self._may_fetch():
                    await self._fetch()
        return self._keys.get(kid)

    def _may_fetch(self) -> bool:
        at = self._fetched_at
        return at is None or (self._clock() - at).total_seconds() >= REFETCH_SECONDS

    async def _fetch(self) -> None:
        self._fetched_at = self._clock()
        try:
            answer = await self._client.get(self._settings.jwks_url)
            answer.raise_for_status()
            found = jwt.PyJWKSet.from_dict(answer.json())
        except (httpx.HTTPError, jwt.PyJWTError, ValueError) as error:
            _log.warning("keys_not_fetched", reason=type(error).__name__)
            return
        self._keys = {key.key_id or "": key for key in found.keys}


def roles_in(claims: dict[str, Any], name: str) -> tuple[str, ...]:
    """The roles in a claim, which may lie inside of others: `realm_access.roles`."""
    value: Any = claims
    for step in name.split("."):
        value = value.get(step) if isinstance(value, dict) else None
    if isinstance(value, str):
        return tuple(value.split())
    return tuple(str(role) for role in value) if isinstance(value, list) else ()
