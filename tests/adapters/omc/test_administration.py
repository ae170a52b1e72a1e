"""The OMC's chapters on security, its system and files, held against every documented operation and example."""

import json
from datetime import UTC
from pathlib import Path
from typing import Annotated, Any, get_args, get_origin, get_type_hints

import pytest
from administration_calls import CHAPTERS

from adapters.decoding import Decoding, decode, marks_of, wire_names, without_none
from adapters.exchange import FileDownload, Response
from adapters.omc.dialect import OmcDialect
from adapters.operation import Effect, Operation, Place, operations_of, placeholders_of
from adapters.record import Matches, Record, Rows, Secret, SecretText
from adapters.settings import SourceSettings

SAMPLES = Path(__file__).parents[2] / "samples" / "ledger" / "omc.json"
SECTIONS = ("Security", "System", "General APIs")
LEDGER: dict[str, Any] = {
    row["id"].removeprefix("omc."): row
    for row in json.loads(SAMPLES.read_text())
    if row["section"].split("/")[0] in SECTIONS
}
OPERATIONS = {operation.name: operation for operation in operations_of(*CHAPTERS)}
DIALECT = OmcDialect(SourceSettings(name="core", dialect="omc", base_url="http://127.0.0.1:1", timezone=UTC))
CHANGES_BY_GET = {"get_captcha"}


def told(operation: Operation[Any, Any], example: Any) -> tuple[Any, dict[str, str]]:
    """What a documented answer becomes, and the fields that were odd in it."""
    response = Response(
        status=200, headers={"content-type": "application/json"}, body=json.dumps(example).encode()
    )
    payload = DIALECT.answer(operation, response)
    if operation.shape is not None and payload is not None:
        payload = operation.shape(payload)
    context = Decoding(UTC)
    return decode(operation.answer, payload, context) if payload is not None else None, context.problems


def examples() -> list[Any]:
    """Each documented successful answer that is JSON."""
    return [
        pytest.param(name, example["body"], id=f"{name}-{number}")
        for name, row in LEDGER.items()
        for number, example in enumerate(row["response"]["examples"])
        if isinstance(example["body"], dict) and example["body"].get("code") == 1
    ]


def test_every_documented_operation_is_declared_and_nothing_else() -> None:
    assert set(OPERATIONS) == set(LEDGER)


@pytest.mark.parametrize("name", LEDGER)
def test_an_operation_has_its_documented_method_and_path(name: str) -> None:
    row, operation = LEDGER[name], OPERATIONS[name]
    assert (operation.method, operation.path) == (row["method"], row["path"])


@pytest.mark.parametrize("name", LEDGER)
def test_an_operation_reads_or_writes_as_documented(name: str) -> None:
    if name not in CHANGES_BY_GET:
        assert OPERATIONS[name].effect.value == LEDGER[name]["effect"].upper()
    else:
        assert OPERATIONS[name].effect is Effect.WRITE


@pytest.mark.parametrize("name", LEDGER)
def test_the_placeholders_of_a_path_are_its_path_parameters(name: str) -> None:
    operation = OPERATIONS[name]
    declared = {p.wire for p in operation.parameters if p.place is Place.PATH}
    assert declared == set(placeholders_of(operation.path))


@pytest.mark.parametrize("name", LEDGER)
def test_every_text_in_a_path_is_held_against_a_pattern(name: str) -> None:
    for parameter in OPERATIONS[name].parameters:
        if parameter.place is Place.PATH:
            assert any(isinstance(mark, Matches) for mark in marks_of(parameter.type)), parameter.name


@pytest.mark.parametrize("name", LEDGER)
def test_the_query_and_parts_of_an_operation_are_the_documented_ones(name: str) -> None:
    row, operation = LEDGER[name], OPERATIONS[name]
    declared = {p.wire: p.required for p in operation.parameters if p.place is Place.QUERY}
    assert declared == {p["name"]: bool(p["required"]) for p in row["query_params"]}
    if row["body"]["content_type"] == "multipart/form-data":
        parts = {p.wire for p in operation.parameters if p.place is Place.PART}
        assert parts == {f["name"] for f in row["body"]["fields"]}


