"""What one system knows is found from the other: people, hardware, trees, sessions, words."""

from collections.abc import AsyncIterator

import pytest_asyncio

from resolvers.ids import encode
from tests.e2e.graph import Graph


@pytest_asyncio.fixture
async def swept(graph: Graph) -> AsyncIterator[Graph]:
    """A graph whose directory knows every source."""
    await graph.sweep()
    await graph.poll_alarms()
    graph.forget()
    yield graph
    assert graph.complaints() == []


def account(name: str) -> str:
    return (
        f'{{ users(filter: {{username: "{name}", sources: ["omc"]}}) '
        "{ nodes { accounts { username source { name } } } } }"
    )


async def test_a_person_is_the_same_in_every_system(swept):
    (user,) = (await swept.data(account("noc-shift-a")))["users"]["nodes"]
    # supOS tells neither email nor phone: its accounts are linked by hand.
    assert {a["source"]["name"] for a in user["accounts"]} >= {"beaver", "idaas"}
    assert "omc" not in {a["source"]["name"] for a in user["accounts"]}


async def test_the_accounts_of_a_page_of_people_take_one_list_of_each_system(swept):
    told = await swept.ask(
        '{ users(first: 40, filter: {sources: ["omc"]}) { nodes { accounts { username } } } }'
    )
    assert sum(bool(u["accounts"]) for u in told.data["users"]["nodes"]) >= 5
    assert sorted(told.upstream) == [
        "beaver search_users",
        "idaas page_users",
        "omc list_users",
    ]


async def test_an_account_that_the_same_answer_lists_is_not_read_again(swept):
    told = await swept.ask(
        '{ users(filter: {email: "noc-shift-a@example.net"}) { nodes { source { name } accounts { id username } } } }'
    )
    alone = {u["source"]["name"]: u["accounts"] for u in told.data["users"]["nodes"]}
    assert {name: len(accounts) for name, accounts in alone.items()} == dict.fromkeys(
        ("local", "omc", "beaver", "idaas"), 3
    )
    assert sorted(told.upstream) == ["beaver search_users", "idaas page_users", "omc list_users"]


async def test_people_in_one_order_are_read_out_of_the_lists(swept):
    told = await swept.ask(
        "{ users(orderBy: {field: USERNAME}, first: 100) { nodes { username displayName source { name } } } }"
    )
    assert len(told.data["users"]["nodes"]) == 100
    assert sorted(told.upstream) == [
        "beaver search_users",
        "idaas page_users",
        "omc list_users",
        "supos list_users",
    ]


async def test_a_shared_mailbox_is_nobodys(swept):
    (user,) = (await swept.data(account("duty-one")))["users"]["nodes"]
    assert user["accounts"] == []


async def test_hardware_is_found_by_its_number_both_ways(swept):
    found = await swept.data(
        "{ devices(first: 100) { nodes { id identifier approvals { identifier mac device { id } } } } }"
    )
    joined = [d for d in found["devices"]["nodes"] if d["approvals"]]
    both = [d for d in joined if any(a["device"] and a["device"]["id"] == d["id"] for a in d["approvals"])]
    assert len(both) >= 8


async def approval_of(graph: Graph, name: str) -> dict:
    found = await graph.data(
        'query($name: String) { deviceApprovals(filter: {sources: ["nce"], search: $name}) '
        "{ nodes { identifier device { name identifier approvals { name } } } } }",
        name=name,
    )
    return found["deviceApprovals"]["nodes"][0]


async def test_hardware_is_found_by_a_serial_number_that_is_not_its_identifier(swept):
    approval = await approval_of(swept, "Gateway hall 2")
    assert approval["identifier"] == "21500829352SGA900584"
    assert approval["device"] == {
        "name": "Gateway hall 2",
        "identifier": "24E1246509FFFFFF",
        "approvals": [{"name": "Gateway hall 2"}],
    }


async def test_hardware_is_found_by_a_number_that_its_single_read_alone_tells(graph):
    house = graph.vendors["beaver"].vendor.dialect.house
    (device,) = (one for one in house.devices.values() if one.name == "Gateway hall 2")
    device.identifier, device.additional_data = "21500829352SGA900584", {}
    await graph.sweep()

    assert (await approval_of(graph, "Gateway hall 2"))["device"]["name"] == "Gateway hall 2"
    listed = await graph.data(
        '{ devices(first: 2, filter: {sources: ["beaver"]}) { nodes { name approvals { name } } } }'
    )
    assert {"name": "Gateway hall 2", "approvals": [{"name": "Gateway hall 2"}]} in listed["devices"]["nodes"]


