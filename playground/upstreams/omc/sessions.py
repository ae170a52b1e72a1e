"""Who is signed in at the pretend OMC: tokens, their ends, and accounts locked by wrong passwords."""

import base64
import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass, field

import orjson

from playground.upstreams.omc.rows import Row

LIFETIME = 7200
EXTENDED_BELOW = 1200
LOCKED_SECONDS = 600
WRONG_BEFORE_LOCK = 5
_KEY = b"sandbox-signing-key"


def _part(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


@dataclass
class Session:
    """One sign-in."""

    token: str
    token_id: str
    user: Row
    ip: str
    browser: str
    since: float
    until: float
    lifetime: float


@dataclass
class Sessions:
    """All sign-ins, and the wrong passwords of the last minutes."""

    clock: Callable[[], float]
    _by_token: dict[str, Session] = field(default_factory=dict)
    _wrong: dict[str, list[float]] = field(default_factory=dict)
    _given: int = 0

    def open(self, user: Row, ip: str, browser: str, lifetime: int) -> Session:
        """Sign an account in; its token lasts `lifetime` seconds and is extended by use."""
        now = self.clock()
        self._given += 1
        token_id = hashlib.sha256(f"{self._given}/{now}".encode()).hexdigest()[:16]
        seconds = lifetime or LIFETIME
        claims = {
            "login_key": token_id,
            "user_id": user["userId"],
            "user_name": user["userName"],
            "ait": int(now * 1000),
            "exp": int((now + seconds) * 1000),
        }
        signed = f"{_part(orjson.dumps({'alg': 'HS256', 'typ': 'JWT'}))}.{_part(orjson.dumps(claims))}"
        token = f"{signed}.{_part(hmac.digest(_KEY, signed.encode(), 'sha256'))}"
        session = Session(token, token_id, user, ip, browser, now, now + seconds, seconds)
        self._by_token[token] = session
        self._wrong.pop(user["userName"], None)
        return session

    def find(self, token: str) -> Session | None:
        """Find the sign-in of a token, if it has not ended; one near its end gets more time."""
        session = self._by_token.get(token)
        now = self.clock()
        if session is None or session.until <= now:
            self._by_token.pop(token, None)
            return None
        if session.lifetime >= LIFETIME and session.until - now < EXTENDED_BELOW:
            session.until = now + session.lifetime
        return session

    def close(self, token: str) -> None:
        """Sign a token out."""
        self._by_token.pop(token, None)

    def end(self, token_id: str) -> bool:
        """End a sign-in by its id, as an administrator does."""
        for token, session in self._by_token.items():
            if session.token_id == token_id:
                del self._by_token[token]
                return True
        return False

    def expire_all(self) -> None:
        """End every sign-in."""
        self._by_token.clear()

    def online(self) -> list[Session]:
        """List the sign-ins that have not ended."""
        now = self.clock()
        return [session for session in self._by_token.values() if session.until > now]

    def locked(self, name: str) -> bool:
        """Say whether five wrong passwords in ten minutes have locked an account."""
        since = self.clock() - LOCKED_SECONDS
        return len([at for at in self._wrong.get(name, []) if at > since]) >= WRONG_BEFORE_LOCK

    def note_wrong(self, name: str) -> None:
        """Count a wrong password."""
        self._wrong.setdefault(name, []).append(self.clock())

    def unlock(self, name: str) -> bool:
        """Let an account sign in again; False when it was not locked."""
        was = self.locked(name)
        self._wrong.pop(name, None)
        return was
