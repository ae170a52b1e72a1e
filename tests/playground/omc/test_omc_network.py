"""The pretend core: elements, subscribers, policies, who is online, figures, and the files of elements."""

import pytest
from omc_cases import FREE, KEYS, POLICY, SUBSCRIBER
from omc_client import POLICIES, STATES, Api, Clock

from playground.upstreams.omc import create_app
from playground.upstreams.vendor import running

ELEMENT = "/api/rest/systemManagement/v1/elementType"
UES = "/api/rest/ueManagement/v1/elementType"


def test_states_are_one_key_objects_and_dead_elements_hold_an_error(api: Api) -> None:
    told = {name: value for one in api.get(STATES)["data"] for name, value in one.items()}
    assert len(told) >= 14
    assert {name for name, value in told.items() if "error" in value} == {"UPF/002", "MME/001"}
    assert {name.split("/")[0] for name in told} >= {
        "AMF", "SMF", "UPF", "UDM", "AUSF", "PCF", "NSSF", "IMS", "N3IWF", "OMC",
    }  # fmt: skip
    assert "Total" in told["IMS/001"]["systemState"]["diskSpace"]["partitionInfo"][0]
    assert told["PCF/001"]["systemState"]["neType"] == "AUSF"


def test_the_load_moves_with_time(api: Api, clock: Clock) -> None:
    def load() -> int:
        answer = api.get(f"{ELEMENT}/UDM/objectType/systemState", ne_id="001")
        return answer["data"][0]["UDM/001"]["systemState"]["cpuUsage"]["sysCpuUsage"]

    before = load()
    clock.now += 1800
    assert load() != before


def test_a_dead_element_answers_an_error_and_an_unknown_one_is_not_found(api: Api) -> None:
    dead = api.http.get(f"{ELEMENT}/upf/objectType/systemState", params={"ne_id": "002"})
    assert (dead.status_code, dead.json()["error"]["errorCode"]) == (500, "1")
    unknown = api.http.get(f"{ELEMENT}/upf/objectType/systemState", params={"ne_id": "009"})
    assert (unknown.status_code, unknown.json()) == (404, {"cause": "NE_NOT_FOUND", "status": 404})


def test_the_element_type_is_taken_in_any_case(api: Api) -> None:
    api.get(f"{ELEMENT}/all/objectType/systemState")
    assert api.last_request()["operation"] == "omc.get_ne_state_all"


def test_the_list_of_subscribers_is_empty_without_its_element(api: Api) -> None:
    assert api.get("/ne/udm/sub/list") == {"code": 1, "msg": "success", "rows": [], "total": 0}
    totals = [api.get("/ne/udm/sub/list", neId=ne_id)["total"] for ne_id in ("001", "002")]
    assert sum(totals) >= 200


def test_subscribers_are_sorted_where_somebody_asks(api: Api) -> None:
    rows = api.get("/ne/udm/sub/list", neId="002", sortField="imsi", sortOrder="desc", pageSize=2)["rows"]
    assert [row["imsi"] for row in rows] == ["460990120000090", "460990120000089"]


def test_each_data_manager_has_its_own_form_of_a_subscriber(api: Api) -> None:
    flat = api.get("/ne/udm/sub/001/460990110000004")["data"]
    raw = api.get("/ne/udm/sub/002/460990120000004")["data"]
    assert (flat["rat"], flat["cn"], flat["neId"]) == ("0", "3", "")
    assert (raw["RAT"], raw["CNType"]) == ("0x00(VIRTUAL|WLAN|EUTRA|NR)", "0x03(EPC|5GC)")
    assert flat["smData"] == raw["SM-Data(snssai+dnn[1..n])"] == "1-000001&cmnet&ims&3gnet,2-000002&iot"


def test_a_subscriber_is_added_counted_up_and_deleted(api: Api) -> None:
    assert api.send("POST", "/ne/udm/sub/001/3", SUBSCRIBER) == {"code": 1, "data": 3, "msg": "success"}
    third = api.get("/ne/udm/sub/001/460990110009003")["data"]
    assert (third["msisdn"], third["epsDat"]) == ("12307559003", "1,64,24,65,def_eps,1,2,010200000000,-")
    assert api.send("POST", "/ne/udm/sub/001", SUBSCRIBER)["code"] == 0
    assert api.send("DELETE", f"/ne/udm/sub/001/{FREE}/3")["data"] == 3
    assert api.get(f"/ne/udm/sub/001/{FREE}")["code"] == 0


