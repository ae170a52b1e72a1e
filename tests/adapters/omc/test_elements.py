"""Network elements of an OMC over a real socket."""

from datetime import UTC, datetime, timedelta

import pytest
from core_network import Core

from adapters.errors import BadInput, NotFound, Unsupported
from adapters.omc.element_states import ElementState, Hardware, SystemState
from adapters.omc.element_view import stated
from adapters.ports import NetworkElementFilter, NetworkElements, PageRequest, Source
from adapters.ports.network import NetworkElementChange, NetworkElementDraft
from adapters.records import NetworkElement, NetworkElementState, Virtualization


def port(source: Source) -> NetworkElements:
    assert source.network_elements is not None
    return source.network_elements


async def element(source: Source, native_id: str) -> NetworkElement:
    found = await port(source).get(native_id)
    assert found is not None
    return found


async def ids(source: Source, **conditions: object) -> list[str]:
    where = NetworkElementFilter(**conditions)  # type: ignore[arg-type]
    page = await port(source).page(where, PageRequest(first=100))
    return [one.native_id for one in page.records]


async def test_all_elements_come_with_their_states_in_one_call(source: Source, core: Core) -> None:
    page = await port(source).page(NetworkElementFilter(), PageRequest(first=100))
    assert (len(page.records), page.total) == (16, 16)
    assert all(isinstance(one.state, NetworkElementState) for one in page.records)
    assert core.asked() == ["login", "get_ne_state_all"]


async def test_a_dead_element_is_offline_and_stays_on_the_list(source: Source) -> None:
    assert await ids(source, online=False) == ["MME/001", "UPF/002"]


async def test_types_match_whatever_their_case(source: Source) -> None:
    assert await ids(source, ne_types=("amf", "Smf")) == ["AMF/001", "AMF/002", "SMF/001", "SMF/002"]


async def test_conditions_add_up(source: Source) -> None:
    assert await ids(source, ne_types=("AMF",), ne_ids=("002",), online=True) == ["AMF/002"]
    assert await ids(source, search="13.9") == ["IMS/001", "N3IWF/001"]
    assert await ids(source, search="nothing like it") == []


async def test_the_key_of_an_element_counts_not_the_type_that_it_tells(source: Source) -> None:
    assert await ids(source, ne_types=("PCF",)) == ["PCF/001"]
    assert await ids(source, ne_types=("AUSF",)) == ["AUSF/001"]


async def test_the_states_of_many_elements_are_one_call(source: Source, core: Core) -> None:
    states = await port(source).states(("AMF/001", "UPF/002", "XYZ/9"))
    assert {key: state.online for key, state in states.items()} == {"AMF/001": True, "UPF/002": False}
    assert core.asked().count("get_ne_state_all") == 1


async def test_an_element_is_told_with_what_is_written_down_of_it(source: Source) -> None:
    found = await element(source, "AMF/001")
    assert (found.name, found.ip, found.port, found.vendor, found.virtualization) == (
        "AMF_001",
        "192.168.10.11",
        8080,
        "Sandbox",
        Virtualization.VNF,
    )


@pytest.mark.parametrize("native_id", ["AMF/999", "AMF", "AMF/001/2", "A F/1", "../x", ""])
async def test_there_is_no_element_of_a_strange_id(source: Source, native_id: str) -> None:
    assert await port(source).get(native_id) is None


async def test_units_are_percent_and_bytes() -> None:
    told = ElementState(
        key="UDM/001",
        system_state=SystemState(hardware_info=Hardware(cpus=8, memory=8_167_360)),
    )
    state = stated(told, datetime(2026, 1, 1, tzinfo=UTC))
    assert state.memory is not None
    assert state.memory.total_bytes == 8_167_360 * 1024
    assert state.cpu is not None
    assert state.cpu.cores == 8


async def test_an_omc_counts_its_own_memory_in_bytes() -> None:
    told = ElementState(
        key="OMC/001", system_state=SystemState(hardware_info=Hardware(memory=34_029_125_632))
    )
    state = stated(told, datetime(2026, 1, 1, tzinfo=UTC))
    assert state.memory is not None
    assert state.memory.total_bytes == 34_029_125_632


async def test_capital_partitions_are_read(source: Source) -> None:
    found = await element(source, "IMS/001")
    assert isinstance(found.state, NetworkElementState)
    assert found.state.disks[0].total_bytes == 3966 * 1024 * 1024


async def test_an_element_is_written_down_changed_and_forgotten(source: Source) -> None:
    draft = NetworkElementDraft(ne_type="amf", ne_id="003", name="AMF_003", ip="10.0.0.3", port=8080)
    made = await port(source).create(draft)
    assert (made.native_id, made.name, made.port) == ("AMF/003", "AMF_003", 8080)
    change = NetworkElementChange(dn="east", virtualization=Virtualization.PNF)
    changed = await port(source).update("AMF/003", change)
    assert (changed.dn, changed.virtualization, changed.province) == ("east", Virtualization.PNF, None)
    outcome = await port(source).delete("AMF/003")
    assert outcome.done == ("AMF/003",)
    assert await port(source).get("AMF/003") is None


async def test_a_change_keeps_what_it_does_not_name(source: Source) -> None:
    changed = await port(source).update("SMF/001", NetworkElementChange(vendor="Other"))
    assert (changed.vendor, changed.province, changed.dn) == ("Other", "GD", "sandbox-core")


async def test_the_name_of_an_element_cannot_be_changed(source: Source, core: Core) -> None:
    with pytest.raises(Unsupported):
        await port(source).update("SMF/001", NetworkElementChange(name="x"))
    assert core.asked() == []


