"""Signs that another process has committed: SQLite's data version, PostgreSQL's notifications."""

import asyncio
import logging
from collections.abc import Callable
from typing import Any

from adapters.local.engine import Database

LOOK_SECONDS = 0.05
"""How often SQLite is asked whether its file has changed."""
FALLBACK_SECONDS = 1.0
"""How often a reader looks without any sign, and how long it waits after a failure."""

log = logging.getLogger(__name__)


async def watch(database: Database, journal: str, wake: Callable[[], None]) -> None:
    """Call `wake` whenever another process may have committed, until cancelled."""
    while True:
        try:
            if database.is_sqlite:
                await _watch_version(database, wake)
            else:
                await _listen(database, f"ems_{journal}", wake)
        except Exception:
            # The driver's own errors are of many kinds; whatever it was, readers must not wait for ever.
            log.warning("no signs of other processes just now", exc_info=True)
            wake()
            await asyncio.sleep(FALLBACK_SECONDS)


async def _watch_version(database: Database, wake: Callable[[], None]) -> None:
    known = None
    async with database.driver() as driver:
        while True:
            seen = await driver.execute_fetchall("PRAGMA data_version")
            if seen != known:
                known = seen
                wake()
            await asyncio.sleep(LOOK_SECONDS)


async def _listen(database: Database, channel: str, wake: Callable[[], None]) -> None:
    def told(*_facts: Any) -> None:
        wake()

    async with database.driver() as driver:
        await driver.add_listener(channel, told)
        try:
            while not driver.is_closed():
                wake()
                await asyncio.sleep(FALLBACK_SECONDS)
        finally:
            if not driver.is_closed():
                await driver.remove_listener(channel, told)