def test_a_batch_of_the_second_data_manager_only_says_that_it_is_done(api: Api) -> None:
    assert api.send("DELETE", "/ne/udm/sub/002/460990120000001/2")["data"] == "command ok"


def test_keys_come_in_clear(api: Api) -> None:
    rows = api.get("/ne/udm/auth/list", neId="001", pageSize=60)["rows"]
    assert {len(row["ki"]) for row in rows} == {32, 48}
    assert "-" in {row["opc"] for row in rows}
    assert api.get("/ne/udm/auth/001/460990110000003")["data"]["ki"] == rows[2]["ki"]


@pytest.mark.parametrize("change", [{"ki": "short"}, {"opc": "zz"}, {"amf": "80"}, {"imsi": "abc"}])
def test_keys_of_a_wrong_form_are_refused(api: Api, change: dict[str, str]) -> None:
    assert api.send("POST", "/ne/udm/auth/001", KEYS | change)["code"] == 0


def test_an_import_of_keys_counts_what_failed_under_code_1(api: Api) -> None:
    lines = ";".join(KEYS.values()) + "\n0;8000;1;short;-\n"
    answer = api.http.post(
        "/ne/udm/auth/import", data={"neId": "001"}, files={"file": ("a.txt", lines.encode())}
    ).json()
    assert answer == {"code": 1, "msg": "import ok, succ num: 1, fail num: 1."}


def test_the_export_of_one_data_manager_is_what_the_other_imports(api: Api) -> None:
    text = api.http.post("/ne/udm/sub/export", json={"neId": "001", "type": "txt"}).content
    answer = api.http.post("/ne/udm/sub/import", data={"neId": "002"}, files={"file": ("s.txt", text)}).json()
    assert answer["data"] == 130
    assert api.get("/ne/udm/sub/list", neId="002")["total"] == 220


def test_subscribers_may_be_below_another_prefix() -> None:
    with running(create_app(udm_prefix="/neData/udm")) as url:
        api = Api(url)
        with api.http:
            api.sign_in()
            assert api.get("/neData/udm/sub/list", neId="001")["total"] == 130
            assert api.http.get("/ne/udm/sub/list").status_code == 404


def test_most_subscribers_have_a_policy(api: Api) -> None:
    rows = api.get(POLICIES, neId="001")["data"]
    assert 150 < len(rows) < 220
    assert api.get(POLICIES, neId="001", imsi="460990110000008")["data"] == []
    assert {len(row) for row in rows} == {5, 10}


def test_an_empty_field_of_a_policy_keeps_the_old_value(api: Api) -> None:
    change = POLICY | {"rfsp": "omitempty", "sar": "", "pccRules": "internet"}
    assert api.send("PUT", POLICIES, change, neId="001") == {}
    row = api.get(POLICIES, neId="001", imsi=POLICY["imsi"])["data"][0]
    assert (row["rfsp"], row["sar"], row["pccRules"]) == (0, "def_sar", "internet")


def test_a_policy_that_is_not_there_is_a_404_with_its_cause(api: Api) -> None:
    answer = api.http.delete(POLICIES, params={"neId": "001", "imsi": FREE})
    assert (answer.status_code, answer.json()) == (404, {"cause": "DATA_NOT_FOUND", "status": 404})


def test_some_failures_of_policies_come_under_200(api: Api) -> None:
    batch = api.http.delete(f"{POLICIES}/batch/2", params={"neId": "001"})
    assert (batch.status_code, batch.json()) == (200, {"cause": "no imsi", "status": 400})
    query = {"neId": "001", "filePath": "none.txt", "fileType": "txt"}
    wrong = api.http.put(f"{POLICIES}/file/import", params=query)
    assert (wrong.status_code, wrong.json()["status"]) == (200, 400)


def test_those_online_are_subscribers(api: Api) -> None:
    known = {
        row["imsi"]
        for ne_id in ("001", "002")
        for row in api.get("/ne/udm/sub/list", neId=ne_id, pageSize=500)["rows"]
    }
    for smf in ("001", "002"):
        rows = api.get(f"{UES}/smf/objectType/ueInfo", neId=smf)["data"]
        assert {row["imsi"].removeprefix("imsi-") for row in rows} <= known
        assert api.get(f"{UES}/smf/objectType/ueNum", neId=smf) == {"data": {"ueNum": len(rows)}}
    assert {row["imsi"] for row in api.get(f"{UES}/n3iwf/objectType/ueInfo", neId="001")["data"]} <= known
    assert len(api.get(f"{UES}/ims/objectType/ueInfo", neId="001", imsi="460990110000004")["data"]) == 1


