"""A pretend OMC on a socket, and a caller who has signed in."""

from collections.abc import Iterator

import pytest
from omc_client import Api, Clock

from playground.upstreams.omc import create_app
from playground.upstreams.vendor import running


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def stranger(clock: Clock) -> Iterator[Api]:
    with running(create_app(clock=clock)) as url:
        api = Api(url)
        with api.http:
            yield api


@pytest.fixture
def api(stranger: Api) -> Api:
    stranger.sign_in()
    return stranger
