"""How the OMC speaks, case by case: arguments to requests, answers to values or errors, sign-in."""

import base64
import json
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import orjson
import pytest

from adapters.decoding import Decoding, decode
from adapters.dialect import Session
from adapters.errors import BadInput, EmsError, UpstreamUnauthenticated
from adapters.exchange import Request, Response
from adapters.omc import OPERATIONS
from adapters.omc.account import get_current_user_info
from adapters.omc.dialect import OmcDialect, renewal_of
from adapters.operation import Call
from adapters.record import Rows
from adapters.settings import SourceSettings

CASES = Path(__file__).parents[2] / "cases" / "omc"
BY_NAME = {operation.name: operation for operation in OPERATIONS}
ZONE = ZoneInfo("Asia/Shanghai")


def dialect(**options: Any) -> OmcDialect:
    return OmcDialect(
        SourceSettings(
            name="core",
            dialect="omc",
            base_url="http://omc.test:33030",
            username="noc",
            password="Sandbox@1234",
            timezone=ZONE,
            options=options,
        )
    )


def cases(name: str) -> list[Any]:
    return [pytest.param(case, id=case["name"]) for case in json.loads((CASES / name).read_text())]


def call_of(case: dict[str, Any]) -> Call[Any]:
    operation = BY_NAME[case["operation"]]
    types = {parameter.name: parameter.type for parameter in operation.parameters}
    arguments = {
        name: decode(types[name], value, Decoding(ZONE)) for name, value in case["arguments"].items()
    }
    return operation(**arguments)


@pytest.mark.parametrize("case", cases("requests.json"))
def test_arguments_become_the_request(case: dict[str, Any]) -> None:
    speaking = dialect(**case.get("options", {}))
    if "refused" in case:
        with pytest.raises(BadInput) as caught:
            speaking.request(call_of(case))
        assert list(caught.value.field) == case["refused"]
        return
    request = speaking.request(call_of(case))
    wanted = case["request"]
    assert (request.method, request.target) == (wanted["method"], wanted["target"])
    assert (orjson.loads(request.body) if request.body else None) == wanted.get("body")
    assert request.headers.items() >= wanted.get("headers", {}).items()


@pytest.mark.parametrize("case", cases("answers.json"))
def test_answers_become_values_or_errors(case: dict[str, Any]) -> None:
    body = case["text"].encode() if "text" in case else orjson.dumps(case["body"])
    response = Response(status=case.get("status", 200), headers={}, body=body)
    if "error" in case:
        with pytest.raises(EmsError) as caught:
            dialect().answer(BY_NAME[case["operation"]], response)
        error = caught.value
        told = {
            "kind": type(error).__name__,
            "code": error.code.value,
            "upstream_code": getattr(error, "upstream_code", None),
            "upstream_message": getattr(error, "upstream_message", None),
        }
        assert {name: told[name] for name in case["error"]} == case["error"]
        return
    value = dialect().answer(BY_NAME[case["operation"]], response)
    if isinstance(value, Rows):
        value = {"rows": list(value.rows), "total": value.total}
    assert value == case["gives"]


def answer_to_sign_in(body: Any, status: int = 200) -> Session:
    steps = dialect().sign_in(1000.0, None)
    next(steps)
    with pytest.raises(StopIteration) as done:
        steps.send(Response(status=status, headers={}, body=orjson.dumps(body)))
    session = done.value.value
    assert isinstance(session, Session)
    return session


def test_signing_in_posts_the_account_with_the_manners_of_a_browser() -> None:
    request = next(dialect().sign_in(1000.0, None))
    assert (request.method, request.target) == ("POST", "/login")
    assert orjson.loads(request.body or b"") == {"username": "noc", "password": "Sandbox@1234"}
    assert request.headers == {
        "Content-Type": "application/json",
        "Accept-Language": "en_US;q=0.9",
        "User-Agent": "gql-ems",
        "Referer": "http://omc.test:33030/",
    }


def test_the_token_goes_into_both_headers() -> None:
    session = answer_to_sign_in({"code": 1, "msg": "success", "data": {"access_token": "t-1"}})
    assert session.headers == {"Authorization": "Bearer t-1", "AccessToken": "t-1"}


def test_a_refused_account_is_told_with_the_words_of_the_omc() -> None:
    steps = dialect().sign_in(1000.0, None)
    next(steps)
    with pytest.raises(UpstreamUnauthenticated) as caught:
        steps.send(Response(status=200, headers={}, body=b'{"code":0,"msg":"Verification code has expired"}'))
    assert caught.value.upstream_message == "Verification code has expired"


def test_an_answer_without_a_token_is_no_session() -> None:
    steps = dialect().sign_in(1000.0, None)
    next(steps)
    with pytest.raises(UpstreamUnauthenticated):
        steps.send(Response(status=200, headers={}, body=b'{"code":1,"msg":"success","data":{}}'))


def jwt(**claims: int) -> str:
    payload = base64.urlsafe_b64encode(json.dumps(claims).encode()).rstrip(b"=").decode()
    return f"e30.{payload}.c2ln"


def test_a_token_that_tells_its_end_in_seconds_is_renewed_before_it() -> None:
    assert renewal_of(jwt(iat=1000, exp=5000), 1000.0) == 4970.0


def test_a_token_that_tells_its_end_in_milliseconds_is_renewed_before_it() -> None:
    assert renewal_of(jwt(ait=1_705_542_000_000, exp=1_705_549_200_000), 1_705_542_000.0) == 1_705_549_170.0


def test_a_token_whose_end_has_passed_by_our_clock_is_used_until_it_is_refused() -> None:
    assert renewal_of(jwt(exp=500), 1000.0) is None


@pytest.mark.parametrize("token", ["opaque", "a.b.c", "e30.bm90IGpzb24.x", "e30.W10.x"])
def test_a_token_that_tells_nothing_is_used_until_it_is_refused(token: str) -> None:
    assert renewal_of(token, 1000.0) is None


def test_calls_carry_the_session_and_the_manners() -> None:
    request = Request(method="GET", target="/getInfo")
    headers = dialect().authorize(request, Session(headers={"Authorization": "Bearer t"}))
    assert headers["Authorization"] == "Bearer t"
    assert headers["Referer"] == "http://omc.test:33030/"


def test_public_operations_need_no_session() -> None:
    free = {name for name, operation in BY_NAME.items() if not dialect().needs_session(operation)}
    assert free == {"login", "get_captcha", "register_account", "get_system_config", "get_home"}


def test_the_probe_is_refused_without_a_session() -> None:
    probe = dialect().probe()
    assert probe.operation is get_current_user_info
    assert dialect().needs_session(probe.operation)
