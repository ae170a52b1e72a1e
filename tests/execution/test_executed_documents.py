"""What a document may hold: aliases, fragments, switches, variables, mutations, introspection."""

from typing import Any

import pytest
from graphql import DocumentNode, GraphQLError, OperationDefinitionNode, get_introspection_query, parse

from gql_ems.execution import Executor, Subscription, compile_operation
from gql_ems.execution.plan import SETTINGS_LIMIT
from tests.execution.differential import assert_same
from tests.execution.sample import CellRecord, SiteRecord, make_schema

SCHEMA = make_schema()
EXECUTOR = Executor(SCHEMA)


def context() -> dict[str, Any]:
    return {
        "log": [],
        "cells": {"1": CellRecord("1")},
        "site": SiteRecord("s", cells=[CellRecord("a"), CellRecord("b")], sure=CellRecord("z")),
        "nodes": [CellRecord("c"), SiteRecord("s", sure=CellRecord("z"))],
    }


SAME = [
    "{ __typename }",
    "{ a: cells { x: id y: id id } b: cells(first: 1) { id } }",
    "{ note { text deeper { text deeper { text } } } }",
    "{ site { ...A ...B } } fragment A on Site { cells { id } } fragment B on Site { cells { label } id }",
    "{ site { cells { id } } site { cells { label twins { id } } } }",
    "{ nodes { ... on Cell { site { id } } ... on Site { sure { id } } ... { id } } }",
    "{ nodes { ...N } } fragment N on Node { __typename id ...C } fragment C on Cell { label ...N }",
    "{ cells { twins(count: 2) { twins { id site { id name } } } } }",
    "{ site { sure { id } maybe { id } name } }",
    '{ echo(filter: {where: {x: 1}, all: {x: 2, colour: AZURE}, big: 5, text: null}, colours: RED, theWord: "w") }',
    '{ echo(filter: {either: [{either: [], where: null}, {all: [{x: 1, names: ["n"]}]}]}) }',
    '{ echo(raw: {a: [1, {b: "c"}]}) }',
    "{ echo }",
    '{ find(by: {id: "7"}) }',
    '{ later(id: "bm90LWFuLWlk") }',
    '{ later(id: "Q2VsbDox", word: "y") }',
    '{ exclaimed(word: "hi") secret guarded }',
    "{ __schema { queryType { name fields(includeDeprecated: true) { name args { name defaultValue } } } } }",
    '{ __type(name: "Cell") { kind interfaces { name } } missing: __type(name: "None") { name } cells { id } }',
    get_introspection_query(),
    'mutation { a: append(word: "1", ticks: 3) b: now(word: "2") c: append(word: "3") }',
    'mutation { a: append(word: "1", ticks: 2) b: refuse(word: "2") c: now(word: "3") }',
]


@pytest.mark.parametrize("query", SAME)
async def test_an_operation_is_answered_as_by_graphql_core(query: str) -> None:
    executor = Executor(SCHEMA, rules=())
    await assert_same(SCHEMA, executor, query, context=context)
    assert executor.fallbacks == 0


WITH_VARIABLES = [
    ("query ($n: Int!) { cells(first: $n) { id } }", {"n": 1}),
    ("query ($n: Int = 3) { cells(first: $n) { id } }", {}),
    ("query ($n: Int) { cells(first: $n) { id } }", {}),
    ("query ($n: Int) { cells(first: $n) { id } }", {"n": None}),
    ("query ($n: Int!) { cells(first: $n) { id } }", {}),
    ("query ($n: Int!) { cells(first: $n) { id } }", {"n": "x"}),
    ("query ($f: Filter) { echo(filter: $f) }", {"f": {"where": {"x": 1, "colour": "RED"}, "big": "7"}}),
    ("query ($f: Filter) { echo(filter: $f) }", {"f": {"where": {"x": "no"}}}),
    ("query ($x: Int!, $c: Colour) { echo(filter: {where: {x: $x, colour: $c}}) }", {"x": 4}),
    ("query ($c: [Colour!]) { echo(colours: $c) }", {"c": ["RED", "AZURE"]}),
    ("query ($c: Colour!) { echo(colours: [RED, $c]) }", {"c": "GREEN"}),
    ("query ($k: Key!) { find(by: $k) }", {"k": {"name": "n"}}),
    ("query ($k: Key!) { find(by: $k) }", {"k": {"name": "n", "id": "i"}}),
    ("query ($id: ID!) { cell(id: $id) { id twins(count: 2) { id } } }", {"id": 1}),
]


