"""Random operations over the sample graph, with resolvers that misbehave by a seed."""

import asyncio
from collections.abc import Iterator

import pytest
from graphql import parse
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from gql_ems.execution import Executor
from tests.execution.chaos import Chaos, unleashed
from tests.execution.differential import (
    Rewriter,
    assert_same,
    assert_same_but_for_races,
    assert_same_events,
    random_mutations,
    random_queries,
)
from tests.execution.sample import make_schema

SCHEMA = make_schema()

SHORT = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
SEEDS_FOR_EACH = 4


@pytest.fixture
def chaos() -> Iterator[Chaos]:
    with unleashed(SCHEMA) as chaos:
        yield chaos


@pytest.fixture
def executor(chaos: Chaos) -> Executor:
    return Executor(SCHEMA)


@SHORT
@given(query=random_queries(SCHEMA), seed=st.integers(0, 2**20))
def test_futures_and_light_fields_change_nothing_but_the_order_of_failures_that_race(
    query: str, seed: int
) -> None:
    with unleashed(SCHEMA, promises=True) as chaos:
        executor = Executor(SCHEMA)
        assume(not isinstance(executor.operation(query), list))
        for number in range(SEEDS_FOR_EACH):
            chaos.seed = seed * SEEDS_FOR_EACH + number
            asyncio.run(assert_same_but_for_races(SCHEMA, executor, query))


def compare(chaos: Chaos, executor: Executor, query: str, seed: int, variables: dict[str, bool]) -> None:
    assume(not isinstance(executor.operation(query), list))
    for number in range(SEEDS_FOR_EACH):
        chaos.seed = seed * SEEDS_FOR_EACH + number
        asyncio.run(assert_same(SCHEMA, executor, query, variables=variables))
    assert executor.fallbacks == 0


@SHORT
@given(query=random_queries(SCHEMA), seed=st.integers(0, 2**20), data=st.data())
def test_a_random_query_is_answered_as_by_graphql_core(
    chaos: Chaos, executor: Executor, query: str, seed: int, data: st.DataObject
) -> None:
    rewriter = Rewriter(data.draw)
    rewritten = rewriter.rewrite(parse(query))
    compare(chaos, executor, rewritten, seed, rewriter.variables)


@SHORT
@given(mutation=random_mutations(SCHEMA), seed=st.integers(0, 2**20))
def test_a_random_mutation_is_answered_as_by_graphql_core(
    chaos: Chaos, executor: Executor, mutation: str, seed: int
) -> None:
    compare(chaos, executor, mutation, seed, {})


@pytest.mark.parametrize("seed", range(40))
async def test_a_subscription_is_answered_event_by_event_as_by_graphql_core(
    chaos: Chaos, executor: Executor, seed: int
) -> None:
    chaos.seed = seed
    query = """subscription ($on: Boolean!) { x: events(after: "a") { cursor ...More cell { id } } }
    fragment More on Event { cell { __typename shout site { name @include(if: $on) maybe { id } } } }"""
    await assert_same_events(SCHEMA, executor, query, variables={"on": seed % 2 == 0})
