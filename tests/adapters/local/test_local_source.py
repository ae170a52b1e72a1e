import pytest

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
from adapters.records import ApprovalStatus, EntityType

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


async def test_pages_of_every_kind_go_on_where_they_ended_on_both_databases(either):
    for name, where in PORTS.items():
        port = getattr(either, name)
        whole = await port.page(where, PageRequest(first=500))
        first = await port.page(where, PageRequest(first=1))
        rest = await port.page(where, PageRequest(first=500, after=first.positions[-1]))

        assert first.records + rest.records == whole.records
