"""Each shape of a value, by name: the answer is graphql-core's, and what it says is spelled out."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from msgspec import UNSET

from gql_ems.execution import Executor
from tests.execution.differential import assert_same
from tests.execution.sample import IS_SITE, BuoyRecord, CellRecord, Colour, SiteRecord, make_schema

SCHEMA = make_schema()
EXECUTOR = Executor(SCHEMA)


async def later(value: Any) -> Any:
    if isinstance(value, Exception):
        raise value
    return value


async def cell(field: str, make: Callable[[], dict[str, Any]]) -> tuple[Any, list[Any]]:
    """Ask for one field of a cell; give its value and the errors as (message, path)."""

    def context() -> dict[str, Any]:
        return {"cells": {"1": CellRecord("1", **make())}}

    answer = await assert_same(SCHEMA, EXECUTOR, f'{{ cell(id: "1") {{ {field} }} }}', context=context)
    assert answer.data is not None
    found = answer.data["cell"]
    errors = [(error.message, error.path) for error in answer.errors or ()]
    return None if found is None else found[field.split(maxsplit=1)[0]], errors


USUAL = [
    ("label", {"label": "x"}, "x"),
    ("id", {}, "1"),
    ("level", {"level": 2147483647}, 2147483647),
    ("ratio", {"ratio": 0.25}, 0.25),
    ("online", {"online": False}, False),
    ("size", {"size": 2**60}, str(2**60)),
    ("size", {"size": 5}, 5),
    ("colour", {"colour": Colour.BLUE}, "AZURE"),
    ("raised", {"raised": datetime(2023, 3, 29, 17, 56, tzinfo=UTC)}, "2023-03-29T17:56:00Z"),
    ("expires", {"expires": date(2024, 12, 31)}, "2024-12-31"),
    ("raw", {"raw": {"a": [1, None]}}, {"a": [1, None]}),
    ("tags", {"tags": ("a", "b")}, ["a", "b"]),
    ("tags", {"tags": {"only"}}, ["only"]),
    ("matrix", {"matrix": [[1, 2], None, []]}, [[1, 2], None, []]),
    ("colours", {"colours": [Colour.RED, None]}, ["RED", None]),
    ("__typename", {}, "Cell"),
    ("shout", {"label": "down"}, "DOWN!"),
    ("path", {}, "cell.path"),
]


@pytest.mark.parametrize(("field", "record", "expected"), USUAL)
async def test_a_usual_value_is_completed(field: str, record: dict[str, Any], expected: Any) -> None:
    assert await cell(field, lambda: record) == (expected, [])


UNUSUAL = [
    ("label", {"label": 5}, "5"),
    ("label", {"label": True}, "true"),
    ("level", {"level": True}, 1),
    ("level", {"level": 3.0}, 3),
    ("level", {"level": "12"}, 12),
    ("ratio", {"ratio": 3}, 3.0),
    ("online", {"online": 0}, False),
    ("colour", {"colour": "red"}, "RED"),
    ("level", {"level": None}, None),
    ("colour", {"colour": None}, None),
    ("raised", {"raised": None}, None),
    ("matrix", {"matrix": None}, None),
]


@pytest.mark.parametrize(("field", "record", "expected"), UNUSUAL)
async def test_an_unusual_value_is_coerced_the_way_graphql_core_does(
    field: str, record: dict[str, Any], expected: Any
) -> None:
    assert await cell(field, lambda: record) == (expected, [])


@pytest.mark.parametrize(("field", "record", "expected"), USUAL + UNUSUAL)
async def test_a_value_that_is_awaited_is_completed_alike(
    field: str, record: dict[str, Any], expected: Any
) -> None:
    assert await cell(
        field, lambda: {k: later(v) for k, v in record.items()} if field != "shout" else record
    ) == (
        expected,
        [],
    )


WRONG_BUT_NULLABLE = [
    ("level", 2**31, "Int cannot represent non 32-bit signed integer value: 2147483648"),
    ("level", "many", "Int cannot represent non-integer value: 'many'"),
    ("ratio", float("nan"), "Float cannot represent non numeric value: nan"),
    ("ratio", float("inf"), "Float cannot represent non numeric value: inf"),
    ("online", "yes", "Boolean cannot represent a non boolean value: 'yes'"),
    ("colour", "mauve", "Enum 'Colour' cannot represent value: 'mauve'"),
    ("size", "big", "Long cannot represent 'big'"),
    ("raised", "yesterday", "DateTime cannot represent 'yesterday'"),
    ("matrix", 5, "Expected Iterable, but did not find one for field 'Cell.matrix'."),
    ("matrix", "text", "Expected Iterable, but did not find one for field 'Cell.matrix'."),
    ("level", ValueError("no level"), "no level"),
]


@pytest.mark.parametrize(("field", "value", "message"), WRONG_BUT_NULLABLE)
async def test_a_wrong_value_of_a_nullable_field_is_null_and_told(
    field: str, value: Any, message: str
) -> None:
    assert await cell(field, lambda: {field: value}) == (None, [(message, ["cell", field])])


@pytest.mark.parametrize(("field", "value", "message"), WRONG_BUT_NULLABLE)
async def test_a_wrong_value_that_is_awaited_is_null_and_told(field: str, value: Any, message: str) -> None:
    assert await cell(field, lambda: {field: later(value)}) == (None, [(message, ["cell", field])])


@pytest.mark.parametrize("wrap", [lambda value: value, later])
async def test_a_null_that_must_not_be_makes_the_object_above_null(wrap: Callable[[Any], Any]) -> None:
    told = [("Cannot return null for non-nullable field Cell.label.", ["cell", "label"])]
    assert await cell("label", lambda: {"label": wrap(None)}) == (None, told)


async def test_a_wrong_item_deep_in_a_list_makes_the_inner_list_null() -> None:
    value, errors = await cell("matrix", lambda: {"matrix": [[1], [2, "x"], [3]]})
    assert value == [[1], None, [3]]
    assert [path for _, path in errors] == [["cell", "matrix", 1, 1]]


@pytest.mark.parametrize(
    ("field", "items", "expected"),
    [
        ("tags", ["a", "", "ü"], ["a", "", "ü"]),
        ("tags", ("a", 5, True), ["a", "5", "true"]),
        ("matrix", [[1, 2**31 - 1], (3,), ["4", 5.0]], [[1, 2**31 - 1], [3], [4, 5]]),
        ("colours", (Colour.RED, Colour.BLUE), ["RED", "AZURE"]),
        ("colours", [Colour.RED, "blue", None], ["RED", "AZURE", None]),
    ],
)
async def test_lists_of_leaves_are_coerced_item_by_item_where_one_is_unusual(
    field: str, items: Any, expected: list[Any]
) -> None:
    assert await cell(field, lambda: {field: items}) == (expected, [])


@pytest.mark.parametrize(
    ("field", "record"),
    [
        *((field, record) for field, record, _ in USUAL + UNUSUAL),
        *((field, {field: value}) for field, value, _ in WRONG_BUT_NULLABLE),
        ("label", {"label": None}),
        ("remark", {"remark": "told"}),
        ("remark", {}),
        ("raised", {"raised": UNSET}),
        ("level", {"level": later}),
    ],
)
@pytest.mark.parametrize("more", ["", "shout", "tags colours"])
async def test_one_row_of_a_list_may_be_unusual(field: str, record: dict[str, Any], more: str) -> None:
    def context() -> dict[str, Any]:
        odd = {name: value(1) if value is later else value for name, value in record.items()}
        rows = [CellRecord("a"), CellRecord("b", **odd), CellRecord("c", name="n", colour=Colour.RED)]
        return {"sites": [SiteRecord("s", cells=rows, maybe=rows[1]), SiteRecord("t", cells=rows[::2])]}

    query = f"{{ sites {{ id cells {{ id __typename x: {field} {more} }} maybe {{ {field} }} }} }}"
    answer = await assert_same(SCHEMA, EXECUTOR, query, context=context)
    assert answer.data is not None
    assert [row["id"] for row in answer.data["sites"][1]["cells"]] == ["a", "c"]


async def test_a_type_that_looks_at_each_value_is_asked_with_the_info_of_its_field() -> None:
    context = {"buoys": [BuoyRecord("1"), CellRecord("2"), BuoyRecord("3")]}
    answer = await assert_same(SCHEMA, EXECUTOR, "{ buoys { id } }", context=context)
    assert answer.data == {"buoys": [{"id": "1"}, None, {"id": "3"}]}
    aliased = await assert_same(SCHEMA, EXECUTOR, "{ other: buoys { id } }", context=context)
    assert aliased.data == {"other": [None] * 3}


class Harbour(SiteRecord, frozen=True):
    """A site of a class below the record's."""


