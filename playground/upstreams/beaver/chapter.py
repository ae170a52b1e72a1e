"""One chapter of the Beaver IoT document: its operations over the platform's data."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from playground.upstreams.beaver.answers import Refusal
from playground.upstreams.beaver.dialect import Beaver
from playground.upstreams.beaver.model import House, User
from playground.upstreams.calls import Call, Handler
from playground.upstreams.vendor import Vendor


class Line(NamedTuple):
    """One operation as a chapter declares it."""

    method: str
    path: str
    name: str
    handler: Handler
    body: str = ""
    public: bool = False


class Chapter:
    """Operations that belong together; a chapter lists them in `lines`."""

    def __init__(self, beaver: Beaver) -> None:
        self.beaver = beaver

    @property
    def house(self) -> House:
        """The platform's data."""
        return self.beaver.house

    def lines(self) -> Sequence[Line]:
        """List the operations of the chapter."""
        return ()

    def declare(self, vendor: Vendor) -> None:
        """Put the chapter's operations on a vendor."""
        for line in self.lines():
            handler = self.beaver.answering(line.handler)
            name = f"beaver.{line.name}"
            vendor.route(line.method, line.path, name, handler, body=line.body, public=line.public)

    def user(self, call: Call, name: str) -> User:
        """Give the account that a path names."""
        return self.house.users[self.known(self.house.users, call.params[name])]

    def known(self, rows: dict[str, Any], wanted: Any, code: str = "data_no_found") -> str:
        """Give an id back if there is such a row; requests may write ids as numbers, too."""
        key = str(wanted)
        if key not in rows:
            raise Refusal(code, f"no such id: {key[:40]}")
        return key
