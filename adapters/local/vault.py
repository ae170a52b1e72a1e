"""Sessions at vendors that all processes must share, sealed with the gateway's key."""

from base64 import urlsafe_b64encode
from hashlib import sha256
from typing import Any

import msgspec
from cryptography.fernet import Fernet, InvalidToken
from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite

from adapters.dialect import Session
from adapters.local.engine import Database
from adapters.local.tables.leases import VAULT

_decode = msgspec.json.Decoder(Session).decode


class StoreVault:
    """Keeps one session a source; without the key nobody can read it."""

    def __init__(self, database: Database, key: bytes) -> None:
        self._database = database
        self._seal = Fernet(urlsafe_b64encode(sha256(b"vault" + key).digest()))

    async def load(self, source: str) -> Session | None:
        """The session that was kept last, or None; one sealed with another key is none."""
        statement = select(VAULT.c.sealed).where(VAULT.c.source == source)
        async with self._database.read() as connection:
            sealed = (await connection.execute(statement)).scalar_one_or_none()
        if sealed is None:
            return None
        try:
            return _decode(self._seal.decrypt(bytes(sealed)))
        except (InvalidToken, msgspec.MsgspecError):
            return None

    async def save(self, source: str, session: Session | None) -> None:
        """Keep a session, or forget it."""
        async with self._database.write() as connection:
            if session is None:
                await connection.execute(delete(VAULT).where(VAULT.c.source == source))
                return
            sealed = self._seal.encrypt(msgspec.json.encode(session))
            await connection.execute(_UPSERT[connection.dialect.name], {"source": source, "sealed": sealed})


def _upsert(module: Any) -> Any:
    statement = module.insert(VAULT)
    return statement.on_conflict_do_update(
        index_elements=["source"], set_={"sealed": statement.excluded.sealed}
    )


_UPSERT = {"sqlite": _upsert(sqlite), "postgresql": _upsert(postgresql)}
