"""Changes through the graph: seen by the next read, told in the audit log, and a plain sentence where none is to be had."""

from typing import Any

import pytest

from resolvers.ids import encode
from tests.e2e.changing import ERRORS, by_id, changed, first, refused
from tests.e2e.graph import Graph

USER = "id nativeId username displayName email phone description status organization { id } roles { id name }"


CREATE = (
    f"mutation($input: CreateUserInput!) {{ createUser(input: $input) {{ user {{ {USER} }} {ERRORS} }} }}"
)
UPDATE = (
    "mutation($id: ID!, $input: UpdateUserInput!) "
    f"{{ updateUser(id: $id, input: $input) {{ user {{ {USER} }} {ERRORS} }} }}"
)
DELETE = f"mutation($ids: [ID!]!) {{ deleteUsers(ids: $ids) {{ deletedIds {ERRORS} }} }}"


LEFT_OUT = {"beaver": ("phone",), "supos": ("displayName", "email", "phone")}
"""What a source keeps nothing of."""
PERSON = "guest01"
"""A person of the pretend supOS; accounts belong to one."""


async def created(graph: Graph, source: str) -> Any:
    """A new user of a source."""
    return (await changed(graph, CREATE, input=await draft(graph, source)))["user"]


async def draft(graph: Graph, source: str) -> dict[str, Any]:
    """What a new user of a source is made of."""
    given: dict[str, Any] = {
        "source": source,
        "username": "night-shift-z",
        "password": "Sandbox-Pass-9",
        "displayName": "Night shift Z",
        "email": "night-shift-z@example.net",
        "phone": "13912345678",
    }
    if source == "beaver":
        given["username"] = given["email"]
    if source == "idaas":
        organ = await first(graph, "organizations", "idaas", "name")
        given |= {"organization": organ["id"], "expiresAt": "2031-01-01T00:00:00Z"}
        kinds = await graph.data("{ idaas { listUserTypes { id } } }")
        given["native"] = {"userType": kinds["idaas"]["listUserTypes"][0]["id"]}
    if source == "supos":
        given["native"] = {"timeZone": "GMT+0800", "personCode": PERSON}
    for name in LEFT_OUT.get(source, ()):
        del given[name]
    return given


@pytest.mark.parametrize("source", ["local", "omc", "beaver", "idaas", "supos"])
async def test_a_user_is_created_found_changed_and_deleted(graph, source):
    user = await created(graph, source)
    assert (await by_id(graph, "User", user["id"], "username"))["username"] == user["username"]
    text = {"supos": "description"}.get(source, "displayName")
    after = (await changed(graph, UPDATE, id=user["id"], input={text: "Renamed"}))["user"]
    assert after[text] == "Renamed"
    assert {k: v for k, v in after.items() if k != text} == {k: v for k, v in user.items() if k != text}
    assert (await by_id(graph, "User", user["id"], USER)) == after
    gone = await changed(graph, DELETE, ids=[user["id"]])
    assert gone["deletedIds"] == [user["id"]]
    left = await by_id(graph, "User", user["id"], "status")
    assert left is None or left["status"] == "DELETED"
    assert graph.complaints() == []


@pytest.mark.parametrize("source", ["local", "omc", "beaver", "idaas", "supos"])
async def test_a_name_that_exists_is_refused_with_the_source_named(graph, source):
    await created(graph, source)
    errors = await refused(graph, CREATE, input=await draft(graph, source))
    assert len(errors) == 1
    assert errors[0]["source"] == {"name": source}
    assert errors[0]["code"] in ("CONFLICT", "UPSTREAM_REJECTED", "BAD_USER_INPUT")


@pytest.mark.parametrize("source", ["local", "omc", "idaas", "beaver", "supos"])
async def test_a_user_is_disabled_or_it_is_said_that_nobody_can(graph, source):
    user = await first(graph, "users", source, "status", 3)
    mutation = (
        f"mutation($id: ID!) {{ setUserStatus(id: $id, status: DISABLED) {{ user {{ status }} {ERRORS} }} }}"
    )
    graph.forget()
    told = (await graph.ask(mutation, id=user["id"])).data["setUserStatus"]
    if told["userErrors"]:
        (error,) = told["userErrors"]
        assert (error["code"], source in ("beaver", "supos")) == ("UNSUPPORTED", True)
        assert error["message"].endswith(".")
        assert graph.vendors[source].requests() == []
    else:
        assert told["user"]["status"] == "DISABLED"
        assert (await by_id(graph, "User", user["id"], "status"))["status"] == "DISABLED"


