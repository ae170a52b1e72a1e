import asyncio
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from shutil import copy

import pytest

from adapters.errors import BadInput, Conflict, NotFound
from adapters.local.demo import seed
from adapters.local.source import local_source
from adapters.local.store import LocalStore
from adapters.local.subscribers import MOST
from adapters.ports import (
    DeviceApprovalFilter,
    DeviceFilter,
    EntityFilter,
    NetworkElementFilter,
    OrganizationFilter,
    PageRequest,
    RoleFilter,
    SourceStatus,
    SubscriberFilter,
    UserFilter,
    WorkflowFilter,
)
from adapters.ports.network import (
    AuthenticationDraft,
    NetworkElementChange,
    NetworkElementDraft,
    PolicyChange,
    SubscriberChange,
    SubscriberDraft,
)
from adapters.ports.people import OrganizationChange, OrganizationDraft, RoleChange, UserChange
from adapters.ports.things import DeviceDraft
from adapters.records import AggregateFunction, ApprovalStatus, EntityType, RunStatus, UserStatus
from tests.adapters.local.samples import NOON, Hands

PORTS = {
    "users": UserFilter(search="noc"),
    "roles": RoleFilter(enabled=True),
    "organizations": OrganizationFilter(),
    "network_elements": NetworkElementFilter(),
    "subscribers": SubscriberFilter(ne_id="001"),
    "devices": DeviceFilter(),
    "entities": EntityFilter(types=(EntityType.PROPERTY,)),
    "workflows": WorkflowFilter(),
    "device_approvals": DeviceApprovalFilter(status=(ApprovalStatus.PENDING, ApprovalStatus.FAILED)),
}


@pytest.fixture(scope="module")
def template(migrated_file, tmp_path_factory):
    """A file with the demo data, made once."""
    path = copy(migrated_file, tmp_path_factory.mktemp("template") / "ems.db")

    async def fill() -> None:
        store = LocalStore(f"sqlite+aiosqlite:///{path}", Hands())
        await seed(store)
        await store.close()

    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, fill()).result()
    return path


@pytest.fixture
async def source(template, tmp_path, hands):
    """The source over a copy of the demo data."""
    copy(template, tmp_path / "ems.db")
    store = LocalStore(f"sqlite+aiosqlite:///{tmp_path}/ems.db", hands)
    yield local_source(store)
    await store.close()


@pytest.fixture
async def either(store):
    """The source over the demo data, on SQLite and on PostgreSQL."""
    await seed(store)
    return local_source(store)


@pytest.mark.parametrize("name", PORTS)
async def test_pages_show_every_record_once_and_each_can_be_read_alone(source, name):
    port, where = getattr(source, name), PORTS[name]
    seen, after, total = [], None, None
    while True:
        page = await port.page(where, PageRequest(first=7, after=after))
        seen += page.records
        total = page.total
        if not page.more:
            break
        after = page.positions[-1]
    alone = await port.get(seen[-1].native_id)

    assert (len({r.native_id for r in seen}), len(seen), alone.native_id) == (
        total,
        total,
        seen[-1].native_id,
    )


@pytest.mark.parametrize("name", PORTS)
@pytest.mark.parametrize("native_id", ["nothing", "", "' OR 1=1 --", "../x"])
async def test_an_id_that_names_nothing_gives_nothing(source, name, native_id):
    assert await getattr(source, name).get(native_id) is None


@pytest.mark.parametrize("name", PORTS)
async def test_a_search_that_matches_nothing_gives_an_empty_page(source, name):
    port = getattr(source, name)
    page = await port.page(type(PORTS[name])(search="no such thing"), PageRequest())

    assert (page.records, page.more, page.total) == ((), False, 0)


async def test_it_tells_that_everything_can_be_read_and_what_can_be_changed(source):
    assert {(c.kind.value, c.writable) for c in source.capabilities} == {
        ("USER", True),
        ("ROLE", True),
        ("ORGANIZATION", True),
        ("NETWORK_ELEMENT", True),
        ("SUBSCRIBER", True),
        ("DEVICE", True),
        ("ENTITY", False),
        ("WORKFLOW", True),
        ("DEVICE_APPROVAL", True),
        ("ALARM", True),
    }


