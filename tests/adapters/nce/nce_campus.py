"""A pretend campus controller with clock and journal, and sources that speak to it over a real socket."""

from dataclasses import dataclass, field
from typing import Any

from adapters.nce.source import open_source
from adapters.ports import PageRequest, Source
from adapters.settings import SourceSettings
from adapters.wiring import Wiring
from playground.upstreams.nce.app import PASSWORD, USERNAME
from playground.upstreams.vendor import Vendor

ALL = PageRequest(first=500)
FIVE = PageRequest(first=5)
NOWHERE = "00000000-0000-0000-0000-00000000ffff"
SOUTH = "00000000-0000-0000-0000-0000000000a2"


@dataclass
class Clock:
    """Seconds of the epoch; a test moves it on."""

    now: float = 1_780_000_000.0

    def __call__(self) -> float:
        return self.now


@dataclass
class Campus:
    url: str
    vendor: Vendor
    clock: Clock
    opened: list[Source] = field(default_factory=list)

    def source(self, *, password: str = PASSWORD, **given: Any) -> Source:
        settings = SourceSettings(
            name="campus",
            dialect="nce",
            base_url=self.url,
            username=USERNAME,
            password=password,
            token=given.pop("token", ""),
            options=given.pop("options", {}),
        )
        source = open_source(settings, Wiring(clock=self.clock, **given))
        self.opened.append(source)
        return source

    def asked(self) -> list[tuple[str, int]]:
        rows = self.vendor.journal.requests()
        return [(row["operation"].removeprefix("nce."), row["status"]) for row in rows]

    def forget(self) -> None:
        self.vendor.journal.reset()