@pytest.mark.parametrize("source", ["local", "omc", "beaver", "idaas", "supos"])
async def test_roles_are_given_and_taken(graph, source):
    user = await created(graph, source)
    role = await first(graph, "roles", source, "name", 1)
    give = f"mutation($u: ID!, $r: [ID!]!) {{ assignRoles(user: $u, roles: $r) {{ user {{ {USER} }} {ERRORS} }} }}"
    after = (await changed(graph, give, u=user["id"], r=[role["id"]]))["user"]
    assert role["id"] in [r["id"] for r in after["roles"]]
    seen = await by_id(graph, "User", user["id"], USER)
    assert role["id"] in [r["id"] for r in seen["roles"]]
    assert {k: v for k, v in seen.items() if k != "roles"} == {k: v for k, v in user.items() if k != "roles"}
    after = (
        await changed(graph, give.replace("assignRoles", "unassignRoles"), u=user["id"], r=[role["id"]])
    )["user"]
    assert role["id"] not in [r["id"] for r in after["roles"] or []]


@pytest.mark.parametrize("source", ["local", "omc", "beaver", "idaas"])
async def test_a_role_is_created_changed_and_deleted(graph, source):
    given: dict[str, Any] = {"source": source, "name": "night-watch"}
    if source in ("local", "omc"):
        given["code"] = "night"
    if source == "idaas":
        organ = await first(graph, "organizations", "idaas", "nativeId")
        given |= {"kind": "GROUP", "native": {"organId": organ["nativeId"]}}
    make = f"mutation($input: CreateRoleInput!) {{ createRole(input: $input) {{ role {{ id name description }} {ERRORS} }} }}"
    role = (await changed(graph, make, input=given))["role"]
    assert role["name"] == "night-watch"
    change = (
        "mutation($id: ID!, $input: UpdateRoleInput!) "
        f"{{ updateRole(id: $id, input: $input) {{ role {{ id name }} {ERRORS} }} }}"
    )
    after = (await changed(graph, change, id=role["id"], input={"name": "day-watch"}))["role"]
    assert after == {"id": role["id"], "name": "day-watch"}
    gone = await changed(graph, DELETE.replace("deleteUsers", "deleteRoles"), ids=[role["id"]])
    assert gone["deletedIds"] == [role["id"]]
    assert await by_id(graph, "Role", role["id"], "id") is None


@pytest.mark.parametrize("source", ["local", "omc", "idaas"])
async def test_an_organization_is_created_changed_and_deleted(graph, source):
    parent = await first(graph, "organizations", source, "name")
    make = (
        "mutation($input: CreateOrganizationInput!) { createOrganization(input: $input) "
        f"{{ organization {{ id name code leader phone parent {{ id }} }} {ERRORS} }} }}"
    )
    given = {"source": source, "name": "Hall 9", "parent": parent["id"]}
    if source != "omc":
        given["code"] = "hall-9"
    if source != "idaas":
        given |= {"leader": "noc-shift-a", "phone": "13900000009"}
    made = (await changed(graph, make, input=given))["organization"]
    assert made["parent"] == {"id": parent["id"]}
    change = (
        "mutation($id: ID!, $input: UpdateOrganizationInput!) { updateOrganization(id: $id, input: $input) "
        f"{{ organization {{ id name code leader phone parent {{ id }} }} {ERRORS} }} }}"
    )
    after = (await changed(graph, change, id=made["id"], input={"name": "Hall 10"}))["organization"]
    assert after == made | {"name": "Hall 10"}
    gone = await changed(
        graph,
        f"mutation($id: ID!) {{ deleteOrganization(id: $id) {{ deletedIds {ERRORS} }} }}",
        id=made["id"],
    )
    assert gone["deletedIds"] == [made["id"]]
    assert await by_id(graph, "Organization", made["id"], "id") is None


PROFILE = (
    "id imsi msisdn ambr nssai ratRestrictions coreNetworks forbiddenAreas serviceAreaRestriction smfSelection "
    "slices { sst sd dnns } eps { enabled odb ard template contextId apnContexts } staticIp"
)


