"""Devices and workflows changed through the graph, devices given another site, subscribers created by the dozen."""

from typing import Any

import pytest

from resolvers.ids import encode
from tests.e2e.changing import ERRORS, answered, by_id, changed, first, refused
from tests.e2e.graph import Graph

DEVICE = "id nativeId name key identifier attributes integration { nativeId } deletable"
CREATE = (
    "mutation($input: CreateDeviceInput!) "
    f"{{ createDevice(input: $input) {{ device {{ {DEVICE} }} {ERRORS} }} }}"
)
ADD = "milesight-gateway.integration.add_device"


def sensor(**facts: Any) -> dict[str, Any]:
    """A device to create at Beaver IoT."""
    given = {
        "source": "beaver",
        "name": "Sensor dock 4",
        "integration": "milesight-gateway",
        "parameters": {f"{ADD}.eui": "24E124650ADDDDDD", f"{ADD}.model": "EM300-TH"},
    }
    return given | facts


def house(graph: Graph) -> Any:
    """What the pretend Beaver IoT holds."""
    return graph.vendors["beaver"].vendor.dialect.house


async def test_a_device_is_created_with_its_entities_and_found_by_its_number(graph):
    device = (await changed(graph, CREATE, input=sensor()))["device"]

    kept = house(graph).devices[device["nativeId"]]
    assert (kept.name, kept.integration, kept.identifier) == (
        "Sensor dock 4",
        "milesight-gateway",
        "24E124650ADDDDDD",
    )
    assert device["key"] == kept.key
    assert device["identifier"] == kept.identifier
    assert await by_id(graph, "Device", device["id"], DEVICE) == device
    found = await graph.data(
        '{ devices(filter: {sources: ["beaver"], identifier: "24e124650adddddd"}) { nodes { id } } }'
    )
    assert found["devices"]["nodes"] == [{"id": device["id"]}]
    assert graph.complaints() == []


async def test_a_new_device_is_found_by_a_word_at_once(graph):
    device = (await changed(graph, CREATE, input=sensor()))["device"]
    await graph.service.memory.flush()

    found = await graph.data('{ search(text: "sensor dock 4") { nodes { ... on Device { id } } } }')

    assert found["search"]["nodes"] == [{"id": device["id"]}]


async def test_two_devices_of_one_name_are_told_apart_by_what_was_sent(graph):
    one = (await changed(graph, CREATE, input=sensor()))["device"]
    other = (await changed(graph, CREATE, input=sensor(parameters={f"{ADD}.eui": "24E124650ACCCCCC"})))[
        "device"
    ]

    assert one["id"] != other["id"]
    assert other["identifier"] == "24E124650ACCCCCC"


@pytest.mark.parametrize(
    "facts",
    [
        {"name": ""},
        {"name": "x" * 65},
        {"parameters": {}},
        {"parameters": {f"{ADD}.eui": "24E124650ADDDDDD", "another.key": "1"}},
        {"parameters": ["24E124650ADDDDDD"]},
        {"parameters": {f"{ADD}.eui": 7}},
        {"integration": "system"},
        {"integration": "../system"},
    ],
    ids=["no name", "long name", "nothing", "strange key", "a list", "a number", "takes none", "no id"],
)
async def test_a_device_that_cannot_be_is_refused_and_not_made(graph, facts):
    before = set(house(graph).devices)

    (error,) = await refused(graph, CREATE, input=sensor(**facts))

    assert error["code"] == "BAD_USER_INPUT"
    assert set(house(graph).devices) == before


async def test_an_integration_that_there_is_not_is_told(graph):
    (error,) = await refused(graph, CREATE, input=sensor(integration="nobody-knows"))

    assert (error["code"], error["source"]) == ("NOT_FOUND", {"name": "beaver"})


async def test_a_number_that_another_device_has_is_refused(graph):
    await changed(graph, CREATE, input=sensor())
    before = set(house(graph).devices)

    (error,) = await refused(graph, CREATE, input=sensor(name="Another"))

    assert error["code"] == "BAD_USER_INPUT"
    assert set(house(graph).devices) == before


@pytest.mark.parametrize("source", ["omc", "supos", "idaas", "nce"])
async def test_a_source_without_devices_creates_none_and_is_not_asked(graph, source):
    told = await graph.ask(CREATE, input=sensor(source=source))

    assert told.codes == ["UNSUPPORTED"]
    assert graph.vendors[source].requests() == []


WORKFLOW = (
    "mutation($id: ID!, $name: String!, $text: String!) "
    "{ updateWorkflow(id: $id, name: $name, description: $text) "
    f"{{ workflow {{ id name description enabled owner }} {ERRORS} }} }}"
)


@pytest.mark.parametrize("source", ["local", "beaver"])
async def test_a_workflow_gets_another_name_and_remark_and_keeps_the_rest(graph, source):
    flow = await first(graph, "workflows", source, "name description enabled owner")

    after = (await changed(graph, WORKFLOW, id=flow["id"], name="Night watch", text="Every night"))[
        "workflow"
    ]

    assert after == flow | {"name": "Night watch", "description": "Every night"}
    assert await by_id(graph, "Workflow", flow["id"], "id name description enabled owner") == after
    assert graph.complaints() == []