async def test_records_are_of_their_type_by_their_class_and_anything_else_is_asked() -> None:
    def context() -> dict[str, Any]:
        return {"sites": [SiteRecord("a"), Harbour("b"), None, CellRecord("c"), later(SiteRecord("d"))]}

    answer = await assert_same(SCHEMA, EXECUTOR, "{ sites { id cells { id } } }", context=context)
    assert answer.data == {
        "sites": [{"id": "a", "cells": []}, {"id": "b", "cells": []}, None, None, {"id": "d", "cells": []}]
    }
    assert [error.path for error in answer.errors or ()] == [["sites", 3]]

    IS_SITE.asked = 0
    await EXECUTOR.execute("{ sites { id } }", context=context())
    assert IS_SITE.asked == 1


async def test_records_of_a_list_fail_alone_and_in_order() -> None:
    def context() -> dict[str, Any]:
        rows = [SiteRecord(str(n), name=n if n % 2 else ValueError(f"no name for {n}")) for n in range(5)]
        rows[2] = SiteRecord("2", sure=later(ValueError("late")))
        return {"sites": [*rows, LookupError("lost")]}

    query = "{ sites { id name sure { id } } }"
    answer = await assert_same(SCHEMA, EXECUTOR, query, context=context)
    assert answer.data == {"sites": [None] * 6}
    assert len(answer.errors or ()) >= 6


