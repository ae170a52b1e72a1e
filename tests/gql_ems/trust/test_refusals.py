import httpx
import pytest
import websockets

from adapters.caller import Caller
from adapters.ports import AlarmRow
from adapters.records import Severity
from gql_ems.execution import Executor
from resolvers import schema
from resolvers.permissions import permissions_of
from tests.adapters.local.samples import alarm_row
from tests.gql_ems.trust.gateway import codes, gateway_with

CREATE = """mutation($u: String!) { createUser(input: {username: $u, password: "sandbox-secret-9"}) {
  user { username } userErrors { message } } }"""
COUNT = "{ users { totalCount } }"


async def raised(gateway) -> str:
    """An alarm that stands; gives its id."""
    row: AlarmRow = alarm_row(severity=Severity.MAJOR)
    await gateway.service.store.intake.alarms("local", [row], match=False)
    admin = await gateway.token("noc-setup", "admin")
    return (await gateway.ask("{ alarms { nodes { id } } }", admin))["data"]["alarms"]["nodes"][0]["id"]


async def test_a_field_that_is_refused_is_null_and_nothing_around_it_is_lost(gateway):
    token = await gateway.token("noc-shift-a", "viewer")
    answer = await gateway.ask("{ viewer { username } auditLog { nodes { by } } sources { name } }", token)
    assert answer["data"] == {
        "viewer": {"username": "noc-shift-a"},
        "auditLog": None,
        "sources": [{"name": "local"}],
    }
    assert codes(answer) == ["FORBIDDEN"]
    assert answer["errors"][0]["path"] == ["auditLog"]


@pytest.mark.parametrize("role", ["viewer", "operator"])
async def test_a_change_that_is_refused_changes_nothing(gateway, role):
    token = await gateway.token("noc-shift-a", role)
    before = await gateway.ask(COUNT, token)
    answer = await gateway.ask(CREATE, token, u="intruder")
    assert (answer["data"], codes(answer)) == (None, ["FORBIDDEN"])
    assert await gateway.ask(COUNT, token) == before


async def test_what_was_changed_before_a_refusal_stays_changed(gateway):
    alarm = await raised(gateway)
    token = await gateway.token("noc-shift-a", "operator")
    answer = await gateway.ask(
        """mutation($a: ID!) {
          acknowledgeAlarms(ids: [$a]) { alarms { acknowledged } }
          createUser(input: {username: "intruder", password: "sandbox-secret-9"}) { user { id } }
          clearAlarms(ids: [$a]) { alarms { id } }
        }""",
        token,
        a=alarm,
    )
    assert (answer["data"], codes(answer)) == (None, ["FORBIDDEN"])
    alarms = (await gateway.ask("{ alarms { nodes { acknowledged status } } }", token))["data"]["alarms"]
    assert alarms["nodes"] == [{"acknowledged": True, "status": "ACTIVE"}]


async def test_an_operator_handles_alarms_and_a_viewer_does_not(gateway):
    alarm = await raised(gateway)
    deed = "mutation($a: ID!) { acknowledgeAlarms(ids: [$a]) { alarms { acknowledged } } }"
    viewer = await gateway.token("noc-viewer", "viewer")
    assert codes(await gateway.ask(deed, viewer, a=alarm)) == ["FORBIDDEN"]
    operator = await gateway.token("noc-shift-a", "operator")
    answer = await gateway.ask(deed, operator, a=alarm)
    assert answer == {"data": {"acknowledgeAlarms": {"alarms": [{"acknowledged": True}]}}}


async def test_changing_accounts_of_the_gateway_takes_an_admin(gateway):
    await gateway.add("noc-shift-b", "viewer")
    admin = await gateway.token("noc-lead", "admin")
    users = await gateway.ask('{ users(filter: {username: "noc-shift-b"}) { nodes { id } } }', admin)
    user = users["data"]["users"]["nodes"][0]["id"]
    deed = 'mutation($u: ID!) { resetUserPassword(id: $u, password: "sandbox-secret-5") { userErrors { code } } }'
    operator = await gateway.token("noc-shift-a", "operator")
    assert codes(await gateway.ask(deed, operator, u=user)) == ["FORBIDDEN"]
    assert (await gateway.login("noc-shift-b"))["accessToken"]
    assert "errors" not in await gateway.ask(deed, admin, u=user)


async def test_a_subscription_without_the_permission_ends_with_the_refusal(gateway):
    token = await gateway.token("probe-1", "ingest")
    async with websockets.connect(gateway.socket, subprotocols=["graphql-transport-ws"]) as socket:
        await socket.send(f'{{"type":"connection_init","payload":{{"authorization":"Bearer {token}"}}}}')
        await socket.recv()
        await socket.send('{"id":"1","type":"subscribe","payload":{"query":"subscription{alarms{cursor}}"}}')
        assert '"code":"FORBIDDEN"' in await socket.recv()


