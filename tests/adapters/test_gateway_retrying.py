"""How long a failed read waits before it is tried again, and when it is given up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.dialect import TooBusy
from adapters.errors import (
    UpstreamBadResponse,
    UpstreamRejected,
    UpstreamTimeout,
    UpstreamUnauthenticated,
    UpstreamUnavailable,
)
from adapters.retrying import NEVER, Retrying

FULL = Retrying(attempts=9, base_seconds=0.1, longest_seconds=2, chance=lambda: 1.0)
DOWN = UpstreamUnavailable("depot cannot be reached.")


def test_waits_grow_twofold_up_to_the_longest():
    waits = [FULL.wait(attempt, DOWN) for attempt in range(1, 8)]
    assert waits == pytest.approx([0.1, 0.2, 0.4, 0.8, 1.6, 2.0, 2.0])


def test_the_last_attempt_is_followed_by_none():
    assert FULL.wait(8, DOWN) is not None
    assert FULL.wait(9, DOWN) is None


def test_never_is_one_attempt():
    assert NEVER.wait(1, DOWN) is None


@pytest.mark.parametrize(
    "kind", [UpstreamTimeout, UpstreamRejected, UpstreamBadResponse, UpstreamUnauthenticated]
)
def test_only_a_source_that_was_not_there_is_asked_again(kind):
    assert FULL.wait(1, kind("depot said no.")) is None


def test_retry_after_is_kept_to_the_second():
    assert FULL.wait(1, UpstreamUnavailable("busy", retry_after=1.5)) == 1.5


def test_retry_after_of_nothing_asks_again_at_once():
    assert FULL.wait(1, TooBusy("busy", retry_after=0)) == 0


def test_retry_after_longer_than_the_longest_wait_gives_up():
    assert FULL.wait(1, UpstreamUnavailable("busy", retry_after=2.5)) is None


@given(st.integers(1, 30), st.floats(0, 1, exclude_max=True))
def test_a_wait_lies_between_nothing_and_the_longest(attempt, chance):
    retrying = Retrying(attempts=40, longest_seconds=2, chance=lambda: chance)
    wait = retrying.wait(attempt, DOWN)
    assert wait is not None
    assert 0 <= wait <= 2
