"""Calls to the pretend IDaaS as a gateway would make them, and a clock to turn."""

from typing import Any

import httpx
from starlette.applications import Starlette

START = 1_795_000_000.0
API = "/idaas/v1"
TWICE = f"{API}{API}"
FORM = "application/x-www-form-urlencoded"


class Clock:
    """A clock that moves when it is told to."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> float:
        return self.now


class Api:
    """The identity service and a token for it."""

    def __init__(self, url: str, app: Starlette, clock: Clock) -> None:
        self.url, self.clock = url, clock
        self.vendor = app.state.vendor
        self.http = httpx.Client(base_url=url)
        self.token = ""

    @property
    def realm(self) -> Any:
        return self.vendor.dialect.realm

    def sign_in(self) -> None:
        self.token = "idaas-sandbox-token"

    def call(
        self, method: str, path: str, body: Any = None, *, sends: str = "", **more: Any
    ) -> httpx.Response:
        headers = {"Authorization": f"Bearer {self.token}"} | ({"Content-Type": sends} if sends else {})
        return self.http.request(method, path, json=body, headers=headers, **more)

    def data(self, method: str, path: str, body: Any = None, **more: Any) -> Any:
        answer = self.call(method, path, body, **more)
        assert answer.json()["code"] == "200", answer.text
        return answer.json()["data"]

    def complaints(self) -> list[str]:
        return [row["complaint"] for row in self.vendor.journal.complaints()]

    def organ(self, code: str) -> str:
        return next(key for key, row in self.realm.organs.items() if row["code"] == code)

    def user(self, name: str) -> str:
        return next(key for key, row in self.realm.users.items() if row["accountName"] == name)