@pytest.mark.parametrize("source", ["local", "omc"])
async def test_a_subscriber_is_created_changed_and_deleted(graph, source):
    make = (
        "mutation($input: SubscriberInput!) { createSubscriber(input: $input) "
        f"{{ created subscriber {{ {PROFILE} }} {ERRORS} }} }}"
    )
    given = {
        "source": source, "neId": "001", "imsi": "460009876543210", "msisdn": "13987654321", "ambr": "def_ambr",
        "nssai": "def_nssai", "ratRestrictions": ["NR"], "coreNetworks": ["EPC", "5GC"],
        "smfSelection": "def_snssai", "slices": [{"sst": 1, "sd": "000001", "dnns": ["cmnet", "ims"]}],
    }  # fmt: skip
    made = await changed(graph, make, input=given)
    assert made["created"] == 1
    subscriber = made["subscriber"]
    assert subscriber["slices"] == given["slices"]
    change = (
        "mutation($id: ID!, $input: UpdateSubscriberInput!) { updateSubscriber(id: $id, input: $input) "
        f"{{ subscriber {{ {PROFILE} }} {ERRORS} }} }}"
    )
    after = (await changed(graph, change, id=subscriber["id"], input={"msisdn": "13987654322"}))["subscriber"]
    assert after == subscriber | {"msisdn": "13987654322"}
    assert await by_id(graph, "Subscriber", subscriber["id"], PROFILE) == after
    keys = (
        "mutation($id: ID!, $input: AuthenticationInput!) { setAuthentication(subscriber: $id, input: $input) "
        f"{{ subscriber {{ authentication {{ amf hasKey ki }} }} {ERRORS} }} }}"
    )
    ki = "0123456789ABCDEF0123456789ABCDEF"
    set_ = await changed(
        graph, keys, id=subscriber["id"], input={"amf": "8000", "algorithmIndex": "0", "ki": ki, "opc": ki}
    )
    assert set_["subscriber"]["authentication"]["hasKey"] is True
    policy = (
        "mutation($id: ID!, $input: PolicyInput!) { setPolicy(subscriber: $id, input: $input) "
        f"{{ subscriber {{ policy {{ rfsp pccRules qosAudio }} }} {ERRORS} }} }}"
    )
    told = await changed(graph, policy, id=subscriber["id"], input={"rfsp": 3, "pccRules": ["internet"]})
    assert told["subscriber"]["policy"]["rfsp"] == 3
    kept = await changed(graph, policy, id=subscriber["id"], input={"qosAudio": "qos_audio"})
    assert kept["subscriber"]["policy"] == {"rfsp": 3, "pccRules": ["internet"], "qosAudio": "qos_audio"}
    gone = await changed(graph, DELETE.replace("deleteUsers", "deleteSubscribers"), ids=[subscriber["id"]])
    assert gone["deletedIds"] == [subscriber["id"]]
    assert await by_id(graph, "Subscriber", subscriber["id"], "id") is None
    log = await graph.data("{ auditLog(first: 20) { nodes { action by outcome detail source { name } } } }")
    assert ki not in str(log)
    assert {"setAuthentication", "setPolicy", "createSubscriber", "deleteSubscribers"} <= {
        n["action"] for n in log["auditLog"]["nodes"]
    }
    assert graph.complaints() == []


@pytest.mark.parametrize("source", ["local", "omc"])
async def test_an_element_is_written_down_changed_and_forgotten(graph, source):
    make = (
        "mutation($input: CreateNetworkElementInput!) { createNetworkElement(input: $input) "
        f"{{ networkElement {{ id name vendor province dn }} {ERRORS} }} }}"
    )
    given = {
        "source": source, "neType": "SMF", "neId": "909", "name": "SMF_909", "ip": "127.0.0.9", "port": 3030,
        "vendor": "sandbox", "province": "north", "dn": "dn-9",
    }  # fmt: skip
    made = (await changed(graph, make, input=given))["networkElement"]
    change = (
        "mutation($id: ID!, $input: UpdateNetworkElementInput!) { updateNetworkElement(id: $id, input: $input) "
        f"{{ networkElement {{ id name vendor province dn }} {ERRORS} }} }}"
    )
    after = (await changed(graph, change, id=made["id"], input={"province": "south"}))["networkElement"]
    assert after == made | {"province": "south"}
    gone = await changed(
        graph,
        f"mutation($id: ID!) {{ deleteNetworkElement(id: $id) {{ deletedIds {ERRORS} }} }}",
        id=made["id"],
    )
    assert gone["deletedIds"] == [made["id"]]


