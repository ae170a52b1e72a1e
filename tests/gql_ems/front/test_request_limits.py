import json

import pytest
import websockets

from tests.gql_ems.trust.gateway import codes, gateway_with

VIEWER = {"query": "{ viewer { username } }"}


async def test_a_caller_with_an_empty_bucket_is_told_when_to_come_again(tmp_path, hands):
    async with gateway_with(tmp_path, hands, limits={"requests_per_minute": 6}) as gateway:
        token = await gateway.token("noc-shift-a", "viewer")
        other = await gateway.token("noc-shift-b", "viewer")
        statuses = [(await gateway.post(VIEWER, token)).status_code for _ in range(6)]
        assert statuses == [200] * 6
        refused = await gateway.post(VIEWER, token)
        assert (refused.status_code, refused.headers["retry-after"]) == (429, "10")
        assert codes(refused.json()) == ["RATE_LIMITED"]
        assert (await gateway.post(VIEWER, other)).status_code == 200
        hands.turn(seconds=10)
        assert (await gateway.post(VIEWER, token)).status_code == 200
        assert (await gateway.post(VIEWER, token)).status_code == 429


async def test_guesses_of_tokens_are_counted_by_address(tmp_path, hands):
    async with gateway_with(tmp_path, hands, limits={"requests_per_minute": 3}) as gateway:
        statuses = [(await gateway.post(VIEWER, f"guess-{n}")).status_code for n in range(4)]
        assert statuses == [401, 401, 401, 429]


async def test_each_operation_of_a_batch_counts(tmp_path, hands):
    async with gateway_with(tmp_path, hands, limits={"requests_per_minute": 6}) as gateway:
        token = await gateway.token("noc-shift-a", "viewer")
        assert (await gateway.post([VIEWER] * 4, token)).status_code == 200
        assert (await gateway.post([VIEWER] * 4, token)).status_code == 429


async def test_operations_over_a_socket_count(tmp_path, hands):
    async with gateway_with(tmp_path, hands, limits={"requests_per_minute": 2}) as gateway:
        token = await gateway.token("noc-shift-a", "viewer")
        async with connected(gateway, token) as socket:
            await socket.recv()
            said = []
            for n in range(3):
                await socket.send(json.dumps({"id": f"{n}", "type": "subscribe", "payload": VIEWER}))
                said.append(json.loads(await socket.recv())["type"])
                if said[-1] == "next":
                    await socket.recv()
            assert said == ["next", "next", "error"]


class connected:  # noqa: N801 - reads as a word where it is used
    """A socket with its init sent."""

    def __init__(self, gateway, token: str) -> None:
        self._connecting = websockets.connect(gateway.socket, subprotocols=["graphql-transport-ws"])
        self._token = token

    async def __aenter__(self):
        self._socket = await self._connecting.__aenter__()
        payload = {"authorization": f"Bearer {self._token}"}
        await self._socket.send(json.dumps({"type": "connection_init", "payload": payload}))
        return self._socket

    async def __aexit__(self, *error):
        await self._connecting.__aexit__(*error)


async def test_one_connection_holds_so_many_operations(tmp_path, hands):
    async with gateway_with(tmp_path, hands, limits={"subscriptions": 2}) as gateway:
        token = await gateway.token("noc-shift-a", "viewer")
        watch = {"query": "subscription { callRecords { cursor } }"}
        async with connected(gateway, token) as socket:
            await socket.recv()
            for n in range(3):
                await socket.send(json.dumps({"id": f"{n}", "type": "subscribe", "payload": watch}))
            said = json.loads(await socket.recv())
            assert (said["id"], said["type"]) == ("2", "error")
            assert said["payload"][0]["extensions"]["code"] == "QUERY_TOO_COMPLEX"


@pytest.mark.parametrize("told", [True, False], ids=["with its length", "in pieces"])
async def test_a_body_is_no_larger_than_allowed(tmp_path, hands, told):
    async with gateway_with(tmp_path, hands, limits={"body_bytes": 2048}) as gateway:
        token = await gateway.token("noc-shift-a", "viewer")
        body = json.dumps({**VIEWER, "extensions": {"pad": "x" * 4000}}).encode()

        async def pieces():
            yield body[:2000]
            yield body[2000:]

        answer = await gateway.http.post(
            gateway.endpoint,
            content=body if told else pieces(),
            headers={"content-type": "application/json", "authorization": f"Bearer {token}"},
        )
        assert answer.status_code == 413


async def test_an_upload_is_no_larger_than_allowed(tmp_path, hands):
    async with gateway_with(tmp_path, hands, limits={"upload_bytes": 2048}) as gateway:
        token = await gateway.token("noc-lead", "admin")
        answer = await gateway.http.post(
            gateway.endpoint,
            data={"operations": json.dumps(VIEWER), "map": "{}"},
            files={"0": ("x.bin", b"x" * 4000)},
            headers={"authorization": f"Bearer {token}", "x-ems-preflight": "1"},
        )
        assert answer.status_code == 413


async def test_a_message_over_a_socket_is_no_larger_than_allowed(tmp_path, hands):
    async with gateway_with(tmp_path, hands, limits={"body_bytes": 2048}) as gateway:
        token = await gateway.token("noc-shift-a", "viewer")
        async with connected(gateway, token) as socket:
            await socket.recv()
            await socket.send(json.dumps({"id": "1", "type": "subscribe", "payload": {"query": "x" * 4000}}))
            await socket.wait_closed()
            assert socket.close_code in (1009, 4413)


async def test_a_batch_holds_so_many_operations(gateway):
    token = await gateway.token("noc-shift-a", "viewer")
    ten = await gateway.post([VIEWER] * 10, token)
    assert [one["data"]["viewer"]["username"] for one in ten.json()] == ["noc-shift-a"] * 10
    for wrong in ([VIEWER] * 11, []):
        refused = await gateway.post(wrong, token)
        assert (refused.status_code, codes(refused.json())) == (400, ["BAD_USER_INPUT"])


async def test_one_bad_operation_of_a_batch_spoils_no_other(gateway):
    token = await gateway.token("noc-shift-a", "viewer")
    answers = (await gateway.post([VIEWER, {"query": "{"}, {}, VIEWER], token)).json()
    assert ["data" in one for one in answers] == [True, False, False, True]


@pytest.mark.parametrize(
    ("path", "levels", "good"),
    [("variables", 60, True), ("variables", 70, False), ("extensions", 900, False)],
)
async def test_json_is_no_deeper_than_allowed(gateway, path, levels, good):
    token = await gateway.token("noc-shift-a", "viewer")
    value: dict = {}
    for _ in range(levels):
        value = {"a": value}
    answer = await gateway.post({**VIEWER, path: value}, token)
    assert (answer.status_code == 200) is good
