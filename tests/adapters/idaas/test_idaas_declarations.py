"""Every documented IDaaS operation, held against its declaration and its examples."""

import json
from datetime import UTC
from pathlib import Path
from typing import Annotated, Any, get_args, get_origin, get_type_hints

import pytest

from adapters import idaas
from adapters.decoding import Decoding, decode, marks_of, wire_names, without_none
from adapters.exchange import FileDownload, Response
from adapters.idaas.dialect import BARE_JSON, DROPPED, IdaasDialect
from adapters.operation import Content, Effect, Operation, Place, placeholders_of
from adapters.record import Matches, OneOf, Record, Rows, Secret
from adapters.settings import SourceSettings

ROOT = Path(__file__).parents[3]
LEDGER: dict[str, Any] = {
    row["id"].removeprefix("idaas."): row
    for row in json.loads((ROOT / "tests/samples/ledger/idaas.json").read_text())
}
OPERATIONS = {operation.name: operation for operation in idaas.OPERATIONS}
DIALECT = IdaasDialect(SourceSettings(name="staff", dialect="idaas", base_url="http://127.0.0.1:1"))
UPSERTS = ("save_organ", "save_group", "save_user_type")
"""One operation creates and changes: what must be given depends on which."""
BEYOND = {"remove_users_to_root": {"idList"}}
"""The document names no parameter where one is surely needed."""


def opened(operation: Operation[Any, Any], body: Any) -> Any:
    return DIALECT.answer(operation, Response(status=200, headers={}, body=json.dumps(body).encode()))


def examples() -> list[Any]:
    return [
        pytest.param(name, example["body"], id=f"{name}-{number}")
        for name, row in LEDGER.items()
        for number, example in enumerate(row["response"]["examples"])
        if isinstance(example["body"], dict)
    ]


def bare(hint: Any) -> Any:
    hint = without_none(hint)
    return bare(get_args(hint)[0]) if get_origin(hint) is Annotated else hint


def left_out(hint: Any, payload: Any) -> set[str]:
    """The names in an answer that no record takes up."""
    hint = bare(hint)
    if isinstance(payload, Rows | list):
        rows = payload.rows if isinstance(payload, Rows) else payload
        return set().union(*(left_out(get_args(hint)[0], row) for row in rows))
    if not (isinstance(payload, dict) and isinstance(hint, type) and issubclass(hint, Record)):
        return set()
    hints = get_type_hints(hint, include_extras=True)
    taken = {wire: field for field, wires in wire_names(hint).items() for wire in wires}
    missing = {f"{hint.__name__}.{key}" for key in payload if key not in taken}
    inner = (left_out(hints[taken[key]], value) for key, value in payload.items() if key in taken)
    return missing.union(*inner)


def body_of(operation: Operation[Any, Any]) -> Any:
    """The record of a body, or of its items."""
    hint = next((p.type for p in operation.parameters if p.place is Place.BODY), None)
    hint = bare(hint) if hint is not None else None
    return bare(get_args(hint)[0]) if get_origin(hint) is list else hint


def documented_fields(row: dict[str, Any]) -> list[dict[str, Any]]:
    """The fields of a body, those of its items where it is a list."""
    fields = [f | {"name": f["name"].removeprefix("[].")} for f in row["body"]["fields"]]
    return [f for f in fields if f["name"] != "[]" and not f["name"].endswith("[]")]


def test_every_documented_operation_is_declared_and_nothing_else() -> None:
    assert sorted(OPERATIONS) == sorted(LEDGER)
    assert len(idaas.OPERATIONS) == len(OPERATIONS) == 96


def test_the_catalogue_tells_every_documented_operation() -> None:
    lines = (ROOT / "adapters/idaas/catalogue.txt").read_text().splitlines()
    told = {line.split()[0]: tuple(line.split()[1:3]) for line in lines}
    assert told == {f"idaas.{name}": (row["method"], row["path"]) for name, row in LEDGER.items()}


@pytest.mark.parametrize("name", LEDGER)
def test_an_operation_has_its_documented_method_and_path(name: str) -> None:
    row, operation = LEDGER[name], OPERATIONS[name]
    assert (operation.method, operation.path) == (row["method"], row["path"])


@pytest.mark.parametrize("name", LEDGER)
def test_an_operation_reads_or_writes_as_documented(name: str) -> None:
    operation = OPERATIONS[name]
    if name in ("authorize_code", "exchange_code"):
        assert (operation.effect, operation.hidden) == (Effect.SIGN_IN, True)
    else:
        assert (operation.effect.value, operation.hidden) == (LEDGER[name]["effect"].upper(), False)


@pytest.mark.parametrize("name", LEDGER)
def test_the_placeholders_of_a_path_are_its_path_parameters_and_held_against_a_pattern(name: str) -> None:
    operation = OPERATIONS[name]
    declared = {p.wire: p.type for p in operation.parameters if p.place is Place.PATH}
    assert declared.keys() == set(placeholders_of(operation.path))
    for hint in declared.values():
        assert any(isinstance(mark, Matches | OneOf) for mark in marks_of(hint))


@pytest.mark.parametrize("name", LEDGER)
def test_the_query_of_an_operation_is_the_documented_one(name: str) -> None:
    declared = {p.wire: p.required for p in OPERATIONS[name].parameters if p.place is Place.QUERY}
    assert declared == {p["name"]: bool(p["required"]) for p in LEDGER[name]["query_params"]}