@pytest.mark.parametrize("source", ["local", "beaver"])
async def test_devices_and_workflows_are_changed(graph, source):
    device = await first(graph, "devices", source, "name identifier")
    rename = f'mutation($id: ID!) {{ updateDevice(id: $id, name: "Renamed") {{ device {{ name identifier }} {ERRORS} }} }}'
    after = (await changed(graph, rename, id=device["id"]))["device"]
    assert after == {"name": "Renamed", "identifier": device["identifier"]}
    workflow = await first(graph, "workflows", source, "name enabled")
    switch = (
        "mutation($id: ID!, $on: Boolean!) { setWorkflowEnabled(id: $id, enabled: $on) "
        f"{{ workflow {{ enabled name }} {ERRORS} }} }}"
    )
    after = (await changed(graph, switch, id=workflow["id"], on=not workflow["enabled"]))["workflow"]
    assert after == {"enabled": not workflow["enabled"], "name": workflow["name"]}
    deleted = await changed(graph, DELETE.replace("deleteUsers", "deleteWorkflows"), ids=[workflow["id"]])
    assert deleted["deletedIds"] == [workflow["id"]]
    devices = await graph.data("{ devices(first: 50) { nodes { id deletable source { name } } } }")
    device = next(
        d
        for d in devices["devices"]["nodes"]
        if d["source"]["name"] == source and d["deletable"] is not False
    )
    deleted = await changed(graph, DELETE.replace("deleteUsers", "deleteDevices"), ids=[device["id"]])
    assert deleted["deletedIds"] == [device["id"]]
    assert await by_id(graph, "Device", device["id"], "id") is None


@pytest.mark.parametrize("source", ["local", "nce"])
async def test_devices_are_let_in_and_one_that_is_unknown_is_told_on_its_own(graph, source):
    waiting = await first(graph, "deviceApprovals", source, "status", status=["PENDING"])
    nobody = encode("DeviceApproval", source, "4ec18b7a-0000-4b7e-9c3d-000000000000")
    approve = (
        f"mutation($ids: [ID!]!) {{ approveDevices(ids: $ids) {{ approvals {{ id status }} {ERRORS} }} }}"
    )
    told = (await graph.data(approve, ids=[waiting["id"], nobody]))["approveDevices"]
    assert told["approvals"] == [{"id": waiting["id"], "status": "APPROVED"}]
    assert [e["id"] for e in told["userErrors"]] == [nobody]


async def test_several_sources_are_told_each_on_its_own(graph):
    local = await first(graph, "users", "local", "username", 5)
    beaver = await first(graph, "users", "beaver", "username", 5)
    graph.vendors["beaver"].turn(code_zero=True)
    told = (await graph.data(DELETE, ids=[local["id"], beaver["id"]]))["deleteUsers"]
    assert told["deletedIds"] == [local["id"]]
    assert [(e["id"], e["source"]["name"]) for e in told["userErrors"]] == [(beaver["id"], "beaver")]


async def test_accounts_are_linked_and_unlinked(graph):
    one = await first(graph, "users", "local", "username", 7)
    other = await first(graph, "users", "supos", "username", 7)
    link = f"mutation($ids: [ID!]!) {{ linkAccounts(ids: $ids) {{ user {{ accounts {{ id }} }} {ERRORS} }} }}"
    linked = await changed(graph, link, ids=[one["id"], other["id"]])
    assert {"id": other["id"]} in linked["user"]["accounts"]
    seen = await by_id(graph, "User", other["id"], "accounts { id }")
    assert {"id": one["id"]} in seen["accounts"]
    apart = f"mutation($id: ID!) {{ unlinkAccount(id: $id) {{ user {{ accounts {{ id }} }} {ERRORS} }} }}"
    assert {"id": other["id"]} not in (await changed(graph, apart, id=one["id"]))["user"]["accounts"]


async def test_commands_run_in_order_and_are_audited(graph):
    element = encode("NetworkElement", "omc", "UDM/001")
    run = f"mutation($ne: ID!, $c: [String!]!) {{ runMml(networkElement: $ne, commands: $c) {{ outputs {ERRORS} }} }}"
    told = await changed(graph, run, ne=element, c=["dsp udmuser:imsi=001010000000002", "dsp version"])
    assert len(told["outputs"]) == 2
    log = await graph.data('{ auditLog(filter: {action: "runMml"}) { nodes { by outcome target } } }')
    assert log["auditLog"]["nodes"] == [{"by": "noc-shift-a", "outcome": "OK", "target": element}]


async def test_the_audit_log_holds_no_password(graph):
    await created(graph, "omc")
    log = await graph.data("{ auditLog { nodes { action outcome source { name } detail } } }")
    (line,) = log["auditLog"]["nodes"]
    assert (line["action"], line["outcome"], line["source"]) == ("createUser", "OK", {"name": "omc"})
    assert "Sandbox-Pass-9" not in str(line)