async def test_an_object_that_was_read_is_found_by_what_its_list_left_out(graph):
    await graph.sweep()
    house = graph.vendors["beaver"].vendor.dialect.house
    (device,) = (one for one in house.devices.values() if one.name == "Gateway hall 2")
    device.identifier, device.additional_data = "2102351931P0A1000099", {}
    row = graph.vendors["nce"].vendor.dialect.campus.approvals[20]
    row["esn"] = device.identifier
    before = await approval_of(graph, row["name"])
    await graph.data(
        "query($id: ID!) { node(id: $id) { ... on Device { identifier } } }",
        id=encode("Device", "beaver", device.id),
    )
    await graph.service.memory.flush()

    assert before["device"] is None
    assert (await approval_of(graph, row["name"]))["device"]["identifier"] == device.identifier


async def test_the_hardware_of_a_page_takes_one_page_of_approvals(swept):
    told = await swept.ask(
        '{ devices(first: 50, filter: {sources: ["beaver"]}) { nodes { approvals { identifier } } } }'
    )
    assert sum(bool(d["approvals"]) for d in told.data["devices"]["nodes"]) >= 4
    assert sorted(told.upstream) == ["beaver search_devices", "nce query_access_approvals"]


async def test_an_entity_belongs_to_the_device_whose_key_begins_its_key(swept):
    found = await swept.data(
        '{ entities(first: 100, filter: {sources: ["beaver"]}) { nodes { key device { key } } } }'
    )
    owned = [e for e in found["entities"]["nodes"] if e["device"]]
    assert owned
    assert all(e["key"].startswith(e["device"]["key"] + ".") for e in owned)


async def test_an_organization_tells_its_way_from_the_root(swept):
    found = await swept.data(
        "{ organizations(first: 100) { nodes { id name path parent { id name path } } } }"
    )
    for one in found["organizations"]["nodes"]:
        above = one["parent"]["path"] if one["parent"] else []
        assert one["path"] == [*above, one["name"]]


async def test_a_word_is_found_in_every_kind(swept):
    found = await swept.data(
        '{ search(text: "noc-shift-a", first: 50) { failures { code } nodes '
        "{ __typename ... on User { username email source { name } } } } }"
    )
    sources = {n["source"]["name"] for n in found["search"]["nodes"] if n["__typename"] == "User"}
    assert found["search"]["failures"] == []
    assert sources >= {"omc", "beaver", "supos", "idaas"}


async def test_users_come_in_one_order_over_all_sources(swept):
    names: list[str] = []
    after = None
    while True:
        page = (
            await swept.data(
                "query($after: String) { users(orderBy: {field: USERNAME}, first: 100, after: $after) "
                "{ totalCount nodes { id username } pageInfo { hasNextPage endCursor } } }",
                after=after,
            )
        )["users"]
        names += [n["username"].casefold() for n in page["nodes"]]
        if not page["pageInfo"]["hasNextPage"]:
            break
        after = page["pageInfo"]["endCursor"]
    assert len(names) == page["totalCount"] == 240
    assert names == sorted(names)


async def test_every_object_is_found_again_by_its_id(swept):
    lists = "users roles organizations networkElements subscribers devices entities workflows deviceApprovals alarms"
    sources = await swept.data("{ sources { name } }")
    for name in lists.split():
        for source in (s["name"] for s in sources["sources"]):
            query = (
                f'{{ {name}(first: 3, filter: {{sources: ["{source}"]}}) {{ nodes {{ id __typename }} }} }}'
            )
            nodes = (await swept.data(query))[name]["nodes"]
            again = await swept.data(
                "query($ids: [ID!]!) { nodes(ids: $ids) { id __typename } }", ids=[n["id"] for n in nodes]
            )
            assert again["nodes"] == nodes


async def test_a_subscriber_is_seen_where_it_is_online(swept):
    element = encode("NetworkElement", "omc", "SMF/001")
    told = await swept.data(
        f'{{ node(id: "{element}") {{ ... on NetworkElement {{ onlineUserCount '
        "onlineUsers { imsi subscriber { imsi sessions { imsi } } } } } }"
    )
    users = told["node"]["onlineUsers"]
    assert users
    assert told["node"]["onlineUserCount"] >= 1
    seen = [u for u in users if u["subscriber"]]
    assert seen
    assert all(u["imsi"].removeprefix("imsi-") == u["subscriber"]["imsi"] for u in seen)
    assert all(u["subscriber"]["sessions"] for u in seen)
