"""Signing in to the pretend Beaver IoT, and what ends a session."""

from typing import Any

import httpx
import pytest
from beaver_client import PASSWORD as CLIENT

from playground.upstreams.beaver import create_app
from playground.upstreams.vendor import running


def test_a_password_gives_a_pair_of_tokens_and_their_life(api: Any) -> None:
    data = api.sign_in()
    assert data["token_type"] == "Bearer"
    assert data["expires_in"] == 86_400
    assert data["access_token"] != data["refresh_token"]


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"client_secret": "other"}, "client_id and client_secret are not the documented pair"),
        ({"grant_type": "implicit"}, "grant_type is neither password nor refresh_token: implicit"),
        ({"username": ""}, "username or password is missing"),
        ({"password": "wrong"}, None),
        ({"username": "nobody@example.net"}, None),
    ],
)
def test_a_wrong_sign_in_is_refused_with_401(api: Any, change: dict[str, str], complaint: str | None) -> None:
    answer = api.grant(**(CLIENT | change))
    assert answer.status_code == 401
    assert answer.json()["error_code"] == "authentication_failed"
    assert api.complaints() == ([complaint] if complaint else [])


def test_a_sign_in_as_json_is_not_read(api: Any) -> None:
    answer = api.http.post("/oauth2/token", json=CLIENT)
    assert answer.status_code == 401
    assert "Content-Type" in api.complaints()[0]


def test_a_new_sign_in_kills_the_earlier_token_of_the_account(api: Any) -> None:
    old = api.token
    api.sign_in()
    answer = api.http.get("/user", headers={"Authorization": f"Bearer {old}"})
    assert (answer.status_code, answer.json()["error_code"]) == (401, "token_invalid")
    assert api.complaints() == []


def test_a_refresh_replaces_both_tokens(api: Any) -> None:
    first = api.sign_in()
    form = CLIENT | {"grant_type": "refresh_token", "refresh_token": first["refresh_token"]}
    second = api.grant(**form).json()["data"]
    assert {first["access_token"], first["refresh_token"]}.isdisjoint(
        {second["access_token"], second["refresh_token"]}
    )
    assert api.grant(**form).status_code == 401
    assert api.call("GET", "/user").status_code == 401


def test_a_token_that_is_over_is_told_as_expired(api: Any) -> None:
    api.clock.now += 86_401
    answer = api.call("GET", "/user")
    assert (answer.status_code, answer.json()["error_code"]) == (401, "token_expired")


def test_a_knob_shortens_the_life_of_tokens(api: Any) -> None:
    api.vendor.turn(token_seconds=60)
    assert api.sign_in()["expires_in"] == 60
    api.clock.now += 61
    assert api.call("GET", "/user").json()["error_code"] == "token_expired"


def test_all_tokens_can_be_made_to_expire(api: Any) -> None:
    api.vendor.expire_tokens()
    assert api.call("GET", "/user").json()["error_code"] == "token_expired"


@pytest.mark.parametrize(
    ("header", "code"),
    [
        (None, "authentication_failed"),
        ("Bearer nobody", "token_invalid"),
        ("nobody", "authentication_failed"),
    ],
)
def test_no_token_or_a_strange_one_is_refused_and_told(api: Any, header: str | None, code: str) -> None:
    answer = api.http.get("/user", headers={"Authorization": header} if header else {})
    assert (answer.status_code, answer.json()["error_code"]) == (401, code)
    assert api.complaints() == ["the Authorization header holds no token of this platform"]


def test_the_first_account_can_be_registered_only_once() -> None:
    app = create_app(initialised=False)
    with running(app) as url, httpx.Client(base_url=url) as http:
        assert http.get("/user/status").json()["data"] == {"init": False}
        first = {"email": "first@example.net", "nickname": "First", "password": "First-User-1"}
        assert http.post("/user/register", json=first).json()["status"] == "Success"
        assert http.get("/user/status").json()["data"] == {"init": True}
        again = http.post("/user/register", json=first)
        assert (again.status_code, again.json()["error_code"]) == (500, "tenant_user_inited")


def test_the_api_is_also_served_below_its_web_servers_prefix(api: Any) -> None:
    assert api.data("GET", "/api/v1/user")["email"] == "admin@example.net"
