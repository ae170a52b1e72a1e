"""Every documented supOS operation, held against its declaration, its examples and its signature."""

import json
from typing import Any

import pytest

from adapters import supos
from adapters.decoding import marks_of, wire_names
from adapters.errors import Unsupported, UpstreamBadResponse, UpstreamError
from adapters.exchange import FileDownload, Request, Response
from adapters.operation import Place, placeholders_of
from adapters.record import Matches, Secret
from adapters.settings import SourceSettings
from adapters.supos.dialect import Supos
from adapters.supos.signature import signature, text_to_sign
from adapters.supos.users import NewPassword, reset_admin_password
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
    required_in,
)

LEDGER = ledger("supos")
OPERATIONS = {operation.name: operation for operation in supos.OPERATIONS}
FILLED = {"companyCode", "accountType"}
"""Required by the document; a setting, or the one value there is, fills them in."""
NOT_TOLD = {"upload_user_avatar": {"StoredPicture.fileFullPath"}}
"""A path on the server's own disk."""


def dialect(**options: Any) -> Supos:
    return Supos(
        SourceSettings(
            name="plant",
            dialect="supos",
            base_url="http://plant.example",
            access_key="ak00",
            secret_key="sk00",
            options={"enable_reset": True} | options,
        )
    )


def test_every_documented_operation_is_declared_and_nothing_else() -> None:
    assert sorted(OPERATIONS) == sorted(LEDGER)
    assert len(supos.OPERATIONS) == 13


def test_the_catalogue_tells_every_documented_operation() -> None:
    assert catalogue("supos") == {
        name: (row["method"], row["path"], "declared") for name, row in LEDGER.items()
    }


@pytest.mark.parametrize("name", LEDGER)
def test_an_operation_has_its_documented_method_path_and_effect(name: str) -> None:
    row, operation = LEDGER[name], OPERATIONS[name]
    assert (operation.method, operation.path, operation.effect.value) == (
        row["method"],
        row["path"],
        row["effect"].upper(),
    )


@pytest.mark.parametrize("name", LEDGER)
def test_the_placeholders_of_a_path_are_its_path_parameters_and_held_against_a_pattern(name: str) -> None:
    declared = {p.wire: p.type for p in OPERATIONS[name].parameters if p.place is Place.PATH}
    assert declared.keys() == set(placeholders_of(OPERATIONS[name].path))
    for hint in declared.values():
        assert any(isinstance(mark, Matches) for mark in marks_of(hint))


@pytest.mark.parametrize("name", LEDGER)
def test_query_and_body_are_the_documented_ones(name: str) -> None:
    row, operation = LEDGER[name], OPERATIONS[name]
    query = {p.wire for p in operation.parameters if p.place in (Place.QUERY, Place.PART)} - {"file"}
    documented = {p["name"] for p in row.get("query_params") or []}
    assert query == documented
    kind = body_of(operation)
    fields = {
        f["name"]: f["required"]
        for f in row["body"]["fields"]
        if row["body"]["content_type"] == "application/json"
    }
    assert (set() if kind is None else {n[0] for n in wire_names(kind).values()}) == fields.keys()
    assert {n for n, required in fields.items() if required} <= (
        required_in(kind) if kind else set()
    ) | FILLED


@pytest.mark.parametrize(("name", "example"), examples(LEDGER, errors=False))
def test_a_documented_answer_decodes_without_an_odd_field(name: str, example: Any) -> None:
    operation = OPERATIONS[name]
    response = Response(status=200, headers={}, body=json.dumps(example["body"]).encode())
    if name == "reset_admin_password":
        # The document seals its sample with a key that it does not tell.
        with pytest.raises(UpstreamBadResponse) as caught:
            dialect().answer(operation, response)
        assert example["body"]["password"] not in caught.value.message
        return
    _, context = answered(dialect(), operation, response)
    assert context.problems == {}
    assert left_out(operation.answer, dialect().answer(operation, response)) == NOT_TOLD.get(name, set())


@pytest.mark.parametrize(("name", "example"), examples(LEDGER, errors=True))
def test_a_documented_failure_is_told_with_its_code_and_text(name: str, example: Any) -> None:
    response = Response(status=example["status"], headers={}, body=json.dumps(example["body"]).encode())
    with pytest.raises(UpstreamError) as caught:
        dialect().answer(OPERATIONS[name], response)
    assert caught.value.upstream_code == str(example["body"]["code"])
    assert caught.value.upstream_message == example["body"]["message"]


@pytest.mark.parametrize("case", cases("supos", "requests.json"))
def test_a_call_becomes_the_documented_request(case: dict[str, Any]) -> None:
    check_request(dialect(**case.get("options", {})), OPERATIONS, case)


@pytest.mark.parametrize("case", cases("supos", "answers.json"))
def test_an_answer_becomes_a_value_or_an_error(case: dict[str, Any]) -> None:
    check_answer(dialect(), OPERATIONS, case)


@pytest.mark.parametrize("case", cases("supos", "signatures.json"))
def test_a_request_is_signed_as_in_the_worked_examples(case: dict[str, Any]) -> None:
    query = [(key, value) for key, value in case["query"]]
    text = text_to_sign(case["method"], case["path"], case["content_type"], query, case["headers"])
    assert text == case["text"]
    assert signature("sk00", text) == case["signature"]


def test_the_signature_covers_what_goes_out() -> None:
    request = dialect().request(OPERATIONS["list_users"](1, page_size=20, company_code="default_org_company"))
    headers = dialect().authorize(request, None)
    assert headers["Content-Type"] == "application/json;charset=utf-8"
    assert headers["Authorization"] == (
        "Sign ak00-840ba6c3e7a5936efa8b986b6375dc580739adede8dd8e091cefb53463294ae2"
    )


def test_the_path_of_the_base_url_is_signed_too() -> None:
    settings = SourceSettings(
        name="plant",
        dialect="supos",
        base_url="https://cloud.example/ess-gate/east/one/",
        access_key="ak00",
        secret_key="sk00",
    )
    headers = Supos(settings).authorize(Request(method="GET", target="/open-api/x?b=1&A=%C3%A9"), None)
    text = "GET\n/ess-gate/east/one/open-api/x\napplication/json;charset=utf-8\na=é&b=1\n\n"
    assert headers["Authorization"] == f"Sign ak00-{signature('sk00', text)}"


def test_a_token_stands_in_for_the_keys() -> None:
    settings = SourceSettings(name="p", dialect="supos", base_url="http://p", token="sandbox-token")
    headers = Supos(settings).authorize(Request(method="GET", target="/x"), None)
    assert headers["Authorization"] == "Bearer sandbox-token"


def test_the_new_password_is_guarded_and_never_printed() -> None:
    assert Secret("user:secrets") in marks_of(NewPassword.__annotations__["password"])
    assert "Sandbox" not in repr(NewPassword(password="Sandbox-Reset-1"))


@pytest.mark.parametrize("options", [{"enable_reset": False}, {"unbind_method": "PUT"}])
def test_the_reset_is_off_unless_it_is_switched_on_and_cannot_be_mistaken(options: dict[str, Any]) -> None:
    with pytest.raises(Unsupported):
        dialect(**options).request(reset_admin_password("admin"))


def test_a_picture_is_a_file() -> None:
    assert OPERATIONS["get_user_avatar"].answer is FileDownload
