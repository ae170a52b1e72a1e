"""Lists over all sources: walked with any page size each object comes once; each filter tells exactly."""

from collections import Counter
from collections.abc import AsyncIterator, Callable
from shutil import copy
from typing import Any

import pytest
import pytest_asyncio

from tests.e2e.graph import Graph, service_over, settings_over

pytestmark = pytest.mark.asyncio(loop_scope="module")

HELD: dict[str, dict[str, int]] = {
    "users": {"local": 40, "omc": 40, "beaver": 32, "supos": 61, "idaas": 67},
    "roles": {"local": 6, "omc": 6, "beaver": 5, "supos": 3, "idaas": 4},
    "organizations": {"local": 10, "omc": 10, "idaas": 13},
    "networkElements": {"local": 14, "omc": 16},
    "subscribers": {"local": 500, "omc": 220},
    "devices": {"local": 6, "beaver": 64},
    "entities": {"local": 18, "beaver": 716},
    "workflows": {"local": 3, "beaver": 14},
    "deviceApprovals": {"local": 6, "nce": 42},
    "alarms": {"local": 60, "omc": 72},
}
"""What the sources of each list hold as they start, in the order of the configuration."""


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def whole(running_vendors, seeded_file, tmp_path_factory) -> AsyncIterator[Graph]:
    """A graph that is only read."""
    for vendor in running_vendors.values():
        vendor.reset()
    folder = tmp_path_factory.mktemp("lists")
    copy(seeded_file, folder / "ems.db")
    service = service_over(settings_over(running_vendors, folder))
    await service.open()
    graph = Graph(service, running_vendors)
    await graph.poll_alarms()
    yield graph
    await service.close()


async def walked(graph: Graph, name: str, first: int, where: dict[str, Any] | None = None) -> list[Any]:
    """Every node of a list, page after page."""
    kind = (
        name[0].upper() + name[1:].removesuffix("ies").removesuffix("s") + ("y" if name == "entities" else "")
    )
    query = (
        f"query($after: String, $where: {kind}Filter) {{ {name}(first: {first}, after: $after, filter: $where) {{"
        f" totalCount failures {{ code message }} pageInfo {{ hasNextPage endCursor }} nodes {{ {FIELDS[name]} }} }} }}"
    )
    found: list[Any] = []
    after = None
    while True:
        page = (await graph.data(query, after=after, where=where))[name]
        assert page["failures"] == []
        assert len(page["nodes"]) <= first
        found += page["nodes"]
        if not page["pageInfo"]["hasNextPage"]:
            assert page["totalCount"] in (len(found), None)
            return found
        assert page["pageInfo"]["endCursor"] != after
        after = page["pageInfo"]["endCursor"]


FIELDS = {
    "users": "username displayName email phone status organization { id name } roles { id }",
    "roles": "name code kind enabled",
    "organizations": "name code parent { id }",
    "networkElements": "name neType neId ip state { online }",
    "subscribers": "imsi msisdn networkElement { neId }",
    "devices": "name identifier key integration { nativeId }",
    "entities": "name key type valueType access device { id }",
    "workflows": "name description enabled",
    "deviceApprovals": "name identifier mac model kind siteId site status discovery",
    "alarms": "title neType neId severity status eventType code acknowledged flapping stale raisedAt "
    "networkElement { id } shelvedUntil additionalText specificProblem location alarmId",
}
FIELDS = {name: f"id nativeId source {{ name }} {fields}" for name, fields in FIELDS.items()}


@pytest.mark.parametrize("name", HELD)
async def test_one_page_holds_what_the_sources_hold(whole, name):
    found = await walked(whole, name, 500)
    counts = Counter(node["source"]["name"] for node in found)
    assert dict(counts) == HELD[name]


@pytest.mark.parametrize("first", [3, 7, 50])
@pytest.mark.parametrize("name", [n for n in HELD if n not in ("subscribers", "entities")])
async def test_every_page_size_gives_each_object_once_in_the_same_order(whole, name, first):
    expected = [node["id"] for node in await walked(whole, name, 500)]
    assert [node["id"] for node in await walked(whole, name, first)] == expected
    assert len(set(expected)) == len(expected)


