"""Calls to the pretend Beaver IoT as a gateway would make them, and a clock to turn."""

from typing import Any

import httpx
from starlette.applications import Starlette

START = 1_795_000_000.0
PASSWORD = {
    "grant_type": "password",
    "username": "admin@example.net",
    "password": "Beaver-Admin-1",
    "client_id": "iab",
    "client_secret": "milesight*iab",
}


class Clock:
    """A clock that moves when it is told to."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> float:
        return self.now


class Api:
    """Calls as a gateway would make them."""

    def __init__(self, url: str, app: Starlette, clock: Clock) -> None:
        self.url, self.clock = url, clock
        self.vendor = app.state.vendor
        self.http = httpx.Client(base_url=url)
        self.token = ""

    @property
    def house(self) -> Any:
        return self.vendor.dialect.house

    def grant(self, **form: str) -> httpx.Response:
        return self.http.post("/oauth2/token", data=form)

    def sign_in(self, **form: str) -> dict[str, Any]:
        data = self.grant(**(PASSWORD | form)).json()["data"]
        self.token = data["access_token"]
        return data

    def call(self, method: str, path: str, body: Any = None) -> httpx.Response:
        return self.http.request(method, path, json=body, headers={"Authorization": f"Bearer {self.token}"})

    def data(self, method: str, path: str, body: Any = None) -> Any:
        answer = self.call(method, path, body).json()
        assert answer["status"] == "Success", answer
        return answer.get("data")

    def complaints(self) -> list[str]:
        return [row["complaint"] for row in self.vendor.journal.complaints()]
