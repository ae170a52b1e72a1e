"""Random operations over the sample graph, with resolvers that misbehave by a seed."""

import asyncio
from collections.abc import Iterator

import pytest
import strawberry
from graphql import parse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gql_ems.execution import Executor
from tests.execution.chaos import Chaos, unleashed
from tests.execution.differential import Rewriter, assert_same, random_mutations, random_queries
from tests.execution.sample import make_schema

SCHEMA = make_schema()

SHORT = settings(
    max_examples=120,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


@pytest.fixture(scope="module")
def chaos() -> Iterator[Chaos]:
    with unleashed(SCHEMA) as chaos:
        yield chaos


@pytest.fixture(scope="module")
def executor(chaos: Chaos) -> Executor:
    return Executor(SCHEMA)


def check(schema: strawberry.Schema, executor: Executor, query: str, variables: dict[str, bool]) -> None:
    asyncio.run(assert_same(schema, executor, query, variables=variables))


@SHORT
@given(query=random_queries(SCHEMA), seed=st.integers(0, 2**20), data=st.data())
def test_a_random_query_is_answered_as_by_graphql_core(
    chaos: Chaos, executor: Executor, query: str, seed: int, data: st.DataObject
) -> None:
    chaos.seed = seed
    rewriter = Rewriter(data.draw)
    check(SCHEMA, executor, rewriter.rewrite(parse(query)), rewriter.variables)
    assert executor.fallbacks == 0


@SHORT
@given(mutation=random_mutations(SCHEMA), seed=st.integers(0, 2**20))
def test_a_random_mutation_is_answered_as_by_graphql_core(
    chaos: Chaos, executor: Executor, mutation: str, seed: int
) -> None:
    chaos.seed = seed
    check(SCHEMA, executor, mutation, {})
    assert executor.fallbacks == 0
