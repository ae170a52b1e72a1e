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


async def test_a_shared_mailbox_is_nobodys(swept):
    (user,) = (await swept.data(account("duty-one")))["users"]["nodes"]
    assert user["accounts"] == []


async def test_hardware_is_found_by_its_number_both_ways(swept):
    found = await swept.data(
        "{ devices(first: 100) { nodes { id identifier approvals { identifier mac device { id } } } } }"
    )
    joined = [d for d in found["devices"]["nodes"] if d["approvals"]]
    both = [d for d in joined if any(a["device"] and a["device"]["id"] == d["id"] for a in d["approvals"])]
    assert len(both) >= 7


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
