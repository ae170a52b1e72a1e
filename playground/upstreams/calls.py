"""One request as a pretend vendor's handlers see it, and the routes that lead to them."""

import re
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

import orjson
from starlette.datastructures import Headers, QueryParams
from starlette.responses import Response

from playground.upstreams.journal import Entry
from playground.upstreams.knobs import Knobs
from playground.upstreams.needs import Field


@dataclass(frozen=True)
class Upload:
    """A file of a multipart body."""

    filename: str
    content_type: str
    data: bytes


@dataclass
class Call:
    """A request: what was sent, which documented operation it is, and who sends it."""

    method: str
    path: str
    params: Mapping[str, str]
    """What stands in the path's braces, unquoted."""
    query: QueryParams
    headers: Headers
    body: bytes
    form: Mapping[str, str]
    files: Mapping[str, list[Upload]]
    client: str
    now: float
    """Seconds since the epoch by the vendor's clock."""
    knobs: Knobs
    entry: Entry
    operation: str = ""
    account: Any = None
    """Whoever is signed in, set by the vendor's guard."""
    notes: dict[str, Any] = field(default_factory=dict)

    def json(self) -> Any:
        """Read the body as JSON; None when it is empty or no JSON."""
        try:
            return orjson.loads(self.body) if self.body else None
        except orjson.JSONDecodeError:
            return None

    def object(self) -> dict[str, Any]:
        """Read the body as a JSON object; empty when it is none."""
        body = self.json()
        return body if isinstance(body, dict) else {}

    def complain(self, text: str) -> None:
        """Note what is wrong with this request against the document."""
        self.entry.complaints.append(text)


Answer = Response | dict[str, Any] | list[Any]
Handler = Callable[[Call], Answer | Awaitable[Answer]]


@dataclass(frozen=True)
class Operation:
    """A documented operation, what it needs, and what answers it."""

    method: str
    path: str
    name: str
    handler: Handler
    query: tuple[Field, ...] = ()
    body: tuple[Field, ...] = ()
    form: tuple[Field, ...] = ()
    files: tuple[str, ...] = ()
    headers: tuple[Field, ...] = ()
    public: bool = False
    """Needs no sign-in."""


_BRACES = re.compile(r"(\{[^}]+\})")


def _part(text: str) -> str:
    """Write a piece of a path as a pattern; `{type=smf}` takes smf in any case."""
    if not text.startswith("{"):
        return re.escape(text)
    name, _, only = text[1:-1].partition("=")
    return f"(?P<{name}>(?i:{re.escape(only)}))" if only else f"(?P<{name}>[^/]+)"


def _rank(segment: str) -> int:
    return 0 if "{" not in segment else 1 if "=" in segment else 2


class RouteTable:
    """The documented paths; where a literal and a parameter both fit, the literal wins."""

    def __init__(self) -> None:
        self._by_length: dict[int, list[tuple[tuple[int, ...], re.Pattern[str], Operation]]] = {}

    def add(self, operation: Operation) -> None:
        """Take an operation in."""
        segments = operation.path.strip("/").split("/")
        rank = tuple(_rank(segment) for segment in segments)
        pattern = "/".join("".join(_part(part) for part in _BRACES.split(segment)) for segment in segments)
        routes = self._by_length.setdefault(len(segments), [])
        routes.append((rank, re.compile(f"/{pattern}/?"), operation))
        routes.sort(key=lambda route: route[0])

    def _fitting(self, raw_path: str) -> Iterator[tuple[Operation, dict[str, str]]]:
        for _rank, pattern, operation in self._by_length.get(len(raw_path.strip("/").split("/")), ()):
            if match := pattern.fullmatch(raw_path):
                yield operation, {name: unquote(value) for name, value in match.groupdict().items()}

    def find(self, method: str, raw_path: str) -> tuple[Operation, dict[str, str]] | None:
        """Find the operation of a request, and what its path's braces hold."""
        return next((found for found in self._fitting(raw_path) if found[0].method == method), None)

    def methods_of(self, raw_path: str) -> list[str]:
        """List the verbs that a path is documented with."""
        return sorted({operation.method for operation, _params in self._fitting(raw_path)})

    def operations(self) -> list[Operation]:
        """List all operations."""
        return [operation for routes in self._by_length.values() for _rank, _pattern, operation in routes]
