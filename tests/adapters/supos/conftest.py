"""A pretend supOS for each test, which must find nothing wrong with what it was asked."""

from collections.abc import AsyncIterator

import pytest

from adapters.ports import Source
from playground.upstreams.supos.app import create_app
from playground.upstreams.vendor import running
from tests.adapters.supos.supos_plant import Plant


@pytest.fixture
def unbind_by_put() -> bool:
    return False


@pytest.fixture
async def plant(unbind_by_put: bool) -> AsyncIterator[Plant]:
    app = create_app(unbind_by_put=unbind_by_put)
    with running(app) as url:
        plant = Plant(url, app.state.vendor)
        yield plant
        for source in plant.opened:
            await source.close()
    assert plant.vendor.journal.complaints() == []


@pytest.fixture
def source(plant: Plant) -> Source:
    return plant.source()
