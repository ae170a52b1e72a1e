"""What names nothing or is malformed is refused, told, and never sent to a source."""

import base64
from typing import Any

import pytest

from resolvers.ids import encode
from tests.e2e.graph import Graph

BAD, MISSING, FINE = "BAD_USER_INPUT", "NOT_FOUND", "none"


def id_(kind: str, source: str, native_id: str) -> str:
    return f'"{encode(kind, source, native_id)}"'


NOBODY = id_("User", "omc", "999999")
ELSEWHERE = id_("User", "nowhere", "1")
CURSOR = base64.urlsafe_b64encode(b'["000000000000",{"omc":5},{}]').rstrip(b"=").decode()

REFUSED: list[Any] = [
    # lists
    ("{ users(first: 0) { totalCount } }", BAD),
    ("{ users(first: -1) { totalCount } }", BAD),
    ("{ users(first: 501) { totalCount } }", BAD),
    ("{ alarms(first: 501) { totalCount } }", BAD),
    ("{ ueEvents(first: 0) { pageInfo { hasNextPage } } }", BAD),
    ('{ search(text: "a", first: 501) { nodes { __typename } } }', BAD),
    ('{ search(text: " ") { nodes { __typename } } }', BAD),
    ('{ users(after: "not a cursor") { totalCount } }', BAD),
    ('{ users(after: "") { totalCount } }', BAD),
    (f'{{ users(after: "{CURSOR}") {{ totalCount }} }}', BAD),
    ('{ users(filter: {sources: ["nowhere"]}) { totalCount } }', BAD),
    ('{ alarms(filter: {sources: ["nowhere"]}) { totalCount } }', BAD),
    ('{ ueEvents(filter: {sources: ["nowhere"]}) { pageInfo { hasNextPage } } }', BAD),
    ('{ networkElements(filter: {sources: ["omc; drop table"]}) { totalCount } }', BAD),
    # subscribers
    ('{ subscribers(filter: {imsi: "46000abc"}) { totalCount } }', BAD),
    ('{ subscribers(filter: {imsi: "../../system/user/1"}) { totalCount } }', BAD),
    ('{ subscribers(filter: {imsi: ""}) { totalCount } }', BAD),
    ('{ subscribers(filter: {msisdn: "1\' or 1=1"}) { totalCount } }', BAD),
    ('{ subscribers(filter: {neId: "001/../002"}) { totalCount } }', BAD),
    ('{ ueEvents(filter: {imsi: "4600x"}) { pageInfo { hasNextPage } } }', BAD),
    # ids
    ('{ node(id: "x") { id } }', BAD),
    ('{ node(id: "") { id } }', BAD),
    ('{ users(filter: {role: "x"}) { totalCount } }', BAD),
    (f"{{ users(filter: {{organization: {NOBODY}}}) {{ totalCount }} }}", BAD),
    (f"{{ alarms(filter: {{networkElements: [{NOBODY}]}}) {{ totalCount }} }}", BAD),
    (f"{{ entities(filter: {{device: {NOBODY}}}) {{ totalCount }} }}", BAD),
    ("{ nodes(ids: [" + ", ".join(['"x"'] * 101) + "]) { id } }", BAD),
    # native fields
    ('{ omc(source: "nowhere") { getInfo: getCurrentUserInfo { permissions } } }', BAD),
    ('{ omc(source: "beaver") { getCurrentUserInfo { permissions } } }', BAD),
    ('{ omc { getSubscriber(neId: "001", imsi: "../1") { imsi } } }', BAD),
    ('{ omc { getUser(userId: "1;drop table") { user { userId } } } }', BAD),
]  # fmt: skip


@pytest.mark.parametrize(("query", "code"), REFUSED, ids=lambda v: v[:60])
async def test_it_is_refused_without_a_call(graph, query, code):
    told = await graph.ask(query)
    assert told.codes == [code]
    assert told.calls == []
    assert [v.requests() for v in graph.vendors.values()] == [[]] * 5


GONE = [
    ("User", "omc", "999999"),
    ("User", "omc", "../../login"),
    ("User", "omc", "1' or '1'='1"),
    ("Role", "omc", "abc"),
    ("NetworkElement", "omc", "AMF/999"),
    ("NetworkElement", "omc", "../x"),
    ("NetworkElement", "omc", "'; drop table ne_info;--/1"),
    ("Subscriber", "omc", "001/460009999999999"),
    ("Subscriber", "omc", "001/../../x"),
    ("Subscriber", "omc", "x"),
    ("Device", "beaver", "../user"),
    ("Device", "beaver", "42"),
    ("Entity", "beaver", "x'"),
    ("Workflow", "beaver", "999"),
    ("User", "supos", "nobody-here"),
    ("User", "supos", "a/../../b"),
    ("User", "idaas", "NOTHING"),
    ("User", "idaas", "../organs"),
    ("Organization", "idaas", "NOTHING"),
    ("DeviceApproval", "nce", "4ec18b7a-0000-4b7e-9c3d-000000000000"),
    ("DeviceApproval", "nce", "../x"),
    ("User", "local", "nobody"),
    ("User", "nowhere", "1"),
    ("Alarm", "omc", "no-such-alarm"),
]


