"""Signs that another process has committed: the head that stands in SQLite's file, PostgreSQL's notifications."""

import asyncio
import logging
from collections.abc import Callable
from typing import Any

from adapters.local.engine import Database

LOOK_SECONDS = 0.05
"""How often SQLite is asked where the journal stands."""
FALLBACK_SECONDS = 1.0
"""How often a reader looks without any sign, and how long it waits after a failure."""

log = logging.getLogger(__name__)


async def watch(database: Database, journal: str, tell: Callable[[int | None], None]) -> None:
    """Tell where the journal stands, None where that is not known, whenever it may have moved; until cancelled."""
    while True:
        try:
            if database.is_sqlite:
                await _watch_head(database, tell)
            else:
                await _listen(database, f"ems_{journal}", tell)
        except Exception:
            # The driver's own errors are of many kinds; whatever it was, readers must not wait for ever.
            log.warning("no signs of other processes just now", exc_info=True)
            tell(None)
            await asyncio.sleep(FALLBACK_SECONDS)


async def _watch_head(database: Database, tell: Callable[[int | None], None]) -> None:
    async with database.driver() as driver:
        while True:
            ((position,),) = await driver.execute_fetchall("SELECT position FROM journal_head WHERE id = 1")
            tell(position)
            await asyncio.sleep(LOOK_SECONDS)


async def _listen(database: Database, channel: str, tell: Callable[[int | None], None]) -> None:
    def told(_connection: Any, _process: int, _channel: str, position: str) -> None:
        # A process of an earlier release notifies without the position.
        tell(int(position) if position else None)

    async with database.driver() as driver:
        await driver.add_listener(channel, told)
        try:
            while not driver.is_closed():
                tell(None)
                await asyncio.sleep(FALLBACK_SECONDS)
        finally:
            if not driver.is_closed():
                await driver.remove_listener(channel, told)
