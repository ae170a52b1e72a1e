"""Signing in step by step: what is sent, and every form in which tokens come back."""

import json
from typing import Any
from urllib.parse import parse_qsl

import pytest

from adapters.beaver import tokens, users
from adapters.beaver.dialect import Beaver
from adapters.dialect import Session
from adapters.errors import UpstreamBadResponse, UpstreamUnauthenticated
from adapters.exchange import Response
from adapters.settings import SourceSettings

GRANT = {"access_token": "A", "refresh_token": "R", "expires_in": 100}


def dialect(**given: Any) -> Beaver:
    facts = {"username": "a@example.net", "password": "sandbox-word"} | given
    return Beaver(SourceSettings(name="iot", dialect="beaver", base_url="http://iot.example", **facts))


def form(spoken: Beaver, refresh: str | None = None) -> dict[str, str]:
    request = next(spoken.sign_in(0.0, refresh))
    assert (request.method, request.target) == ("POST", "/oauth2/token")
    return dict(parse_qsl((request.body or b"").decode()))


def session(content: Any, status: int = 200) -> Session:
    steps = dialect().sign_in(1000.0, None)
    next(steps)
    response = Response(status=status, headers={}, body=json.dumps(content).encode())
    with pytest.raises(StopIteration) as done:
        steps.send(response)
    found: Session = done.value.value
    return found


def test_a_password_is_sent_with_the_client_that_every_platform_comes_with() -> None:
    assert form(dialect()) == {
        "grant_type": "password",
        "username": "a@example.net",
        "password": "sandbox-word",
        "client_id": "iab",
        "client_secret": "milesight*iab",
    }


def test_settings_replace_the_client() -> None:
    sent = form(dialect(client_id="mine", client_secret="other"))
    assert (sent["client_id"], sent["client_secret"]) == ("mine", "other")


def test_a_refresh_token_is_sent_without_the_password() -> None:
    sent = form(dialect(), "R")
    assert (sent["grant_type"], sent["refresh_token"]) == ("refresh_token", "R")
    assert sent.keys().isdisjoint({"username", "password"})


@pytest.mark.parametrize(
    "content",
    [
        GRANT,
        {"data": GRANT, "status": "Success"},
        {"data": GRANT | {"token_type": "Bearer", "expires_in": "100"}},
        {"access_token": "A", "refresh_token:": "R", "expires_in": 100},
    ],
)
def test_tokens_are_taken_in_every_form(content: Any) -> None:
    found = session(content)
    assert (found.headers, found.refresh, found.renew_at) == (
        {"Authorization": "Bearer A"},
        "R",
        1080.0,
    )


def test_a_token_without_an_end_is_kept_until_it_is_refused() -> None:
    assert session({"access_token": "A"}).renew_at is None


@pytest.mark.parametrize(
    ("content", "status", "kind"),
    [
        ({"status": "Failed", "error_code": "authentication_failed"}, 401, UpstreamUnauthenticated),
        ({"status": "Failed", "error_code": "authentication_failed"}, 200, UpstreamUnauthenticated),
        ({"status": "Success", "data": {}}, 200, UpstreamBadResponse),
        (["nothing"], 200, UpstreamBadResponse),
    ],
)
def test_an_answer_without_a_token_is_told(content: Any, status: int, kind: type[Exception]) -> None:
    steps = dialect().sign_in(0.0, None)
    next(steps)
    with pytest.raises(kind):
        steps.send(Response(status=status, headers={}, body=json.dumps(content).encode()))


def test_a_tenant_is_named_where_a_setting_says_so() -> None:
    spoken = dialect(options={"tenant_id": "east"})
    assert next(spoken.sign_in(0.0, None)).headers["TENANT-ID"] == "east"


def test_registration_status_and_sign_in_need_no_session() -> None:
    spoken = dialect()
    open_ones = (tokens.oauth_token, users.register_user, users.get_user_status)
    assert [spoken.needs_session(one) for one in open_ones] == [False] * 3
    assert spoken.needs_session(users.get_current_user)


def test_tokens_and_passwords_are_never_printed() -> None:
    grant = tokens.TokenGrant(access_token="A-secret", refresh_token="R-secret")
    draft = users.UserDraft(email="e", nickname="n", password="P-secret")
    assert "secret" not in repr((grant, draft, session(GRANT)))
