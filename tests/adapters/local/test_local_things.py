from datetime import timedelta

import pytest

from adapters.errors import BadInput, Conflict
from adapters.ports import (
    DeviceApprovalFilter,
    PageRequest,
    WorkflowFilter,
)
from adapters.ports.things import DeviceDraft
from adapters.records import AggregateFunction, ApprovalStatus, RunStatus
from tests.adapters.local.samples import NOON


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


async def test_values_are_reckoned_with_on_both_databases(either):
    entity = await either.entities.get("device-1-temperature")
    told = [
        await either.entities.aggregate_of(entity, f, NOON - timedelta(hours=2), NOON)
        for f in AggregateFunction
    ]

    assert all(found.value is not None or sum(c.count for c in found.counts) == 5 for found in told)
