"""Files at `/files/{token}`: streamed from their source to whoever has the link, never held whole."""

import re
from collections.abc import AsyncIterator
from contextlib import aclosing
from typing import Any
from urllib.parse import quote

import structlog
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from adapters.errors import EmsError, ErrorCode
from adapters.exchange import FileDownload
from gql_ems.file_links import FileLinks
from gql_ems.front.errors import as_answer, status_of
from gql_ems.plain_answers import json_response

_log = structlog.get_logger("gql_ems.files")

PICTURES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
"""What a page may show in place; everything else is saved."""

STATUSES = {
    ErrorCode.UPSTREAM_UNAVAILABLE: 503,
    ErrorCode.UPSTREAM_TIMEOUT: 504,
    ErrorCode.UPSTREAM_REJECTED: 502,
    ErrorCode.UPSTREAM_BAD_RESPONSE: 502,
    ErrorCode.UPSTREAM_UNAUTHENTICATED: 502,
}
"""What a source's failure is told as."""

_UNSAFE = re.compile(r'[\x00-\x1f\x7f"\\/:*?<>|;%]+')
_MEDIA_TYPE = re.compile(r"[a-z0-9!#$&^_.+-]{1,64}/[a-z0-9!#$&^_.+-]{1,64}")


class FileEndpoint:
    """The ASGI application at `/files/{token}`. The token alone says who may fetch what."""

    def __init__(self, links: FileLinks) -> None:
        self._links = links

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        try:
            response = await self._respond(request)
        except EmsError as error:
            response = json_response(as_answer(error), STATUSES.get(error.code) or status_of(error))
        await response(scope, receive, send)

    async def _respond(self, request: Request) -> Response:
        if request.method != "GET":
            return Response(status_code=405, headers={"Allow": "GET"})
        source, call, owner = self._links.pending(request.path_params["token"])
        download: FileDownload = await source.gateway.open(call)
        chunks = aiter(download.chunks)
        # The first bytes are awaited, so that a source that fails at once is told as an error and not as half a file.
        first = await anext(chunks, b"")
        _log.info("file_fetched", source=source.name, operation=call.operation.name, owner=owner)
        return FileAnswer(
            _chained(first, chunks),
            206 if download.status == 206 else 200,
            _headers(download, call.operation.name),
        )


class FileAnswer(StreamingResponse):
    """A file on its way; the source's connection is given back however it ends."""

    async def stream_response(self, send: Send) -> None:
        """Sends it chunk by chunk."""
        async with aclosing(self.body_iterator):  # type: ignore[type-var]
            await super().stream_response(send)


async def _chained(first: bytes, rest: Any) -> AsyncIterator[bytes]:
    async with aclosing(rest):
        if first:
            yield first
        async for chunk in rest:
            yield chunk


def _headers(download: FileDownload, operation: str) -> dict[str, str]:
    kind = download.media_type.lower()
    if not _MEDIA_TYPE.fullmatch(kind):
        kind = "application/octet-stream"
    told = {
        "Content-Type": kind,
        "Content-Disposition": disposition(download.name or operation, inline=kind in PICTURES),
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Cache-Control": "no-store",
    }
    # What was unpacked on its way has another length than the source told.
    if download.size is not None and "content-encoding" not in download.headers:
        told["Content-Length"] = str(download.size)
    if download.status == 206 and "content-range" in download.headers:
        told["Content-Range"] = download.headers["content-range"]
    return told


def disposition(name: str, *, inline: bool = False) -> str:
    """A Content-Disposition that no name can break out of."""
    safe = _UNSAFE.sub("_", name).strip(" .")[:150] or "file"
    plain = safe.encode("ascii", "replace").decode().replace("?", "_")
    told = f'{"inline" if inline else "attachment"}; filename="{plain}"'
    return told if plain == safe else f"{told}; filename*=UTF-8''{quote(safe, safe='')}"
