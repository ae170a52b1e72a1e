"""What the service does for people who sign in at the gateway itself."""

from datetime import datetime
from typing import Protocol

from msgspec import Struct

from adapters.caller import Caller
from adapters.errors import Unsupported


class Grant(Struct, frozen=True, kw_only=True):
    """What a login gives; never printed."""

    access_token: str | None = None
    refresh_token: str | None = None
    expires_at: datetime | None = None
    user_errors: tuple[object, ...] = ()

    def __repr__(self) -> str:
        return f"{type(self).__name__}(expires_at={self.expires_at!r})"


class SignIn(Protocol):
    """Sessions of local accounts; a refusal is raised as Unauthenticated."""

    async def login(self, username: str, password: str) -> Grant: ...

    async def refresh(self, refresh_token: str) -> Grant: ...

    async def logout(self, caller: Caller) -> bool: ...


class NoSignIn:
    """A gateway that identifies nobody."""

    async def login(self, username: str, password: str) -> Grant:  # noqa: ARG002 - the protocol's signature
        raise Unsupported("this gateway runs without sign-in (auth.mode is none).")

    async def refresh(self, refresh_token: str) -> Grant:  # noqa: ARG002 - the protocol's signature
        raise Unsupported("this gateway runs without sign-in (auth.mode is none).")

    async def logout(self, caller: Caller) -> bool:  # noqa: ARG002 - the protocol's signature
        return True
