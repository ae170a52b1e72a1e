"""The network below the sources: an httpx transport that also fetches a whole answer on a shorter way.

Files, which are streamed, go through httpx and aiohttp; everything else over the kept connections of a pool.
"""

from functools import lru_cache
from urllib.parse import urlsplit

import aiohttp
import httpx
from httpx_aiohttp import AiohttpTransport

from adapters.exchange import Request, Response
from adapters.pool import Pool
from adapters.settings import SourceSettings

_BODIED = frozenset({"POST", "PUT", "PATCH"})


class NetworkTransport(AiohttpTransport):
    """The transport of one source: its own bounded pool of kept connections, and a session for files."""

    def __init__(self, settings: SourceSettings) -> None:
        # The context that the transport would make is never used: the session's connector has its own.
        super().__init__(client=lambda: _session(settings), verify=False)
        self._limit = settings.max_answer_bytes
        self._host = urlsplit(settings.base_url).netloc.rpartition("@")[2]
        self._base = urlsplit(settings.base_url).path.rstrip("/")
        self._pool = Pool(
            settings.base_url,
            limit=settings.max_connections,
            seconds=settings.timeout_seconds,
            verify_tls=settings.verify_tls,
        )

    async def fetch(self, request: Request, headers: dict[str, str]) -> Response:
        """A whole answer without httpx's request and response around it; raises what `Pool.fetch` raises."""
        return await self._pool.fetch(
            self._message(request, headers), self._limit, repeatable=request.repeatable
        )

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """The head of an answer, its body as a stream."""
        if not isinstance(self.client, aiohttp.ClientSession):
            self.client = self.get_client()
        # By itself aiohttp sends a PUT once more where the source hung up. There is no public switch.
        self.client._retry_connection = False  # noqa: SLF001
        return await super().handle_async_request(request)

    async def aclose(self) -> None:
        """Closes every connection."""
        await self._pool.close()
        await super().aclose()

    def _message(self, request: Request, headers: dict[str, str]) -> bytes:
        """A request as it goes out; its target is percent-encoded already."""
        told = "".join([f"{name}: {value}\r\n" for name, value in headers.items()])
        if told.count("\n") != len(headers) or told.count("\r") != len(headers) or "\0" in told:
            raise httpx.LocalProtocolError("a header holds a line break")
        body = request.body
        length = ""
        if body is not None or request.method in _BODIED:
            length = f"Content-Length: {len(body or b'')}\r\n"
        line = f"{request.method} {self._base}{request.target} HTTP/1.1\r\nHost: {self._host}\r\n"
        head = f"{line}{_manners(tuple(headers))}{told}{length}\r\n".encode()
        return head + body if body else head


def network_transport(settings: SourceSettings) -> NetworkTransport:
    """The transport of one source."""
    return NetworkTransport(settings)


def _session(settings: SourceSettings) -> aiohttp.ClientSession:
    connector = aiohttp.TCPConnector(
        limit=settings.max_connections, ssl=settings.verify_tls, keepalive_timeout=30
    )
    return aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar())


@lru_cache(1024)
def _manners(told: tuple[str, ...]) -> str:
    """What every request says beside what a dialect told."""
    known = {name.lower() for name in told}
    usual = {"Accept": "*/*", "Accept-Encoding": "gzip, deflate", "User-Agent": "gql-ems"}
    return "".join(f"{name}: {value}\r\n" for name, value in usual.items() if name.lower() not in known)