def test_base_stations_come_by_id_or_all(api: Api) -> None:
    path = f"{UES}/amf/objectType/nbInfo"
    assert len(api.get(path, neId="001", nbId="")["data"]) == 6
    assert [row["name"] for row in api.get(path, neId="002", nbId="8")["data"]] == ["gNB-008"]


def test_figures_cover_the_asked_interval_as_text(api: Api) -> None:
    titles = api.get("/ne/kpi/title", neType="UDM")["data"]
    assert (titles[0]["kpiId"], titles[0]["titleJson"]) == ("UDM.01", '{"en": "UDR.5gActSub"}')
    asked = {
        "neType": "UDM",
        "neId": "001",
        "startTime": "2026-09-21 10:00:00",
        "endTime": "2026-09-21 11:00:00",
    }
    rows = api.get("/ne/kpi/data", **asked, interval=900)["data"]
    assert [row["timeGroup"][-5:] for row in rows] == ["10:00", "10:15", "10:30", "10:45", "11:00"]
    assert all(row["UDM.01"].isdigit() for row in rows)
    assert rows == api.get("/ne/kpi/data", **asked, interval=900)["data"]
    for interval in (0, -5, 1e400):
        assert api.get("/ne/kpi/data", **asked, interval=interval)["code"] == 0


def test_a_written_down_element_is_there_and_dead(api: Api) -> None:
    body = {
        "neType": "AMF", "neId": "007", "neName": "Lab", "ip": "192.168.10.77", "port": "8080", "pvFlag": "PNF",
        "province": "GD", "vendorName": "Sandbox", "dn": "lab",
    }  # fmt: skip
    path = f"{ELEMENT}/amf/objectType/neInfo"
    assert api.http.post(path, params={"ne_id": "007"}, json=body, headers={"Scheme": "http"}).json() == {}
    assert api.get("/ne/info", neType="AMF", neId="007")["data"]["neName"] == "Lab"
    assert any("AMF/007" in one and "error" in one["AMF/007"] for one in api.get(STATES)["data"])
    assert api.http.delete(path, params={"ne_id": "007"}).json() == {}
    assert api.get("/ne/info", neType="AMF", neId="007")["code"] == 0


def test_software_is_activated_only_where_it_has_been_distributed(api: Api) -> None:
    path = "/api/rest/systemManagement/v1/AMF/software/2.2404.1/001"
    assert api.http.put(path, json={}).status_code == 400
    assert api.http.post(path).json() == {}
    assert api.http.put(path, json={}).json() == {}
    state = f"{ELEMENT}/amf/objectType/systemState"
    assert api.get(state, ne_id="001")["data"][0]["AMF/001"]["systemState"]["version"] == "2.2404.1"
    assert api.http.patch(path).json() == {}
    assert api.get(state, ne_id="001")["data"][0]["AMF/001"]["systemState"]["version"] == "2.2311.7"


def test_commands_answer_one_text_each(api: Api) -> None:
    path = "/api/rest/operationManagement/v1/elementType/udm/objectType/mml"
    body = {"mml": ["date", "dsp authdat:imsi=460990110000003", "rm -rf /"]}
    date, keys, unknown = api.send("POST", path, body, ne_id="001")["data"]
    assert date == "2026-09-21 22:13:20 CST"
    assert "imsi = 460990110000003" in keys
    assert "ki =" not in keys
    assert "UNKNOWN COMMAND" in unknown


def test_configuration_records_are_kept(api: Api) -> None:
    path = f"{ELEMENT}/udm/objectType/config/system"
    assert api.send("POST", path, {"capacity": 5, "priority": 1}, subsys_no="4") == {}
    assert api.send("PUT", path, {"capacity": 6, "priority": 1}, subsys_no="4") == {}
    assert api.get(path, ne_id="001", loc="4")["data"] == [{"index": 4, "capacity": 6, "priority": 1}]
    assert api.http.delete(path, params={"subsys_no": "4"}).json() == {}
    assert api.get(path, ne_id="001", loc="4")["data"] == []


def test_a_fault_of_one_family_of_paths_leaves_the_others_alone(api: Api) -> None:
    api.turn(prefix="/ne/udm", code_zero=True)
    assert api.get("/ne/udm/sub/list", neId="001") == {"code": 0, "msg": "operation failed"}
    assert api.http.get(STATES).status_code == 200


def test_a_business_failure_of_an_element_comes_under_200_with_its_status(api: Api) -> None:
    api.turn(code_zero=True)
    answer = api.http.get(STATES)
    assert (answer.status_code, answer.json()) == (200, {"cause": "SYSTEM_FAILURE", "status": 500})
