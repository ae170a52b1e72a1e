"""Signed calls to the pretend supOS as a gateway would make them, and a clock to turn."""

from typing import Any

import httpx
from starlette.applications import Starlette

from playground.upstreams.supos import signature

START = 1_795_000_000.0
USERS = "/open-api/auth/v2/users"
RBAC = "/open-api/rbac/v2"


class Clock:
    """A clock that moves when it is told to."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> float:
        return self.now


class Signed(httpx.Auth):
    """Signs each request with an access key and its secret."""

    requires_request_body = True

    def __init__(self, access_key: str = "ak00", secret_key: str = "sk00") -> None:
        self.access_key, self.secret_key = access_key, secret_key

    def auth_flow(self, request: httpx.Request) -> Any:
        text = signature.text_to_sign(
            request.method,
            request.url.path,
            request.headers.get("content-type", ""),
            request.url.params.multi_items(),
            request.headers,
        )
        signed = signature.sign(self.secret_key, text)
        request.headers["Authorization"] = signature.header(self.access_key, signed)
        yield request


class Api:
    """supOS and a key to it."""

    def __init__(self, url: str, app: Starlette, clock: Clock) -> None:
        self.url, self.clock = url, clock
        self.vendor = app.state.vendor
        self.http = httpx.Client(base_url=url)

    @property
    def plant(self) -> Any:
        return self.vendor.dialect.plant

    def sign_in(self) -> None:
        """There is nothing to do: every call carries its signature."""

    def call(self, method: str, path: str, body: Any = None, **more: Any) -> httpx.Response:
        headers = {"Content-Type": "application/json;charset=utf-8"} | more.pop("headers", {})
        if "files" in more:
            del headers["Content-Type"]
        more.setdefault("auth", Signed())
        return self.http.request(method, path, json=body, headers=headers, **more)

    def complaints(self) -> list[str]:
        return [row["complaint"] for row in self.vendor.journal.complaints()]