async def test_a_stream_without_the_permission_ends_with_the_refusal(gateway):
    token = await gateway.token("probe-1", "ingest")
    answer = await gateway.http.post(
        gateway.endpoint,
        json={"query": "subscription { alarms { cursor } }"},
        headers={"accept": "text/event-stream", "authorization": f"Bearer {token}"},
    )
    assert '"code":"FORBIDDEN"' in answer.text


async def test_posting_events_takes_the_permission_to(gateway):
    where = f"{gateway.url}/ingest/omc/api/rest/faultManagement/v1/elementType/smf/objectType/alarms"
    nobody = await gateway.http.post(where, json=[])
    assert (nobody.status_code, nobody.headers["www-authenticate"]) == (401, "Bearer")
    viewer = await gateway.token("noc-viewer", "viewer")
    assert (await posted(gateway, where, viewer)).status_code == 403
    probe = await gateway.token("probe-1", "ingest")
    # There is no such source here, which only somebody who may post is told.
    assert (await posted(gateway, where, probe)).status_code == 404


async def posted(gateway, where: str, token: str) -> httpx.Response:
    return await gateway.http.post(where, json=[], headers={"authorization": f"Bearer {token}"})


async def test_what_an_answer_has_cost_is_shown_to_who_may_know(gateway):
    admin = await gateway.token("noc-lead", "admin")
    told = await gateway.post({"query": "{ sources { name } }"}, admin, x_ems_explain="1")
    assert told.json()["extensions"] == {"upstream": []}
    viewer = await gateway.token("noc-viewer", "viewer")
    refused = await gateway.post({"query": "{ sources { name } }"}, viewer, x_ems_explain="1")
    assert (refused.status_code, codes(refused.json())) == (403, ["FORBIDDEN"])


async def test_without_sign_in_everybody_is_an_admin_without_keys(tmp_path, hands):
    async with gateway_with(tmp_path, hands, auth={"mode": "none"}) as gateway:
        viewer = (await gateway.ask("{ viewer { username permissions } }"))["data"]["viewer"]
        assert viewer["username"] == "anonymous"
        assert "subscriber:secrets" not in viewer["permissions"]
        assert {"users:write", "audit:read", "mml"} <= set(viewer["permissions"])


async def test_without_sign_in_a_token_that_is_sent_counts(tmp_path, hands):
    async with gateway_with(tmp_path, hands, auth={"mode": "none"}) as gateway:
        token = await gateway.token("noc-viewer", "viewer")
        assert codes(await gateway.ask(CREATE, token, u="intruder")) == ["FORBIDDEN"]
        assert (await gateway.post({"query": COUNT}, "forged")).status_code == 401


async def test_a_compiled_query_and_one_run_by_the_book_refuse_alike(gateway):
    context = gateway.service.context(Caller(username="x", permissions=permissions_of(("viewer",))))
    query = "{ auditLog { nodes { by } } sources { name } viewer { roles } }"
    answers = []
    for compiled in (True, False):
        told = await Executor(schema.build(), compiled=compiled).execute(query, context=context)
        answers.append((told.data, [error.message for error in told.errors]))
    assert answers[0] == answers[1]


async def test_keys_of_subscribers_are_shown_to_who_may_see_them(gateway):
    admin = await gateway.token("noc-lead", "admin")
    made = await gateway.ask(
        """mutation {
          createNetworkElement(input: {neType: "UDM", neId: "001", name: "udm", ip: "10.0.0.1", port: 80}) {
            userErrors { message } }
          createSubscriber(input: {neId: "001", imsi: "001010000000001", msisdn: "8613800000001"}) {
          subscriber { id } userErrors { message } } }""",
        admin,
    )
    subscriber = made["data"]["createSubscriber"]["subscriber"]["id"]
    ki, opc = "0" * 31 + "1", "0" * 31 + "2"
    done = await gateway.ask(
        """mutation($s: ID!, $ki: String!, $opc: String!) {
          setAuthentication(subscriber: $s, input: {amf: "8000", algorithmIndex: "0", ki: $ki, opc: $opc}) { userErrors { message } } }""",
        admin,
        s=subscriber,
        ki=ki,
        opc=opc,
    )
    assert done == {"data": {"setAuthentication": {"userErrors": []}}}
    asked = "{ subscribers { nodes { imsi authentication { hasKey amf ki } } } }"
    shown = (await gateway.ask(asked, admin))["data"]["subscribers"]["nodes"]
    assert shown[0]["authentication"] == {"hasKey": True, "amf": "8000", "ki": ki}
    viewer = await gateway.token("noc-viewer", "viewer")
    answer = await gateway.ask(asked, viewer)
    assert answer["data"]["subscribers"]["nodes"][0] == {
        "imsi": "001010000000001",
        "authentication": {"hasKey": True, "amf": "8000", "ki": None},
    }
    assert codes(answer) == ["FORBIDDEN"]
    lines = str(await gateway.audited(admin))
    assert ki not in lines
    assert opc not in lines
