"""A network between gateway and vendor that changes single rows of what passes."""

from collections.abc import Callable
from typing import Any

import httpx
import orjson

from adapters.settings import SourceSettings
from adapters.transport import network_transport

Bend = Callable[[Any], None]
"""Changes a parsed answer in place."""


class Bending(httpx.AsyncBaseTransport):
    """Passes everything on; answers of paths that begin so are changed on their way back."""

    def __init__(self, settings: SourceSettings, bends: dict[str, Bend]) -> None:
        self._below = network_transport(settings)
        self._bends = bends

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        answer = await self._below.handle_async_request(request)
        bend = next((b for path, b in self._bends.items() if request.url.path.startswith(path)), None)
        if bend is None:
            return answer
        body = orjson.loads(await answer.aread())
        await answer.aclose()
        bend(body)
        headers = {k: v for k, v in answer.headers.items() if k.lower() != "content-length"}
        return httpx.Response(answer.status_code, headers=headers, content=orjson.dumps(body))

    async def aclose(self) -> None:
        await self._below.aclose()
