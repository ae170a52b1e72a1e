"""The dialect's cases: arguments to a request, an answer to a value or an error."""

from typing import Any

import pytest

from adapters import beaver
from adapters.beaver.dialect import Beaver
from adapters.settings import SourceSettings
from tests.adapters.documented import cases, check_answer, check_request

OPERATIONS = {operation.name: operation for operation in beaver.OPERATIONS}


def dialect(case: dict[str, Any]) -> Beaver:
    options = case.get("options", {})
    return Beaver(
        SourceSettings(name="iot", dialect="beaver", base_url="http://iot.example", options=options)
    )


@pytest.mark.parametrize("case", cases("beaver", "requests.json"))
def test_a_call_becomes_the_documented_request(case: dict[str, Any]) -> None:
    check_request(dialect(case), OPERATIONS, case)


@pytest.mark.parametrize("case", cases("beaver", "answers.json"))
def test_an_answer_becomes_a_value_or_an_error(case: dict[str, Any]) -> None:
    check_answer(dialect(case), OPERATIONS, case)
