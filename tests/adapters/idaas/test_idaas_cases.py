"""The dialect's cases: arguments to a request, an answer to a value or an error."""

import json
from pathlib import Path
from typing import Any, get_args, get_origin

import msgspec
import pytest

from adapters import idaas
from adapters.decoding import Decoding, decode, without_none
from adapters.dialect import SessionRefused
from adapters.errors import BadInput, UpstreamError
from adapters.exchange import Response
from adapters.idaas.dialect import IdaasDialect
from adapters.operation import Operation, Place
from adapters.settings import SourceSettings

CASES = Path(__file__).parents[2] / "cases" / "idaas"
OPERATIONS = {operation.name: operation for operation in idaas.OPERATIONS}
FACTS = {"name": "staff", "dialect": "idaas", "base_url": "http://idaas.example"}


def cases(file: str) -> list[Any]:
    return [pytest.param(case, id=case["name"]) for case in json.loads((CASES / file).read_text())]


def dialect(case: dict[str, Any]) -> IdaasDialect:
    return IdaasDialect(SourceSettings(**FACTS, options=case.get("options", {})))


def arguments(operation: Operation[Any, Any], given: dict[str, Any]) -> dict[str, Any]:
    built = dict(given)
    for parameter in operation.parameters:
        if parameter.place is Place.BODY and parameter.name in built:
            kind = without_none(parameter.type)
            body = built[parameter.name]
            is_list = get_origin(kind) is list
            built[parameter.name] = [get_args(kind)[0](**one) for one in body] if is_list else kind(**body)
    return built


def plain(value: Any) -> Any:
    """A value as JSON, without what is not told and without the whole objects."""
    value = msgspec.to_builtins(value)
    if isinstance(value, dict):
        return {k: plain(v) for k, v in value.items() if v is not None and k != "whole"}
    return [plain(v) for v in value] if isinstance(value, list | tuple) else value


def requested(case: dict[str, Any]) -> dict[str, Any]:
    """What a case's call becomes: a request, or the error that keeps it from being sent."""
    operation = OPERATIONS[case["operation"]]
    try:
        request = dialect(case).request(operation(**arguments(operation, case["arguments"])))
    except BadInput as error:
        return {"error": {"code": error.code.value, "field": list(error.field)}}
    body: Any = None if request.body is None else request.body.decode()
    if request.headers.get("Content-Type") == "application/json" and body:
        body = json.loads(body)
    told = {"method": request.method, "target": request.target, "headers": request.headers, "body": body}
    return {"request": {k: v for k, v in told.items() if v is not None and v != {}}}


def answered(case: dict[str, Any]) -> dict[str, Any]:
    """What a case's answer becomes: a value, or an error."""
    operation, told = OPERATIONS[case["operation"]], case["response"]
    body = told["text"].encode() if "text" in told else json.dumps(told["body"]).encode()
    response = Response(status=told.get("status", 200), headers=told.get("headers", {}), body=body)
    try:
        payload = dialect(case).answer(operation, response)
    except UpstreamError as error:
        code = "SESSION_REFUSED" if isinstance(error, SessionRefused) else error.code.value
        return {"error": {"code": code, "upstream": error.upstream_code, "message": error.message}}
    return {"value": None if payload is None else plain(decode(operation.answer, payload, Decoding()))}


@pytest.mark.parametrize("case", cases("requests.json"))
def test_a_call_becomes_the_documented_request_or_is_refused(case: dict[str, Any]) -> None:
    assert requested(case) == {key: case[key] for key in ("request", "error") if key in case}


@pytest.mark.parametrize("case", cases("answers.json"))
def test_an_answer_becomes_a_value_or_an_error(case: dict[str, Any]) -> None:
    assert answered(case) == {key: case[key] for key in ("value", "error") if key in case}
