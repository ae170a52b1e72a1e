"""Live values in several processes of one gateway: one account, one subscription at the platform, everybody told."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing

import pytest

from adapters.beaver.live import Pace
from adapters.ports import EntityFilter, PageRequest
from gql_ems.service import Service
from tests.e2e.graph import service_over, settings_over

PATIENT = Pace(poll=3600, resync=3600, exchange=0.2, subscribe=0.05)
"""Without reads for which nothing was pushed."""


@pytest.fixture
async def workers(vendors, folder) -> AsyncIterator[tuple[Service, Service]]:
    """Two processes' services over one store."""
    made = [service_over(settings_over(vendors, folder)) for _ in range(2)]
    for service in made:
        await service.open()
        service.sources.named("beaver").entities._live._pace = PATIENT
    yield made[0], made[1]
    for service in made:
        await service.close()


async def entities_of(service: Service, word: str, count: int):
    page = await service.sources.named("beaver").entities.page(
        EntityFilter(search=word), PageRequest(first=count)
    )
    return page.records


def shown(vendors) -> list[tuple[int, set[str]]]:
    """Sockets and subscribed keys of each account."""
    accounts = vendors["beaver"].vendor.dialect.hub.shown()["accounts"].values()
    return [(account["sockets"], set(account["entity_key"])) for account in accounts]


async def until(condition) -> None:
    async with asyncio.timeout(20):
        while not condition():
            await asyncio.sleep(0.02)


async def news(watch) -> str:
    entity, _ = await anext(watch)
    return entity.key


async def test_what_one_process_watches_is_told_though_another_subscribes_after_it(workers, vendors):
    one, other = (service.sources.named("beaver").entities for service in workers)
    first, second = (await entities_of(workers[0], "battery", 2))[:2]
    async with aclosing(one.watch((first,))) as mine, aclosing(other.watch((second,))) as theirs:
        waiting = asyncio.create_task(news(mine))
        await until(lambda: shown(vendors) == [(1, {first.key})])
        others = asyncio.create_task(news(theirs))
        await until(lambda: shown(vendors) == [(2, {first.key, second.key})])
        await until(lambda: vendors["beaver"].asked().count("beaver.get_entity_status") >= 2)

        await vendors["beaver"].vendor.dialect.hub.push([first.key, second.key])

        assert await asyncio.wait_for(waiting, 20) == first.key
        assert await asyncio.wait_for(others, 20) == second.key


async def test_what_is_watched_no_more_leaves_the_subscription_to_the_others(workers, vendors):
    one, other = (service.sources.named("beaver").entities for service in workers)
    first, second = (await entities_of(workers[0], "battery", 2))[:2]
    async with aclosing(one.watch((first,))) as mine:
        waiting = asyncio.create_task(news(mine))
        async with aclosing(other.watch((second,))) as theirs:
            others = asyncio.create_task(news(theirs))
            await until(lambda: shown(vendors) == [(2, {first.key, second.key})])
            # The first of them says it, too, once it has heard of the second.
            vendors["beaver"].vendor.dialect.hub.forget()
            await until(lambda: shown(vendors) == [(2, {first.key, second.key})])
            others.cancel()
            await asyncio.wait([others])
        await until(lambda: shown(vendors) == [(1, {first.key})])

        await vendors["beaver"].vendor.dialect.hub.push([first.key])

        assert await asyncio.wait_for(waiting, 20) == first.key
