import asyncio

import jwt
import pytest
import websockets

from tests.gql_ems.trust.gateway import LOGIN, PASSWORD, REFRESH, codes

VIEWER = "{ viewer { username roles permissions } }"


async def test_a_request_without_a_token_is_told_to_sign_in(gateway):
    answer = await gateway.post({"query": VIEWER})
    assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")
    assert codes(answer.json()) == ["UNAUTHENTICATED"]


@pytest.mark.parametrize(
    "query",
    [
        "{ __typename }",
        "{ __schema { types { name } } }",
        "{ usrs { nodes { id } } }",
        "{",
        "mutation { logout }",
        'mutation { login(username: "a", password: "b") { accessToken } logout }',
        'mutation { a: login(username: "a", password: "b") { accessToken } b: login(username: "a", password: "c") { accessToken } }',
        'mutation { ...F } fragment F on Mutation { login(username: "a", password: "b") { accessToken } logout }',
        "subscription { sourceHealth { name } }",
    ],
)
async def test_nobody_learns_or_does_anything_but_sign_in(gateway, query):
    answer = await gateway.post({"query": query})
    assert (answer.status_code, codes(answer.json())) == (401, ["UNAUTHENTICATED"])


async def test_a_get_without_a_token_is_told_to_sign_in(gateway):
    answer = await gateway.http.get(gateway.endpoint, params={"query": VIEWER})
    assert answer.status_code == 401


async def test_a_batch_with_one_operation_beside_the_login_runs_nothing(gateway):
    await gateway.add("noc-shift-a", "viewer")
    login = {"query": LOGIN, "variables": {"u": "noc-shift-a", "p": PASSWORD}}
    answer = await gateway.post([login, {"query": VIEWER}])
    assert answer.status_code == 401
    admin = await gateway.token("noc-lead", "admin")
    assert [line["by"] for line in await gateway.audited(admin)] == ["noc-lead"]


async def test_a_login_gives_a_token_that_counts(gateway):
    await gateway.add("noc-shift-a", "operator")
    given = await gateway.login("noc-shift-a")
    assert given["userErrors"] == []
    assert given["expiresAt"] == "2026-03-01T12:15:00Z"
    told = (await gateway.ask(VIEWER, given["accessToken"]))["data"]["viewer"]
    assert (told["username"], told["roles"]) == ("noc-shift-a", ["operator"])
    assert told["permissions"] == [
        "alarms:write",
        "approvals:write",
        "devices:write",
        "read",
        "workflows:write",
    ]


async def test_a_wrong_password_and_an_unknown_account_are_told_alike(gateway):
    await gateway.add("noc-shift-a", "viewer")
    wrong = await gateway.login("noc-shift-a", "sandbox-secret-2")
    unknown = await gateway.login("nobody-here", "sandbox-secret-2")
    assert wrong == unknown
    assert [error["code"] for error in wrong["userErrors"]] == ["UNAUTHENTICATED"]


async def test_five_failures_lock_an_account_for_ten_minutes(gateway):
    await gateway.add("noc-shift-a", "viewer")
    for _ in range(5):
        await gateway.login("noc-shift-a", "sandbox-secret-2")
    assert (await gateway.login("noc-shift-a"))["accessToken"] is None
    gateway.hands.turn(minutes=9, seconds=59)
    assert (await gateway.login("noc-shift-a"))["accessToken"] is None
    gateway.hands.turn(seconds=2)
    assert (await gateway.login("noc-shift-a"))["accessToken"]


async def test_four_failures_lock_nobody_and_a_login_forgets_them(gateway):
    await gateway.add("noc-shift-a", "viewer")
    for _ in range(2):
        for _ in range(4):
            await gateway.login("noc-shift-a", "sandbox-secret-2")
        assert (await gateway.login("noc-shift-a"))["accessToken"]


async def test_guesses_at_the_same_time_count_like_any_others(gateway):
    await gateway.add("noc-shift-a", "viewer")
    guesses = [gateway.login("noc-shift-a", f"sandbox-guess-{n}") for n in range(12)]
    await asyncio.gather(*guesses)
    assert (await gateway.login("noc-shift-a"))["accessToken"] is None


async def test_an_access_token_counts_for_a_quarter_of_an_hour(gateway):
    token = await gateway.token("noc-shift-a", "viewer")
    gateway.hands.turn(minutes=14, seconds=59)
    assert "errors" not in await gateway.ask(VIEWER, token)
    gateway.hands.turn(seconds=1)
    answer = await gateway.post({"query": VIEWER}, token)
    assert (answer.status_code, codes(answer.json())) == (401, ["UNAUTHENTICATED"])


async def test_a_refresh_token_is_exchanged_once(gateway):
    await gateway.add("noc-shift-a", "viewer")
    first = (await gateway.login("noc-shift-a"))["refreshToken"]
    second = (await gateway.ask(REFRESH, None, t=first))["data"]["refreshSession"]
    assert second["refreshToken"] not in (None, first)
    assert "errors" not in await gateway.ask(VIEWER, second["accessToken"])


async def test_a_refresh_token_that_is_shown_twice_ends_its_session(gateway):
    await gateway.add("noc-shift-a", "viewer")
    first = (await gateway.login("noc-shift-a"))["refreshToken"]
    second = (await gateway.ask(REFRESH, None, t=first))["data"]["refreshSession"]
    stolen = (await gateway.ask(REFRESH, None, t=first))["data"]["refreshSession"]
    assert (stolen["accessToken"], stolen["userErrors"]) == (None, [{"code": "UNAUTHENTICATED"}])
    answer = await gateway.post({"query": VIEWER}, second["accessToken"])
    assert answer.status_code == 401
    third = (await gateway.ask(REFRESH, None, t=second["refreshToken"]))["data"]["refreshSession"]
    assert third["accessToken"] is None


