"""Links to files that are streamed from a source when they are fetched."""

from datetime import datetime
from typing import Any, Protocol

from msgspec import Struct

from adapters.errors import Unsupported
from adapters.operation import Call


class Link(Struct, frozen=True, kw_only=True):
    """Where a file can be fetched, once and for a short while."""

    url: str
    expires_at: datetime


class Files(Protocol):
    """Makes links; the service serves them."""

    async def link(self, source: str, call: Call[Any], owner: str) -> Link:
        """A link that makes the call when it is fetched, and streams what comes."""


class NoFiles:
    """A graph without a service around it."""

    async def link(self, source: str, call: Call[Any], owner: str) -> Link:  # noqa: ARG002 - the protocol's signature
        raise Unsupported("this gateway serves no files.")
