"""Who is signed in to the pretend Beaver IoT: one live session an account, tokens that end."""

import secrets
from dataclasses import dataclass

DAY = 86_400


@dataclass
class Session:
    user_id: str
    access: str
    refresh: str
    access_until: float
    refresh_until: float


class Sessions:
    """Tokens given and not yet replaced."""

    def __init__(self) -> None:
        self._live: list[Session] = []
        self._dead: set[str] = set()

    def _open(self, user_id: str, now: float, seconds: int) -> Session:
        session = Session(
            user_id=user_id,
            access=f"beaver-access-{secrets.token_urlsafe(24)}",
            refresh=f"beaver-refresh-{secrets.token_urlsafe(24)}",
            access_until=now + (seconds or DAY),
            refresh_until=now + DAY,
        )
        self._live.append(session)
        return session

    def sign_in(self, user_id: str, now: float, seconds: int) -> Session:
        """Open a session; the account's earlier ones are gone."""
        self.end(user_id)
        return self._open(user_id, now, seconds)

    def renew(self, refresh: str, now: float, seconds: int) -> Session | None:
        """Replace both tokens of a session; nothing where the refresh token is unknown or over."""
        old = next((one for one in self._live if one.refresh == refresh), None)
        if old is None or old.refresh_until <= now:
            return None
        self._live.remove(old)
        self._dead.add(old.access)
        return self._open(old.user_id, now, seconds)

    def holder(self, access: str) -> Session | None:
        """Give the session of an access token, also of one that is over."""
        return next((one for one in self._live if one.access == access), None)

    def end(self, user_id: str) -> None:
        """Close the sessions of an account."""
        self._dead |= {one.access for one in self._live if one.user_id == user_id}
        self._live = [one for one in self._live if one.user_id != user_id]

    def expire(self) -> None:
        """Let all tokens end now."""
        for one in self._live:
            one.access_until = one.refresh_until = 0.0

    def gave(self, access: str) -> bool:
        """Say whether an access token was ever given out."""
        return access in self._dead or self.holder(access) is not None
