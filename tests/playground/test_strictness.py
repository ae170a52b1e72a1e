"""How pretend vendors hold requests against what a document asks for."""

from typing import Any

import pytest

from playground.upstreams.needs import body_problems, fields, text_problems
from playground.upstreams.strict import JSON, content_problem, shape_problem, strangers


def test_a_value_outside_of_the_listed_choices_is_a_problem() -> None:
    wanted = fields("type=MENU|FUNCTION status=1|2?")
    assert body_problems({"type": "MENU"}, wanted) == []
    assert body_problems({"type": "menu", "status": 3}, wanted) == [
        "body field type is none of MENU, FUNCTION",
        "body field status is no string",
    ]
    assert text_problems({"type": "X"}, wanted, "query parameter") == [
        "query parameter type is none of MENU, FUNCTION: X"
    ]


def test_each_item_of_a_list_is_held_against_its_type_and_choices() -> None:
    wanted = fields("kinds:array<string>=A|B ids:array<string|integer>")
    assert body_problems({"kinds": ["A", "B"], "ids": ["1", 2]}, wanted) == []
    assert body_problems({"kinds": ["A", "C"], "ids": [1.5]}, wanted) == [
        "body field kinds is none of A, B",
        "body field ids is no array<string|integer>",
    ]


def test_names_that_no_document_has_are_told_once() -> None:
    wanted = fields("a b[].c?")
    assert strangers([{"a": 1, "x": 1}, {"x": 2, "b": []}], wanted) == ["body field x is not documented"]


@pytest.mark.parametrize(
    ("sent", "problem"),
    [
        ("application/json", None),
        ("Application/JSON; charset=utf-8", None),
        (None, "header Content-Type is missing: application/json"),
        ("text/plain", "header Content-Type is text/plain, not application/json"),
    ],
)
def test_the_content_type_may_carry_parameters(sent: str | None, problem: str | None) -> None:
    assert content_problem(sent, JSON) == problem


@pytest.mark.parametrize(
    ("body", "many", "problem"),
    [
        ({}, False, None),
        ([], True, None),
        (None, True, None),
        ([], False, "the body is no object"),
        ({}, True, "the body is no list"),
    ],
)
def test_a_list_is_no_object(body: Any, many: bool, problem: str | None) -> None:
    assert shape_problem(body, many=many) == problem