async def test_a_logout_ends_the_session_at_once(gateway):
    await gateway.add("noc-shift-a", "viewer")
    given = await gateway.login("noc-shift-a")
    assert await gateway.ask("mutation { logout }", given["accessToken"]) == {"data": {"logout": True}}
    assert (await gateway.post({"query": VIEWER}, given["accessToken"])).status_code == 401
    again = (await gateway.ask(REFRESH, None, t=given["refreshToken"]))["data"]["refreshSession"]
    assert again["accessToken"] is None


async def test_a_role_that_is_taken_away_is_gone_within_seconds(gateway):
    user = await gateway.add("noc-shift-a", "operator")
    token = (await gateway.login("noc-shift-a"))["accessToken"]
    admin = await gateway.token("noc-lead", "admin")
    users = await gateway.ask(
        '{ users(filter: {username: "noc-shift-a"}) { nodes { id roles { id } } } }', admin
    )
    found = users["data"]["users"]["nodes"][0]
    taken = await gateway.ask(
        "mutation($u: ID!, $r: [ID!]!) { unassignRoles(user: $u, roles: $r) { userErrors { message } } }",
        admin,
        u=found["id"],
        r=[found["roles"][0]["id"]],
    )
    assert taken == {"data": {"unassignRoles": {"userErrors": []}}}, user
    gateway.hands.turn(seconds=6)
    assert (await gateway.ask(VIEWER, token))["data"]["viewer"]["roles"] == []


@pytest.mark.parametrize(
    "deed",
    [
        "mutation($u: ID!) { setUserStatus(id: $u, status: DISABLED) { userErrors { message } } }",
        "mutation($u: ID!) { deleteUsers(ids: [$u]) { userErrors { message } } }",
        'mutation($u: ID!) { resetUserPassword(id: $u, password: "sandbox-secret-3") { userErrors { message } } }',
    ],
)
async def test_an_account_that_is_ended_ends_its_sessions(gateway, deed):
    await gateway.add("noc-shift-a", "viewer")
    token = (await gateway.login("noc-shift-a"))["accessToken"]
    admin = await gateway.token("noc-lead", "admin")
    users = await gateway.ask('{ users(filter: {username: "noc-shift-a"}) { nodes { id } } }', admin)
    done = await gateway.ask(deed, admin, u=users["data"]["users"]["nodes"][0]["id"])
    assert "errors" not in done
    gateway.hands.turn(seconds=6)
    assert (await gateway.post({"query": VIEWER}, token)).status_code == 401


FORGED = {
    "a dot": ".",
    "no token": "x",
    "three dots": "...",
    "another key": jwt.encode({"iss": "gql-ems", "sub": "noc-lead", "sid": "1", "exp": 4102444800}, "k" * 32),
    "no signature": jwt.encode(
        {"iss": "gql-ems", "sub": "noc-lead", "sid": "1", "exp": 4102444800}, None, algorithm="none"
    ),
    "bottomless": "eyJhbGciOiJIUzI1NiJ9." + "W1tb" * 2000 + ".x",
    "endless": "e" * 20_000,
}


@pytest.mark.parametrize("token", FORGED.values(), ids=FORGED)
async def test_a_forged_token_is_refused(gateway, token):
    answer = await gateway.post({"query": VIEWER}, token)
    assert (answer.status_code, codes(answer.json())) == (401, ["UNAUTHENTICATED"])


async def test_a_token_with_another_signature_or_other_claims_is_refused(gateway):
    token = await gateway.token("noc-shift-a", "viewer")
    head, body, signature = token.split(".")
    other = jwt.encode({**jwt.decode(token, options={"verify_signature": False}), "sub": "root"}, "k" * 32)
    for forged in (f"{head}.{body}.{signature[:-4]}AAAA", f"{head}.{other.split('.')[1]}.{signature}"):
        assert (await gateway.post({"query": VIEWER}, forged)).status_code == 401


async def test_another_scheme_than_bearer_is_refused(gateway):
    answer = await gateway.http.post(
        gateway.endpoint, json={"query": VIEWER}, headers={"authorization": "Basic bm9jOnNlY3JldA=="}
    )
    assert answer.status_code == 401


async def closed(socket) -> tuple[int, str]:
    await socket.wait_closed()
    return socket.close_code, socket.close_reason


async def test_a_socket_without_a_token_is_closed_as_unauthorized(gateway):
    async with websockets.connect(gateway.socket, subprotocols=["graphql-transport-ws"]) as socket:
        await socket.send('{"type": "connection_init"}')
        assert (await closed(socket))[0] == 4401


async def test_a_socket_is_closed_when_its_token_expires(gateway):
    token = await gateway.token("noc-shift-a", "viewer")
    gateway.hands.turn(minutes=14, seconds=59.9)
    async with websockets.connect(gateway.socket, subprotocols=["graphql-transport-ws"]) as socket:
        await socket.send(f'{{"type": "connection_init", "payload": {{"authorization": "Bearer {token}"}}}}')
        assert await socket.recv() == '{"type":"connection_ack"}'
        assert (await closed(socket))[0] == 4401


async def test_a_stream_of_events_ends_when_its_token_expires(gateway):
    token = await gateway.token("noc-shift-a", "viewer")
    gateway.hands.turn(minutes=14, seconds=59.9)
    asked = {"query": "subscription { callRecords { cursor } }"}
    headers = {"accept": "text/event-stream", "authorization": f"Bearer {token}"}
    async with gateway.http.stream("POST", gateway.endpoint, json=asked, headers=headers) as answer:
        text = (await answer.aread()).decode()
    assert "UNAUTHENTICATED" in text
    assert text.endswith("event: complete\ndata:\n\n")
