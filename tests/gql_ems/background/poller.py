"""A process that polls an OMC into a store, and writes a line for each read of the alarm table."""

import asyncio
import sys

from adapters.local.store import LocalStore
from adapters.observing import CallSeen, Silent
from adapters.omc.source import open_source
from adapters.settings import SourceSettings
from adapters.wiring import Wiring
from gql_ems.background.feed import AlarmPolls
from gql_ems.logs import configure


class Told(Silent):
    """Writes down reads of the alarm table."""

    def called(self, call: CallSeen) -> None:
        if call.operation == "query_table_alarm_sql":
            print("polled", flush=True)


async def poll(store_url: str, omc_url: str) -> None:
    """Polls until it is ended."""
    store = LocalStore(store_url)
    await store.open()
    settings = SourceSettings(
        name="omc",
        dialect="omc",
        base_url=omc_url,
        username="admin",
        password="admin",
        options={"poll_seconds": 0.5},
    )
    source = open_source(settings, Wiring(observer=Told()))
    await AlarmPolls([source], {"omc": settings}, store).run()


if __name__ == "__main__":
    configure("WARNING")
    asyncio.run(poll(*sys.argv[1:]))
