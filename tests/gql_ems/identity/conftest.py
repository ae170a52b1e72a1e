"""A gateway that wants tokens."""

from collections.abc import AsyncIterator

import pytest

from tests.gql_ems.trust.gateway import Gateway, gateway_with


@pytest.fixture
async def gateway(tmp_path, hands) -> AsyncIterator[Gateway]:
    async with gateway_with(tmp_path, hands) as found:
        yield found