@pytest.mark.parametrize("name", ["subscribers", "entities"])
async def test_long_lists_are_the_same_in_small_pages(whole, name):
    expected = [node["id"] for node in await walked(whole, name, 500)]
    assert [node["id"] for node in await walked(whole, name, 37)] == expected
    assert len(set(expected)) == len(expected)


def holds(word: str, *fields: str) -> Callable[[Any], bool]:
    """Whether one of the fields holds a word, whatever its case."""
    return lambda node: any(word.lower() in str(node[f] or "").lower() for f in fields)


def is_(field: str, *values: Any) -> Callable[[Any], bool]:
    """Whether a field is one of the values."""
    return lambda node: node[field] in values


def first_of(nodes: list[Any], path: str, source: str | None = None) -> Any:
    """The first known value at a path."""
    for node in nodes:
        value: Any = node
        for step in path.split("."):
            value = value[step] if value else None
        if value and source in (None, node["source"]["name"]):
            return value
    raise AssertionError(path)


FIXED: list[tuple[str, dict[str, Any], Callable[[Any], bool]]] = [
    ("users", {"status": ["DISABLED"]}, is_("status", "DISABLED")),
    ("users", {"status": ["ACTIVE", "LOCKED"]}, is_("status", "ACTIVE", "LOCKED")),
    ("users", {"status": []}, lambda _: False),
    ("users", {"sources": ["idaas", "omc"]}, lambda n: n["source"]["name"] in ("idaas", "omc")),
    ("users", {"sources": []}, lambda _: False),
    ("users", {"username": "noc-shift-a"}, is_("username", "noc-shift-a")),
    ("users", {"email": "noc-shift-a@example.net"}, is_("email", "noc-shift-a@example.net")),
    ("users", {"phone": "13900000002"}, is_("phone", "13900000002")),
    ("users", {"search": "noc-shift"}, holds("noc-shift", "username", "displayName", "email", "phone")),
    ("users", {"search": "no such person"}, lambda _: False),
    ("roles", {"kind": "GROUP"}, is_("kind", "GROUP")),
    ("roles", {"kind": "ROLE"}, is_("kind", "ROLE")),
    ("roles", {"enabled": True}, is_("enabled", True)),
    ("roles", {"enabled": False}, is_("enabled", False)),
    ("roles", {"search": "admin"}, holds("admin", "name", "code")),
    ("organizations", {"rootsOnly": True}, is_("parent", None)),
    ("organizations", {"search": "shift"}, holds("shift", "name", "code")),
    ("networkElements", {"neTypes": ["smf", "UDM"]}, is_("neType", "SMF", "UDM")),
    ("networkElements", {"neIds": ["001"]}, is_("neId", "001")),
    ("networkElements", {"online": True}, lambda n: bool(n["state"] and n["state"]["online"])),
    ("networkElements", {"online": False}, lambda n: bool(n["state"] and not n["state"]["online"])),
    ("networkElements", {"search": "udm"}, holds("udm", "name", "nativeId", "ip")),
    ("subscribers", {"neId": "001"}, lambda n: n["networkElement"]["neId"] == "001"),
    ("devices", {"search": "gateway"}, holds("gateway", "name", "identifier")),
    ("entities", {"types": ["EVENT"]}, is_("type", "EVENT")),
    ("entities", {"types": ["SERVICE", "PROPERTY"]}, is_("type", "SERVICE", "PROPERTY")),
    ("entities", {"valueTypes": ["DOUBLE"]}, is_("valueType", "DOUBLE")),
    ("entities", {"access": ["R"]}, is_("access", "R")),
    ("entities", {"search": "temperature"}, holds("temperature", "name", "key")),
    ("workflows", {"enabled": True}, is_("enabled", True)),
    ("workflows", {"enabled": False}, is_("enabled", False)),
    ("deviceApprovals", {"status": ["PENDING"]}, is_("status", "PENDING")),
    ("deviceApprovals", {"status": ["APPROVED", "FAILED"]}, is_("status", "APPROVED", "FAILED")),
    ("deviceApprovals", {"kinds": ["AP"]}, is_("kind", "AP")),
    ("deviceApprovals", {"discovery": ["ESN_FREE"]}, is_("discovery", "ESN_FREE")),
    ("alarms", {"severities": ["CRITICAL", "MAJOR"]}, is_("severity", "CRITICAL", "MAJOR")),
    ("alarms", {"status": "ACTIVE"}, is_("status", "ACTIVE")),
    ("alarms", {"status": "CLEARED"}, is_("status", "CLEARED")),
    ("alarms", {"neTypes": ["smf"]}, is_("neType", "SMF")),
    ("alarms", {"neIds": ["001"]}, is_("neId", "001")),
    ("alarms", {"acknowledged": True}, is_("acknowledged", True)),
    ("alarms", {"acknowledged": False}, is_("acknowledged", False)),
    ("alarms", {"shelved": False}, is_("shelvedUntil", None)),
    ("alarms", {"flapping": True}, is_("flapping", True)),
    ("alarms", {"stale": False}, is_("stale", False)),
    ("alarms", {"eventTypes": ["COMMUNICATIONS"]}, is_("eventType", "COMMUNICATIONS")),
    ("alarms", {"sources": ["omc"]}, lambda n: n["source"]["name"] == "omc"),
]
"""Filters with values that the sources surely have, and what they let through."""

