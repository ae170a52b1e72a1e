"""Random queries over the gateway's own schema, with sources that misbehave by a seed."""

import asyncio
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from gql_ems.execution import Executor
from resolvers.schema import build
from tests.execution.chaos import Chaos, unleashed
from tests.execution.differential import assert_same, random_queries

QUERIES = st.deferred(lambda: random_queries(build()))


class Everybody:
    """May do everything."""

    def may(self, permission: str) -> bool:
        return bool(permission)


class Asked:
    """The part of a request's context that guards look at."""

    caller = Everybody()


@pytest.fixture
def chaos() -> Iterator[Chaos]:
    with unleashed(build()) as chaos:
        yield chaos


@pytest.fixture
def executor(chaos: Chaos) -> Executor:
    return Executor(build())


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(query=QUERIES, seed=st.integers(0, 2**20))
def test_a_random_query_is_answered_as_by_graphql_core(
    chaos: Chaos, executor: Executor, query: str, seed: int
) -> None:
    assume(not isinstance(executor.operation(query), list))
    for number in range(3):
        chaos.seed = seed * 3 + number
        asyncio.run(assert_same(build(), executor, query, context=Asked()))
    assert executor.fallbacks == 0