@pytest.mark.parametrize(("kind", "source", "native_id"), GONE)
async def test_an_id_that_names_nothing_is_null(graph, kind, source, native_id):
    told = await graph.ask(f"{{ node(id: {id_(kind, source, native_id)}) {{ id }} }}")
    assert told.data == {"node": None}
    assert told.errors == []
    assert [r for v in graph.vendors.values() for r in v.requests() if ".." in r or "'" in r] == []
    assert graph.complaints() == []


async def test_an_id_that_names_nothing_leaves_the_others(graph):
    source = encode("Source", "omc")
    told = await graph.ask(f'{{ nodes(ids: ["{source}", {NOBODY}, {ELSEWHERE}, "x"]) {{ id }} }}')
    assert told.data["nodes"] == [{"id": source}, None, None, None]
    assert told.codes == [BAD]


LISTS = (
    "users roles organizations networkElements subscribers devices entities workflows deviceApprovals alarms"
)


@pytest.mark.parametrize("name", LISTS.split())
async def test_a_cursor_of_another_list_is_refused(graph: Graph, name):
    other = "roles" if name == "users" else "users"
    cursor = (await graph.data(f"{{ {other}(first: 1) {{ pageInfo {{ endCursor }} }} }}"))[other]["pageInfo"]
    graph.forget()
    told = await graph.ask(f'{{ {name}(after: "{cursor["endCursor"]}") {{ pageInfo {{ endCursor }} }} }}')
    assert told.codes == [BAD]
    assert told.calls == []


@pytest.mark.parametrize("name", LISTS.split())
async def test_a_cursor_of_the_list_under_other_conditions_is_refused(graph: Graph, name):
    cursor = (await graph.data(f"{{ {name}(first: 1) {{ pageInfo {{ endCursor }} }} }}"))[name]["pageInfo"]
    query = f'{{ {name}(after: "{cursor["endCursor"]}", filter: {{search: "a"}}) {{ nodes {{ id }} }} }}'
    assert (await graph.ask(query)).codes == [BAD]


WRITES = [
    (f"mutation {{ deleteUsers(ids: [{ELSEWHERE}]) {{ deletedIds userErrors {{ code }} }} }}", BAD),
    ('mutation { deleteUsers(ids: ["x"]) { deletedIds userErrors { code } } }', BAD),
    (f'mutation {{ updateDevice(id: {NOBODY}, name: "a") {{ userErrors {{ code }} }} }}', BAD),
    ('mutation { updateUser(id: "x", input: {displayName: "a"}) { userErrors { code } } }', BAD),
    (('mutation { createUser(input: {source: "nowhere", username: "a", password: "b"}) '
     "{ userErrors { code } } }"), BAD),
    (('mutation { createSubscriber(input: {source: "omc", neId: "001", imsi: "46000x", msisdn: "1"}) '
     "{ userErrors { code } } }"), BAD),
    (('mutation { createSubscriber(input: {source: "omc", neId: "001", imsi: "../460000000000001", msisdn: "1"}) '
     "{ userErrors { code } } }"), BAD),
    (('mutation { createNetworkElement(input: {source: "omc", neType: "A\'; drop", neId: "1", name: "x", '
     'ip: "127.0.0.1", port: 80}) { userErrors { code } } }'), BAD),
    (('mutation { createNetworkElement(input: {source: "omc", neType: "AMF", neId: "9", name: "x", '
     'ip: "127.0.0.1", port: 99999}) { userErrors { code } } }'), BAD),
    ((f'mutation {{ runMml(networkElement: {id_("NetworkElement", "omc", "UDM/001")}, '
     'commands: ["dsp x\\nrmv y"]) { outputs userErrors { code } } }'), BAD),
    ((f'mutation {{ runMml(networkElement: {id_("NetworkElement", "omc", "UDM/001")}, '
     "commands: []) { outputs userErrors { code } } }"), BAD),
    (('mutation { createDevice(input: {source: "supos", name: "a", integration: "b", parameters: {}}) '
     "{ userErrors { code } } }"), "UNSUPPORTED"),
]  # fmt: skip


@pytest.mark.parametrize(("mutation", "code"), WRITES, ids=lambda v: v[11:60])
async def test_a_write_that_makes_no_sense_is_refused_without_a_call(graph, mutation, code):
    told = await graph.ask(mutation)
    payload = next(iter((told.data or {"": None}).values()))
    codes = told.codes + [e["code"] for e in (payload or {}).get("userErrors", [])]
    assert codes == [code]
    assert [v.requests() for v in graph.vendors.values()] == [[]] * 5
