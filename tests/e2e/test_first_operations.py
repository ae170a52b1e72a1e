"""The first two operations of the gateway, over real sockets, with real clients."""

import asyncio
import json

import httpx
import websockets
from gql import Client
from gql import gql as document
from gql.transport.httpx import HTTPXAsyncTransport
from gql.transport.websockets import WebsocketsTransport

ELEMENTS = """
{ networkElements(first: 5) { totalCount failures { code } nodes {
    neType neId source { name dialect }
    state { online version cpu { system } memory { totalBytes } disks { usedBytes } licenseExpiresOn }
    alarms(first: 3) { nodes { title severity status raisedAt } } } } }
"""
STANDING = """
subscription { alarms(snapshot: true) {
    cursor change alarm { title severity networkElement { neType neId } } } }
"""


def asked(url: str, query: str) -> dict:
    answer = httpx.post(f"{url}/graphql", json={"query": query})
    assert answer.status_code == 200
    return answer.json()


def test_elements_of_the_local_store_come_with_their_states_and_alarms(gateway):
    found = asked(gateway, ELEMENTS)
    assert "errors" not in found
    elements = found["data"]["networkElements"]
    assert elements["failures"] == []
    assert [e["source"] for e in elements["nodes"]] == [{"name": "local", "dialect": "LOCAL"}] * 5
    assert all(e["state"]["memory"]["totalBytes"] for e in elements["nodes"])


def test_elements_of_the_omc_come_with_their_states(gateway):
    query = ELEMENTS.replace("first: 5", 'first: 5, filter: {sources: ["omc"]}')
    found = asked(gateway, query)
    assert "errors" not in found
    nodes = found["data"]["networkElements"]["nodes"]
    assert {e["source"]["dialect"] for e in nodes} == {"OMC"}
    assert any(e["state"] and e["state"]["cpu"]["system"] is not None for e in nodes)


async def test_the_gql_client_reads_elements_over_http(gateway):
    async with Client(transport=HTTPXAsyncTransport(url=f"{gateway}/graphql")) as client:
        found = await client.execute(document(ELEMENTS))
    assert len(found["networkElements"]["nodes"]) == 5


async def test_standing_alarms_come_over_graphql_transport_ws(gateway):
    address = gateway.replace("http", "ws") + "/graphql"
    async with websockets.connect(address, subprotocols=["graphql-transport-ws"]) as socket:
        await socket.send(json.dumps({"type": "connection_init"}))
        assert json.loads(await socket.recv())["type"] == "connection_ack"
        await socket.send(json.dumps({"id": "1", "type": "subscribe", "payload": {"query": STANDING}}))
        told = [json.loads(await asyncio.wait_for(socket.recv(), 20)) for _ in range(5)]
    events = [one["payload"]["data"]["alarms"] for one in told]
    assert [event["change"] for event in events] == ["RAISED"] * 5
    assert len({event["cursor"] for event in events}) == 5
    assert all(event["alarm"]["networkElement"]["neType"] for event in events)


async def test_the_gql_client_is_sent_standing_alarms(gateway):
    transport = WebsocketsTransport(url=gateway.replace("http", "ws") + "/graphql")
    async with Client(transport=transport) as client:
        async for event in client.subscribe(document(STANDING)):
            assert event["alarms"]["change"] == "RAISED"
            break
