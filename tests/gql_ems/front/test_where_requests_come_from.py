import json

import pytest
import websockets

from tests.gql_ems.trust.gateway import codes, gateway_with

VIEWER = {"query": "{ viewer { username } }"}
BOARD = "https://board.sandbox.example"
FOREIGN = "https://evil.sandbox.example"


@pytest.fixture
async def gateway(tmp_path, hands):
    async with gateway_with(
        tmp_path, hands, auth={"mode": "none"}, server={"allowed_origins": [BOARD]}
    ) as found:
        yield found


async def test_a_page_of_an_allowed_origin_may_ask_and_read(gateway):
    before = await gateway.http.options(
        gateway.endpoint,
        headers={
            "origin": BOARD,
            "access-control-request-method": "POST",
            "access-control-request-headers": "authorization, content-type",
        },
    )
    assert (before.status_code, before.headers["access-control-allow-origin"]) == (204, BOARD)
    assert "POST" in before.headers["access-control-allow-methods"]
    assert {"authorization", "content-type"} <= set(
        before.headers["access-control-allow-headers"].split(", ")
    )
    answer = await gateway.post(VIEWER, origin=BOARD)
    assert (answer.status_code, answer.headers["access-control-allow-origin"]) == (200, BOARD)
    assert answer.headers["vary"] == "Origin"
    assert "access-control-allow-credentials" not in answer.headers


@pytest.mark.parametrize("origin", [FOREIGN, "null", "https://board.sandbox.example.evil.example", "file://"])
async def test_a_page_of_another_origin_is_refused(gateway, origin):
    for answer in (
        await gateway.post(VIEWER, origin=origin),
        await gateway.http.options(
            gateway.endpoint, headers={"origin": origin, "access-control-request-method": "POST"}
        ),
    ):
        assert (answer.status_code, codes(answer.json())) == (403, ["FORBIDDEN"])
        assert "access-control-allow-origin" not in answer.headers


async def test_the_gateways_own_page_may_ask(gateway):
    assert (await gateway.post(VIEWER, origin=gateway.url)).status_code == 200


@pytest.mark.parametrize("host", ["evil.sandbox.example", "127.0.0.1.evil.example", "10.0.0.7", "[::2]", "["])
async def test_a_name_that_was_pointed_here_is_refused_without_sign_in(gateway, host):
    answer = await gateway.post(VIEWER, host=host)
    assert answer.status_code in (400, 403)
    assert "data" not in answer.text


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost:8000", "[::1]:8000"])
async def test_names_of_this_machine_are_taken(gateway, host):
    assert (await gateway.post(VIEWER, host=host)).status_code == 200


@pytest.mark.parametrize(
    "kind",
    [
        "text/plain",
        "application/x-www-form-urlencoded",
        "",
        "application/graphql",
        "text/plain; application/json",
    ],
)
async def test_what_a_form_can_send_is_not_taken_for_json(gateway, kind):
    answer = await gateway.http.post(
        gateway.endpoint, content=json.dumps(VIEWER), headers={"content-type": kind}
    )
    assert answer.status_code == 415


UPLOAD = {"data": {"operations": json.dumps(VIEWER), "map": "{}"}, "files": {"0": ("x.txt", b"x")}}


async def test_a_form_with_files_takes_a_header_that_no_form_can_send(gateway):
    assert (await gateway.http.post(gateway.endpoint, **UPLOAD)).status_code == 403
    for header in ("x-ems-preflight", "apollo-require-preflight", "graphql-require-preflight"):
        assert (await gateway.http.post(gateway.endpoint, **UPLOAD, headers={header: "1"})).status_code == 200


async def test_a_picture_of_another_site_asks_nothing(gateway):
    for site in ("cross-site", "same-site"):
        answer = await gateway.http.get(
            gateway.endpoint, params=VIEWER, headers={"sec-fetch-site": site, "sec-fetch-mode": "no-cors"}
        )
        assert (answer.status_code, codes(answer.json())) == (403, ["FORBIDDEN"])
    assert (await gateway.http.get(gateway.endpoint, params=VIEWER)).status_code == 200


async def test_a_change_does_not_come_by_get(gateway):
    answer = await gateway.http.get(gateway.endpoint, params={"query": "mutation { logout }"})
    assert (answer.status_code, answer.headers["allow"]) == (405, "POST")


@pytest.mark.parametrize(
    ("origin", "open_"), [(FOREIGN, False), ("null", False), (BOARD, True), (None, True)]
)
async def test_a_socket_is_opened_for_allowed_origins_alone(gateway, origin, open_):
    connecting = websockets.connect(gateway.socket, subprotocols=["graphql-transport-ws"], origin=origin)
    if open_:
        async with connecting as socket:
            await socket.send('{"type":"connection_init"}')
            assert await socket.recv() == '{"type":"connection_ack"}'
    else:
        with pytest.raises(websockets.InvalidStatus, match="403"):
            await connecting.__aenter__()


async def test_other_methods_are_told_which_there_are(gateway):
    for method in ("PUT", "DELETE", "PATCH"):
        answer = await gateway.http.request(method, gateway.endpoint)
        assert (answer.status_code, answer.headers["allow"]) == (405, "GET, POST, OPTIONS")
