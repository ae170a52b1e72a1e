"""The five pretend vendors on loopback ports: what was asked of them, what they hold, how they misbehave."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from starlette.applications import Starlette

from playground.upstreams import beaver, idaas, nce, omc, supos
from playground.upstreams.sandbox import ACCOUNTS
from playground.upstreams.vendor import Vendor, running

MADE = {
    "omc": omc.create_app,
    "beaver": beaver.create_app,
    "supos": supos.create_app,
    "idaas": idaas.create_app,
    "nce": nce.create_app,
}
"""How each is made, without anything that changes by itself."""


class Pretend:
    """One pretend vendor that runs."""

    def __init__(self, name: str, app: Starlette, url: str) -> None:
        self.name = name
        self.app = app
        self.url = url
        self.vendor: Vendor = app.state.vendor

    def reset(self) -> None:
        """As it starts: data, knobs, journal."""
        self.vendor.board.reset()
        self.vendor.journal.reset()
        self.vendor.dialect.reset()

    def turn(self, prefix: str = "", **knobs: Any) -> None:
        """Lets it misbehave, on all paths or below a prefix."""
        self.vendor.turn(prefix, **knobs)

    def forget(self) -> None:
        """Forgets what was asked so far; data and knobs stay."""
        self.vendor.journal.reset()

    def asked(self) -> list[str]:
        """The operations that were called, in order, sign-in left out."""
        return [e.operation for e in tuple(self.vendor.journal.entries) if e.operation not in SIGN_IN]

    def requests(self) -> list[str]:
        """Method and path of every request."""
        return [f"{e.method} {e.path}" for e in tuple(self.vendor.journal.entries)]

    def sign_ins(self) -> int:
        """How often somebody signed in."""
        return sum(e.operation in SIGN_IN for e in tuple(self.vendor.journal.entries))

    def complaints(self) -> list[str]:
        """What was wrong with the requests, each with its operation."""
        return [
            f"{e.operation or e.method + ' ' + e.path}: {text}"
            for e in tuple(self.vendor.journal.entries)
            for text in e.complaints
        ]

    def table(self) -> dict[str, Any]:
        """The `[[sources]]` of a gateway over it."""
        return {"name": self.name, "dialect": self.name, "base_url": self.url, **ACCOUNTS[self.name]}


SIGN_IN = frozenset({"omc.login", "beaver.oauth_token", "nce.sign_in"})
"""Operations that only get a session."""


@contextmanager
def all_running() -> Iterator[dict[str, Pretend]]:
    """All five, as long as the block lasts."""
    with ExitStack() as stack:
        yield {
            name: Pretend(name, app := make(), stack.enter_context(running(app)))
            for name, make in MADE.items()
        }
