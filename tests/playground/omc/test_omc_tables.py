"""The tables of the pretend OMC: SQL as MySQL reads it, one SELECT alone, and the alarms in them."""

from typing import Any

import pytest
from omc_client import ALARMS, Api, Clock

from playground.upstreams.omc import create_app
from playground.upstreams.vendor import running

COUNT = "select count(*) as n from alarm"


def test_alarms_have_all_severities_and_both_states(api: Api) -> None:
    rows = api.rows("select * from alarm")
    assert len(rows) >= 60
    assert {row["orig_severity"] for row in rows} == {"Critical", "Major", "Minor", "Warning", "Event"}
    assert {row["alarm_status"] for row in rows} == {"0", "1"}
    assert {row["ack_state"] for row in rows} == {"0", "1"}


def test_times_are_local_without_a_zone(api: Api) -> None:
    # 1790000000 is 14:13:20 in UTC and 22:13:20 in Shanghai.
    api.http.post("/__sandbox__/alarms", json={"raise": [{"ne_type": "AMF"}]})
    assert api.rows("select event_time from alarm order by id desc limit 1") == [
        {"event_time": "2026-09-21 22:13:20"}
    ]


@pytest.mark.parametrize(
    ("condition", "like"),
    [
        ("alarm_status = 1", "alarm_status = '1'"),
        ("ne_type = 'amf'", "ne_type = 'AMF'"),
        ("alarm_title like '%cpu%'", "alarm_code = '10003'"),
        ("alarm_code in ('10001','10002')", "alarm_code between '10001' and '10002'"),
        ('`ne_id` = "002"', "ne_id = '002'"),
    ],
)
def test_conditions_are_read_as_the_database_reads_them(api: Api, condition: str, like: str) -> None:
    found = api.rows(f"select id from alarm where {condition} order by id")
    assert found
    assert found == api.rows(f"select id from alarm where {like} order by id")


def test_several_statements_give_one_element_each(api: Api) -> None:
    answer = api.get(ALARMS, SQL=[COUNT, "select id from alarm order by id limit 1, 2"])
    assert [list(one) for one in answer["data"]] == [["alarm"], ["alarm"]]
    assert answer["data"][1]["alarm"] == [{"id": 2}, {"id": 3}]


def test_page_and_limit_cut_the_rows(api: Api) -> None:
    path = "/api/rest/databaseManagement/v1/omc_db/ne_state"
    answer = api.get(path, SQL="select id from ne_state", PAGE="2", LIMIT="3")
    assert [row["id"] for row in answer["data"][0]["ne_state"]] == [4, 5, 6]


@pytest.mark.parametrize(
    "statement",
    [
        "delete from alarm",
        "select 1; delete from alarm",
        "select * from sqlite_master",
        "select * from ne_info",
        "select * from alarm where id = (select 1 from user)",
        "with x as (select 1) select * from x",
        "select * from alarm where ne_type = 'AMF",
        "attach database 'x' as y",
    ],
)
def test_anything_but_one_select_on_the_table_is_refused(api: Api, statement: str) -> None:
    answer = api.http.get(ALARMS, params={"SQL": statement})
    assert (answer.status_code, answer.json()["title"]) == (400, "Malformed request syntax")
    assert api.last_request()["complaints"]
    assert api.rows(COUNT)[0]["n"] >= 60


def test_a_backslash_escapes_the_quote_that_follows_it(api: Api) -> None:
    # A caller that only doubles quotes is broken out of here, as it would be in MySQL.
    everything = api.rows(COUNT)[0]["n"]
    assert api.rows("select id from alarm where ne_name = 'it\\'s'") == []
    assert len(api.rows("select id from alarm where ne_name = '\\\\' or 1=1")) == everything


def test_passwords_are_in_no_table(api: Api) -> None:
    assert "password" not in api.rows("select * from user limit 1", "user")[0]


def test_a_condition_deletes_the_alarms_that_fit(api: Api) -> None:
    path = "/api/rest/databaseManagement/v1/delete/omc_db/alarm"
    assert api.send("DELETE", path, {}, WHERE="alarm_status = '0'") == {}
    assert api.rows(f"{COUNT} where alarm_status = '0'") == [{"n": 0}]
    assert api.rows(COUNT)[0]["n"] > 0


def test_an_empty_condition_deletes_nothing(api: Api) -> None:
    path = "/api/rest/databaseManagement/v1/delete/omc_db/alarm"
    before = api.rows(COUNT)
    assert api.http.request("DELETE", path, params={"WHERE": " "}, json={}).status_code == 400
    assert api.rows(COUNT) == before


