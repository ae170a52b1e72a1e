import pytest
from starlette.responses import Response

from gql_ems.front.negotiation import GRAPHQL, JSON
from gql_ems.front.reply import Reply


@pytest.mark.parametrize("kind", [JSON, GRAPHQL])
@pytest.mark.parametrize("body", [b"{}", b'{"data":null}' * 100])
async def test_a_reply_is_what_starlette_would_send(kind, body):
    headers = {"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store", "Retry-After": "3"}
    whole = Response(body, 429, headers, media_type=f"{kind}; charset=utf-8")

    assert await sent(Reply(body, 429, kind, [(b"retry-after", b"3")])) == await sent(whole)


async def test_what_is_added_to_a_reply_is_added_to_that_alone():
    first = Reply(b"{}", 200, JSON)
    first.raw_headers.append((b"vary", b"Origin"))

    assert (b"vary", b"Origin") not in Reply(b"{}", 200, JSON).raw_headers


async def sent(response: Response) -> list:
    """Its messages, with headers in any order."""
    messages: list = []

    async def send(message) -> None:
        messages.append(message | {"headers": sorted(message.get("headers", ()))})

    await response({"type": "http"}, None, send)
    return messages
