"""Passwords of accounts: kept as argon2 hashes, checked off the event loop."""

import asyncio

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from adapters.errors import BadInput

SHORTEST = 8
LONGEST = 256


class Passwords:
    """Hashes and checks; costs are argon2's own defaults unless a test asks for less."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._nobody: str | None = None

    async def hash(self, password: str, field: tuple[str, ...] = ("password",)) -> str:
        """Hash a new password; too short or too long a one is refused."""
        if not SHORTEST <= len(password) <= LONGEST:
            raise BadInput(f"A password has {SHORTEST} to {LONGEST} characters.", field)
        return await asyncio.to_thread(self._hasher.hash, password)

    async def check(self, kept: str | None, password: str) -> bool:
        """Tell whether a password is the one; it takes as long where there is no account."""
        if kept is None and self._nobody is None:
            self._nobody = await asyncio.to_thread(self._hasher.hash, "nobody has this password")
        right = await asyncio.to_thread(self._verify, kept or self._nobody or "", password[:LONGEST])
        return right and kept is not None

    def _verify(self, kept: str, password: str) -> bool:
        try:
            return self._hasher.verify(kept, password)
        except (VerificationError, InvalidHashError):
            return False
