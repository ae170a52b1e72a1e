"""New values as they happen: over one socket, and by polling while it is away."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import aclosing
from typing import Any

import httpx
import pytest

from adapters.beaver.live import Pace
from adapters.ports import DeviceFilter, EntityFilter, Source
from adapters.ports.live import LiveEntities
from adapters.records import Entity, EntityValue, EntityValueType
from tests.adapters.beaver.iot_platform import ALL, FIVE, Platform

Told = AsyncIterator[tuple[Entity, EntityValue]]


async def measured(source: Source, count: int) -> tuple[Entity, ...]:
    device = (await source.devices.page(DeviceFilter(), FIVE)).records[0]
    where = EntityFilter(device=device.native_id, value_types=(EntityValueType.LONG, EntityValueType.DOUBLE))
    return (await source.entities.page(where, ALL)).records[:count]


async def control(platform: Platform, path: str, content: Any = None) -> Any:
    async with httpx.AsyncClient(base_url=f"{platform.url}/__sandbox__") as client:
        answer = await (client.get(path) if content is None else client.post(path, json=content))
        return answer.json()


async def listening(platform: Platform, keys: set[str]) -> None:
    """Until the platform has exactly these keys subscribed, and each has been read once."""
    while True:
        accounts = (await control(platform, "/sockets"))["accounts"].values()
        if [set(one["entity_key"]) for one in accounts] == [keys]:
            break
    await read_once(platform, len(keys))


async def read_once(platform: Platform, count: int) -> None:
    while True:
        asked = await control(platform, "/requests?operation=beaver.get_entity_status")
        if len({row["path"] for row in asked["requests"] if row["status"] == 200}) >= count:
            return


async def first(told: Told) -> tuple[Entity, EntityValue]:
    async with asyncio.timeout(20):
        return await anext(told)


async def test_the_entities_of_the_platform_can_be_watched(source: Source) -> None:
    assert isinstance(source.entities, LiveEntities)


async def test_a_pushed_key_is_read_again_and_told(platform: Platform, source: Source) -> None:
    temperature, battery = await measured(source, 2)
    async with aclosing(source.entities.watch((temperature, battery))) as told:
        waiting = asyncio.create_task(first(told))
        await listening(platform, {temperature.key, battery.key})
        await control(platform, "/values", {battery.key: 33})
        entity, value = await waiting
    assert (entity, value.value, value.value_type) == (battery, 33, EntityValueType.LONG)


async def test_what_is_pushed_before_the_first_read_is_told_all_the_same(
    platform: Platform, source: Source
) -> None:
    (entity,) = await measured(source, 1)
    async with aclosing(source.entities.watch((entity,))) as told:
        waiting = asyncio.create_task(first(told))
        while not (await control(platform, "/sockets"))["accounts"]:
            pass
        while (await control(platform, "/values", {entity.key: 9.5}))["told"] == 0:
            pass
        _, value = await waiting
    assert value.value == 9.5


async def test_two_watchers_share_one_socket_and_the_union_of_their_keys(
    platform: Platform, source: Source
) -> None:
    temperature, battery = await measured(source, 2)
    async with (
        aclosing(source.entities.watch((temperature,))) as one,
        aclosing(source.entities.watch((battery,))) as other,
    ):
        waiting = [asyncio.create_task(first(one)), asyncio.create_task(first(other))]
        await listening(platform, {temperature.key, battery.key})
        accounts = (await control(platform, "/sockets"))["accounts"]
        assert [account["sockets"] for account in accounts.values()] == [1]
        await control(platform, "/values", {temperature.key: 21.5, battery.key: 7})
        values = [value.value for _, value in await asyncio.gather(*waiting)]
    assert values == [21.5, 7]


async def test_nobody_watching_means_no_socket(platform: Platform, source: Source) -> None:
    (entity,) = await measured(source, 1)
    async with aclosing(source.entities.watch((entity,))) as told:
        waiting = asyncio.create_task(first(told))
        await listening(platform, {entity.key})
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
    while (await control(platform, "/sockets"))["accounts"]:
        pass


async def test_a_socket_that_was_cut_comes_back_and_tells_what_changed_meanwhile(
    platform: Platform, source: Source
) -> None:
    (entity,) = await measured(source, 1)
    async with aclosing(source.entities.watch((entity,))) as told:
        waiting = asyncio.create_task(first(told))
        await listening(platform, {entity.key})
        await control(platform, "/sockets/drop", {})
        await control(platform, "/values", {entity.key: 12.25})
        _, value = await waiting
    assert value.value == 12.25


async def test_values_are_read_now_and_then_though_a_socket_is_up(platform: Platform, source: Source) -> None:
    # Another process with the same account takes the platform's one subscription over.
    (entity,) = await measured(source, 1)
    live = source.entities._live
    live._pace = Pace(poll=0.05, resync=0.1)
    async with aclosing(source.entities.watch((entity,))) as told:
        waiting = asyncio.create_task(first(told))
        await listening(platform, {entity.key})
        platform.vendor.dialect.hub.forget()
        assert (await control(platform, "/values", {entity.key: 4.5})) == {"told": 0}
        _, value = await waiting
    assert value.value == 4.5


@pytest.mark.parametrize("address", ["off", "ws://127.0.0.1:1/websocket"])
async def test_without_a_socket_values_are_polled(platform: Platform, address: str) -> None:
    source = platform.source(options={"websocket_url": address, "poll_seconds": 0.05})
    (entity,) = await measured(source, 1)
    async with aclosing(source.entities.watch((entity,))) as told:
        waiting = asyncio.create_task(first(told))
        await read_once(platform, 1)
        await control(platform, "/values", {entity.key: 3.5})
        _, value = await waiting
    assert value.value == 3.5


async def test_a_refused_token_is_replaced_before_the_next_try(platform: Platform, source: Source) -> None:
    (entity,) = await measured(source, 1)
    platform.vendor.expire_tokens()
    async with aclosing(source.entities.watch((entity,))) as told:
        waiting = asyncio.create_task(first(told))
        await listening(platform, {entity.key})
        await control(platform, "/values", {entity.key: 1.5})
        _, value = await waiting
    assert value.value == 1.5


async def test_the_token_in_the_address_is_never_logged(
    platform: Platform, source: Source, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    (entity,) = await measured(source, 1)
    async with aclosing(source.entities.watch((entity,))) as told:
        waiting = asyncio.create_task(first(told))
        await listening(platform, {entity.key})
        await control(platform, "/sockets/drop", {})
        await control(platform, "/values", {entity.key: 2.5})
        await waiting
    assert "beaver-access" not in caplog.text
    assert "Authorization=" not in caplog.text