async def test_forgetting_an_unknown_element_is_refused(source: Source) -> None:
    outcome = await port(source).delete("AMF/009")
    assert [(one.native_id, one.code.value) for one in outcome.refusals] == [("AMF/009", "NOT_FOUND")]


async def test_a_strange_id_is_not_forgotten(source: Source) -> None:
    with pytest.raises(NotFound):
        await port(source).delete("AMF")


async def test_commands_answer_in_order(source: Source) -> None:
    outputs = await port(source).run_mml(await element(source, "UDM/001"), ("dsp version", "nonsense"))
    assert outputs == ("VERSION = 2.2311.7", "RETCODE = 1  UNKNOWN COMMAND: nonsense")


@pytest.mark.parametrize("command", ["date\nreboot", "date\r", "\0", "", "a\u2028b"])
async def test_a_command_of_more_than_a_line_is_never_sent(source: Source, core: Core, command: str) -> None:
    udm = await element(source, "UDM/001")
    with pytest.raises(BadInput) as caught:
        await port(source).run_mml(udm, ("date", command))
    assert caught.value.field == ("commands", "1")
    assert "run_mml_udm" not in core.asked()


async def test_parameters_come_as_they_are(source: Source) -> None:
    assert isinstance(await port(source).parameters(await element(source, "AMF/001"), "guami", None), list)
    found = await port(source).parameters(await element(source, "UDM/001"), "system", None)
    assert [row["index"] for row in found] == [0]


@pytest.mark.parametrize(
    ("group", "location"), [("../neInfo", None), ("a b", None), ("system", "0&x=1"), ("", None)]
)
async def test_a_strange_group_or_location_is_never_sent(
    source: Source, core: Core, group: str, location: str | None
) -> None:
    udm = await element(source, "UDM/001")
    before = len(core.requests())
    with pytest.raises(BadInput):
        await port(source).parameters(udm, group, location)
    assert len(core.requests()) == before


async def test_sessions_of_an_smf_are_told_and_counted(source: Source) -> None:
    smf = await element(source, "SMF/001")
    users = await port(source).online_users(smf, None, None)
    assert users is not None
    assert len(users) == await port(source).online_user_count(smf)
    assert all(user.imsi and user.imsi.isdecimal() for user in users)
    assert all(user.active_since is not None and user.registered is None for user in users)


async def test_sessions_are_found_by_number(source: Source) -> None:
    smf = await element(source, "SMF/001")
    (user,) = await port(source).online_users(smf, None, "12307551003") or ()
    assert user.imsi == "460990110000003"


async def test_registrations_at_an_n3iwf_are_told(source: Source) -> None:
    n3iwf = await element(source, "N3IWF/001")
    users = await port(source).online_users(n3iwf, None, None) or ()
    assert all(user.registered and user.nai for user in users)
    assert len(users) == await port(source).online_user_count(n3iwf)


async def test_an_ims_is_asked_of_one_subscriber_at_a_time(source: Source) -> None:
    ims = await element(source, "IMS/001")
    with pytest.raises(BadInput) as caught:
        await port(source).online_users(ims, None, None)
    assert caught.value.field == ("imsi",)
    (user,) = await port(source).online_users(ims, "460990110000004", None) or ()
    assert (user.msisdn, user.registered) == ("12307551004", True)
    assert await port(source).online_user_count(ims) is None


async def test_other_elements_have_nobody_online(source: Source) -> None:
    assert await port(source).online_users(await element(source, "UPF/001"), None, None) is None
    assert await port(source).online_user_count(await element(source, "UPF/001")) is None


async def test_base_stations_are_those_of_an_amf(source: Source) -> None:
    amf = await element(source, "AMF/001")
    assert len(await port(source).base_stations(amf, None) or ()) == 6
    (station,) = await port(source).base_stations(amf, "2") or ()
    assert station["nbId"] == "2"
    assert await port(source).base_stations(await element(source, "SMF/001"), None) is None


async def test_indicators_have_names_by_language(source: Source) -> None:
    definitions = await port(source).kpi_definitions("amf")
    assert definitions
    assert {one.ne_type for one in definitions} == {"AMF"}
    assert definitions[0].name
    assert definitions[0].names["en"] == definitions[0].name


async def test_indicators_are_series_in_the_order_of_time(source: Source) -> None:
    amf = await element(source, "AMF/001")
    end = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
    (series,) = await port(source).kpis(amf, ("AMF.02",), end - timedelta(hours=2), end, 900) or ()
    assert series.definition.id == "AMF.02"
    times = [point.at for point in series.points]
    assert times == sorted(times)
    assert all(end - timedelta(hours=2) <= at <= end for at in times)
    assert all(point.value is not None for point in series.points)


async def test_all_indicators_come_where_none_is_named(source: Source) -> None:
    amf = await element(source, "AMF/001")
    end = datetime.now(UTC)
    series = await port(source).kpis(amf, None, end - timedelta(hours=1), end, 900) or ()
    definitions = await port(source).kpi_definitions("AMF") or ()
    assert [one.definition.id for one in series] == [one.id for one in definitions]


async def test_many_elements_take_one_call_for_their_states(source: Source, core: Core) -> None:
    found = await port(source).get_many(("AMF/001", "upf/002", "XYZ/9", "x"))
    assert found is not None
    assert {key: one.name for key, one in found.items()} == {"AMF/001": "AMF_001", "upf/002": "UPF_002"}
    assert core.asked().count("get_ne_state_all") == 1
