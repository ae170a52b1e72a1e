"""What goes over the wire, as values: a request, an answer, and the files in either."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field

from msgspec import Struct


class Request(Struct, frozen=True, kw_only=True):
    """One HTTP request below a source's base URL; `target` is path and query, percent-encoded."""

    method: str
    target: str
    headers: dict[str, str] = {}
    body: bytes | None = None
    parts: tuple["Part", ...] = ()
    """Of a multipart body; then `body` is None."""
    absolute: bool = False
    """`target` is a whole URL, for the rare call that leaves the base URL."""
    repeatable: bool = False
    """Whether it may go out once more where the source hung up on it: true of a read alone, whatever its method."""


class Response(Struct, frozen=True, kw_only=True):
    """The whole answer; header names are lower case."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def media_type(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


class Part(Struct, frozen=True, kw_only=True):
    """A part of a multipart body: a text, or a file that is streamed."""

    name: str
    text: str | None = None
    file: "FileUpload | None" = None


@dataclass(frozen=True, kw_only=True)
class FileUpload:
    """A file on its way to a source; `chunks` is called for each attempt to send it."""

    name: str
    media_type: str = "application/octet-stream"
    size: int | None = None
    chunks: Callable[[], AsyncIterator[bytes]] = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class FileDownload:
    """A file on its way from a source, streamed; `close` gives the connection back."""

    name: str | None
    media_type: str
    size: int | None
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    chunks: AsyncIterator[bytes] = field(repr=False)