async def test_the_platform_holds_the_workflows_new_name(graph):
    flow = await first(graph, "workflows", "beaver", "nativeId")
    await changed(graph, WORKFLOW, id=flow["id"], name="Night watch", text="")

    kept = house(graph).workflows[flow["nativeId"]]
    assert (kept.name, kept.remark) == ("Night watch", "")


@pytest.mark.parametrize(("name", "text"), [("", "text"), ("x" * 51, "text"), ("Night watch", "x" * 501)])
async def test_a_name_that_does_not_fit_leaves_the_workflow(graph, name, text):
    flow = await first(graph, "workflows", "beaver", "nativeId name")

    (error,) = await refused(graph, WORKFLOW, id=flow["id"], name=name, text=text)

    assert error["code"] == "BAD_USER_INPUT"
    assert house(graph).workflows[flow["nativeId"]].name == flow["name"]


@pytest.mark.parametrize("native_id", ["909090909090909", "no-id"])
async def test_a_workflow_that_there_is_not_is_told(graph, native_id):
    (error,) = await refused(graph, WORKFLOW, id=encode("Workflow", "beaver", native_id), name="n", text="t")

    assert (error["code"], error["source"]) == ("NOT_FOUND", {"name": "beaver"})


async def test_a_source_without_workflows_changes_none(graph):
    told = await graph.ask(WORKFLOW, id=encode("Workflow", "omc", "1"), name="n", text="t")

    assert told.codes == ["UNSUPPORTED"]
    assert graph.vendors["omc"].requests() == []


SITES = ("00000000-0000-0000-0000-0000000000a2", "00000000-0000-0000-0000-0000000000a3")
NOBODY = "4ec18b7a-0000-4b7e-9c3d-000000000000"
PLACE = (
    "mutation($ids: [ID!]!, $site: String!, $role: String) "
    "{ updateDeviceApprovals(ids: $ids, siteId: $site, role: $role) "
    f"{{ approvals {{ id siteId role }} {ERRORS} }} }}"
)


async def waiting(graph: Graph, count: int) -> list[str]:
    """Ids of so many approvals of the campus."""
    found = await graph.data(
        'query($n: Int) { deviceApprovals(first: $n, filter: {sources: ["nce"]}) { nodes { id } } }', n=count
    )
    graph.forget()
    return [node["id"] for node in found["deviceApprovals"]["nodes"]]


def rows(graph: Graph) -> list[dict[str, Any]]:
    """What the pretend campus controller holds."""
    return graph.vendors["nce"].vendor.dialect.campus.approvals


async def test_devices_get_another_site_and_role_in_one_call_and_are_read_again_in_one(graph):
    ids = await waiting(graph, 5)

    told = await changed(graph, PLACE, ids=ids, site=SITES[0], role="AGG")

    assert told["approvals"] == [{"id": one, "siteId": SITES[0], "role": "AGG"} for one in ids]
    assert [(row["siteId"], row["role"]) for row in rows(graph)[:5]] == [(SITES[0], "AGG")] * 5
    assert rows(graph)[5]["role"] != "AGG" or rows(graph)[5]["siteId"] != SITES[0]
    assert graph.vendors["nce"].asked() == ["nce.update_access_approvals", "nce.query_access_approvals"]
    assert graph.complaints() == []


async def test_the_role_stays_where_none_is_given(graph):
    ids = await waiting(graph, 2)
    roles = [row["role"] for row in rows(graph)[:2]]

    await changed(graph, PLACE, ids=ids, site=SITES[1])

    assert [(row["siteId"], row["role"]) for row in rows(graph)[:2]] == [(SITES[1], role) for role in roles]


async def test_those_that_there_are_are_changed_and_each_other_is_told(graph):
    ids = await waiting(graph, 2)
    strange = [encode("DeviceApproval", "nce", NOBODY), encode("DeviceApproval", "nce", "no-id")]
    elsewhere = [encode("DeviceApproval", "omc", NOBODY), encode("Device", "beaver", "1"), "nonsense"]

    told = await answered(graph, PLACE, ids=[ids[0], *strange, *elsewhere, ids[1]], site=SITES[0])

    assert [one["id"] for one in told["approvals"]] == ids
    assert {error["id"]: error["code"] for error in told["userErrors"]} == {
        strange[0]: "NOT_FOUND",
        strange[1]: "NOT_FOUND",
        elsewhere[0]: "UNSUPPORTED",
        elsewhere[1]: "BAD_USER_INPUT",
        elsewhere[2]: "BAD_USER_INPUT",
    }
    assert [row["siteId"] for row in rows(graph)[:2]] == [SITES[0]] * 2