async def test_its_health_is_asked_of_the_database(source):
    before = source.health()
    await source.probe()

    assert (before.status, source.health().status) == (SourceStatus.UNKNOWN, SourceStatus.UP)


async def test_users_come_with_their_roles_and_organization(source):
    user = await source.users.get("noc-shift-a")

    assert ([role.name for role in user.roles], user.organization.native_id) == (["Operator"], "noc")


async def test_users_are_found_by_role_and_by_organization(source):
    by_role = await source.users.page(UserFilter(role="auditor"), PageRequest())
    by_organization = await source.users.page(UserFilter(organization="energy"), PageRequest())

    assert ([u.username for u in by_role.records], [u.username for u in by_organization.records]) == (
        ["auditor"],
        ["energy-desk"],
    )


async def test_an_address_must_match_in_full(source):
    whole = await source.users.page(UserFilter(email="AUDITOR@example.net"), PageRequest())
    part = await source.users.page(UserFilter(email="auditor@example"), PageRequest())

    assert (whole.total, part.total) == (1, 0)


async def test_a_user_is_changed_where_the_change_says_so(either):
    await either.users.update("auditor", UserChange(display_name="Audit desk", organization="noc"))
    user = await either.users.get("auditor")

    assert (user.display_name, user.organization.native_id, user.email) == (
        "Audit desk",
        "noc",
        "auditor@example.net",
    )


async def test_roles_are_granted_and_taken_away(either):
    await either.users.assign_roles("auditor", ("viewer", "auditor"))
    user = await either.users.unassign_roles("auditor", ("auditor",))

    assert [role.native_id for role in user.roles] == ["viewer"]


async def test_a_role_that_is_not_there_cannot_be_granted(either):
    with pytest.raises(BadInput):
        await either.users.assign_roles("auditor", ("nothing",))


async def test_switching_a_user_off_shows_in_the_list(source):
    await source.users.set_status("auditor", UserStatus.DISABLED)
    page = await source.users.page(UserFilter(search="auditor", status=(UserStatus.DISABLED,)), PageRequest())

    assert page.total == 1


async def test_deleting_tells_each_on_its_own(either):
    outcome = await either.users.delete(("auditor", "nothing"))

    assert (outcome.done, [r.native_id for r in outcome.refusals]) == (("auditor",), ["nothing"])


async def test_changing_what_is_not_there_is_told(source):
    with pytest.raises(NotFound):
        await source.roles.update("nothing", RoleChange(name="x"))


async def test_a_deleted_role_is_taken_from_who_held_it(source):
    await source.roles.delete(("auditor",))

    assert (await source.users.get("auditor")).roles == ()


async def test_departments_form_a_tree(source):
    operations = await source.organizations.get("operations")
    children = await source.organizations.children_of(operations)

    assert {child.native_id for child in children} == {"noc", "field"}


async def test_a_department_cannot_be_moved_below_itself(source):
    with pytest.raises(BadInput):
        await source.organizations.update("operations", OrganizationChange(parent="field-north"))


async def test_a_department_in_use_is_not_deleted(either):
    outcome = await either.organizations.delete("noc")

    assert (outcome.done, len(outcome.refusals)) == ((), 1)


async def test_a_department_below_one_that_is_not_there_is_refused(source):
    with pytest.raises(Conflict):
        await source.organizations.create(OrganizationDraft(name="x", parent="nothing"))


async def test_an_element_comes_with_its_state(source):
    element = await source.network_elements.get("AMF/001")
    states = await source.network_elements.states(("AMF/001", "SMF/001", "nothing"))

    assert (element.state.online, states.keys()) == (True, {"AMF/001", "SMF/001"})


async def test_elements_that_are_off_can_be_asked_for(source):
    page = await source.network_elements.page(NetworkElementFilter(online=False), PageRequest())

    assert [element.native_id for element in page.records] == ["N3IWF/001"]


async def test_an_element_is_created_changed_and_deleted(source):
    port = source.network_elements
    made = await port.create(
        NetworkElementDraft(ne_type="pcf", ne_id="009", name="x", ip="192.0.2.99", port=1)
    )
    changed = await port.update(made.native_id, NetworkElementChange(name="PCF nine"))
    gone = await port.delete(made.native_id)

    assert (made.native_id, changed.name, changed.ip, gone.done) == (
        "PCF/009",
        "PCF nine",
        "192.0.2.99",
        ("PCF/009",),
    )