@pytest.mark.parametrize("name", LEDGER)
def test_a_body_has_the_documented_fields(name: str) -> None:
    row, kind = LEDGER[name], body_of(OPERATIONS[name])
    fields = documented_fields(row)
    if row["body"]["content_type"] == "application/json" and fields:
        assert {names[0] for names in wire_names(kind).values()} == {f["name"] for f in fields}
    else:
        assert kind is None
        sent = {p.wire for p in OPERATIONS[name].parameters if p.place in (Place.FORM, Place.PART)}
        assert sent == {f["name"] for f in fields} | BEYOND.get(name, set())


@pytest.mark.parametrize("name", [name for name in LEDGER if name not in UPSERTS])
def test_what_the_document_calls_required_must_be_given(name: str) -> None:
    kind = body_of(OPERATIONS[name])
    if kind is not None:
        names = wire_names(kind)
        count = len(kind.__struct_fields__) - len(kind.__struct_defaults__)
        declared = {names[field][0] for field in kind.__struct_fields__[:count]}
        assert {f["name"] for f in documented_fields(LEDGER[name]) if f["required"]} <= declared


@pytest.mark.parametrize("name", LEDGER)
def test_the_documented_content_type_goes_out_with_and_without_a_body(name: str) -> None:
    row, operation = LEDGER[name], OPERATIONS[name]
    headers = row.get("headers") or row.get("header_params") or []
    wanted = next(
        (h.get("value") or h.get("description") for h in headers if h["name"] == "Content-Type"), None
    )
    sends_body = any(p.place is Place.BODY for p in operation.parameters)
    told = operation.content.value
    if operation.content is Content.JSON and not sends_body and name not in BARE_JSON:
        told = None
    if name == "upload_file":
        # The one body whose content type is inferred.
        wanted = "multipart/form-data"
    assert told == wanted


@pytest.mark.parametrize("name", LEDGER)
def test_a_documented_file_is_streamed(name: str) -> None:
    assert (OPERATIONS[name].answer is FileDownload) == (LEDGER[name]["response"]["kind"] == "file")


@pytest.mark.parametrize("name", LEDGER)
def test_a_page_is_told_as_rows(name: str) -> None:
    paged = LEDGER[name]["response"]["envelope"] == "idaas_code_page"
    assert (get_origin(OPERATIONS[name].answer) is Rows) == paged


@pytest.mark.parametrize(("name", "body"), examples())
def test_a_documented_answer_decodes_without_an_odd_field(name: str, body: Any) -> None:
    context = Decoding(UTC)
    payload = opened(OPERATIONS[name], body)
    if payload is not None:
        decode(OPERATIONS[name].answer, payload, context)
    assert context.problems == {}


@pytest.mark.parametrize(("name", "body"), examples())
def test_a_documented_answer_is_taken_up_whole(name: str, body: Any) -> None:
    assert left_out(OPERATIONS[name].answer, opened(OPERATIONS[name], body)) == set()


@pytest.mark.parametrize("name", LEDGER)
def test_every_documented_field_of_an_answer_has_a_place(name: str) -> None:
    hint = OPERATIONS[name].answer
    kind = bare(get_args(hint)[0]) if get_origin(hint) in (Rows, list) else bare(hint)
    if not (isinstance(kind, type) and issubclass(kind, Record)):
        return
    taken = {wire for wires in wire_names(kind).values() for wire in wires}
    page = ("data.data[].", "data[].", "data.")
    documented = set()
    for field in LEDGER[name]["response"]["fields"]:
        prefix = next((p for p in page if field["name"].startswith(p)), None)
        rest = field["name"].removeprefix(prefix) if prefix else ""
        if rest and "." not in rest and not rest.endswith("[]"):
            documented.add(rest)
    if get_origin(hint) is Rows:
        documented -= {"code", "msg", "pageNo", "pageSize", "totalCount", "pages", "data"}
    assert documented - taken - DROPPED == set()


@pytest.mark.parametrize("name", LEDGER)
def test_passwords_and_secrets_go_out_as_secrets_and_never_come_back(name: str) -> None:
    operation = OPERATIONS[name]
    kind = body_of(operation)
    hints = get_type_hints(kind, include_extras=True) if kind else {}
    sent = {wires[0]: hints[field] for field, wires in wire_names(kind).items()} if kind else {}
    sent |= {p.wire: p.type for p in operation.parameters}
    for wire in sent.keys() & {"p6d", "client_secret", "accessToken"}:
        assert any(isinstance(mark, Secret) for mark in marks_of(sent[wire])), wire


def test_a_password_that_comes_back_is_dropped_before_anything_reads_it() -> None:
    row = {"id": "A1", "accountName": "noc-shift-a", "p6d": "sandbox-hash"}
    page = {"code": 1, "pageNo": 1, "pageSize": 10, "totalCount": 1, "data": [row]}
    found = opened(OPERATIONS["page_users"], {"code": "200", "data": page})
    assert "sandbox-hash" not in repr(found)
    assert "sandbox-hash" not in repr(opened(OPERATIONS["get_user"], {"code": "200", "data": row}))


def test_the_secret_of_an_application_is_dropped() -> None:
    app = {"id": "A1", "c4tId": "app1", "c4tS4t": "sandbox-secret"}
    assert opened(OPERATIONS["create_app"], {"code": "200", "data": app}) == {"id": "A1", "c4tId": "app1"}
