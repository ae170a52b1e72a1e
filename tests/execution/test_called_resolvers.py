"""How resolvers are called: their info, their arguments, and every guard that stands before them."""

import functools
from typing import Any

import pytest

from gql_ems.execution import Executor
from tests.execution.differential import assert_same
from tests.execution.sample import CellRecord, make_schema


async def test_info_tells_the_same_as_strawberrys() -> None:
    schema = make_schema()
    query = """query Q($d: Int = 4) { x: about(depth: $d) @include(if: true) ...F }
    fragment F on Query { y: about }"""
    answer = await assert_same(
        schema, Executor(schema), query, context={"who": "noc-shift-a"}, root={"root": 1}
    )
    assert answer.data is not None
    assert answer.data["x"]["path"] == ["x"]
    assert answer.data["x"]["variables"] == {"d": 4}
    assert answer.data["x"]["context"] == {"who": "noc-shift-a"}
    assert answer.data["x"]["parent"] == "Query"


async def test_a_permission_class_is_asked() -> None:
    schema = make_schema()
    executor = Executor(schema)
    refused = await assert_same(schema, executor, "{ secret }")
    assert refused.data == {"secret": None}
    assert refused.errors is not None
    assert refused.errors[0].message == "Only friends see this"
    allowed = await assert_same(schema, executor, "{ secret }", context={"friend": True})
    assert allowed.data == {"secret": "secret"}


async def test_a_field_extension_runs() -> None:
    schema = make_schema()
    answer = await assert_same(schema, Executor(schema), '{ exclaimed(word: "hi") }')
    assert answer.data == {"exclaimed": "hi!"}


@pytest.mark.parametrize(("typename", "name"), [("Query", "guarded"), ("Cell", "label"), ("Query", "site")])
async def test_a_guard_that_was_put_on_a_field_is_asked(typename: str, name: str) -> None:
    schema = make_schema()
    field: Any = schema._schema.type_map[typename]
    field = field.fields[name]
    inner = field.resolve

    @functools.wraps(inner)
    def guard(source: Any, info: Any, **kwargs: Any) -> Any:
        if not info.context.get("allowed"):
            raise PermissionError(f"not allowed: {info.field_name}")
        return inner(source, info, **kwargs)

    field.resolve = guard
    executor = Executor(schema)
    query = '{ cell(id: "1") { id label } guarded(word: "w") site { id } }'
    cells = {"1": CellRecord("1")}
    refused = await assert_same(schema, executor, query, context={"cells": cells})
    assert [error.message for error in refused.errors or ()] == [f"not allowed: {name}"]
    allowed = await assert_same(schema, executor, query, context={"cells": cells, "allowed": True})
    assert allowed.errors is None
    assert executor.fallbacks == 0


async def test_a_guard_that_came_late_holds_after_the_documents_are_forgotten() -> None:
    schema = make_schema()
    executor = Executor(schema)
    assert (await executor.execute("{ guarded }")).errors is None

    def guard(_source: Any, _info: Any, **_: Any) -> Any:
        raise PermissionError("no")

    query: Any = schema._schema.query_type
    query.fields["guarded"].resolve = guard
    executor.documents.forget()
    assert (await executor.execute("{ guarded }")).errors is not None


async def test_a_list_argument_is_a_new_list_for_each_request() -> None:
    schema = make_schema()
    executor = Executor(schema)
    seen: list[Any] = []
    echo: Any = schema._schema.query_type
    declaration = echo.fields["echo"].extensions["strawberry-definition"]
    written = declaration.base_resolver.wrapped_func

    def spy(*args: Any, **kwargs: Any) -> str:
        seen.append(kwargs["colours"])
        kwargs["colours"].append("mine")
        return "x"

    declaration.base_resolver.wrapped_func = spy
    try:
        for _ in range(2):
            await executor.execute("{ echo(colours: [RED]) }")
    finally:
        declaration.base_resolver.wrapped_func = written
    assert [len(colours) for colours in seen] == [2, 2]


async def test_a_conversion_that_fails_is_told_like_any_error() -> None:
    schema = make_schema()
    answer = await assert_same(schema, Executor(schema), '{ later(id: "?") echo }')
    assert answer.data is None
    assert answer.errors is not None
    assert answer.errors[0].path == ["later"]


@pytest.mark.parametrize(
    ("known", "expected"), [({}, "cell.remark"), ({"remark": "r"}, "r"), ({"remark": None}, None)]
)
async def test_a_fact_that_the_record_holds_is_read_and_else_its_resolver_is_asked(
    known: dict[str, Any], expected: str | None
) -> None:
    schema = make_schema()
    context = {"cells": {"1": CellRecord("1", **known)}}
    answer = await assert_same(schema, Executor(schema), '{ cell(id: "1") { remark } }', context=context)
    assert answer.data == {"cell": {"remark": expected}}


async def test_a_fact_that_the_record_holds_costs_no_call() -> None:
    schema = make_schema()
    cell: Any = schema._schema.type_map["Cell"]
    declaration = cell.fields["remark"].extensions["strawberry-definition"]
    written = declaration.base_resolver.wrapped_func
    declaration.base_resolver.wrapped_func = None
    try:
        context = {"cells": {"1": CellRecord("1", remark="r")}}
        answer = await Executor(schema).execute('{ cell(id: "1") { remark } }', context=context)
    finally:
        declaration.base_resolver.wrapped_func = written
    assert answer.data == {"cell": {"remark": "r"}}


class CheckedResolver:
    """A guard that can be taken apart."""

    def __init__(self, resolve: Any) -> None:
        self.__wrapped__ = resolve
        self.asked = 0

    def __permit__(self, _source: Any, info: Any) -> None:
        self.asked += 1
        if not info.context.get("allowed"):
            raise PermissionError(f"not allowed: {info.field_name}")

    def __call__(self, source: Any, info: Any, **kwargs: Any) -> Any:
        self.__permit__(source, info)
        return self.__wrapped__(source, info, **kwargs)


async def test_what_wraps_a_guard_is_not_left_out() -> None:
    schema = make_schema()
    query: Any = schema._schema.query_type
    field, seen = query.fields["guarded"], []
    guard = CheckedResolver(field.resolve)

    @functools.wraps(guard)
    def audited(source: Any, info: Any, **kwargs: Any) -> Any:
        seen.append(info.field_name)
        return guard(source, info, **kwargs)

    field.resolve = audited
    await assert_same(schema, Executor(schema), "{ guarded }", context={"allowed": True})
    assert seen == ["guarded", "guarded"]


@pytest.mark.parametrize(
    ("typename", "name"), [("Query", "guarded"), ("Query", "site"), ("Cell", "label"), ("Cell", "remark")]
)
async def test_a_guard_that_tells_its_check_is_asked_before_the_resolver(typename: str, name: str) -> None:
    schema = make_schema()
    of_type: Any = schema._schema.type_map[typename]
    field = of_type.fields[name]
    field.resolve = guard = CheckedResolver(field.resolve)
    executor = Executor(schema)
    query = '{ cell(id: "1") { label remark } guarded(word: "w") site(delay: 1) { id } }'
    cells = {"1": CellRecord("1")}
    refused = await assert_same(schema, executor, query, context={"cells": cells})
    assert [error.message for error in refused.errors or ()] == [f"not allowed: {name}"]
    allowed = await assert_same(schema, executor, query, context={"cells": cells, "allowed": True})
    assert allowed.errors is None
    assert guard.asked == 4
