"""What the processes of one gateway watch at a source whose account has but one subscription."""

import secrets
import time
from collections.abc import Callable
from typing import Any

import msgspec
from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite

from adapters.local.engine import Database
from adapters.local.tables.leases import WATCHED

SILENT_SECONDS = 30.0
"""A process that has not exchanged for so long is gone, and what it watched with it."""

_keys_of = msgspec.json.Decoder(frozenset[str]).decode


class StoreWatched:
    """One row a process and source. Who is alive is judged by the onlooker's own steady clock, as with leases."""

    def __init__(self, database: Database, steady: Callable[[], float] = time.monotonic) -> None:
        self._database = database
        self._steady = steady
        self._owner = secrets.token_hex(8)
        self._beat = 0
        self._seen: dict[tuple[str, str], tuple[int, float]] = {}

    async def exchange(self, source: str, keys: frozenset[str]) -> frozenset[str]:
        """Tells what this process watches, and gives what all do."""
        self._beat += 1
        own = {"source": source, "owner": self._owner, "beat": self._beat}
        everything = set(keys)
        async with self._database.write() as connection:
            if keys:
                told = msgspec.json.encode(sorted(keys)).decode()
                await connection.execute(_UPSERT[connection.dialect.name], own | {"keys": told})
            else:
                await connection.execute(_rows(source, {self._owner}))
            gone: set[str] = set()
            for row in await connection.execute(select(WATCHED).where(WATCHED.c.source == source)):
                if row.owner != self._owner and self._silent(source, row.owner, row.beat):
                    gone.add(row.owner)
                else:
                    everything |= _keys_of(row.keys)
            if gone:
                await connection.execute(_rows(source, gone))
        return frozenset(everything)

    def _silent(self, source: str, owner: str, beat: int) -> bool:
        now = self._steady()
        known, since = self._seen.get((source, owner), (None, now))
        if known != beat:
            self._seen[source, owner] = beat, now
            return False
        if now - since < SILENT_SECONDS:
            return False
        del self._seen[source, owner]
        return True


def _rows(source: str, owners: set[str]) -> Any:
    return delete(WATCHED).where(WATCHED.c.source == source, WATCHED.c.owner.in_(sorted(owners)))


def _upsert(module: Any) -> Any:
    statement = module.insert(WATCHED)
    return statement.on_conflict_do_update(
        index_elements=["source", "owner"],
        set_={"keys": statement.excluded["keys"], "beat": statement.excluded.beat},
    )


_UPSERT = {"sqlite": _upsert(sqlite), "postgresql": _upsert(postgresql)}
