"""A vendor's declarations beside its ledger, and its cases in files: what the tables of several vendors ask for."""

import json
from datetime import UTC
from pathlib import Path
from typing import Annotated, Any, get_args, get_origin, get_type_hints

import msgspec
import pytest

from adapters.decoding import Decoding, decode, wire_names, without_none
from adapters.dialect import Dialect, SessionRefused
from adapters.errors import EmsError, UpstreamError
from adapters.exchange import Response
from adapters.operation import Operation, Place
from adapters.record import Record, Rows

TESTS = Path(__file__).parents[1]


def ledger(vendor: str) -> dict[str, Any]:
    """The documented operations by name."""
    rows = json.loads((TESTS / f"samples/ledger/{vendor}.json").read_text())
    return {row["id"].removeprefix(f"{vendor}."): row for row in rows}


def catalogue(vendor: str) -> dict[str, tuple[str, str, str]]:
    """What the catalogue tells: method, path, and whether it is declared."""
    lines = (TESTS.parent / f"adapters/{vendor}/catalogue.txt").read_text().splitlines()
    told = (line.split(maxsplit=3) for line in lines if line.strip())
    return {one[0].removeprefix(f"{vendor}."): (one[1], one[2], one[3]) for one in told}


def examples(rows: dict[str, Any], *, errors: bool) -> list[Any]:
    """Documented answers, those that tell of a failure apart from the others."""
    return [
        pytest.param(name, example, id=f"{name}-{number}")
        for name, row in rows.items()
        for number, example in enumerate(row["response"]["examples"])
        if (example.get("status", 200) >= 400) is errors
    ]


def cases(vendor: str, file: str) -> list[Any]:
    rows = json.loads((TESTS / f"cases/{vendor}/{file}").read_text())
    return [pytest.param(row, id=row["name"]) for row in rows]


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
    return missing.union(*(left_out(hints[taken[k]], v) for k, v in payload.items() if k in taken))


def body_of(operation: Operation[Any, Any]) -> type[Record] | None:
    hint = next((p.type for p in operation.parameters if p.place is Place.BODY), None)
    return None if hint is None else bare(hint)


def required_in(kind: type[Record]) -> set[str]:
    """The names on the wire that a body must have."""
    names = wire_names(kind)
    count = len(kind.__struct_fields__) - len(kind.__struct_defaults__)
    return {names[field][0] for field in kind.__struct_fields__[:count]}


def response_of(told: dict[str, Any]) -> Response:
    body = told["text"].encode() if "text" in told else json.dumps(told["body"]).encode()
    return Response(status=told.get("status", 200), headers=told.get("headers", {}), body=body)


def answered(dialect: Dialect, operation: Operation[Any, Any], response: Response) -> tuple[Any, Decoding]:
    """The value of an answer and what was odd in it."""
    context = Decoding(UTC)
    payload = dialect.answer(operation, response)
    return (None if payload is None else decode(operation.answer, payload, context)), context


def plain(value: Any) -> Any:
    """A value as JSON, without what is not told and without the whole objects."""
    value = msgspec.to_builtins(value)
    if isinstance(value, dict):
        return {k: plain(v) for k, v in value.items() if v is not None and k != "whole"}
    return [plain(v) for v in value] if isinstance(value, list | tuple) else value


def check_request(dialect: Dialect, operations: dict[str, Operation[Any, Any]], case: dict[str, Any]) -> None:
    """A case of arguments and the request, or the error, that they become."""
    operation = operations[case["operation"]]
    given = dict(case["arguments"])
    kind = body_of(operation)
    if kind is not None and "body" in given:
        given["body"] = msgspec.convert(given["body"], kind, strict=False) if given["body"] else kind()
    if "error" in case:
        with pytest.raises(EmsError) as caught:
            dialect.request(operation(**given))
        found = {"code": caught.value.code.value, "field": list(getattr(caught.value, "field", ()))}
        assert found == case["error"]
        return
    request = dialect.request(operation(**given))
    body = None if request.body is None else request.body.decode()
    if body and request.headers.get("Content-Type") == "application/json":
        body = json.loads(body)
    found = {"method": request.method, "target": request.target, "body": body}
    assert {k: v for k, v in found.items() if v is not None} == case["request"]


def check_answer(dialect: Dialect, operations: dict[str, Operation[Any, Any]], case: dict[str, Any]) -> None:
    """A case of an answer and the value, or the error, that it becomes."""
    operation, response = operations[case["operation"]], response_of(case["response"])
    if "error" not in case:
        value, _ = answered(dialect, operation, response)
        assert plain(value) == case["value"]
        return
    with pytest.raises(UpstreamError) as caught:
        answered(dialect, operation, response)
    error = caught.value
    code = "SESSION_REFUSED" if isinstance(error, SessionRefused) else error.code.value
    assert {"code": code, "upstream": error.upstream_code, "message": error.message} == case["error"]
