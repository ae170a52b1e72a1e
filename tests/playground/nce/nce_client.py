"""Calls to the pretend NCE-Campus as a gateway would make them, and a clock to turn."""

from typing import Any

import httpx
from starlette.applications import Starlette

START = 1_795_000_000.0
ACCOUNT = {"userName": "northbound", "password": "Nce-Admin-1"}
DOORS = "/v1/devicemgr/access-approvals"


class Clock:
    """A clock that moves when it is told to."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> float:
        return self.now


class Api:
    """A controller and a token for it."""

    def __init__(self, url: str, app: Starlette, clock: Clock) -> None:
        self.url, self.clock = url, clock
        self.vendor = app.state.vendor
        self.http = httpx.Client(base_url=url)
        self.token = ""

    @property
    def campus(self) -> Any:
        return self.vendor.dialect.campus

    def sign_in(self) -> dict[str, Any]:
        data = self.http.post("/controller/v2/tokens", json=ACCOUNT).json()["data"]
        self.token = data["token_id"]
        return data

    def call(self, method: str, path: str, body: Any = None) -> httpx.Response:
        return self.http.request(method, path, json=body, headers={"X-ACCESS-TOKEN": self.token})

    def query(self, **asked: Any) -> Any:
        return self.call("POST", f"{DOORS}/action/batch-query", asked).json()

    def complaints(self) -> list[str]:
        return [row["complaint"] for row in self.vendor.journal.complaints()]
