"""An outside identity provider (OIDC): its tokens, checked against its public keys."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
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

KEPT_SECONDS = 300.0
"""So old a set of keys is fetched again, so that a key that was taken back counts no longer than this."""

LEEWAY = timedelta(seconds=30)
"""By so much the clocks of the provider and of this machine may differ."""

_UNUSABLE = (
    httpx.HTTPError,
    httpx.InvalidURL,
    jwt.PyJWTError,
    ValueError,
    TypeError,
    AttributeError,
    NotImplementedError,
)
"""What can be wrong with the answer where the keys should be."""

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
        if key is None or key.algorithm_name != algorithm:
            raise Unauthenticated("the token's key is not one of the identity provider's")
        try:
            claims = jwt.decode(
                token,
                key,
                algorithms=[algorithm],
                issuer=self.issuer,
                audience=self._settings.audience,
                # The clock is ours: a test, or a machine whose clock jumps, is judged by one clock alone.
                options={
                    "require": ["exp", "sub", "aud"],
                    "verify_exp": False,
                    "verify_nbf": False,
                    "verify_iat": False,
                },
            )
            expires_at = _instant(claims["exp"])
            begins_at = _instant(claims.get("nbf", 0))
        except (jwt.PyJWTError, TypeError, ValueError, OverflowError, RecursionError):
            raise Unauthenticated("the token is not valid here") from None
        now = self._clock()
        if expires_at + LEEWAY <= now:
            raise Unauthenticated("the token has expired")
        if begins_at - LEEWAY > now:
            raise Unauthenticated("the token is not valid yet")
        roles = self._roles(claims)
        name = claims.get("name")
        caller = Caller(
            username=str(claims.get("preferred_username") or claims["sub"])[:200],
            display_name=name if isinstance(name, str) else None,
            roles=roles,
            permissions=permissions_of(roles),
        )
        return caller, expires_at + LEEWAY

    def _roles(self, claims: dict[str, Any]) -> tuple[str, ...]:
        """The roles of the claim, by the names that they have here."""
        names = self._settings.role_map
        return tuple(names.get(role, role) for role in roles_in(claims, self._settings.roles_claim))

    async def _key(self, kid: str) -> jwt.PyJWK | None:
        if self._due(kid):
            async with self._fetching:
                if self._due(kid):
                    await self._fetch()
        return self._keys.get(kid)

    def _due(self, kid: str) -> bool:
        if self._fetched_at is None:
            return True
        age = abs((self._clock() - self._fetched_at).total_seconds())
        return age >= (KEPT_SECONDS if kid in self._keys else REFETCH_SECONDS)

    async def _fetch(self) -> None:
        self._fetched_at = self._clock()
        try:
            answer = await self._client.get(self._settings.jwks_url)
            answer.raise_for_status()
            found = jwt.PyJWKSet.from_dict(answer.json())
        except _UNUSABLE as error:
            _log.warning("keys_not_fetched", reason=type(error).__name__)
            return
        # A shared secret in a public set, or a key to encrypt with, signs nothing.
        self._keys = {
            key.key_id or "": key
            for key in found.keys
            if key.algorithm_name in ALGORITHMS and key.public_key_use in (None, "sig")
        }


def roles_in(claims: dict[str, Any], name: str) -> tuple[str, ...]:
    """The roles in a claim, which may lie inside of others: `realm_access.roles`."""
    value: Any = claims
    for step in name.split("."):
        value = value.get(step) if isinstance(value, dict) else None
    if isinstance(value, str):
        return tuple(value.split())
    return tuple(str(role) for role in value) if isinstance(value, list) else ()


def _instant(seconds: Any) -> datetime:
    """A claim's instant; an OverflowError or a ValueError where no calendar has it."""
    if isinstance(seconds, bool) or not isinstance(seconds, int | float):
        raise TypeError("an instant is a number")
    return datetime.fromtimestamp(seconds, UTC)
