"""The WebSocket of the pretend Beaver IoT: subscriptions of an account, pushes of keys."""

import json
from typing import Any
from urllib.parse import quote

import pytest
from beaver_client import Api, Clock
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from playground.upstreams.beaver import create_app
from playground.upstreams.vendor import running


def opened(api: Any) -> ClientConnection:
    token = quote(f"Bearer {api.token}")
    return connect(f"{api.url.replace('http', 'ws', 1)}/websocket?Authorization={token}")


def say(socket: ClientConnection, kind: str, payload: Any) -> None:
    socket.send(json.dumps({"event_type": kind, "payload": payload}))


def settled(socket: ClientConnection) -> None:
    """Wait until the platform has read what was sent so far."""
    say(socket, "Heartbeat", "ping")
    assert json.loads(socket.recv(5)) == {"event_type": "Heartbeat", "payload": "ping"}


def change(api: Any, changed: dict[str, Any]) -> int:
    answer = api.http.post("/__sandbox__/values", json=changed)
    assert answer.status_code == 200, answer.text
    return answer.json()["told"]


def keys(api: Any) -> list[str]:
    return [e.key for e in api.house.entities.values() if e.key.endswith(".battery")]


def test_a_heartbeat_comes_back(api: Any) -> None:
    with opened(api) as socket:
        settled(socket)


def test_a_change_pushes_the_key_alone_and_the_value_is_read(api: Any) -> None:
    key = keys(api)[0]
    with opened(api) as socket:
        say(socket, "Exchange", {"entity_key": [key]})
        settled(socket)
        assert change(api, {key: 77}) == 1
        assert json.loads(socket.recv(5)) == {"event_type": "Exchange", "payload": {"entity_key": [key]}}
    entity = api.house.entity_by_key(key)
    assert api.data("GET", f"/entity/{entity.id}/status")["value"] == "77"


def test_a_subscription_replaces_the_accounts_earlier_one(api: Any) -> None:
    first, second = keys(api)[:2]
    with opened(api) as socket:
        say(socket, "Exchange", {"entity_key": [first]})
        say(socket, "exchange", {"entity_key": [second]})
        settled(socket)
        assert change(api, {first: 1}) == 0
        assert change(api, {second: 1}) == 1


def test_all_sockets_of_an_account_share_its_subscription(api: Any) -> None:
    key = keys(api)[0]
    with opened(api) as one, opened(api) as other:
        settled(other)
        say(one, "Exchange", {"entity_key": [key]})
        settled(one)
        assert change(api, {key: 5}) == 2
        assert json.loads(other.recv(5))["payload"] == {"entity_key": [key]}
        shown = api.http.get("/__sandbox__/sockets").json()["accounts"]
        assert list(shown.values()) == [{"sockets": 2, "entity_key": [key]}]


@pytest.mark.parametrize("value", ["Bearer%20nobody", "nobody", ""])
def test_a_bad_token_is_refused_before_the_upgrade(api: Any, value: str) -> None:
    url = f"{api.url.replace('http', 'ws', 1)}/websocket?Authorization={value}"
    with pytest.raises(InvalidStatus) as refused, connect(url):
        pass
    assert refused.value.response.status_code == 403


def test_a_plain_get_is_refused_and_told(api: Any) -> None:
    assert api.http.get("/websocket").status_code == 400
    assert api.complaints() == ["/websocket wants a WebSocket upgrade"]


def test_messages_against_the_form_are_told(api: Any) -> None:
    with opened(api) as socket:
        socket.send("nonsense")
        say(socket, "Exchange", ["a"])
        say(socket, "Exchange", {"entity_key": ["no.such.key"]})
        say(socket, "Other", {})
        settled(socket)
    assert api.http.get("/__sandbox__/sockets").json()["complaints"] == [
        "WebSocket message is no {event_type, payload}",
        "Exchange payload has no list of entity_key",
        "no such entity: no.such.key",
        "unknown event_type: other",
    ]


def test_a_value_that_does_not_fit_is_not_set(api: Any) -> None:
    answer = api.http.post("/__sandbox__/values", json={keys(api)[0]: 101})
    assert answer.status_code == 400
    assert "entity_value_greater_than_max" in answer.text


def test_sockets_can_be_dropped(api: Any) -> None:
    with opened(api) as socket:
        settled(socket)
        assert api.http.post("/__sandbox__/sockets/drop").json() == {"closed": 1}
        with pytest.raises(ConnectionClosed):
            socket.recv(5)


def test_values_change_by_themselves_where_that_is_asked_for() -> None:
    app = create_app(tick_seconds=0.01)
    with running(app) as url:
        api = Api(url, app, Clock())
        api.sign_in()
        measured = [e.key for e in api.house.entities.values() if e.measured]
        with opened(api) as socket:
            say(socket, "Exchange", {"entity_key": measured})
            pushed = json.loads(socket.recv(5))["payload"]["entity_key"]
        assert set(pushed) <= set(measured)
        assert pushed
        api.http.close()
