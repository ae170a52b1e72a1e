"""Requests onto the network and answers off it: whole ones over kept connections, files through httpx."""

import asyncio
from collections.abc import AsyncIterator
from uuid import uuid4

import aiohttp
import httpx

from adapters.connection import CutOff, TooMuch
from adapters.errors import UpstreamBadResponse, UpstreamError, UpstreamTimeout, UpstreamUnavailable
from adapters.exchange import FileDownload, FileUpload, Part, Request, Response
from adapters.network import NetworkTransport, network_transport
from adapters.settings import SourceSettings

__all__ = ["Transport", "file_name", "network_transport"]


class Transport:
    """Sends requests below one base URL; every failure of the network is told as an UpstreamError."""

    def __init__(self, settings: SourceSettings, transport: httpx.AsyncBaseTransport) -> None:
        self._settings = settings
        self._transport = transport
        # Whoever puts a transport of another kind in is asked through httpx's interface.
        self._network = transport if isinstance(transport, NetworkTransport) else None
        self._base = settings.base_url.rstrip("/")
        seconds = settings.timeout_seconds
        self._timeout = {"connect": seconds, "read": seconds, "write": seconds, "pool": seconds}

    async def close(self) -> None:
        """Gives back every connection."""
        await self._transport.aclose()

    async def send(self, request: Request, headers: dict[str, str]) -> Response:
        """The whole answer; takes no longer than the source's timeout, holds no more than its size limit."""
        network = self._network
        try:
            if network is not None and not request.parts and not request.absolute:
                return await network.fetch(request, headers)
            async with asyncio.timeout(self._settings.timeout_seconds):
                answer = await self._transport.handle_async_request(self._built(request, headers))
                try:
                    body = await self._body(answer)
                finally:
                    await answer.aclose()
        except TooMuch as error:
            raise self._too_much(error.status) from error
        except (CutOff, httpx.TransportError, aiohttp.ClientError, OSError) as error:
            raise self._failure(error) from error
        return Response(status=answer.status_code, headers=dict(answer.headers.items()), body=body)

    async def open(self, request: Request, headers: dict[str, str]) -> Response | FileDownload:
        """A file as a stream where a file comes; a whole answer where JSON or an error comes in its place."""
        try:
            async with asyncio.timeout(self._settings.timeout_seconds):
                answer = await self._transport.handle_async_request(self._built(request, headers))
                kind = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
                if answer.status_code >= 300 or kind.endswith("json") or kind == "text/html":
                    try:
                        body = await self._body(answer)
                    finally:
                        await answer.aclose()
                    return Response(
                        status=answer.status_code, headers=dict(answer.headers.items()), body=body
                    )
        except (httpx.TransportError, aiohttp.ClientError, OSError) as error:
            raise self._failure(error) from error
        size = answer.headers.get("content-length", "")
        return FileDownload(
            name=file_name(answer.headers.get("content-disposition", "")),
            media_type=kind or "application/octet-stream",
            size=int(size) if size.isdecimal() else None,
            status=answer.status_code,
            headers=dict(answer.headers.items()),
            chunks=self._chunks(answer),
        )

    def _built(self, request: Request, headers: dict[str, str]) -> httpx.Request:
        target = request.target if request.absolute else self._base + request.target
        if request.parts:
            stream, kind = _multipart(request.parts, headers.get("Content-Type", ""))
            return httpx.Request(
                request.method,
                target,
                headers=headers | {"Content-Type": kind},
                content=stream,
                extensions={"timeout": self._timeout},
            )
        return httpx.Request(
            request.method,
            target,
            headers=headers,
            content=request.body,
            extensions={"timeout": self._timeout},
        )

    async def _body(self, answer: httpx.Response) -> bytes:
        limit = self._settings.max_answer_bytes
        chunks: list[bytes] = []
        size = 0
        async for chunk in answer.aiter_bytes():
            size += len(chunk)
            if size > limit:
                raise self._too_much(answer.status_code)
            chunks.append(chunk)
        return b"".join(chunks)

    async def _chunks(self, answer: httpx.Response) -> AsyncIterator[bytes]:
        try:
            async for chunk in answer.aiter_bytes():
                yield chunk
        except (httpx.TransportError, aiohttp.ClientError, OSError) as error:
            raise self._failure(error) from error
        finally:
            await answer.aclose()

    def _too_much(self, status: int) -> UpstreamBadResponse:
        return UpstreamBadResponse(
            f"{self._settings.name} answered with more than {self._settings.max_answer_bytes} bytes.",
            source=self._settings.name,
            http_status=status,
        )

    def _failure(self, error: Exception) -> UpstreamError:
        """What went wrong, read off the cause: the transport calls a refused connection a timeout, too."""
        # A timeout of ours has its cancellation for a cause.
        name = self._settings.name
        cause = error if isinstance(error, TimeoutError) else error.__cause__ or error
        if isinstance(cause, TimeoutError | httpx.TimeoutException):
            seconds = self._settings.timeout_seconds
            return UpstreamTimeout(f"{name} did not answer within {seconds:g} s.", source=name)
        cut = (
            CutOff,
            aiohttp.ClientPayloadError,
            aiohttp.ServerDisconnectedError,
            httpx.RemoteProtocolError,
            httpx.ReadError,
        )
        what = (
            "cut the answer off" if isinstance(cause, cut) or isinstance(error, cut) else "cannot be reached"
        )
        return UpstreamUnavailable(f"{name} {what}.", source=name)


def file_name(disposition: str) -> str | None:
    """The name in a Content-Disposition header, without any folder."""
    for part in disposition.split(";"):
        key, _, value = part.strip().partition("=")
        if key.lower() in ("filename", "filename*") and value:
            name = value.strip('"').rpartition("''")[2]
            return name.replace("\\", "/").rpartition("/")[2] or None
    return None


def _multipart(parts: tuple[Part, ...], told: str) -> tuple[AsyncIterator[bytes], str]:
    """A body and its content type; a boundary that a dialect chose, because it signs it, is kept."""
    boundary = told.partition("boundary=")[2] or uuid4().hex

    async def chunks() -> AsyncIterator[bytes]:
        for part in parts:
            if part.file is None:
                yield _head(boundary, part.name, None) + (part.text or "").encode() + b"\r\n"
                continue
            yield _head(boundary, part.name, part.file)
            async for chunk in part.file.chunks():
                yield chunk
            yield b"\r\n"
        yield f"--{boundary}--\r\n".encode()

    return chunks(), f"multipart/form-data; boundary={boundary}"


def _head(boundary: str, name: str, file: FileUpload | None) -> bytes:
    line = f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"'
    if file is not None:
        safe = file.name.replace("\\", "_").replace('"', "_").replace("\r", "_").replace("\n", "_")
        line += f'; filename="{safe}"\r\nContent-Type: {file.media_type}'
    return f"{line}\r\n\r\n".encode()
