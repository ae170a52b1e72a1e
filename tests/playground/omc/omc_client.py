"""A caller of the pretend OMC with all the headers that it asks for, and a clock that tests set."""

from typing import Any

import httpx

START = 1_790_000_000.0
STATES = "/api/rest/systemManagement/v1/elementType/ALL/objectType/systemState"
ALARMS = "/api/rest/dataManagement/v1/omc_db/alarm"
POLICIES = "/api/rest/ueManagement/v1/elementType/pcf/objectType/ueInfo"


class Clock:
    """Seconds that stand still until a test moves them."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> float:
        return self.now


class Api:
    """A caller; `sign_in` puts its token on every call that follows."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.http = httpx.Client(
            base_url=url, timeout=5, headers={"Accept-Language": "en_US;q=0.9", "Referer": url}
        )

    def sign_in(self, username: str = "admin", password: str = "admin") -> dict[str, Any]:
        for name in ("Authorization", "AccessToken"):
            self.http.headers.pop(name, None)
        answer = self.http.post("/login", json={"username": username, "password": password}).json()
        if answer["code"] == 1:
            token = answer["data"]["access_token"]
            self.http.headers.update({"Authorization": f"Bearer {token}", "AccessToken": token})
        return answer

    def get(self, path: str, **query: Any) -> Any:
        return self.http.get(path, params=query).json()

    def send(self, method: str, path: str, body: Any = None, **query: Any) -> Any:
        return self.http.request(method, path, params=query, json=body).json()

    def rows(self, sql: str, table: str = "alarm") -> list[dict[str, Any]]:
        path = f"/api/rest/databaseManagement/v1/omc_db/{table}"
        return self.get(path, SQL=sql)["data"][0][table]

    def turn(self, **knobs: Any) -> None:
        assert self.http.post("/__sandbox__/knobs", json=knobs).status_code == 200

    def last_request(self) -> dict[str, Any]:
        return self.get("/__sandbox__/requests")["requests"][-1]
