"""How an application gets a token of the pretend IDaaS, and what ends it."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from idaas_client import API, FORM

CLIENT = {"client_id": "gql-ems", "client_secret": "idaas-sandbox-secret"}


def code(api: Any) -> str:
    app = next(row["id"] for row in api.realm.apps.values() if row["c4tId"] == "gql-ems")
    answer = api.http.get(f"/render/sandbox-main/{app}/auth")
    target = urlsplit(answer.headers["location"])
    assert (answer.status_code, target.path) == (302, "/callback")
    return parse_qs(target.query)["code"][0]


def exchange(api: Any, **change: str) -> Any:
    asked = CLIENT | {"grant_type": "authorization_code"} | change
    return api.http.post("/token", params=asked, headers={"Content-Type": FORM})


def verify(api: Any, token: str) -> Any:
    asked = {"accessToken": token, "client_id": "gql-ems"}
    return api.http.post("/token/verify", params=asked, headers={"Content-Type": FORM}).json()["data"]


def test_a_code_is_exchanged_for_a_token_that_comes_in(api: Any) -> None:
    data = exchange(api, code=code(api)).json()["data"]
    api.token = data["accessToken"]
    assert data["expiresIn"] == 7200
    assert api.call("GET", f"{API}/apps/list").status_code == 200
    assert verify(api, api.token) is True


def test_a_code_is_good_once(api: Any) -> None:
    once = code(api)
    assert exchange(api, code=once).json()["code"] == "200"
    assert exchange(api, code=once).json()["code"] == "401"


def test_a_code_is_over_after_five_minutes(api: Any) -> None:
    once = code(api)
    api.clock.now += 301
    assert exchange(api, code=once).json()["code"] == "401"


def test_a_token_is_over_after_its_time(api: Any) -> None:
    api.token = exchange(api, code=code(api)).json()["data"]["accessToken"]
    api.clock.now += 7201
    assert api.call("GET", f"{API}/apps/list").status_code == 401
    assert verify(api, api.token) is False
    assert api.complaints() == []


@pytest.mark.parametrize("change", [{"client_secret": "other"}, {"client_id": "other"}, {"code": "other"}])
def test_a_wrong_exchange_is_refused(api: Any, change: dict[str, str]) -> None:
    assert exchange(api, **({"code": code(api)} | change)).json()["code"] == "401"


def test_parameters_of_the_exchange_go_in_the_query(api: Any) -> None:
    asked = CLIENT | {"grant_type": "authorization_code", "code": code(api)}
    assert api.http.post("/token", data=asked).status_code == 400
    assert "query parameter grant_type is missing" in api.complaints()


@pytest.mark.parametrize("header", [None, "Bearer nobody", "idaas-sandbox-token"])
def test_no_token_or_a_strange_one_is_refused_and_told(api: Any, header: str | None) -> None:
    headers = {"Authorization": header} if header else {}
    answer = api.http.get(f"{API}/apps/list", headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (401, "401")
    assert api.complaints() == ["the Authorization header holds no token of this service"]


def test_a_refused_token_can_be_told_inside_of_a_200(api: Any) -> None:
    api.vendor.turn(expired_in_body=True)
    api.vendor.expire_tokens()
    answer = api.call("GET", f"{API}/apps/list")
    assert (answer.status_code, answer.json()["code"]) == (200, "401")


def test_failures_come_as_the_knobs_say(api: Any) -> None:
    api.vendor.turn(fail_next=1, fail_status=503)
    assert api.call("GET", f"{API}/apps/list").json()["code"] == "503"
    api.vendor.turn(code_zero=True)
    answer = api.call("GET", f"{API}/apps/list")
    assert (answer.status_code, answer.json()["code"]) == (200, "500")
