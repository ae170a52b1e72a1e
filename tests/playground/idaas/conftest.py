"""A pretend vendor on a loopback port, and a client that is signed in."""

from collections.abc import Iterator

import pytest
from idaas_client import START, Api, Clock

from playground.upstreams.idaas import create_app
from playground.upstreams.vendor import running


@pytest.fixture(scope="module")
def _server() -> Iterator[Api]:
    clock = Clock()
    app = create_app(clock=clock)
    with running(app) as url:
        api = Api(url, app, clock)
        yield api
        api.http.close()


@pytest.fixture
def api(_server: Api) -> Api:
    """The vendor as it starts, with a client that is signed in."""
    _server.clock.now = START
    _server.http.post("/__sandbox__/reset")
    _server.sign_in()
    return _server
