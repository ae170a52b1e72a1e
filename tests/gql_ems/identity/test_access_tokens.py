from datetime import timedelta

import pytest

from adapters.errors import Unauthenticated
from gql_ems.identity.access_tokens import AccessTokens

QUARTER = timedelta(minutes=15)


@pytest.fixture
def tokens(hands) -> AccessTokens:
    return AccessTokens(b"k" * 32, QUARTER, hands)


@pytest.fixture
def token(tokens) -> str:
    issued, _ = tokens.issue("noc-shift-a", "Shift A", ("viewer",), "s1")
    return issued


def test_a_token_says_the_same_each_time_that_it_is_read(tokens, token):
    first = tokens.read(token)

    assert (first.username, first.roles, first.session) == ("noc-shift-a", ("viewer",), "s1")
    assert tokens.read(token) == first


def test_a_token_that_is_known_expires_all_the_same(tokens, token, hands):
    tokens.read(token)
    hands.turn(seconds=15 * 60)
    with pytest.raises(Unauthenticated, match="expired"):
        tokens.read(token)

    assert not tokens.knows(token)


def test_a_token_like_one_that_is_known_is_not_known(tokens, token):
    tokens.read(token)
    head, claims, signature = token.split(".")
    for other in (f"{head}.{claims}.{signature[::-1]}", f"{head}.{claims}.", token + "x"):
        assert not tokens.knows(other)
        with pytest.raises(Unauthenticated):
            tokens.read(other)
        assert not tokens.knows(other)


def test_what_another_key_has_signed_is_never_known(token, hands):
    others = AccessTokens(b"o" * 32, QUARTER, hands)
    with pytest.raises(Unauthenticated):
        others.read(token)

    assert not others.knows(token)
