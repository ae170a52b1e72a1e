import pytest
from starlette.requests import ClientDisconnect

from gql_ems.front.body import TooLarge, body_of, bounded

PIECES = [
    {"type": "http.request", "body": b"abc", "more_body": True},
    {"type": "http.request", "more_body": True},
    {"type": "http.request", "body": b"de"},
]


class Client:
    """Sends messages, and counts those that were taken."""

    def __init__(self, *messages: dict) -> None:
        self._messages = list(messages)
        self.taken = 0

    async def receive(self) -> dict:
        self.taken += 1
        return self._messages[self.taken - 1]


@pytest.mark.parametrize("limit", [5, 100])
async def test_a_body_is_the_whole_of_its_pieces(limit):
    assert await body_of({}, Client(*PIECES).receive, limit) == b"abcde"


async def test_a_body_is_read_no_further_than_it_may_be_long():
    client = Client(*PIECES)
    with pytest.raises(TooLarge):
        await body_of({}, client.receive, 2)

    assert client.taken == 1


@pytest.mark.parametrize("reading", [body_of, bounded])
async def test_a_body_that_says_that_it_is_too_long_is_not_read(reading):
    client = Client(*PIECES)
    with pytest.raises(TooLarge):
        await reading({"content-length": "6"}, client.receive, 5)

    assert client.taken == 0


async def test_a_client_who_leaves_has_sent_no_body():
    with pytest.raises(ClientDisconnect):
        await body_of({}, Client(PIECES[0], {"type": "http.disconnect"}).receive, 5)


async def test_an_upload_is_handed_on_as_far_as_it_may_be_long():
    receive = bounded({}, Client(*PIECES).receive, 4)

    assert [await receive() for _ in range(2)] == PIECES[:2]
    with pytest.raises(TooLarge):
        await receive()
