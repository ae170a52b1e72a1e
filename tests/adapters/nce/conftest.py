"""A pretend campus controller for each test, which must find nothing wrong with what it was asked."""

from collections.abc import AsyncIterator

import pytest

from adapters.ports import Source
from playground.upstreams.nce.app import create_app
from playground.upstreams.vendor import running
from tests.adapters.nce.nce_campus import Campus, Clock


@pytest.fixture
async def campus() -> AsyncIterator[Campus]:
    clock = Clock()
    app = create_app(clock=clock)
    with running(app) as url:
        campus = Campus(url, app.state.vendor, clock)
        yield campus
        for source in campus.opened:
            await source.close()
    assert campus.vendor.journal.complaints() == []


@pytest.fixture
def source(campus: Campus) -> Source:
    return campus.source()
