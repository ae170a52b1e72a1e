"""An alarm's life as an operator sees it through GraphQL: what elements post, what the OMC's table says, what people do."""

from datetime import timedelta

import pytest

from tests.adapters.local.samples import NOON
from tests.resolvers_streams.samples import alarm, numbered

FIELDS = """
  id alarmId status severity count acknowledged acknowledgedBy clearing clearedBy shelvedUntil shelvedBy
  flapping stale comments { by text } history { change by }
"""
ONE = f"query($filter: AlarmFilter) {{ alarms(filter: $filter) {{ totalCount nodes {{ {FIELDS} }} }} }}"
PROBLEM = "life of an alarm"


async def only(gateway, **where):
    (node,) = (await gateway.ask(ONE, filter=where))["alarms"]["nodes"]
    return node


async def done(gateway, deed: str, alarm_id: str, **arguments) -> dict:
    """One of the mutations on an alarm; gives the alarm as it stands then."""
    extra = "".join(f', {name}: "{value}"' for name, value in arguments.items())
    name = "id: $id" if deed == "commentAlarm" else "ids: [$id]"
    query = (
        f"mutation($id: ID!) {{ {deed}({name}{extra}) {{ alarms {{ {FIELDS} }} userErrors {{ message }} }} }}"
    )
    payload = (await gateway.ask(query, id=alarm_id))[deed]
    assert payload["userErrors"] == []
    return payload["alarms"][0]


def changes(node) -> list[str]:
    return [event["change"] for event in node["history"]]


async def raised_at_the_omc(gateway, omc_app) -> int:
    """An alarm in the OMC's table, read by a poll."""
    number = omc_app.state.omc.alarms.raise_alarm(specific_problem=PROBLEM, ne_type="SMF", ne_id="001")
    await gateway.poll()
    return number


async def test_an_alarm_that_is_posted_stands(gateway):
    await gateway.posted(alarm())
    node = await only(gateway)

    assert (node["alarmId"], node["status"], node["severity"], node["count"]) == (
        "SMF0113",
        "ACTIVE",
        "MAJOR",
        1,
    )


async def test_an_alarm_in_the_omc_s_table_stands_after_the_next_poll(fed, omc_app):
    await raised_at_the_omc(fed, omc_app)

    assert (await only(fed, search=PROBLEM))["status"] == "ACTIVE"


async def test_what_a_person_did_stands_in_the_alarm_and_its_history(gateway, hands):
    await gateway.posted(alarm())
    node = await only(gateway)
    for deed, arguments in (
        ("acknowledgeAlarms", {"comment": "on it"}),
        ("commentAlarm", {"text": "peer rebooted"}),
        ("unacknowledgeAlarms", {}),
        ("clearAlarms", {"comment": "over"}),
    ):
        hands.turn(minutes=1)
        node = await done(gateway, deed, node["id"], **arguments)

    assert changes(node) == ["RAISED", "ACKNOWLEDGED", "COMMENTED", "UNACKNOWLEDGED", "CLEARED"]
    assert [c["text"] for c in node["comments"]] == ["on it", "peer rebooted", "over"]
    assert (node["status"], node["clearing"], node["clearedBy"]) == ("CLEARED", "MANUAL", "anonymous")


async def test_a_shelved_alarm_comes_back_by_itself_when_its_time_is_over(gateway, hands):
    await gateway.posted(alarm())
    until = (NOON + timedelta(minutes=5)).isoformat()
    node = await done(gateway, "shelveAlarms", (await only(gateway))["id"], until=until)
    listed = [len((await gateway.ask(ONE, filter={"shelved": False}))["alarms"]["nodes"])]
    hands.turn(minutes=6)
    await gateway.tick()
    listed.append(len((await gateway.ask(ONE, filter={"shelved": False}))["alarms"]["nodes"]))
    after = await only(gateway)

    assert (node["shelvedUntil"], node["shelvedBy"], listed) == ("2026-03-01T12:05:00Z", "anonymous", [0, 1])
    assert (after["shelvedUntil"], changes(after)) == (None, ["RAISED", "SHELVED", "UNSHELVED"])


