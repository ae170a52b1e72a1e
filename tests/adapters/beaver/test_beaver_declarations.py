"""Every documented Beaver IoT operation, held against its declaration and its examples."""

import json
from typing import Any

import pytest

from adapters import beaver
from adapters.beaver.dialect import Beaver
from adapters.beaver.marks import PageSearch
from adapters.decoding import marks_of, wire_names
from adapters.exchange import Response
from adapters.operation import Effect, Place, placeholders_of
from adapters.record import Matches, OneOf
from adapters.settings import SourceSettings
from tests.adapters.documented import answered, body_of, catalogue, examples, ledger, left_out, required_in

LEDGER = ledger("beaver")
OPERATIONS = {operation.name: operation for operation in beaver.OPERATIONS}
DIALECT = Beaver(SourceSettings(name="iot", dialect="beaver", base_url="http://127.0.0.1:1"))
SIGN_IN = {"oauth_token", "connect_websocket"}
BEYOND = {"page_number", "page_size", "keyword", "entity_ids"}
"""Taken by every running platform, by the document of one search alone."""
WORDS = {
    "get_current_user": {"CurrentUser.created_at"},
    "search_users": {"User.created_at"},
    "list_role_devices": {"GrantedDevice.role_integration"},
}
"""Fields whose documented example is a word for the type (`string`, `boolean`), not a value of it."""


def test_every_documented_operation_is_declared_and_nothing_else() -> None:
    assert sorted(OPERATIONS) == sorted(LEDGER)
    assert len(beaver.OPERATIONS) == len(OPERATIONS) == 61


def test_the_catalogue_tells_every_documented_operation() -> None:
    assert catalogue("beaver") == {
        name: (row["method"], row["path"], "declared") for name, row in LEDGER.items()
    }


@pytest.mark.parametrize("name", LEDGER)
def test_an_operation_has_its_documented_method_and_path(name: str) -> None:
    row, operation = LEDGER[name], OPERATIONS[name]
    assert (operation.method, operation.path) == (row["method"], row["path"])


@pytest.mark.parametrize("name", sorted(set(LEDGER) - SIGN_IN))
def test_an_operation_reads_or_writes_as_documented(name: str) -> None:
    operation = OPERATIONS[name]
    assert (operation.effect.value, operation.hidden) == (LEDGER[name]["effect"].upper(), False)


def test_sign_in_and_socket_are_no_operations_of_a_caller() -> None:
    token, socket = OPERATIONS["oauth_token"], OPERATIONS["connect_websocket"]
    assert (token.effect, token.hidden) == (Effect.SIGN_IN, True)
    assert (socket.effect, socket.hidden) == (Effect.STREAM, True)


@pytest.mark.parametrize("name", LEDGER)
def test_the_placeholders_of_a_path_are_its_path_parameters_and_held_against_a_pattern(name: str) -> None:
    declared = {p.wire: p.type for p in OPERATIONS[name].parameters if p.place is Place.PATH}
    assert declared.keys() == set(placeholders_of(OPERATIONS[name].path))
    for hint in declared.values():
        assert any(isinstance(mark, Matches | OneOf) for mark in marks_of(hint))


@pytest.mark.parametrize("name", sorted(set(LEDGER) - SIGN_IN))
def test_a_body_has_the_documented_fields_and_asks_for_the_required_ones(name: str) -> None:
    kind, fields = body_of(OPERATIONS[name]), LEDGER[name]["body"]["fields"]
    documented = {f["name"]: f["required"] for f in fields if "." not in f["name"] and "[]" not in f["name"]}
    declared = set() if kind is None else {names[0] for names in wire_names(kind).values()}
    assert documented.keys() <= declared
    assert declared - documented.keys() <= BEYOND
    must = set() if kind is None else required_in(kind)
    assert {field for field, required in documented.items() if required} <= must


@pytest.mark.parametrize(
    "name", sorted(n for n, o in OPERATIONS.items() if "search" in n or "list_role_" in n)
)
def test_every_list_that_is_searched_can_be_paged(name: str) -> None:
    kind = body_of(OPERATIONS[name])
    unpaged = {"search_integrations", "list_role_members", "list_role_menus"}
    assert (kind is not None and issubclass(kind, PageSearch)) is (name not in unpaged)


@pytest.mark.parametrize("name", LEDGER)
def test_an_operation_says_what_it_does_and_in_which_chapter(name: str) -> None:
    assert OPERATIONS[name].description.endswith(")")


@pytest.mark.parametrize(("name", "example"), examples(LEDGER, errors=False))
def test_a_documented_answer_decodes_without_an_odd_field(name: str, example: Any) -> None:
    operation = OPERATIONS[name]
    response = Response(status=200, headers={}, body=json.dumps(example["body"]).encode())
    _, context = answered(DIALECT, operation, response)
    assert context.problems.keys() == WORDS.get(name, set())
    assert left_out(operation.answer, DIALECT.answer(operation, response)) == set()
