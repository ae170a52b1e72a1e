"""Answers that are no answers: pages, garbage, half answers and silence."""

import asyncio
from typing import Any

import orjson
from starlette.responses import HTMLResponse, Response
from starlette.types import Receive, Scope, Send

from playground.upstreams.knobs import Knobs

PAGE = "<!doctype html><html><head><title>Sign in</title></head><body><h1>Please sign in</h1></body></html>"


def page() -> Response:
    """Answer as a proxy's sign-in page would."""
    return HTMLResponse(PAGE)


def garbage() -> Response:
    """Answer bytes that call themselves JSON."""
    return Response(b'{"data": [\xff\xfe{]]', media_type="application/json")


def _other_type(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _other_type(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_other_type(one) for one in value]
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int | float):
        return str(value)
    return int(value) if isinstance(value, str) and value.isascii() and value.isdigit() else value


def bent(response: Response, knobs: Knobs) -> Response:
    """Change an answer's types or its size, as the knobs say; other than JSON is left alone."""
    if response.media_type != "application/json" or not (knobs.wrong_types or knobs.huge_bytes):
        return response
    content = bytes(response.body)
    if knobs.wrong_types:
        content = orjson.dumps(_other_type(orjson.loads(content)))
    return Response(
        content.ljust(knobs.huge_bytes), status_code=response.status_code, media_type="application/json"
    )


class CutOff(Response):
    """Half of a response, then the connection closes."""

    def __init__(self, whole: Response) -> None:
        super().__init__(bytes(whole.body), whole.status_code, media_type=whole.media_type)

    async def __call__(self, _scope: Scope, _receive: Receive, send: Send) -> None:
        """Send the head and the first half, and leave."""
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        half = bytes(self.body)[: max(1, len(self.body) // 2)]
        await send({"type": "http.response.body", "body": half, "more_body": True})
        # The bytes leave before the connection does.
        await asyncio.sleep(0)


class Hang(Response):
    """No answer until the caller gives up."""

    async def __call__(self, _scope: Scope, receive: Receive, _send: Send) -> None:
        """Wait until the caller has gone."""
        while (await receive())["type"] != "http.disconnect":
            pass
