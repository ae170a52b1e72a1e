"""Access tokens of local accounts: short-lived, signed, each naming the session that it belongs to."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
from cachetools import LRUCache
from msgspec import Struct

from adapters.errors import Unauthenticated

ISSUER = "gql-ems"
ALGORITHM = "HS256"

KEPT = 1024
"""Tokens that were read and found to be ours are remembered; the one used longest ago is forgotten first."""


class Claims(Struct, frozen=True, kw_only=True):
    """What a token says of its holder."""

    username: str
    display_name: str | None
    roles: tuple[str, ...]
    session: str
    expires_at: datetime


class AccessTokens:
    """Issues and reads tokens."""

    def __init__(self, key: bytes, lifetime: timedelta, clock: Callable[[], datetime]) -> None:
        self._key = key
        self._lifetime = lifetime
        self._clock = clock
        self._verified: LRUCache[str, Claims] = LRUCache(KEPT)

    def issue(
        self,
        username: str,
        display_name: str | None,
        roles: tuple[str, ...],
        session: str,
        lifetime: timedelta | None = None,
    ) -> tuple[str, datetime]:
        """A token, and until when it counts."""
        now = self._clock()
        expires_at = (now + (lifetime or self._lifetime)).replace(microsecond=0)
        claims = {
            "iss": ISSUER,
            "sub": username,
            "name": display_name,
            "roles": list(roles),
            "sid": session,
            "iat": int(now.timestamp()),
            "exp": int(expires_at.timestamp()),
        }
        return jwt.encode(claims, self._key, algorithm=ALGORITHM), expires_at

    def knows(self, token: str) -> bool:
        """Whether a token was read before and is ours."""
        return token in self._verified

    def read(self, token: str) -> Claims:
        """What a token says; Unauthenticated where it is not ours, was changed, or is over.

        Its signature is checked once: neither the token nor the key can change. Its time is looked at each time.
        """
        found = self._verified.get(token) or self._verify(token)
        if found.expires_at <= self._clock():
            self._verified.pop(token, None)
            raise Unauthenticated("the access token has expired")
        self._verified[token] = found
        return found

    def _verify(self, token: str) -> Claims:
        try:
            claims: dict[str, Any] = jwt.decode(
                token,
                self._key,
                algorithms=[ALGORITHM],
                issuer=ISSUER,
                # The clock is ours: a test, or a machine whose clock jumps, is judged by one clock alone.
                options={"require": ["exp", "sub", "sid"], "verify_exp": False, "verify_iat": False},
            )
            expires_at = datetime.fromtimestamp(claims["exp"], UTC)
        except (jwt.PyJWTError, ValueError, TypeError, OverflowError, OSError):
            raise Unauthenticated("the access token is not valid") from None
        return Claims(
            username=str(claims["sub"]),
            display_name=claims.get("name"),
            roles=tuple(str(role) for role in claims.get("roles", ())),
            session=str(claims["sid"]),
            expires_at=expires_at,
        )
