"""The network below the sources: an httpx transport that also fetches a whole answer on a shorter way."""

from http import HTTPStatus

import aiohttp
import httpx
from aiohttp.client import ClientTimeout
from httpx_aiohttp import AiohttpTransport
from multidict import CIMultiDictProxy
from yarl import URL

from adapters.exchange import Response
from adapters.settings import SourceSettings

# Whoever fetches holds a timeout over the whole call already.
_UNTIMED = ClientTimeout(total=None)


class TooMuch(Exception):
    """An answer is larger than allowed."""

    def __init__(self, status: int) -> None:
        super().__init__(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        self.status = status


class NetworkTransport(AiohttpTransport):
    """The transport of one source: its own bounded pool of kept connections."""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """The head of an answer, its body as a stream."""
        if not isinstance(self.client, aiohttp.ClientSession):
            self.client = self.get_client()
        _repeat(self.client, wanted=False)
        return await super().handle_async_request(request)

    async def fetch(
        self,
        method: str,
        url: str,
        headers: dict[str, str],
        body: bytes | None,
        limit: int,
        *,
        repeatable: bool = False,
    ) -> Response:
        """A whole answer without httpx's request and response around it; raises TooMuch beyond the limit."""
        session = self.client
        if not isinstance(session, aiohttp.ClientSession):
            session = self.client = self.get_client()
        _repeat(session, wanted=repeatable)
        # A target is percent-encoded already: what is read once more would be changed.
        answer = await session._request(  # noqa: SLF001 - the public form makes a context manager around it
            method,
            URL(url, encoded=True),
            headers=headers,
            data=body,
            allow_redirects=False,
            auto_decompress=True,
            timeout=_UNTIMED,
        )
        try:
            content = await _content(answer, limit)
        except BaseException:
            answer.close()
            raise
        return Response(status=answer.status, headers=_lowered(answer.headers), body=content)


def network_transport(settings: SourceSettings) -> NetworkTransport:
    """The transport of one source."""

    def session() -> aiohttp.ClientSession:
        connector = aiohttp.TCPConnector(
            limit=settings.max_connections,
            ssl=settings.verify_tls,
            keepalive_timeout=30,
        )
        return aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar())

    # The context that the transport would make is never used: the session's connector has its own.
    return NetworkTransport(client=session, verify=False)


def _repeat(session: aiohttp.ClientSession, *, wanted: bool) -> None:
    """Whether aiohttp sends the next request once more where the source hung up; by itself it does so with a PUT.

    Called right before each request: aiohttp looks at the switch before it waits for anything.
    """
    session._retry_connection = wanted  # noqa: SLF001 - there is no public switch


async def _content(answer: aiohttp.ClientResponse, limit: int) -> bytes:
    """The body in one piece; most come whole with their head."""
    content = answer.content
    first = await content.readany()
    if len(first) > limit:
        raise TooMuch(answer.status)
    if content.at_eof():
        return first
    chunks = [first]
    size = len(first)
    while chunk := await content.readany():
        size += len(chunk)
        if size > limit:
            raise TooMuch(answer.status)
        chunks.append(chunk)
    return b"".join(chunks)


def _lowered(headers: "CIMultiDictProxy[str]") -> dict[str, str]:
    """Headers by their names in lower case; those that come more than once are joined."""
    lowered: dict[str, str] = {}
    for name, value in headers.items():
        key = name.lower()
        lowered[key] = f"{lowered[key]}, {value}" if key in lowered else value
    return lowered
