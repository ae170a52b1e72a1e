"""A pretend IDaaS on a loopback port, and the source that reads it."""

from collections.abc import AsyncIterator, Iterator

import pytest
from idaas_tenant import Tenant

from adapters.idaas.source import open_source
from adapters.ports import Source
from adapters.wiring import Wiring
from playground.upstreams.idaas import create_app
from playground.upstreams.vendor import running


@pytest.fixture(scope="module")
def _server() -> Iterator[Tenant]:
    app = create_app()
    with running(app) as url:
        yield Tenant(url, app.state.vendor)


@pytest.fixture
def tenant(_server: Tenant) -> Tenant:
    """The tenant as it starts."""
    _server.reset()
    return _server


@pytest.fixture
async def source(tenant: Tenant) -> AsyncIterator[Source]:
    """The tenant as a source, with a token; what the documents do not allow it never sends."""
    opened = open_source(tenant.settings(), Wiring())
    yield opened
    await opened.close()
    assert tenant.complaints() == []
