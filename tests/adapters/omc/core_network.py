"""The pretend OMC, its data and what was asked of it."""

from typing import Any
from zoneinfo import ZoneInfo

import httpx

from adapters.settings import SourceSettings
from playground.upstreams.omc.state import Omc


class Core:
    """A pretend OMC and the way to look into it."""

    def __init__(self, url: str, omc: Omc) -> None:
        self.url = url
        self.omc = omc

    def reset(self) -> None:
        httpx.post(f"{self.url}/__sandbox__/reset")

    def turn(self, **knobs: Any) -> None:
        assert httpx.post(f"{self.url}/__sandbox__/knobs", json=knobs).status_code == 200

    def settings(self, **given: Any) -> SourceSettings:
        facts: dict[str, Any] = {
            "name": "core",
            "dialect": "omc",
            "base_url": self.url,
            "username": "supervisor",
            "password": "supervisor",
            "timezone": ZoneInfo("Asia/Shanghai"),
        }
        return SourceSettings(**facts | given)

    def requests(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = httpx.get(f"{self.url}/__sandbox__/requests").json()["requests"]
        return found

    def asked(self) -> list[str]:
        """The operations that were called, in order."""
        return [str(entry["operation"]).removeprefix("omc.") for entry in self.requests()]

    def complaints(self) -> list[str]:
        return [line for entry in self.requests() for line in entry["complaints"]]
