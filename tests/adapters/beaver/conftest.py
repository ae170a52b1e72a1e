"""A pretend Beaver IoT for each test, which must find nothing wrong with what it was asked."""

from collections.abc import AsyncIterator

import pytest

from adapters.ports import Source
from playground.upstreams.beaver import create_app
from playground.upstreams.vendor import running
from tests.adapters.beaver.iot_platform import Clock, Platform


@pytest.fixture
async def platform() -> AsyncIterator[Platform]:
    clock = Clock()
    app = create_app(clock=clock, base_path="/api/v1")
    with running(app) as url:
        platform = Platform(url, app.state.vendor, clock)
        yield platform
        for source in platform.opened:
            await source.close()
    assert platform.vendor.journal.complaints() == []


@pytest.fixture
def source(platform: Platform) -> Source:
    return platform.source()
