"""The pretend Beaver IoT in the forms that the document's examples show."""

from collections.abc import Iterator
from typing import Any

import pytest
from beaver_client import PASSWORD, Api, Clock

from playground.upstreams.beaver import create_app
from playground.upstreams.vendor import running


@pytest.fixture
def documented() -> Iterator[Any]:
    app = create_app(documented_shapes=True)
    with running(app) as url:
        api = Api(url, app, Clock())
        api.token = api.grant(**PASSWORD).json()["access_token"]
        yield api
        api.http.close()


def test_the_token_answer_is_bare_and_its_refresh_token_has_a_colon(documented: Any) -> None:
    assert set(documented.grant(**PASSWORD).json()) == {"access_token", "expires_in", "refresh_token:"}


def test_a_permission_is_bare(documented: Any) -> None:
    user = next(iter(documented.house.users))
    body = {"resource_type": "DEVICE", "resource_id": "1"}
    answer = documented.call("POST", f"/user/members/{user}/permission", body)
    assert answer.json() == {"has_permission": True}


def test_roles_are_a_plain_list_and_devices_a_page(documented: Any) -> None:
    assert isinstance(documented.call("POST", "/user/roles/search", {}).json()["data"], list)
    assert "content" in documented.call("POST", "/device/search", {}).json()["data"]


def test_a_refusal_keeps_its_envelope(documented: Any) -> None:
    answer = documented.call("GET", "/device/1")
    assert (answer.status_code, answer.json()["status"]) == (404, "Failed")