TAKEN: list[tuple[str, str, str, str | None]] = [
    ("users", "organization", "organization.id", "omc"),
    ("users", "organization", "organization.id", "idaas"),
    ("users", "organization", "organization.id", "local"),
    ("users", "email", "email", "beaver"),
    ("users", "username", "username", "supos"),
    ("organizations", "parent", "parent.id", "omc"),
    ("organizations", "parent", "parent.id", "idaas"),
    ("subscribers", "imsi", "imsi", "omc"),
    ("subscribers", "msisdn", "msisdn", "omc"),
    ("subscribers", "imsi", "imsi", "local"),
    ("devices", "identifier", "identifier", None),
    ("devices", "integration", "integration.nativeId", "beaver"),
    ("entities", "device", "device.id", "beaver"),
    ("alarms", "codes", "code", None),
    ("alarms", "networkElements", "networkElement.id", "omc"),
    ("deviceApprovals", "siteIds", "siteId", "nce"),
]
"""Filters by a value that an object of a source has: list, argument, where the value stands, source."""


@pytest.mark.parametrize(("name", "where", "fits"), FIXED, ids=lambda v: str(v) if not callable(v) else "")
async def test_a_filter_lets_through_what_it_says(whole, name, where, fits):
    expected = [n["id"] for n in await walked(whole, name, 500) if fits(n)]
    assert sorted(n["id"] for n in await walked(whole, name, 500, where)) == sorted(expected)


@pytest.mark.parametrize(("name", "argument", "path", "source"), TAKEN)
async def test_a_filter_by_a_value_lets_through_who_has_it(whole, name, argument, path, source):
    nodes = await walked(whole, name, 500)
    value = first_of(nodes, path, source)
    several = argument.endswith("s")

    def at(node: Any) -> Any:
        for step in path.split("."):
            node = node[step] if node else None
        return node

    expected = sorted(n["id"] for n in nodes if at(n) == value)
    found = await walked(whole, name, 500, {argument: [value] if several else value})
    assert sorted(n["id"] for n in found) == expected


async def test_users_of_a_role_are_those_who_hold_it(whole):
    for source in ("omc", "local", "beaver", "idaas", "supos"):
        nodes = await walked(whole, "users", 500)
        role = next(n["roles"][0]["id"] for n in nodes if n["source"]["name"] == source and n["roles"])
        expected = sorted(n["id"] for n in nodes if any(r["id"] == role for r in n["roles"] or []))
        found = await walked(whole, "users", 500, {"role": role})
        assert sorted(n["id"] for n in found) == expected


async def test_vendors_have_nothing_to_complain_of(whole):
    assert whole.complaints() == []
