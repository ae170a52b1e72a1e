import asyncio
import sys
from contextlib import asynccontextmanager

import pytest

from adapters.local.alarm_filter import AlarmFilter
from adapters.local.store import LocalStore


@asynccontextmanager
async def poller(store_url: str, omc_url: str):
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.gql_ems.background.poller",
        store_url,
        omc_url,
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


@pytest.fixture
async def store_url(tmp_path):
    url = f"sqlite+aiosqlite:///{tmp_path}/ems.db"
    store = LocalStore(url)
    await store.open()
    await store.close()
    return url


async def test_another_process_polls_within_fifteen_seconds_of_a_poller_s_death(store_url, omc_app, omc_url):
    async with poller(store_url, omc_url) as first:
        await first.stdout.readline()
        async with poller(store_url, omc_url) as second:
            for _ in range(6):
                await first.stdout.readline()
            first.kill()
            killed = asyncio.get_running_loop().time()
            raised = omc_app.state.omc.alarms.raise_alarm(specific_problem="raised while nobody polled")
            await second.stdout.readline()
            silent = asyncio.get_running_loop().time() - killed
            # The second read begins when the first one's changes are kept.
            for _ in range(4):
                await second.stdout.readline()
    store = LocalStore(store_url)
    kept = await store.alarms.count(AlarmFilter(search="raised while nobody polled"))
    await store.close()

    assert (raised > 0, 5 < silent < 15, kept) == (True, True, 1)