@pytest.mark.parametrize(("query", "variables"), WITH_VARIABLES)
async def test_variables_are_coerced_as_by_graphql_core(query: str, variables: dict[str, Any]) -> None:
    executor = Executor(SCHEMA, rules=())
    await assert_same(SCHEMA, executor, query, variables=variables, context=context)
    assert executor.fallbacks == 0


SWITCHED = """query ($a: Boolean!, $b: Boolean = false) {
    cells @include(if: $a) { id label @skip(if: $b) ...F @include(if: $b) }
    cells @skip(if: $b) { id level } note @skip(if: true) { text } site @include(if: true) { id } }
    fragment F on Cell { ratio ... @skip(if: $a) { online } }"""


@pytest.mark.parametrize("variables", [{"a": a, "b": b} for a in (True, False) for b in (True, False)])
async def test_switches_decide_which_fields_there_are(variables: dict[str, bool]) -> None:
    answer = await assert_same(SCHEMA, EXECUTOR, SWITCHED, variables=variables, context=context)
    assert answer.data is not None
    assert ("cells" in answer.data) == (variables["a"] or not variables["b"])
    assert EXECUTOR.fallbacks == 0


async def test_one_plan_serves_all_settings_of_its_switches() -> None:
    executor = Executor(SCHEMA)
    for a in (True, False, True):
        await executor.execute(SWITCHED, variables={"a": a}, context=context())
    assert (executor.documents.parsed, executor.documents.plans) == (1, 1)


async def test_ever_new_settings_of_switches_are_left_to_graphql_core() -> None:
    executor = Executor(SCHEMA)
    names = [f"s{number}" for number in range(7)]
    declared = ", ".join(f"${name}: Boolean!" for name in names)
    query = (
        f"query ({declared}) {{ __typename {' '.join(f'{n}: __typename @skip(if: ${n})' for n in names)} }}"
    )
    for number in range(SETTINGS_LIMIT + 1):
        values = {name: bool(number >> place & 1) for place, name in enumerate(names)}
        await assert_same(SCHEMA, executor, query, variables=values)
    assert executor.fallbacks == 1


async def test_a_switch_that_is_null_is_left_to_graphql_core() -> None:
    executor = Executor(SCHEMA)
    query = "query ($a: Boolean = true) { cells @include(if: $a) { id } }"
    await assert_same(SCHEMA, executor, query, variables={"a": None})
    assert executor.fallbacks == 1


async def test_what_a_plan_does_not_know_is_left_to_graphql_core() -> None:
    executor = Executor(SCHEMA, rules=())
    answer = await executor.execute("{ cells { id ... @defer { label } } }")
    assert executor.fallbacks == 1
    assert answer.errors is not None


async def test_without_compiling_the_answers_are_equal_and_no_fallback_counts() -> None:
    executor = Executor(SCHEMA, compiled=False)
    await assert_same(SCHEMA, executor, SAME[3], context=context)
    assert (executor.fallbacks, executor.documents.plans) == (0, 0)


async def test_the_operation_is_chosen_by_name() -> None:
    query = "query A { note { text } } query B { cells(first: 1) { id } }"
    answer = await assert_same(SCHEMA, EXECUTOR, query, operation_name="B")
    assert answer.data == {"cells": [{"id": "c0"}]}


@pytest.mark.parametrize("name", [None, "C"])
async def test_an_operation_that_cannot_be_chosen_is_refused(name: str | None) -> None:
    query = "query A { note { text } } query B { cells(first: 1) { id } }"
    answer = await assert_same(SCHEMA, EXECUTOR, query, operation_name=name)
    assert (answer.data, answer.executed) == (None, False)


