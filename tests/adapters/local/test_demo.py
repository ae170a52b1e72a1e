from adapters.local.alarm_filter import AlarmFilter
from adapters.local.demo import seed
from adapters.local.event_queries import CallRecordFilter, UeEventFilter
from adapters.local.source import local_source
from adapters.ports import (
    DeviceApprovalFilter,
    DeviceFilter,
    EntityFilter,
    NetworkElementFilter,
    OrganizationFilter,
    PageRequest,
    RoleFilter,
    SubscriberFilter,
    UserFilter,
    WorkflowFilter,
)
from adapters.records import Severity


async def test_the_demo_holds_what_a_first_look_wants(store):
    await seed(store)
    source = local_source(store)
    asked = PageRequest(first=1)
    totals = [
        (await port.page(where, asked)).total
        for port, where in (
            (source.network_elements, NetworkElementFilter()),
            (source.network_elements, NetworkElementFilter(ne_types=("udm",))),
            (source.subscribers, SubscriberFilter()),
            (source.users, UserFilter()),
            (source.roles, RoleFilter()),
            (source.organizations, OrganizationFilter(roots_only=True)),
            (source.devices, DeviceFilter()),
            (source.entities, EntityFilter()),
            (source.workflows, WorkflowFilter()),
            (source.device_approvals, DeviceApprovalFilter()),
        )
    ]

    assert totals == [14, 2, 500, 40, 6, 3, 6, 18, 3, 6]


async def test_the_demo_has_alarms_of_every_severity(store):
    await seed(store)
    page = await store.alarms.page(AlarmFilter(), PageRequest(first=100))

    assert (page.total, {alarm.severity for alarm in page.records}) == (
        60,
        set(Severity) - {Severity.CLEARED},
    )


async def test_seeding_again_changes_nothing(store):
    told = [await seed(store), await seed(store)]

    assert (told, await store.alarms.count(AlarmFilter())) == ([True, False], 60)


async def test_the_demo_tells_of_ues_and_calls(store):
    await seed(store)
    ues = await store.events.ue_events(UeEventFilter(), PageRequest(first=100))
    calls = await store.events.call_records(CallRecordFilter(), PageRequest(first=100))

    assert (len(ues.records), len(calls.records)) == (60, 30)