@pytest.mark.parametrize(
    ("deed", "field", "value"),
    [("acknowledgeAlarms", "acknowledged", True), ("clearAlarms", "status", "CLEARED")],
)
async def test_the_next_poll_undoes_nothing_that_was_done_here(fed, omc_app, hands, deed, field, value):
    number = await raised_at_the_omc(fed, omc_app)
    hands.turn(minutes=1)
    await done(fed, deed, (await only(fed, search=PROBLEM))["id"])
    omc_app.state.omc.alarms.change(number, add_info="looked at there, too")
    hands.turn(minutes=1)
    await fed.poll()

    assert (await only(fed, search=PROBLEM))[field] == value


async def test_an_alarm_cleared_in_the_omc_s_table_is_cleared_and_raised_again_there_stands_again(
    fed, omc_app, hands
):
    number = await raised_at_the_omc(fed, omc_app)
    await done(fed, "acknowledgeAlarms", (await only(fed, search=PROBLEM))["id"])
    hands.turn(minutes=2)
    omc_app.state.omc.alarms.clear(number)
    await fed.poll()
    cleared = await only(fed, search=PROBLEM)
    hands.turn(minutes=2)
    omc_app.state.omc.alarms.change(
        number, alarm_status="1", clear_time=None, event_time="2026-03-01 20:04:00"
    )
    await fed.poll()
    again = await only(fed, search=PROBLEM)

    assert (cleared["status"], cleared["clearing"]) == ("CLEARED", "AUTOMATIC")
    assert (again["status"], again["acknowledged"]) == ("ACTIVE", False)


async def test_an_alarm_flaps_after_four_changes_and_calms_down_after_half_an_hour(gateway, hands):
    await gateway.posted(*(alarm(minute, alarmStatus=1 - minute % 2) for minute in range(4)))
    flapping = (await only(gateway))["flapping"]
    hands.turn(minutes=31)
    await gateway.tick()

    assert (flapping, (await only(gateway))["flapping"]) == (True, False)


async def test_alarms_of_an_omc_that_is_down_are_stale_until_it_is_back(fed, omc_app, hands):
    await raised_at_the_omc(fed, omc_app)
    omc_app.state.vendor.turn(fail_next=1000)
    hands.turn(minutes=5)
    await fed.tick()
    stale = (await only(fed, search=PROBLEM))["stale"]
    omc_app.state.vendor.turn(fail_next=0)
    await fed.poll()

    assert (stale, (await only(fed, search=PROBLEM))["stale"]) == (True, False)


async def test_a_repeated_alarm_is_counted(gateway):
    await gateway.posted(alarm(0), alarm(1), alarm(2, origSeverity="Critical"))
    node = await only(gateway)

    assert (node["count"], changes(node)) == (3, ["RAISED", "REPEATED", "SEVERITY_CHANGED"])


async def test_an_alarm_that_is_no_longer_kept_is_a_user_s_error(gateway, hands):
    await gateway.posted(alarm(), alarm(1, alarmStatus=0))
    alarm_id = (await only(gateway))["id"]
    await gateway.service.store.retention.run(hands.turn(days=91))
    query = "mutation($ids: [ID!]!) { acknowledgeAlarms(ids: $ids) { alarms { id } userErrors { id code } } }"
    found = await gateway.ask(query, ids=[alarm_id])

    assert found["acknowledgeAlarms"] == {"alarms": [], "userErrors": [{"id": alarm_id, "code": "NOT_FOUND"}]}


async def test_the_summary_counts_what_the_list_holds(gateway):
    await gateway.posted(
        [numbered(i, origSeverity=("Critical", "Major", "Minor", "Warning")[i % 4]) for i in range(20)]
    )
    found = await gateway.ask(
        """{ alarmSummary { total unacknowledged critical major minor warning indeterminate }
             alarms(filter: {status: ACTIVE, severities: [MAJOR]}) { totalCount } }"""
    )

    assert found["alarmSummary"] == {
        "total": 20,
        "unacknowledged": 20,
        "critical": 5,
        "major": 5,
        "minor": 5,
        "warning": 5,
        "indeterminate": 0,
    }
    assert found["alarms"]["totalCount"] == 5