@pytest.mark.parametrize("name", LEDGER)
def test_a_body_has_the_documented_fields(name: str) -> None:
    row = LEDGER[name]
    body = next((p for p in OPERATIONS[name].parameters if p.place is Place.BODY), None)
    if row["body"]["content_type"] != "application/json":
        assert body is None
        return
    assert body is not None
    declared = {names[0] for names in wire_names(without_none(body.type)).values()}
    assert declared == {f["name"].removesuffix("[]") for f in row["body"]["fields"]}


@pytest.mark.parametrize("name", LEDGER)
def test_what_the_document_calls_required_must_be_given(name: str) -> None:
    body = next((p for p in OPERATIONS[name].parameters if p.place is Place.BODY), None)
    if body is None:
        return
    required = {f["name"].removesuffix("[]") for f in LEDGER[name]["body"]["fields"] if f["required"]}
    names = wire_names(without_none(body.type))
    kind = without_none(body.type)
    declared = {names[f][0] for f in kind.__struct_fields__[: len(names) - len(kind.__struct_defaults__)]}
    # Two fields that the document marks as optional say what is to be changed.
    assert declared - {"dictId" if name == "update_dict_type" else "", "status"} == required - {"status"}


@pytest.mark.parametrize("name", LEDGER)
def test_a_documented_file_is_streamed(name: str) -> None:
    assert (OPERATIONS[name].answer is FileDownload) == (LEDGER[name]["response"]["kind"] == "file")


@pytest.mark.parametrize(("name", "example"), examples())
def test_a_documented_answer_decodes_without_an_odd_field(name: str, example: dict[str, Any]) -> None:
    _, problems = told(OPERATIONS[name], example)
    assert problems == {}


@pytest.mark.parametrize("name", LEDGER)
def test_every_password_that_is_sent_is_a_secret(name: str) -> None:
    for parameter in OPERATIONS[name].parameters:
        kind = without_none(parameter.type)
        if parameter.place is not Place.BODY:
            continue
        hints = kind.__annotations__
        for field in hints:
            if "password" in field:
                assert any(isinstance(mark, Secret) for mark in marks_of(hints[field])), field


def left_out(hint: Any, payload: Any) -> set[str]:
    """The names in an answer that no record takes up."""
    hint = without_none(hint)
    if isinstance(payload, Rows):
        return set().union(*(left_out(get_args(hint)[0], row) for row in payload.rows))
    if isinstance(payload, list):
        return set().union(*(left_out(get_args(hint)[0], row) for row in payload))
    if not (isinstance(payload, dict) and isinstance(hint, type) and issubclass(hint, Record)):
        return set()
    hints = get_type_hints(hint, include_extras=True)
    taken = {wire: field for field, wires in wire_names(hint).items() for wire in wires}
    missing = {f"{hint.__name__}.{key}" for key in payload if key not in taken}
    inner = (left_out(bare(hints[taken[key]]), value) for key, value in payload.items() if key in taken)
    return missing.union(*inner)


def bare(hint: Any) -> Any:
    """A type without None and marks."""
    hint = without_none(hint)
    return bare(get_args(hint)[0]) if get_origin(hint) is Annotated else hint


@pytest.mark.parametrize(("name", "example"), examples())
def test_a_documented_answer_is_taken_up_whole(name: str, example: dict[str, Any]) -> None:
    operation = OPERATIONS[name]
    response = Response(status=200, headers={}, body=json.dumps(example).encode())
    # The answer to a captcha stays where it is; a captcha lies beside code and message.
    assert left_out(bare(operation.answer), DIALECT.answer(operation, response)) <= {"Captcha.text"}


def test_the_answers_that_tell_anything_at_all_have_a_type() -> None:
    bare = {name for name, operation in OPERATIONS.items() if operation.answer is type(None)}
    told_something = {
        row
        for row in LEDGER
        for example in LEDGER[row]["response"]["examples"]
        if isinstance(example["body"], dict) and example["body"].keys() & {"data", "rows"}
    }
    assert not bare & told_something


def test_a_secret_text_can_be_told_from_other_texts() -> None:
    assert any(isinstance(mark, Secret) for mark in get_args(SecretText))
