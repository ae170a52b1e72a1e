import time

import pytest
from graphql import get_introspection_query

from gql_ems.execution import Executor
from gql_ems.front.limits import DocumentLimits, rules_of
from gql_ems.settings import LimitSettings
from resolvers import schema
from tests.gql_ems.trust.gateway import codes, gateway_with

LIMITS = LimitSettings()
SECONDS = 3.0
"""Far more than any of these takes, far less than they took before they were bounded."""


def executor(**changed) -> Executor:
    graph = schema.build()
    limits = LimitSettings(**changed)
    return Executor(
        graph, rules=rules_of(limits), limit=DocumentLimits(graph._schema, limits), max_tokens=limits.tokens
    )


def refusal(query: str, **changed) -> list[tuple[str, str | None]]:
    """Why an operation may not run: message and code."""
    found = executor(**changed).operation(query)
    if not isinstance(found, list):
        return []
    return [(error.message, (error.extensions or {}).get("code")) for error in found]


def doubled(levels: int, fields: str = "") -> str:
    parts = [f"fragment A{n} on Query {{ {fields} ...A{n + 1} ...A{n + 1} }}" for n in range(levels)]
    return f"query {{ ...A0 }} {' '.join(parts)} fragment A{levels} on Query {{ __typename }}"


BOMBS = {
    "fragments that double": doubled(60),
    "fragments that double with fields": doubled(40, "viewer { username }"),
    "many fragments": "{ __typename "
    + " ".join(f"...F{n}" for n in range(700))
    + "} "
    + " ".join(f"fragment F{n} on Query {{ sources {{ name }} }}" for n in range(700)),
    "fragments in a circle": "{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }",
    "a circle through fields": "{ users { nodes { ...A } } } fragment A on User { accounts { ...A } }",
    "one field again and again": "{" + "viewer { username } " * 2400 + "}",
    "one leaf again and again": "{" + "__typename " * 9900 + "}",
    "nested fields again and again": "{" + "users { nodes { accounts { accounts { id } } } } " * 400 + "}",
    "inline fragments": "{" + "... { viewer { username } } " * 1200 + "}",
    "directives": "{ viewer" + " @a" * 4900 + " { username } }",
    "hundred thousand aliases": "{" + " ".join(f"a{n}: __typename" for n in range(100_000)) + "}",
    "aliases": "{" + " ".join(f"a{n}: __typename" for n in range(3000)) + "}",
    "braces": "{ a " * 4000,
    "brackets": "{ node(id: " + "[" * 4000 + "]" * 4000 + ") { id } }",
    "variables": "query(" + " ".join(f"$a{n}: Int" for n in range(2400)) + ") { __typename }",
    "unknown fields": "{" + " ".join(f"usr{n}" for n in range(9000)) + "}",
    "the schema of the schema": "{ __schema { types { fields { type { fields { type { fields { type { fields { name } } } } } } } } } }",
    "the schema again and again": "{"
    + " ".join(f"a{n}: __schema {{ types {{ name }} }}" for n in range(40))
    + "}",
    "a number of six thousand digits": "{ users(first: " + "9" * 6000 + ") { nodes { id } } }",
    "operations": " ".join(f"query Q{n} {{ __typename }}" for n in range(1900)),
}


@pytest.mark.parametrize("query", BOMBS.values(), ids=BOMBS)
def test_a_bomb_is_refused_in_bounded_time(query):
    runs = executor()
    started = time.perf_counter()
    assert isinstance(runs.operation(query), list)
    assert time.perf_counter() - started < SECONDS


def nested(levels: int) -> str:
    return "{ users { nodes " + "{ accounts " * levels + "{ id }" + " }" * levels + " } }"


def test_a_query_of_the_allowed_depth_runs_and_one_deeper_does_not():
    assert refusal(nested(12), cost=10**9) == []
    assert refusal(nested(13), cost=10**9) == [("the query is nested deeper than 15", "QUERY_TOO_COMPLEX")]


def test_fragments_hide_no_depth():
    query = "{ ...R } fragment R on Query { users { nodes { ...U } } } fragment U on User { accounts { id } }"
    assert refusal(query, depth=4) == []
    assert [code for _, code in refusal(query, depth=3)] == ["QUERY_TOO_COMPLEX"]


def test_introspection_is_outside_of_depth_and_cost():
    assert refusal(get_introspection_query(), depth=2, cost=1) == []


def test_introspection_may_be_switched_off():
    told = refusal("{ __schema { types { name } } }", introspection=False)
    assert "introspection" in told[0][0].lower()
    assert refusal("{ viewer { __typename } }", introspection=False) == []


def test_aliases_are_counted_through_fragments():
    query = "{ ...F } fragment F on Query { a: viewer { b: username } c: viewer { username } }"
    assert refusal(query, aliases=3) == []
    assert refusal(query, aliases=2) == [("at most 2 aliases", "QUERY_TOO_COMPLEX")]


def test_sizes_of_lists_count_in_the_cost():
    query = "{ users(first: %d) { nodes { roles { users(first: 100) { nodes { id } } } } } }"
    assert refusal(query % 1, cost=3000) == []
    assert [code for _, code in refusal(query % 100, cost=3000)] == ["QUERY_TOO_COMPLEX"]


def test_a_field_that_takes_a_call_for_each_object_costs_more():
    plain = "{ subscribers(first: 500) { nodes { imsi } } }"
    called = "{ subscribers(first: 500) { nodes { imsi policy { rfsp } sessions { imsi } } } }"
    assert refusal(plain, cost=5000) == []
    assert [code for _, code in refusal(called, cost=5000)] == ["QUERY_TOO_COMPLEX"]


async def test_sizes_in_variables_count_as_well(tmp_path, hands):
    query = "query($n: Int!) { users(first: $n) { nodes { accounts { id } roles { id } } } }"
    async with gateway_with(tmp_path, hands, limits={"cost": 300}) as gateway:
        token = await gateway.token("noc-shift-a", "viewer")
        assert "errors" not in await gateway.ask(query, token, n=50)
        assert codes(await gateway.ask(query, token, n=400)) == ["QUERY_TOO_COMPLEX"]


@pytest.mark.parametrize("first", [501, -1, 2**31 - 1])
async def test_a_page_is_no_larger_than_allowed(gateway, first):
    token = await gateway.token("noc-shift-a", "viewer")
    answer = await gateway.ask("query($n: Int) { roles(first: $n) { nodes { id } } }", token, n=first)
    assert codes(answer) in (["BAD_USER_INPUT"], ["QUERY_TOO_COMPLEX"])


async def test_a_query_that_takes_too_long_is_cut_off(tmp_path, hands):
    async with gateway_with(tmp_path, hands, limits={"seconds": 1e-9}) as gateway:
        answer = await gateway.ask(
            'mutation { login(username: "noc-shift-a", password: "sandbox-secret-1") { accessToken } }'
        )
        assert (answer["data"], codes(answer)) == (None, ["QUERY_TOO_COMPLEX"])
