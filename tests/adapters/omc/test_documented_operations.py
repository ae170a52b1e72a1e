"""Every declared operation of the OMC, held against what the document says of it."""

import json
from datetime import UTC
from pathlib import Path
from typing import Any

import pytest

from adapters.decoding import Decoding, decode
from adapters.errors import UpstreamRejected, UpstreamUnauthenticated
from adapters.exchange import FileDownload, Response
from adapters.omc import CHAPTERS, OPERATIONS
from adapters.omc.dialect import OmcDialect
from adapters.operation import Content, Effect, Operation, Place, placeholders_of
from adapters.settings import SourceSettings

LEDGER = {
    row["id"].removeprefix("omc."): row
    for row in json.loads((Path(__file__).parents[2] / "samples" / "ledger" / "omc.json").read_text())
}
CATALOGUE = Path(__file__).parents[3] / "adapters" / "omc" / "catalogue.txt"
DIALECT = OmcDialect(SourceSettings(name="core", dialect="omc", base_url="http://127.0.0.1:1"))

TYPED = {
    "query_table_alarm_sql",
    "query_table_ne_info_where",
    "query_table_ne_state_multi_sql",
    "update_table_user",
    "delete_table_alarm",
}
"""Their SQL is made of typed conditions: no parameter holds any."""

LEFT_OUT = {"get_auth_data": {"pageNum", "pageSize"}}
"""Parameters that the document copied from lists to single reads."""

SIGNING = {"login", "logout"}
EFFECTS = {"get_captcha": Effect.WRITE} | dict.fromkeys(SIGNING, Effect.SIGN_IN)

NO_SUCH_ANSWER = {
    "export_subscribers": "a count in place of the file: copied from the writes",
    "export_auth_data": "a count in place of the file: copied from the writes",
}


def wires(operation: Operation[Any, Any], place: Place) -> set[str]:
    return {parameter.wire for parameter in operation.parameters if parameter.place is place}


def examples() -> list[Any]:
    return [
        pytest.param(operation, example, id=f"{operation.name}-{example['name']}")
        for operation in OPERATIONS
        for example in LEDGER[operation.name]["response"]["examples"]
        if example["body"] != {} and operation.name not in NO_SUCH_ANSWER
        if operation.answer is not FileDownload or example["name"].startswith("error")
    ]


def test_every_documented_operation_is_declared_once() -> None:
    assert sorted(operation.name for operation in OPERATIONS) == sorted(LEDGER)


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda o: o.name)
def test_method_and_path_are_the_documented_ones(operation: Operation[Any, Any]) -> None:
    row = LEDGER[operation.name]
    assert (operation.method, operation.path) == (row["method"], row["path"])


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda o: o.name)
def test_placeholders_are_parameters(operation: Operation[Any, Any]) -> None:
    assert wires(operation, Place.PATH) == set(placeholders_of(operation.path))


@pytest.mark.parametrize("operation", [o for o in OPERATIONS if o.name not in TYPED], ids=lambda o: o.name)
def test_queries_are_the_documented_ones(operation: Operation[Any, Any]) -> None:
    documented = {parameter["name"] for parameter in LEDGER[operation.name]["query_params"]}
    assert wires(operation, Place.QUERY) == documented - LEFT_OUT.get(operation.name, set())


@pytest.mark.parametrize(
    "operation", [o for o in OPERATIONS if o.content is Content.MULTIPART], ids=lambda o: o.name
)
def test_parts_are_the_documented_ones(operation: Operation[Any, Any]) -> None:
    assert wires(operation, Place.PART) == {f["name"] for f in LEDGER[operation.name]["body"]["fields"]}


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda o: o.name)
def test_effects_are_the_documented_ones(operation: Operation[Any, Any]) -> None:
    expected = EFFECTS.get(operation.name) or Effect(LEDGER[operation.name]["effect"].upper())
    assert operation.effect is expected


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda o: o.name)
def test_every_operation_says_what_it_does_and_where_it_stands(operation: Operation[Any, Any]) -> None:
    assert operation.description.endswith(")")
    assert "(" in operation.description


@pytest.mark.parametrize(("operation", "example"), examples())
def test_documented_answers_decode_without_an_odd_field(
    operation: Operation[Any, Any], example: dict[str, Any]
) -> None:
    response = Response(status=example["status"], headers={}, body=json.dumps(example["body"]).encode())
    if example["name"].startswith("error"):
        with pytest.raises((UpstreamRejected, UpstreamUnauthenticated)):
            DIALECT.answer(operation, response)
        return
    payload = DIALECT.answer(operation, response)
    assert operation.answer is not FileDownload
    if operation.shape is not None:
        payload = operation.shape(payload)
    context = Decoding(UTC)
    if payload is not None:
        decode(operation.answer, payload, context)
    assert context.problems == {}


@pytest.mark.parametrize("name", sorted(NO_SUCH_ANSWER))
def test_a_count_in_place_of_a_file_is_no_file(name: str) -> None:
    operation = next(o for o in OPERATIONS if o.name == name)
    assert operation.is_file
    response = Response(status=200, headers={}, body=b'{"code":1,"data":2021,"msg":"success"}')
    assert DIALECT.answer(operation, response) == 2021


def test_a_refusal_in_place_of_a_file_is_told() -> None:
    operation = next(o for o in OPERATIONS if o.name == "export_users")
    with pytest.raises(UpstreamRejected) as caught:
        DIALECT.answer(operation, Response(status=200, headers={}, body=b'{"code":500,"msg":"empty"}'))
    assert caught.value.upstream_code == "500"


def test_the_catalogue_names_every_documented_operation_once() -> None:
    lines = [line.split(maxsplit=3) for line in CATALOGUE.read_text().splitlines() if line.strip()]
    assert sorted(line[0] for line in lines) == sorted(f"omc.{name}" for name in LEDGER)
    for name, method, path, verdict in lines:
        row = LEDGER[name.removeprefix("omc.")]
        assert (method, path) == (row["method"], row["path"])
        assert verdict == "declared" or verdict.partition(": ")[2]


def test_chapters_have_no_operation_under_two_names() -> None:
    names = [operation.name for operation in OPERATIONS]
    assert len(set(names)) == len(names)
    assert len({chapter.__name__ for chapter in CHAPTERS}) == len(CHAPTERS)