@pytest.mark.parametrize(
    ("site", "role"), [(NOBODY, None), ("hall 9", None), (SITES[0], "PLANET")], ids=["none", "no id", "role"]
)
async def test_a_site_or_role_that_there_is_not_changes_nothing(graph, site, role):
    ids = await waiting(graph, 2)
    before = [dict(row) for row in rows(graph)]

    errors = await refused(graph, PLACE, ids=ids, site=site, role=role)

    assert {error["id"] for error in errors} == set(ids)
    assert {error["code"] for error in errors} == {"BAD_USER_INPUT"}
    assert rows(graph) == before


async def test_two_changes_in_one_document_are_each_read_after_themselves(graph):
    ids = await waiting(graph, 2)
    both = (
        "mutation($ids: [ID!]!, $one: String!, $other: String!) "
        "{ one: updateDeviceApprovals(ids: $ids, siteId: $one) { approvals { siteId } } "
        "other: updateDeviceApprovals(ids: $ids, siteId: $other) { approvals { siteId } } }"
    )

    told = await graph.data(both, ids=ids, one=SITES[0], other=SITES[1])

    assert told["one"]["approvals"] == [{"siteId": SITES[0]}] * 2
    assert told["other"]["approvals"] == [{"siteId": SITES[1]}] * 2


SUBSCRIBE = (
    "mutation($input: SubscriberInput!, $count: Int) { createSubscriber(input: $input, count: $count) "
    f"{{ created subscriber {{ imsi msisdn }} {ERRORS} }} }}"
)


def subscriber(source: str, **facts: Any) -> dict[str, Any]:
    """A subscription to create."""
    return {"source": source, "neId": "001", "imsi": "460009876543298", "msisdn": "13987654398"} | facts


async def numbers(graph: Graph, source: str, start: str, count: int) -> list[tuple[str, str] | None]:
    """IMSI and MSISDN of subscriptions with consecutive IMSIs, read through the graph."""
    found = []
    for place in range(count):
        imsi = f"{int(start) + place:015d}"
        told = await by_id(graph, "Subscriber", encode("Subscriber", source, f"001/{imsi}"), "imsi msisdn")
        found.append((told["imsi"], told["msisdn"]) if told else None)
    return found


@pytest.mark.parametrize("source", ["local", "omc"])
async def test_subscribers_are_created_by_the_dozen_with_numbers_that_count_up(graph, source):
    told = await changed(graph, SUBSCRIBE, input=subscriber(source), count=12)

    assert told["created"] == 12
    assert told["subscriber"] == {"imsi": "460009876543298", "msisdn": "13987654398"}
    assert await numbers(graph, source, "460009876543298", 13) == [
        *((f"{460009876543298 + n}", f"{13987654398 + n}") for n in range(12)),
        None,
    ]
    assert graph.complaints() == []


async def test_a_dozen_subscribers_take_one_call_at_the_udm(graph):
    await changed(graph, SUBSCRIBE, input=subscriber("omc"), count=12)

    kept = graph.vendors["omc"].app.state.omc.subscribers["001"]
    assert [imsi for imsi in kept if imsi.startswith("4600098765432")] == [
        f"{460009876543298 + n}" for n in range(2)
    ]
    assert graph.vendors["omc"].asked().count("omc.batch_add_subscribers") == 1
    assert graph.vendors["omc"].asked().count("omc.add_subscriber") == 0


@pytest.mark.parametrize("source", ["local", "omc"])
async def test_where_one_of_them_is_there_already_none_is_created(graph, source):
    await changed(graph, SUBSCRIBE, input=subscriber(source, imsi="460009876543303"))

    (error,) = await refused(graph, SUBSCRIBE, input=subscriber(source), count=12)

    assert error["source"] == {"name": source}
    found = await numbers(graph, source, "460009876543298", 12)
    assert [one for one in found if one] == [("460009876543303", "13987654398")]


@pytest.mark.parametrize("source", ["local", "omc"])
@pytest.mark.parametrize(
    ("facts", "count"),
    [
        ({}, 0),
        ({}, -3),
        ({}, 10_001),
        ({"imsi": "999999999999998"}, 5),
        ({"imsi": "4600-1"}, 2),
        ({"msisdn": "abc"}, 2),
        ({"neId": "../001"}, 2),
    ],
)
async def test_numbers_that_cannot_be_create_nobody(graph, source, facts, count):
    graph.forget()

    (error,) = await refused(graph, SUBSCRIBE, input=subscriber(source, **facts), count=count)

    assert error["code"] == "BAD_USER_INPUT"
    assert [line for line in graph.vendors["omc"].requests() if "POST" in line and "udm" in line] == []


@pytest.mark.parametrize("source", ["beaver", "supos", "idaas", "nce"])
async def test_a_source_without_subscribers_creates_none_and_is_not_asked(graph, source):
    told = await graph.ask(SUBSCRIBE, input=subscriber(source), count=2)

    assert told.codes == ["UNSUPPORTED"]
    assert graph.vendors[source].requests() == []
