"""One chapter of the IDaaS document: its operations over the realm."""

from collections.abc import Sequence
from typing import NamedTuple

from playground.upstreams.calls import Handler
from playground.upstreams.idaas.dialect import Idaas
from playground.upstreams.idaas.realm import Realm
from playground.upstreams.strict import FORM, JSON
from playground.upstreams.vendor import Vendor

API = "/idaas/v1"


class Line(NamedTuple):
    """One operation as a chapter declares it."""

    method: str
    path: str
    name: str
    handler: Handler
    body: str = ""
    query: str = ""
    sends: str = ""
    """Content type that the document asks for; a body is JSON, a DELETE says form, if nothing else is said."""
    files: str = ""
    public: bool = False


class Chapter:
    """Operations that belong together; a chapter lists them in `lines`."""

    def __init__(self, idaas: Idaas) -> None:
        self.idaas = idaas

    @property
    def realm(self) -> Realm:
        """The data."""
        return self.idaas.realm

    def lines(self) -> Sequence[Line]:
        """List the operations of the chapter."""
        return ()

    def declare(self, vendor: Vendor) -> None:
        """Put the chapter's operations on a vendor."""
        for line in self.lines():
            name = f"idaas.{line.name}"
            sends = line.sends or (JSON if line.body else FORM if line.method == "DELETE" else "")
            if sends:
                self.idaas.wanted[name] = sends
            vendor.route(
                line.method,
                line.path,
                name,
                self.idaas.answering(line.handler),
                query=line.query,
                body=line.body,
                files=line.files,
                public=line.public,
            )
