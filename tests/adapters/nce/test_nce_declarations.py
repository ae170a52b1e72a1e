"""Every documented NCE-Campus operation, held against its declaration and its examples."""

import json
from typing import Any

import pytest

from adapters import nce
from adapters.decoding import wire_names
from adapters.errors import ErrorCode, UpstreamError, UpstreamRejected
from adapters.exchange import Request, Response
from adapters.nce.dialect import Nce
from adapters.settings import SourceSettings
from tests.adapters.documented import (
    answered,
    body_of,
    cases,
    catalogue,
    check_answer,
    check_request,
    examples,
    ledger,
    left_out,
)

LEDGER = ledger("nce")
OPERATIONS = {operation.name: operation for operation in nce.OPERATIONS}


def dialect(**options: Any) -> Nce:
    return Nce(
        SourceSettings(name="campus", dialect="nce", base_url="http://campus.example", options=options)
    )


def test_every_documented_operation_is_declared_and_nothing_else() -> None:
    assert sorted(OPERATIONS) == sorted(LEDGER)
    assert len(nce.OPERATIONS) == 3


def test_the_catalogue_tells_every_documented_operation() -> None:
    assert catalogue("nce") == {
        name: (row["method"], row["path"], "declared") for name, row in LEDGER.items()
    }


@pytest.mark.parametrize("name", LEDGER)
def test_an_operation_has_its_documented_method_path_effect_and_body(name: str) -> None:
    row, operation = LEDGER[name], OPERATIONS[name]
    assert (operation.method, operation.path, operation.effect.value) == (
        row["method"],
        row["path"],
        row["effect"].upper(),
    )
    assert {names[0] for names in wire_names(body_of(operation)).values()} == {
        field["name"] for field in row["body"]["fields"]
    }


@pytest.mark.parametrize("name", LEDGER)
def test_the_documented_headers_go_out(name: str) -> None:
    headers = dialect().authorize(
        Request(method="POST", target="/", headers={"Content-Type": "application/json"}), None
    )
    wanted = {header["name"] for header in LEDGER[name]["headers"]} - {"X-ACCESS-TOKEN"}
    assert wanted <= headers.keys()


@pytest.mark.parametrize(("name", "example"), examples(LEDGER, errors=False))
def test_a_documented_answer_decodes_without_an_odd_field(name: str, example: Any) -> None:
    operation = OPERATIONS[name]
    response = Response(status=200, headers={}, body=json.dumps(example["body"]).encode())
    if name == "update_access_approvals":
        # The sample under 200 tells of an illegal parameter, and nothing came beside it.
        with pytest.raises(UpstreamRejected) as caught:
            dialect().answer(operation, response)
        assert caught.value.code is ErrorCode.BAD_USER_INPUT
        return
    _, context = answered(dialect(), operation, response)
    assert context.problems == {}
    assert left_out(operation.answer, dialect().answer(operation, response)) == set()


@pytest.mark.parametrize(("name", "example"), examples(LEDGER, errors=True))
def test_a_documented_failure_is_told_with_its_code(name: str, example: Any) -> None:
    response = Response(status=example["status"], headers={}, body=json.dumps(example["body"]).encode())
    with pytest.raises(UpstreamError) as caught:
        dialect().answer(OPERATIONS[name], response)
    assert caught.value.upstream_code == "0x00c80035"


@pytest.mark.parametrize("case", cases("nce", "requests.json"))
def test_a_call_becomes_the_documented_request(case: dict[str, Any]) -> None:
    check_request(dialect(**case.get("options", {})), OPERATIONS, case)


@pytest.mark.parametrize("case", cases("nce", "answers.json"))
def test_an_answer_becomes_a_value_or_an_error(case: dict[str, Any]) -> None:
    check_answer(dialect(), OPERATIONS, case)