async def test_an_element_cannot_be_created_twice(either):
    with pytest.raises(Conflict):
        await either.network_elements.create(
            NetworkElementDraft(ne_type="AMF", ne_id="001", name="x", ip="192.0.2.99", port=1)
        )


async def test_indicators_are_averaged_over_the_interval(either):
    element = await either.network_elements.get("SMF/001")
    (series,) = await either.network_elements.kpis(
        element, ("SMF.01",), NOON - timedelta(hours=4), NOON, 3600
    )

    assert len(series.points) == 4


async def test_an_interval_too_short_for_the_time_is_refused(source):
    element = await source.network_elements.get("SMF/001")
    with pytest.raises(BadInput):
        await source.network_elements.kpis(element, None, NOON - timedelta(days=9999), NOON, 1)


async def test_sessions_are_there_on_the_elements_that_have_them(source):
    smf, udm = [await source.network_elements.get(i) for i in ("SMF/001", "UDM/001")]
    online = await source.network_elements.online_users(smf, None, None)

    assert (len(online), await source.network_elements.online_user_count(smf)) == (20, 20)
    assert await source.network_elements.online_users(udm, None, None) is None


async def test_base_stations_and_parameters_are_told(source):
    amf = await source.network_elements.get("AMF/001")
    stations = await source.network_elements.base_stations(amf, "31")
    system = await source.network_elements.parameters(amf, "system", "0")

    assert (
        len(stations),
        await source.network_elements.parameters(amf, "nothing", None),
        system["index"],
    ) == (0, None, 0)


async def test_subscribers_are_created_with_consecutive_numbers(source):
    draft = SubscriberDraft(ne_id="001", imsi="001019999999990", msisdn="8613999990")
    made = await source.subscribers.create(draft, 5)
    page = await source.subscribers.page(SubscriberFilter(search="00101999999999"), PageRequest())

    assert (made, [(s.imsi, s.msisdn) for s in page.records][-1]) == (5, ("001019999999994", "8613999994"))


@pytest.mark.parametrize(
    ("facts", "count"),
    [
        ({"imsi": "00101a"}, 1),
        ({"imsi": "../x"}, 1),
        ({"msisdn": "1"}, 1),
        ({"ne_id": "009"}, 1),
        ({"imsi": "99999"}, 2),
        ({}, 0),
        ({}, MOST + 1),
    ],
)
async def test_subscribers_with_wrong_numbers_are_refused(source, facts, count):
    told = {"ne_id": "001", "imsi": "001019999999990", "msisdn": "8613999990", **facts}
    with pytest.raises(BadInput):
        await source.subscribers.create(SubscriberDraft(**told), count)


async def test_of_subscribers_one_of_which_exists_none_is_created(either):
    with pytest.raises(Conflict):
        await either.subscribers.create(
            SubscriberDraft(ne_id="002", imsi="001010000000499", msisdn="86139999"), 3
        )

    assert (await either.subscribers.page(SubscriberFilter(), PageRequest(first=1))).total == 500


async def test_a_subscribers_secrets_and_policy_are_kept_apart(source):
    await source.subscribers.set_authentication(
        "001/001010000000000", AuthenticationDraft(amf="8000", algorithm_index="0", ki="0" * 32, opc="1" * 32)
    )
    await source.subscribers.set_policy("001/001010000000000", PolicyChange(rfsp=7))
    changed = await source.subscribers.update("001/001010000000000", SubscriberChange(static_ip=None))
    held = await source.subscribers.authentication_of(changed)
    policy = await source.subscribers.policy_of(changed)

    assert (held.opc, policy.rfsp, changed.static_ip, changed.ambr) == ("1" * 32, 7, None, "def_ambr")


async def test_a_subscribers_sessions_are_those_on_all_elements(source):
    subscriber = await source.subscribers.get("001/001010000000000")

    assert len(await source.subscribers.sessions_of(subscriber)) == 2


async def test_a_device_has_an_integration_with_its_counts(source):
    integration = await source.devices.integration_of(await source.devices.get("device-1"))

    assert (integration.device_count, integration.entity_count) == (6, 18)


