"""The bytes of an answer."""

from typing import Any

import pytest
from graphql import GraphQLError

from gql_ems.execution import Answer, encode


def test_errors_stand_beside_data() -> None:
    failed = GraphQLError("no", path=["a", 0], extensions={"code": "NOT_FOUND"})
    assert Answer({"a": None}, [failed]).encode() == (
        b'{"errors":[{"message":"no","path":["a",0],"extensions":{"code":"NOT_FOUND"}}],"data":{"a":null}}'
    )


def test_data_that_became_null_is_told_as_null() -> None:
    assert b'"data":null' in Answer(None, [GraphQLError("no")]).encode()


def test_an_operation_that_was_refused_has_no_data() -> None:
    assert b"data" not in Answer(None, [GraphQLError("no")], executed=False).encode()


@pytest.mark.parametrize(
    ("value", "expected"),
    [({"a": 2**70}, b'{"a":1180591620717411303424}'), (["\ud800"], b'["\\ud800"]'), ({1: 2}, b'{"1":2}')],
)
def test_what_a_json_value_may_hold_is_written(value: Any, expected: bytes) -> None:
    assert encode(value) == expected
