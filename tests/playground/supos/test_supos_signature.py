"""The signature of supOS, and who else may come in."""

from typing import Any

import pytest
from supos_client import USERS, Signed

from playground.upstreams.supos import signature

PAGE = {"companyCode": "default", "pageIndex": "1", "pageSize": "20"}


@pytest.mark.parametrize(
    ("method", "content_type", "query", "headers", "expected"),
    [
        (
            "GET",
            "application/json;charset=utf-8",
            [("pageIndex", "1"), ("pageSize", "20"), ("companyCode", "default_org_company")],
            {},
            "840ba6c3e7a5936efa8b986b6375dc580739adede8dd8e091cefb53463294ae2",
        ),
        (
            "POST",
            "application/json",
            [],
            {"X-MC-Type": "openAPI", "X-MC-Date": "20241208T133400Z", "Accept": "*/*"},
            "784871812c0c0eedf2e20873b096377d888b156a1dd05f8c641c505a037acff8",
        ),
    ],
)
def test_the_worked_examples_give_their_signatures(
    method: str, content_type: str, query: list[tuple[str, str]], headers: dict[str, str], expected: str
) -> None:
    text = signature.text_to_sign(method, USERS, content_type, query, headers)
    assert signature.sign("sk00", text) == expected


def test_a_signed_request_comes_in(api: Any) -> None:
    assert api.call("GET", USERS, params=PAGE).status_code == 200


def test_values_are_signed_as_they_are_and_sent_encoded(api: Any) -> None:
    asked = PAGE | {"modifyTime": "2025-03-01T00:00:00.000+0800", "keyword": "ü & x"}
    assert api.call("GET", USERS, params=asked).status_code == 200


def test_own_headers_are_signed_too(api: Any) -> None:
    headers = {"X-MC-Type": "openAPI", "X-MC-Date": "20241208T133400Z"}
    assert api.call("GET", USERS, params=PAGE, headers=headers).status_code == 200


@pytest.mark.parametrize(
    ("auth", "complaint"),
    [
        (Signed("ak01"), "access key is not known"),
        (Signed(secret_key="sk01"), "signature does not match"),
        (None, "header Authorization is neither Sign nor Bearer"),
    ],
)
def test_a_wrong_key_or_none_is_refused_and_told(api: Any, auth: Any, complaint: str) -> None:
    answer = api.call("GET", USERS, params=PAGE, auth=auth)
    assert answer.status_code == 401
    assert api.complaints() == [complaint]


def test_a_header_that_changed_after_signing_is_refused(api: Any) -> None:
    request = api.http.build_request("GET", USERS, params=PAGE, headers={"Content-Type": "application/json"})
    next(Signed().auth_flow(request))
    request.headers["Content-Type"] = "application/json;charset=utf-8"
    assert api.http.send(request).status_code == 401


def test_the_bearer_token_comes_in_until_it_expires(api: Any) -> None:
    headers = {"Authorization": "Bearer supos-sandbox-token"}
    assert api.http.get(USERS, params=PAGE, headers=headers).status_code == 200
    api.vendor.expire_tokens()
    assert api.http.get(USERS, params=PAGE, headers=headers).status_code == 401
    assert api.call("GET", USERS, params=PAGE).status_code == 200
    assert api.complaints() == []


def test_a_body_that_is_not_called_json_is_refused(api: Any) -> None:
    headers = {"Content-Type": "text/plain"}
    answer = api.http.put(f"{USERS}/admin", content="{}", headers=headers, auth=Signed())
    assert (answer.status_code, answer.json()["code"]) == (400, 100106500)


def test_failures_come_as_the_knobs_say(api: Any) -> None:
    api.vendor.turn(fail_next=1, fail_status=500)
    answer = api.call("GET", USERS, params=PAGE)
    assert (answer.status_code, answer.json()) == (
        500,
        {"code": 100000001, "message": "internal service exception"},
    )
