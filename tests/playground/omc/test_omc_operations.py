"""All documented operations of the pretend OMC, called as documented over a socket."""

from collections.abc import Iterator
from typing import Any

import pytest
from omc_cases import CASES, VALUES
from omc_client import Api, Clock
from vendor_table import documented_names, filled, names, operations

from playground.upstreams.omc import create_app
from playground.upstreams.vendor import running

# Their examples belong to another operation, or to an element of another kind.
# Their first example is of an older server, or of a system with its captcha on.
NOT_THEIR_EXAMPLE = {"omc.list_auth_data", "omc.get_captcha"}


@pytest.fixture(scope="module")
def table() -> Iterator[Api]:
    with running(create_app(clock=Clock())) as url:
        api = Api(url)
        with api.http:
            yield api


def called(api: Api, operation: dict[str, Any]) -> Any:
    case = CASES.get(operation["id"].removeprefix("omc."), {})
    if "before" in case:
        case["before"](api)
    params = case.get("params", {})
    values = VALUES | (params(api) if callable(params) else params)
    query = {
        row["name"]: VALUES.get(row["name"], "1") for row in operation["query_params"] if row["required"]
    }
    body = operation["body"]
    arguments: dict[str, Any] = {}
    if body["content_type"].startswith("multipart"):
        arguments = {
            "data": case.get("data", {}),
            "files": {"file": case.get("file", ("a.zip", b"software"))},
        }
    elif "json" in case:
        arguments = {"json": case["json"]}
    elif body["content_type"] == "application/json" and body["example"] is not None:
        example = body["example"]
        arguments = {"json": example | case["patch"] if "patch" in case else example}
    return api.http.request(
        operation["method"],
        case.get("path") or filled(operation["path"], values),
        params=query | case.get("query", {}),
        headers=case.get("headers", {}),
        **arguments,
    )


@pytest.mark.parametrize("operation", operations("omc"))
def test_an_operation_answers_its_documented_request_in_its_documented_form(
    table: Api, operation: dict[str, Any]
) -> None:
    table.http.post("/__sandbox__/reset")
    table.sign_in()
    answer = called(table, operation)
    noted = table.last_request()
    assert (noted["operation"], noted["complaints"]) == (operation["id"], [])
    assert answer.status_code == (206 if operation["id"] == "omc.upload_file_chunk" else 200), answer.text
    response = operation["response"]
    exported = operation["id"] in {"omc.export_subscribers", "omc.export_auth_data"}
    if response["kind"] == "file" or exported:
        assert "attachment" in answer.headers["content-disposition"]
        return
    body = answer.json()
    envelope = response.get("inferred_envelope") or response["envelope"]
    if envelope.startswith("code_msg"):
        assert body["code"] == 1, body
        assert isinstance(body["msg"], str)
    if envelope == "code_msg_rows":
        assert isinstance(body["rows"], list)
        assert isinstance(body["total"], int)
    if envelope == "rest_data":
        assert "data" in body
    if envelope == "rest_error":
        assert body == {}
    if (
        operation["id"] not in NOT_THEIR_EXAMPLE
        and envelope.startswith("code_msg")
        and not response.get("suspect")
    ):
        assert documented_names(operation) <= names(body) | {"data"}