@pytest.mark.parametrize(
    "query", ["{ cells {", "", "{ unknown }", "{ cells }", "subscription { a: events b: events }"]
)
async def test_a_document_that_is_not_valid_is_refused_before_it_runs(query: str) -> None:
    answer = await EXECUTOR.execute(query)
    assert answer.executed is False
    assert list(answer.formatted) == ["errors"]


async def test_a_document_is_parsed_and_compiled_once() -> None:
    executor = Executor(SCHEMA)
    for number in range(5):
        await executor.execute("query ($n: Int!) { cells(first: $n) { id } }", variables={"n": number})
        await executor.execute("{ nonsense }")
    assert (executor.documents.parsed, executor.documents.plans) == (2, 1)


async def test_the_least_used_documents_are_forgotten() -> None:
    executor = Executor(SCHEMA, capacity=2)
    for query in ("{ a: __typename }", "{ b: __typename }", "{ c: __typename }", "{ a: __typename }"):
        await executor.execute(query)
    assert executor.documents.parsed == 4


async def test_more_tokens_than_allowed_are_refused() -> None:
    executor = Executor(SCHEMA, max_tokens=4)
    assert (await executor.execute("{ a: __typename }")).executed is False


def refuse_long(_document: DocumentNode, operation: OperationDefinitionNode) -> Any:
    if len(operation.selection_set.selections) > 2:
        raise GraphQLError("too many fields", operation)

    def check(variables: Any) -> None:
        if variables.get("n", 0) > 3:
            raise GraphQLError("too many rows", extensions={"code": "QUERY_TOO_COMPLEX"})

    return check


@pytest.mark.parametrize(
    ("query", "variables", "messages"),
    [
        ("{ a: __typename b: __typename c: __typename }", {}, ["too many fields"]),
        ("query ($n: Int!) { cells(first: $n) { id } }", {"n": 4}, ["too many rows"]),
        ("query ($n: Int!) { cells(first: $n) { id } }", {"n": 0}, []),
    ],
)
async def test_a_limit_sees_the_operation_once_and_the_variables_each_time(
    query: str, variables: dict[str, Any], messages: list[str]
) -> None:
    executor = Executor(SCHEMA, limit=refuse_long)
    answer = await executor.execute(query, variables=variables)
    assert [error.message for error in answer.errors or ()] == messages
    assert answer.executed is not bool(messages)


async def test_the_fields_of_a_mutation_run_one_after_the_other() -> None:
    answer = await assert_same(SCHEMA, EXECUTOR, SAME[-2], context=context)
    assert answer.data == {"a": ["1"], "b": ["1", "2"], "c": ["1", "2", "3"]}


async def test_a_mutation_that_fails_hinders_those_after_it_when_it_must_not_be_null() -> None:
    seen = context()
    answer = await EXECUTOR.execute(SAME[-1], context=seen)
    assert answer.data is None
    assert seen["log"] == ["1", "2"]


async def test_introspection_is_answered_once_for_a_document() -> None:
    executor = Executor(SCHEMA)
    first = await executor.execute(get_introspection_query())
    assert await executor.execute(get_introspection_query()) is first
    assert executor.fallbacks == 0


async def test_a_fragment_within_itself_does_not_hang_the_compiler() -> None:
    document = parse("{ note { ...F } } fragment F on Note { text deeper { ...F } }")
    executor = Executor(SCHEMA, rules=())
    assert compile_operation(SCHEMA._schema, document) is not None
    query = "{ note { ...F } } fragment F on Note { text deeper { ...F } }"
    await assert_same(SCHEMA, executor, query)


async def test_a_query_is_no_subscription() -> None:
    opened = await EXECUTOR.subscribe("{ __typename }")
    assert not isinstance(opened, Subscription)
    assert opened.errors


async def test_a_document_too_deep_to_compile_is_left_to_graphql_core_and_tried_once() -> None:
    executor = Executor(SCHEMA, rules=())
    query = "{ note " + "{ deeper " * 180 + "{ text }" + " }" * 181
    for _ in range(2):
        await executor.execute(query)
    operation = executor.operation(query)
    assert not isinstance(operation, list)
    assert (operation.plan is None) == (executor.fallbacks == 2)
