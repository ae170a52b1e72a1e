"""The names by which requests are counted, logged and traced: what else a path holds may be a secret."""

from starlette.types import Scope

ENDPOINTS = frozenset({"graphql", "ingest", "files", "healthz", "readyz", "metrics"})
METHODS = frozenset({"GET", "POST", "HEAD", "OPTIONS", "PUT", "DELETE", "PATCH"})


def endpoint_of(scope: Scope) -> str:
    """The endpoint of a path, of which there are few."""
    path: str = scope["path"]
    first = path.lstrip("/").partition("/")[0]
    return first if first in ENDPOINTS else "page"


def method_of(scope: Scope) -> str:
    """The method of a request, of which there are few, too."""
    if scope["type"] == "websocket":
        return "WS"
    method: str = scope["method"]
    return method if method in METHODS else "OTHER"
