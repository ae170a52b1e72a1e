"""A pretend OMC on a loopback port, and the source that reads it."""

from collections.abc import AsyncIterator, Iterator

import pytest
from core_network import Core

from adapters.omc.source import open_source
from adapters.ports import Source
from adapters.wiring import Wiring
from playground.upstreams.omc import create_app
from playground.upstreams.vendor import running

# Three parameter reads name no element in the document; among several of a type, one has to be named.
NAMED_ANYWAY = {"query parameter ne_id is not documented"}


@pytest.fixture(scope="module")
def _server() -> Iterator[Core]:
    app = create_app()
    with running(app) as url:
        yield Core(url, app.state.omc)


@pytest.fixture
def core(_server: Core) -> Core:
    """The OMC as it starts."""
    _server.reset()
    return _server


@pytest.fixture
async def source(core: Core) -> AsyncIterator[Source]:
    """The OMC as a source; what the document does not allow it never sends."""
    opened = open_source(core.settings(), Wiring())
    yield opened
    await opened.close()
    assert set(core.complaints()) <= NAMED_ANYWAY
