"""Sessions of signed-in people: refresh tokens that rotate, and a token shown twice that ends its session."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import Update, and_, delete, insert, select, update

from adapters.local.clock import Clock, from_ms, system_clock, to_ms
from adapters.local.engine import Database
from adapters.local.tables.people import SESSIONS, USED_TOKENS

LIFETIME = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class GatewaySession:
    """A session with the refresh token that counts now; the store keeps its hash alone."""

    id: str
    username: str
    expires_at: datetime
    refresh_token: str

    def __repr__(self) -> str:
        return f"GatewaySession(id={self.id!r}, username={self.username!r})"


class GatewaySessions:
    """Begins, refreshes and ends sessions."""

    def __init__(
        self, database: Database, clock: Clock = system_clock, lifetime: timedelta = LIFETIME
    ) -> None:
        self._database = database
        self._clock = clock
        self._lifetime = lifetime

    async def begin(self, username: str) -> GatewaySession:
        """Begin a session; the lifetime counts from here, however often it is refreshed."""
        now = self._clock()
        token = secrets.token_urlsafe(32)
        session = GatewaySession(secrets.token_hex(16), username, now + self._lifetime, token)
        row = {
            "id": session.id,
            "username": username,
            "token": _hash(token),
            "created_at": to_ms(now),
            "expires_at": to_ms(session.expires_at),
        }
        async with self._database.write() as connection:
            await connection.execute(insert(SESSIONS), row)
        return session

    async def refresh(self, token: str) -> GatewaySession | None:
        """Exchange a refresh token for the next; None where it counts no more, and one used before ends the session."""
        hashed = _hash(token)
        following = secrets.token_urlsafe(32)
        async with self._database.write() as connection:
            row = (
                await connection.execute(select(SESSIONS).where(SESSIONS.c.token == hashed).with_for_update())
            ).one_or_none()
            if row is None:
                used = select(USED_TOKENS.c.session_id).where(USED_TOKENS.c.token == hashed)
                session_id = (await connection.execute(used)).scalar_one_or_none()
                if session_id is not None:
                    await connection.execute(self._ended(session_id))
                return None
            if row.ended_at is not None or row.expires_at <= to_ms(self._clock()):
                return None
            await connection.execute(insert(USED_TOKENS), {"token": hashed, "session_id": row.id})
            await connection.execute(
                update(SESSIONS).where(SESSIONS.c.id == row.id).values(token=_hash(following))
            )
        return GatewaySession(row.id, row.username, from_ms(row.expires_at), following)

    async def alive(self, session_id: str) -> bool:
        """Tell whether a session still counts, for access tokens that name it."""
        now = to_ms(self._clock())
        statement = select(SESSIONS.c.id).where(
            SESSIONS.c.id == session_id, SESSIONS.c.ended_at.is_(None), SESSIONS.c.expires_at > now
        )
        async with self._database.read() as connection:
            return (await connection.execute(statement)).first() is not None

    async def end(self, session_id: str) -> bool:
        """End a session; tells whether it was alive."""
        async with self._database.write() as connection:
            return (await connection.execute(self._ended(session_id))).rowcount == 1

    async def end_all(self, username: str) -> None:
        """End every session of an account, as when its password changes."""
        alive = and_(SESSIONS.c.username == username, SESSIONS.c.ended_at.is_(None))
        async with self._database.write() as connection:
            await connection.execute(update(SESSIONS).where(alive).values(ended_at=to_ms(self._clock())))

    async def sweep(self) -> None:
        """Forget sessions that are over; a token of theirs is then simply unknown."""
        async with self._database.write() as connection:
            await connection.execute(delete(SESSIONS).where(SESSIONS.c.expires_at <= to_ms(self._clock())))

    def _ended(self, session_id: str) -> Update:
        alive = and_(SESSIONS.c.id == session_id, SESSIONS.c.ended_at.is_(None))
        return update(SESSIONS).where(alive).values(ended_at=to_ms(self._clock()))


def _hash(token: str) -> bytes:
    return sha256(token.encode("utf-8", "replace")).digest()
