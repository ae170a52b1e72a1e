from datetime import timedelta

import pytest

from adapters.errors import BadInput, Conflict
from adapters.ports import (
    NetworkElementFilter,
    PageRequest,
)
from adapters.ports.network import (
    NetworkElementChange,
    NetworkElementDraft,
)
from tests.adapters.local.samples import NOON


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