async def test_a_device_is_created_renamed_and_deleted(source):
    made = await source.devices.create(
        DeviceDraft(name="Meter", integration="sensors", parameters={"mac": "00-11"})
    )
    renamed = await source.devices.update(made.native_id, "Meter two")
    gone = await source.devices.delete((made.native_id,))

    assert (made.mac, renamed.name, gone.done) == ("00-11", "Meter two", (made.native_id,))


async def test_a_device_of_an_unknown_integration_is_refused(source):
    with pytest.raises(Conflict):
        await source.devices.create(DeviceDraft(name="Meter", integration="nothing"))


async def test_an_entity_has_a_device_a_value_and_a_history(source):
    entity = await source.entities.get("device-1-temperature")
    device = await source.entities.device_of(entity)
    value = await source.entities.value_of(entity)
    history = await source.entities.history_of(entity, NOON - timedelta(hours=2), NOON, PageRequest(first=2))

    assert (device.native_id, value.at, history.total, history.records[0]) == ("device-1", NOON, 5, value)


@pytest.mark.parametrize("function", list(AggregateFunction))
async def test_values_are_reckoned_with(source, function):
    entity = await source.entities.get("device-1-temperature")
    found = await source.entities.aggregate_of(entity, function, NOON - timedelta(hours=2), NOON)

    assert found.value is not None or sum(count.count for count in found.counts) == 5


async def test_what_is_no_number_is_not_reckoned_with(source):
    entity = await source.entities.get("device-1-restart")
    with pytest.raises(BadInput):
        await source.entities.aggregate_of(entity, AggregateFunction.AVG, NOON, NOON)


async def test_a_workflow_has_runs_with_steps(source):
    workflow = await source.workflows.get("workflow-1")
    page = await source.workflows.runs_of(workflow, RunStatus.ERROR, PageRequest())
    steps = await source.workflows.steps_of(page.records[0])

    assert (page.total, [step.status for step in steps].count(RunStatus.ERROR)) == (1, 1)


async def test_a_workflow_is_switched_off(source):
    await source.workflows.set_enabled("workflow-1", enabled=False)
    page = await source.workflows.page(WorkflowFilter(enabled=True), PageRequest())

    assert [workflow.native_id for workflow in page.records] == ["workflow-2"]


async def test_a_device_refused_leaves_the_others_approved(either):
    page = await either.device_approvals.page(DeviceApprovalFilter(), PageRequest())
    ids = {approval.status: approval.native_id for approval in page.records}
    pending, failed = ids[ApprovalStatus.PENDING], ids[ApprovalStatus.FAILED]
    outcome = await either.device_approvals.approve((failed, pending, "nothing"), force_register=False)

    assert (outcome.done, [r.native_id for r in outcome.refusals]) == ((pending,), [failed, "nothing"])


async def test_a_device_known_elsewhere_is_let_in_by_force(source):
    page = await source.device_approvals.page(
        DeviceApprovalFilter(status=(ApprovalStatus.FAILED,)), PageRequest()
    )
    ids = tuple(approval.native_id for approval in page.records)

    assert (await source.device_approvals.approve(ids, force_register=True)).done == ids


async def test_approvals_are_moved_to_a_site(source):
    page = await source.device_approvals.page(DeviceApprovalFilter(site_ids=("site-1",)), PageRequest())
    await source.device_approvals.update(tuple(a.native_id for a in page.records), "site-9", None)
    moved = await source.device_approvals.page(DeviceApprovalFilter(site_ids=("site-9",)), PageRequest())

    assert (moved.total, {a.role for a in moved.records}) == (page.total, {"access"})


async def test_pages_of_every_kind_go_on_where_they_ended_on_both_databases(either):
    for name, where in PORTS.items():
        port = getattr(either, name)
        whole = await port.page(where, PageRequest(first=500))
        first = await port.page(where, PageRequest(first=1))
        rest = await port.page(where, PageRequest(first=500, after=first.positions[-1]))

        assert first.records + rest.records == whole.records


async def test_values_are_reckoned_with_on_both_databases(either):
    entity = await either.entities.get("device-1-temperature")
    told = [
        await either.entities.aggregate_of(entity, f, NOON - timedelta(hours=2), NOON)
        for f in AggregateFunction
    ]

    assert all(found.value is not None or sum(c.count for c in found.counts) == 5 for found in told)
