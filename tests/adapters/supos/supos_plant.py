"""A pretend supOS with its journal, and sources that speak to it over a real socket."""

from dataclasses import dataclass, field
from typing import Any

from adapters.ports import PageRequest, Source
from adapters.settings import SourceSettings
from adapters.supos.source import open_source
from adapters.wiring import Wiring
from playground.upstreams.vendor import Vendor

ALL = PageRequest(first=500)
FIVE = PageRequest(first=5)


@dataclass
class Plant:
    url: str
    vendor: Vendor
    opened: list[Source] = field(default_factory=list)

    def source(self, *, access_key: str = "ak00", secret_key: str = "sk00", **given: Any) -> Source:
        settings = SourceSettings(
            name="plant",
            dialect="supos",
            base_url=self.url,
            access_key=access_key,
            secret_key=secret_key,
            token=given.get("token", ""),
            options=given.get("options", {}),
        )
        source = open_source(settings, Wiring())
        self.opened.append(source)
        return source

    def asked(self) -> list[tuple[str, int]]:
        rows = self.vendor.journal.requests()
        return [(row["operation"].removeprefix("supos."), row["status"]) for row in rows]

    def forget(self) -> None:
        self.vendor.journal.reset()
