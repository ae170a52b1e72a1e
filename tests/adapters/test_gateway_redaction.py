"""Secrets are taken out by the name of their field and from inside of texts; what is no secret stays."""

import pytest

from adapters.redaction import HIDDEN, scrubbed, scrubbed_text, secret_name


@pytest.mark.parametrize(
    "name",
    [
        "password",
        "oldPassword",
        "p6d",
        "c4tS4t",
        "accessToken",
        "refresh_token",
        "ki",
        "opc",
        "client_secret",
    ],
)
def test_a_field_of_that_name_holds_a_secret(name):
    assert secret_name(name)
    assert scrubbed({name: "value", "a": [{name: "value"}]}) == {name: HIDDEN, "a": [{name: HIDDEN}]}


@pytest.mark.parametrize(
    "name", ["userName", "kind", "optional", "tokenCount", "description", "skip", "opened"]
)
def test_a_field_of_that_name_holds_none(name):
    assert not secret_name(name)
    assert scrubbed({name: "value"}) == {name: "value"}


@pytest.mark.parametrize(
    "text",
    [
        '{"access_token":"abcdefghij","a":1}',
        "Authorization: Bearer abcdefghij",
        "GET /ws?access_token=abcdefghij&x=1",
        "password=abcdefghij",
    ],
)
def test_a_text_loses_the_secret_that_it_quotes(text):
    assert "abcdefghij" not in scrubbed_text(text)
    assert HIDDEN in scrubbed_text(text)


def test_a_text_without_secrets_is_the_same():
    text = "the token of gratitude was passed on"
    assert scrubbed_text(text) == text