async def test_items_of_a_list_may_be_awaited_or_fail_alone() -> None:
    value, errors = await cell(
        "colours",
        lambda: {"colours": [later(Colour.RED), KeyError("x"), later(ValueError("y")), Colour.GREEN]},
    )
    assert value == ["RED", None, None, "GREEN"]
    assert [path for _, path in errors] == [["cell", "colours", 1], ["cell", "colours", 2]]


async def test_a_required_item_that_fails_takes_its_list_and_the_object_with_it() -> None:
    value, errors = await cell("tags", lambda: {"tags": ["a", later(ValueError("bad tag")), "c"]})
    assert (value, errors) == (None, [("bad tag", ["cell", "tags", 1])])


async def test_an_object_of_another_type_is_refused() -> None:
    answer = await assert_same(
        SCHEMA, EXECUTOR, '{ cell(id: "1") { id } }', context={"cells": {"1": SiteRecord("1")}}
    )
    assert answer.data == {"cell": None}
    assert answer.errors is not None
    assert answer.errors[0].message.startswith("Expected value of type 'Cell' but got:")


NODES = [CellRecord("c", name="n"), SiteRecord("s", name="m"), None, ValueError("broken"), 5]


@pytest.mark.parametrize("field", ["nodes", "named", "anything"])
async def test_an_abstract_type_is_resolved_value_by_value(field: str) -> None:
    query = f"""{{ {field} {{ __typename ... on Node {{ id }} ... on Named {{ name }}
        ... on Cell {{ label }} ... on Site {{ cells {{ id }} }} }} }}"""
    good = {"nodes": NODES[:2]}
    answer = await assert_same(SCHEMA, EXECUTOR, query, context=good)
    assert answer.data == {
        field: [
            {"__typename": "Cell", "id": "c", "name": "n", "label": "label"},
            {"__typename": "Site", "id": "s", "name": "m", "cells": []},
        ]
    }
    bad = await assert_same(SCHEMA, EXECUTOR, query, context={"nodes": NODES})
    assert bad.errors


async def test_a_list_may_be_asynchronous() -> None:
    answer = await assert_same(SCHEMA, EXECUTOR, "{ stream { id } }", context={"nodes": NODES[:2]})
    assert answer.data == {"stream": [{"id": "c"}, {"id": "s"}]}


@pytest.mark.parametrize("bad", [ZeroDivisionError("dry"), None, 5])
async def test_an_asynchronous_list_that_breaks_is_told(bad: Any) -> None:
    nodes = [NODES[0], bad, NODES[1]]
    answer = await assert_same(SCHEMA, EXECUTOR, "{ stream { id } }", context={"nodes": nodes})
    assert answer.data is None
    assert answer.errors


@pytest.mark.parametrize("delay", [0, 3])
async def test_the_first_of_two_failures_of_required_fields_is_told(delay: int) -> None:
    def context() -> dict[str, Any]:
        return {"site": SiteRecord("s", cells=[later(ValueError("cells"))], sure=later(ValueError("sure")))}

    query = f"{{ site(delay: {delay}) {{ id cells {{ id }} sure {{ id }} }} note {{ text }} }}"
    answer = await assert_same(SCHEMA, EXECUTOR, query, context=context)
    assert answer.data == {"site": None, "note": {"text": "one"}}
    assert [error.message for error in answer.errors or ()] == ["cells"]


async def test_an_error_keeps_the_exception_that_it_came_from() -> None:
    refused = PermissionError("no")
    answer = await EXECUTOR.execute('{ cell(id: "1") { id } }', context={"cells": {"1": refused}})
    assert answer.errors is not None
    assert answer.errors[0].original_error is refused
    assert answer.errors[0].formatted == {
        "message": "no",
        "path": ["cell"],
        "locations": [{"line": 1, "column": 3}],
    }


async def test_nothing_of_these_falls_back() -> None:
    assert EXECUTOR.fallbacks == 0
