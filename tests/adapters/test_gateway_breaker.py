"""A circuit breaker by a clock that is handed in, and what a gateway makes of it."""

import asyncio

import pytest
from depot import HANG, Clock, Depot, json, listening, rename_thing, settings
from hypothesis import given
from hypothesis import strategies as st

from adapters.breaker import Breaker
from adapters.errors import UpstreamUnavailable
from adapters.gateway import Gateway
from adapters.network import network_transport
from adapters.ports.source import Circuit, SourceStatus


def breaker(clock: Clock) -> Breaker:
    return Breaker(clock=clock, threshold=3, cooldown=10)


def opened(clock: Clock) -> Breaker:
    found = breaker(clock)
    for _ in range(3):
        found.failed()
    return found


def test_fewer_failures_than_the_threshold_leave_it_closed():
    found = breaker(Clock())
    found.failed()
    found.failed()
    assert found.state is Circuit.CLOSED
    assert found.allows()


def test_failures_in_a_row_open_it():
    found = opened(Clock())
    assert found.state is Circuit.OPEN
    assert not found.allows()


def test_a_success_in_between_starts_the_count_anew():
    found = breaker(Clock())
    for _ in range(5):
        found.failed()
        found.failed()
        found.succeeded()
    assert found.state is Circuit.CLOSED


def test_it_stays_open_until_the_cooldown_is_over():
    clock = Clock()
    found = opened(clock)
    clock.now += 9.9
    assert not found.allows()
    clock.now += 0.1
    assert found.state is Circuit.HALF_OPEN


def test_half_open_lets_one_call_through():
    clock = Clock()
    found = opened(clock)
    clock.now += 10
    assert [found.allows() for _ in range(3)] == [True, False, False]


def test_a_probe_that_succeeds_closes_it():
    clock = Clock()
    found = opened(clock)
    clock.now += 10
    assert found.allows()
    found.succeeded()
    assert found.state is Circuit.CLOSED
    assert found.allows()


def test_a_probe_that_fails_opens_it_for_a_whole_cooldown():
    clock = Clock()
    found = opened(clock)
    clock.now += 10
    assert found.allows()
    found.failed()
    clock.now += 9.9
    assert found.state is Circuit.OPEN


def test_an_abandoned_probe_lets_the_next_call_probe():
    clock = Clock()
    found = opened(clock)
    clock.now += 10
    assert found.allows()
    found.abandoned()
    assert found.state is Circuit.HALF_OPEN
    assert found.allows()


@given(st.lists(st.sampled_from(["failed", "succeeded", "wait", "ask"]), max_size=60))
def test_it_is_open_only_within_a_cooldown_of_the_last_failure(steps):
    clock = Clock()
    found = breaker(clock)
    row, last = 0, None
    for step in steps:
        if step == "wait":
            clock.now += 4
        elif step == "ask":
            found.allows()
        elif step == "failed":
            found.failed()
            row, last = row + 1, clock.now
        else:
            found.succeeded()
            row = 0
        if found.state is Circuit.OPEN:
            assert last is not None
            assert row >= 3
            assert clock.now - last < 10
        assert (found.state is Circuit.CLOSED) == (row < 3)


@pytest.fixture
def clock() -> Clock:
    return Clock()


def gateway_at(url: str, clock: Clock) -> Gateway:
    source = settings(url)
    return Gateway(Depot(source), network_transport(source), clock=clock, monotonic=clock)


async def fail(gateway: Gateway, times: int) -> None:
    for _ in range(times):
        with pytest.raises(UpstreamUnavailable):
            await gateway.send(rename_thing("7", "valve"))


async def leave(gateway: Gateway, asked: int, socket_asked: list[object]) -> None:
    """A caller who goes away once the source has heard the call."""
    task = asyncio.create_task(gateway.send(rename_thing("7", "valve")))
    async with asyncio.timeout(5):
        while len(socket_asked) < asked:
            await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_a_caller_who_leaves_does_not_start_the_count_anew(clock):
    down = json({}, 503)
    async with listening(json({"token": "one"}), *[down] * 4, HANG, down) as socket:
        gateway = gateway_at(socket.url, clock)
        await fail(gateway, 4)
        await leave(gateway, 6, socket.asked)
        await fail(gateway, 1)
        assert gateway.health().circuit is Circuit.OPEN
        await gateway.close()


async def test_a_probe_whose_caller_leaves_closes_nothing(clock):
    down = json({}, 503)
    async with listening(json({"token": "one"}), *[down] * 5, HANG) as socket:
        gateway = gateway_at(socket.url, clock)
        await fail(gateway, 5)
        clock.now += 10
        await leave(gateway, 7, socket.asked)
        assert gateway.health().circuit is Circuit.HALF_OPEN
        assert gateway.health().status is SourceStatus.DOWN
        await gateway.close()
