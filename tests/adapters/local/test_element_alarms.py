from adapters.local.alarm_filter import AlarmFilter
from adapters.local.alarm_queries import AlarmOrderField
from adapters.ports import PageRequest
from adapters.records import Severity
from tests.adapters.local.samples import alarm_row

SPOTS = (("omc", "SMF", "001"), ("omc", "SMF", "002"), ("omc", "UPF", "009"))


async def raised(store) -> None:
    rows = [
        alarm_row(minute, ne_id=ne_id, alarm_id=f"A{minute}", severity=severity)
        for ne_id in ("001", "002")
        for minute, severity in enumerate([Severity.MAJOR, Severity.MINOR, Severity.MAJOR, Severity.CRITICAL])
    ]
    await store.intake.alarms("omc", rows)


async def test_first_pages_of_many_elements_are_those_that_each_would_have_alone(store):
    await raised(store)
    request = PageRequest(first=3)
    found = await store.element_alarms.first_pages(
        AlarmFilter(), SPOTS, request, AlarmOrderField.RAISED_AT, down=True
    )
    alone = {spot: await store.alarms.page(AlarmFilter(network_elements=(spot,)), request) for spot in SPOTS}
    assert found == alone


async def test_a_filter_holds_for_each_element(store):
    await raised(store)
    major = AlarmFilter(severities=(Severity.MAJOR,))
    found = await store.element_alarms.first_pages(
        major, SPOTS[:2], PageRequest(first=1), AlarmOrderField.RAISED_AT, down=True
    )
    assert {spot: (page.total, page.more, page.records[0].alarm_id) for spot, page in found.items()} == {
        SPOTS[0]: (2, True, "A2"),
        SPOTS[1]: (2, True, "A2"),
    }
