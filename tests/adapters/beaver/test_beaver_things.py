"""The platform's devices, entities and workflows in the graph."""

from datetime import UTC, datetime, timedelta

import pytest

from adapters.errors import BadInput, ErrorCode, NotFound
from adapters.ports import DeviceFilter, EntityFilter, PageRequest, Source, WorkflowFilter
from adapters.ports.things import DeviceDraft
from adapters.records import (
    AggregateFunction,
    Device,
    Entity,
    EntityAccess,
    EntityType,
    EntityValueType,
    ObjectKind,
    RunStatus,
)
from tests.adapters.beaver.iot_platform import ALL, FIVE, Index, Platform

ADD = "milesight-gateway.integration.add_device"


async def device_called(source: Source, name: str) -> Device:
    page = await source.devices.page(DeviceFilter(search=name), FIVE)
    return page.records[0]


async def entity_of(source: Source, device: Device, tail: str) -> Entity:
    page = await source.entities.page(EntityFilter(device=device.native_id), ALL)
    return next(one for one in page.records if one.key == f"{device.key}.{tail}")


def span(platform: Platform, hours: float) -> tuple[datetime, datetime]:
    end = datetime.fromtimestamp(platform.clock.now, UTC)
    return end - timedelta(hours=hours), end


async def test_a_device_of_a_list_and_its_single_read_tell_the_same(source: Source) -> None:
    device = await device_called(source, "Gateway hall 2")
    single = await source.devices.get(device.native_id)
    assert (device.identifier, device.mac, device.model) == ("24E1246509FFFFFF", None, "AirEngine5760-51")
    assert (single.identifier, single.key, single.integration) == (
        device.identifier,
        device.key,
        device.integration,
    )


@pytest.mark.parametrize(
    ("identifier", "name"),
    [
        ("24e1246509ffffff", "Gateway hall 2"),
        ("21500829352SGA900584", "Gateway hall 2"),
        ("2102351931P0A1000007", "Switch rack 7"),
    ],
)
async def test_a_device_is_known_by_identifier_serial_number_or_the_tail_of_its_key(
    source: Source, identifier: str, name: str
) -> None:
    page = await source.devices.page(DeviceFilter(identifier=identifier), FIVE)
    assert [device.name for device in page.records] == [name]


async def test_devices_of_one_integration_are_sifted_from_all_pages(source: Source) -> None:
    page = await source.devices.page(DeviceFilter(integration="campus-bridge"), FIVE)
    assert [device.name for device in page.records] == ["Gateway hall 1", "Gateway hall 2", "Switch rack 7"]


async def test_a_device_names_its_integration(source: Source) -> None:
    device = await device_called(source, "Gateway hall 1")
    integration = await source.devices.integration_of(device)
    assert (integration.name, integration.device_count) == ("Campus bridge", 3)


async def test_a_device_that_is_not_there_is_none(platform: Platform, source: Source) -> None:
    assert await source.devices.get("7") is None
    platform.forget()
    assert await source.devices.get("../7") is None
    assert platform.asked() == []


async def test_a_created_device_is_the_new_one_of_its_name(source: Source) -> None:
    old = await device_called(source, "Sensor hall 01")
    draft = DeviceDraft(
        name="Sensor hall 01", integration="milesight-gateway", parameters={f"{ADD}.eui": "24E124AAAA000001"}
    )
    device = await source.devices.create(draft)
    assert device.identifier == "24E124AAAA000001"
    assert device.native_id != old.native_id


async def test_parameters_of_a_device_that_are_no_map_are_refused(source: Source) -> None:
    with pytest.raises(BadInput):
        await source.devices.create(DeviceDraft(name="x", integration="y", parameters=[1]))


async def test_a_device_is_renamed_and_deleted(source: Source) -> None:
    device = await device_called(source, "Sensor hall 02")
    assert (await source.devices.update(device.native_id, "Sensor west")).name == "Sensor west"
    fixed = await device_called(source, "Gateway hall 1")
    outcome = await source.devices.delete((device.native_id, fixed.native_id))
    assert outcome.done == (device.native_id,)
    assert [(one.native_id, one.code) for one in outcome.refusals] == [(fixed.native_id, ErrorCode.FORBIDDEN)]


async def test_the_entities_of_a_device_are_one_call(platform: Platform, source: Source) -> None:
    device = await device_called(source, "Gateway hall 1")
    platform.forget()
    where = EntityFilter(
        device=device.native_id,
        types=(EntityType.PROPERTY,),
        access=(EntityAccess.R,),
        value_types=(EntityValueType.LONG, EntityValueType.DOUBLE),
    )
    page = await source.entities.page(where, FIVE)
    assert [one.name for one in page.records] == ["Temperature", "Battery"]
    assert page.records[0].device_name == "Gateway hall 1"
    assert platform.asked() == [("get_device", 200)]


async def test_parts_of_entities_can_be_left_out(source: Source) -> None:
    device = await device_called(source, "Gateway hall 1")
    page = await source.entities.page(EntityFilter(device=device.native_id, exclude_children=True), ALL)
    assert all(one.name not in ("Reporting interval", "Label", "Delay") for one in page.records)
    assert page.total == 8


async def test_entities_are_filtered_by_the_platform(platform: Platform, source: Source) -> None:
    where = EntityFilter(types=(EntityType.SERVICE,), value_types=(EntityValueType.LONG,))
    page = await source.entities.page(where, PageRequest(first=3))
    assert (len(page.records), page.total) == (3, 64)
    assert {(one.type, one.value_type) for one in page.records} == {
        (EntityType.SERVICE, EntityValueType.LONG)
    }
    assert platform.asked() == [("search_entities", 200)]