def test_a_user_is_renamed_below_the_user_operations(api: Api) -> None:
    path = "/api/rest/dataManagement/v1/omc_db/user"
    assert api.send("PUT", path, {"user": {"name": "test3"}}, WHERE="id = '9'") == {}
    assert api.get("/system/user/9")["data"]["user"]["userName"] == "test3"


def test_the_hand_raises_changes_and_clears_alarms(api: Api) -> None:
    hand = "/__sandbox__/alarms"
    told = api.http.post(
        hand, json={"raise": [{"ne_type": "UDM", "ne_id": "002", "orig_severity": "Critical"}]}
    )
    raised = told.json()["raised"][0]
    row = api.rows(f"select * from alarm where id = {raised}")[0]
    assert (row["ne_name"], row["orig_severity"], row["alarm_status"]) == ("UDM_002", "Critical", "1")
    api.http.post(hand, json={"change": [{"id": raised, "perceived_severity": "Minor", "ack_state": "1"}]})
    assert api.http.post(hand, json={"clear": [raised]}).json()["cleared"] == [raised]
    row = api.rows(f"select * from alarm where id = {raised}")[0]
    assert (row["perceived_severity"], row["ack_state"], row["alarm_status"]) == ("Minor", "1", "0")
    assert row["clear_time"] == "2026-09-21 22:13:20"


def test_the_storm_brings_an_alarm_each_so_many_seconds(api: Api, clock: Clock) -> None:
    before = api.rows(COUNT)[0]["n"]
    api.http.post("/__sandbox__/alarms", json={"storm_seconds": 5})
    clock.now += 24
    assert api.rows(COUNT)[0]["n"] == before + 4
    assert api.rows("select max(event_time) as at from alarm") == [{"at": "2026-09-21 22:13:40"}]


def test_a_storm_of_days_leaves_a_bounded_number_of_alarms_standing(api: Api, clock: Clock) -> None:
    api.http.post("/__sandbox__/alarms", json={"storm_seconds": 5})
    for _ in range(3):
        clock.now += 86_400
        api.sign_in()
        standing = api.rows(f"{COUNT} where alarm_status = '1'")[0]["n"]
    assert standing < 100


def test_a_storm_can_be_there_from_the_start() -> None:
    clock = Clock()
    with running(create_app(clock=clock, storm_seconds=60)) as url:
        api = Api(url)
        with api.http:
            api.sign_in()
            before = api.rows(COUNT)[0]["n"]
            clock.now += 180
            assert api.rows(COUNT)[0]["n"] == before + 3


REPORT = {
    "objectId": "SMF_0", "alarmTitle": "N4 down", "eventTime": "2026-09-21 22:00:00", "alarmCode": 77,
    "alarmType": "EquipmentAlarm", "perceivedSeverity": 2, "alarmStatus": 1, "specificProblem": "peer",
    "additionalText": "", "alarmSource": "SMF",
}  # fmt: skip


def test_an_element_reports_repeats_and_clears_an_alarm(api: Api) -> None:
    path = "/api/rest/faultManagement/v1/elementType/smf/objectType/alarms"
    for change in ({}, {"eventTime": "2026-09-21 22:05:00"}):
        assert api.send("POST", path, REPORT | change) == {}
    row = api.rows("select * from alarm where alarm_code = '77'")
    assert [(one["ne_id"], one["counter"], one["orig_severity"]) for one in row] == [("001", 2, "Major")]
    assert row[0]["latest_event_time"] == "2026-09-21 22:05:00"
    api.send("POST", path, REPORT | {"alarmStatus": 0, "eventTime": "2026-09-21 22:09:00"})
    assert api.rows("select clear_time from alarm where alarm_code = '77'") == [
        {"clear_time": "2026-09-21 22:09:00"}
    ]


def test_alarms_of_the_sync_form_are_taken_from_a_list(api: Api) -> None:
    path = "/api/rest/faultManagement/v1/elementType/smf/objectType/alarms"
    told: dict[str, Any] = {
        "neType": "SMF",
        "neId": "002",
        "alarmId": "SMF0113",
        "eventTime": "2026-09-21 15:56:09",
    }
    assert api.send(
        "GET", path, [told | {"alarmCode": 10, "origSeverity": "Critical", "alarmStatus": 1}]
    ) == {"data": []}
    assert api.rows("select ne_id, orig_severity from alarm where alarm_id = 'SMF0113'") == [
        {"ne_id": "002", "orig_severity": "Critical"}
    ]
