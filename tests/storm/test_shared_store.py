"""Several processes over one store: subscribers go from one to the other, one of them polls, retention runs meanwhile."""

import asyncio
from datetime import timedelta

import asyncpg
import httpx
import pytest

from adapters.local.store import LocalStore
from tests.storm.gateway import configured, running
from tests.storm.storming import EVENTS, PATIENCE, storm

HOP = EVENTS // 4
LONG_AGO = timedelta(days=365)


def sqlite(folder) -> str:
    return f"sqlite+aiosqlite:///{folder}/ems.db"


@pytest.fixture(params=["sqlite", "postgresql"])
def storage(request, tmp_path) -> str:
    return sqlite(tmp_path) if request.param == "sqlite" else request.getfixturevalue("postgres_url")


async def keep_removing(storage: str, stop: asyncio.Event) -> int:
    """Runs retention again and again, as a process of its own might; nothing is old enough to go."""
    store, runs = LocalStore(storage), 0
    while not stop.is_set():
        await store.retention.run(store.journal.clock() - LONG_AGO)
        runs += 1
        await asyncio.sleep(0.1)
    await store.close()
    return runs


@pytest.mark.timeout(PATIENCE + 10)
async def test_two_servers_on_one_store_lose_nothing_when_one_is_killed_while_subscribers_hop(
    tmp_path, storage, silent_omc
):
    config = configured(tmp_path, storage, silent_omc, alarms_from="ingest")
    stop = asyncio.Event()
    with running(config, config) as gateways:

        async def killed(posters) -> None:
            removing = asyncio.create_task(keep_removing(storage, stop))
            await posters.acknowledge_count(int(EVENTS * 0.4))
            gateways[0].kill()
            await posters.acknowledge_count(int(EVENTS * 0.6))
            await asyncio.to_thread(gateways[0].start)
            stop.set()
            assert await removing > 0

        left = await storm(gateways, storage, killed, hop=HOP)

    assert (left.lost(), left.posters.acknowledged) == ([], EVENTS)
    assert min(subscriber.connections for subscriber in left.subscribers) > 1


@pytest.mark.timeout(PATIENCE + 10)
async def test_two_workers_behind_one_port_lose_nothing_when_one_is_killed(tmp_path, silent_omc):
    storage = sqlite(tmp_path)
    with running(configured(tmp_path, storage, silent_omc, alarms_from="ingest"), workers=2) as gateways:

        async def killed(posters) -> None:
            await posters.acknowledge_count(int(EVENTS * 0.4))
            gateways[0].kill_one_worker()

        left = await storm(gateways, storage, killed, hop=HOP)

    assert (left.lost(), left.posters.acknowledged) == ([], EVENTS)


@pytest.mark.timeout(PATIENCE + 10)
async def test_nothing_is_lost_when_postgresql_ends_every_connection_in_a_storm(
    tmp_path, postgres_url, silent_omc
):
    async def cut_off(posters) -> None:
        plain = await asyncpg.connect(postgres_url.replace("+asyncpg", ""))
        for share in (0.3, 0.5, 0.7):
            await posters.acknowledge_count(int(EVENTS * share))
            await plain.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND application_name = 'gql-ems'"
            )
        await plain.close()

    with running(configured(tmp_path, postgres_url, silent_omc, alarms_from="ingest")) as gateways:
        left = await storm(gateways, postgres_url, cut_off)

    assert (left.lost(), left.posters.acknowledged) == ([], EVENTS)


async def polls_by_port(omc_url: str) -> dict[int, list[float]]:
    """When the alarm table was read, by the port that the reader knows the OMC by."""
    async with httpx.AsyncClient() as client:
        answer = await client.get(f"{omc_url}/__sandbox__/requests", params={"path": "/api/rest/"})
    found: dict[int, list[float]] = {}
    for row in answer.json()["requests"]:
        if row["path"].endswith("/alarm"):
            found.setdefault(int(row["headers"]["host"].rpartition(":")[2]), []).append(row["at"])
    return found


async def until(found, seconds: float = 40):
    """Waits until something is there."""
    async with asyncio.timeout(seconds):
        while not (value := await found()):
            await asyncio.sleep(0.1)
    return value


async def test_one_of_two_servers_polls_and_the_other_takes_over_within_15_s_of_its_death(
    tmp_path, storage, omc_url, omc_url_too
):
    first, second = (configured(tmp_path, storage, url, poll_seconds=0.5) for url in (omc_url, omc_url_too))
    with running(first, second) as gateways:

        async def polled_often() -> dict:
            polls = await polls_by_port(omc_url)
            return polls if max(map(len, polls.values()), default=0) >= 6 else {}

        before = await until(polled_often)
        (port,) = before
        holder = 0 if omc_url.endswith(f":{port}") else 1
        gateways[holder].kill()

        async def polled_by_another() -> dict:
            polls = await polls_by_port(omc_url)
            return polls if len(polls) > 1 else {}

        after = await until(polled_by_another)
        (successor,) = set(after) - {port}

    assert after[successor][0] - max(after[port]) < 15
    assert len([at for at in after[port] if at > after[successor][0]]) == 0