async def test_many_entities_are_one_call_and_the_unknown_are_left_out(
    platform: Platform, source: Source
) -> None:
    page = await source.entities.page(EntityFilter(), FIVE)
    ids = tuple(one.native_id for one in page.records)
    platform.forget()
    assert await source.entities.get_many(ids) == {one.native_id: one for one in page.records}
    assert platform.asked() == [("search_entities", 200)]
    assert await source.entities.get("7") is None


async def test_an_entity_belongs_to_the_device_whose_key_begins_its_key(source: Source) -> None:
    # Two devices have this name, and the key of one goes on where the other ends.
    page = await source.devices.page(DeviceFilter(search="Sensor hall 01"), FIVE)
    first, second = page.records
    assert second.key == f"{first.key}1"
    for device in (first, second):
        entity = await entity_of(source, device, "temperature")
        assert (await source.entities.device_of(entity)).native_id == device.native_id


async def test_an_entity_of_an_integration_has_no_device(source: Source) -> None:
    page = await source.entities.page(EntityFilter(search="connect_status"), FIVE)
    assert await source.entities.device_of(page.records[0]) is None


async def test_an_entity_has_parts(source: Source) -> None:
    device = await device_called(source, "Gateway hall 1")
    config = await entity_of(source, device, "config")
    assert [one.name for one in await source.entities.children_of(config)] == ["Reporting interval", "Label"]


async def test_a_whole_number_comes_as_text_and_is_told_as_a_number(source: Source) -> None:
    device = await device_called(source, "Gateway hall 1")
    value = await source.entities.value_of(await entity_of(source, device, "battery"))
    assert value.value_type is EntityValueType.LONG
    assert isinstance(value.value, int)
    assert value.at is not None


async def test_an_entity_that_never_had_a_value_has_none(source: Source) -> None:
    device = await device_called(source, "Gateway hall 1")
    assert await source.entities.value_of(await entity_of(source, device, "alarm")) is None


async def test_history_comes_page_by_page_newest_first(platform: Platform, source: Source) -> None:
    device = await device_called(source, "Gateway hall 1")
    entity = await entity_of(source, device, "battery")
    start, end = span(platform, 24)
    page = await source.entities.history_of(entity, start, end, PageRequest(first=5))
    later = await source.entities.history_of(
        entity, start, end, PageRequest(first=5, after=page.positions[-1])
    )
    instants = [one.at for one in (*page.records, *later.records)]
    assert instants == sorted(instants, reverse=True)
    assert len(set(instants)) == 10
    assert page.total == 144


async def test_a_span_that_ends_before_it_begins_is_never_sent(platform: Platform, source: Source) -> None:
    device = await device_called(source, "Gateway hall 1")
    entity = await entity_of(source, device, "battery")
    start, end = span(platform, 1)
    platform.forget()
    with pytest.raises(BadInput):
        await source.entities.history_of(entity, end, start, FIVE)
    with pytest.raises(BadInput):
        await source.entities.aggregate_of(entity, AggregateFunction.MAX, end, end)
    assert platform.asked() == []


async def test_values_are_aggregated(platform: Platform, source: Source) -> None:
    device = await device_called(source, "Gateway hall 1")
    entity = await entity_of(source, device, "battery")
    least = await source.entities.aggregate_of(entity, AggregateFunction.MIN, *span(platform, 24))
    assert (least.value, least.value_type) == (40, EntityValueType.LONG)
    counted = await source.entities.aggregate_of(entity, AggregateFunction.COUNT, *span(platform, 24))
    assert sum(one.count for one in counted.counts) == 144


async def test_workflows_are_sifted_by_their_switch(source: Source) -> None:
    page = await source.workflows.page(WorkflowFilter(enabled=False), ALL)
    assert {flow.enabled for flow in page.records} == {False}
    assert len(page.records) == 3


async def test_a_workflow_is_found_by_what_the_directory_remembers(platform: Platform) -> None:
    index = Index()
    source = platform.source(directory=index)
    flow = (await source.workflows.page(WorkflowFilter(), FIVE)).records[3]
    index.put(ObjectKind.WORKFLOW, flow.native_id, name=flow.name)
    platform.forget()
    assert await source.workflows.get(flow.native_id) == flow
    assert platform.asked() == [("search_workflows", 200)]
    assert await source.workflows.get("7") is None


async def test_a_workflow_has_runs_and_a_run_has_steps(source: Source) -> None:
    flow = (await source.workflows.page(WorkflowFilter(), FIVE)).records[0]
    page = await source.workflows.runs_of(flow, RunStatus.ERROR, FIVE)
    assert (page.total, {run.status for run in page.records}) == (5, {RunStatus.ERROR})
    steps = await source.workflows.steps_of(page.records[0])
    assert [step.status for step in steps] == [RunStatus.SUCCESS, RunStatus.SUCCESS, RunStatus.ERROR]
    assert steps[0].input == {"temperature": 25}
    assert steps[2].error_message == "the device does not answer"


async def test_a_workflow_is_changed_switched_and_deleted(source: Source) -> None:
    flow = (await source.workflows.page(WorkflowFilter(), FIVE)).records[0]
    changed = await source.workflows.update(flow.native_id, "Watch all", "Everything")
    assert (changed.name, changed.description) == ("Watch all", "Everything")
    assert (await source.workflows.set_enabled(flow.native_id, enabled=False)).enabled is False
    assert (await source.workflows.set_enabled(flow.native_id, enabled=True)).enabled is True
    assert (await source.workflows.delete((flow.native_id,))).done == (flow.native_id,)
    with pytest.raises(NotFound):
        await source.workflows.set_enabled("no-id", enabled=True)
