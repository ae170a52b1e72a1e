"""The pretend tenant, its data and what was asked of it."""

from typing import Any

import httpx

from adapters.settings import SourceSettings
from playground.upstreams.idaas.dialect import TOKEN
from playground.upstreams.vendor import Vendor


class Tenant:
    """A pretend IDaaS and the way to look into it."""

    def __init__(self, url: str, vendor: Vendor) -> None:
        self.url = url
        self.vendor = vendor

    @property
    def realm(self) -> Any:
        return self.vendor.dialect.realm

    def reset(self) -> None:
        httpx.post(f"{self.url}/__sandbox__/reset")

    def settings(self, **given: Any) -> SourceSettings:
        facts = {"name": "staff", "dialect": "idaas", "base_url": self.url, "token": TOKEN} | given
        return SourceSettings(**facts)

    def complaints(self) -> list[str]:
        return [line for entry in self.vendor.journal.entries for line in entry.complaints]

    def asked(self) -> list[str]:
        """The operations that were called, in order."""
        return [str(entry.operation).removeprefix("idaas.") for entry in self.vendor.journal.entries]

    def user(self, name: str) -> str:
        return next(key for key, row in self.realm.users.items() if row["accountName"] == name)

    def group(self, name: str) -> str:
        return next(key for key, row in self.realm.groups.items() if row["name"] == name)

    def organ(self, code: str) -> str:
        return next(key for key, row in self.realm.organs.items() if row["code"] == code)
