"""The pretend NCE-Campus: tokens, approvals, and what it refuses."""

from typing import Any

import pytest
from nce_client import DOORS
from vendor_table import documented_names, names, operations

from playground.upstreams.nce.inventory import FOREIGN_ESN, STUBBORN_ESN
from playground.upstreams.world import HARDWARE


def row(api: Any, esn: str) -> dict[str, Any]:
    return next(one for one in api.campus.approvals if one["esn"] == esn)


def approve(api: Any, *ids: str, **more: Any) -> Any:
    return api.call(
        "POST", f"{DOORS}/action/batch-approve", {"actionType": 1, "deviceIds": list(ids), **more}
    )


@pytest.mark.parametrize("operation", operations("nce"))
def test_a_documented_operation_answers_with_the_documented_names(
    api: Any, operation: dict[str, Any]
) -> None:
    known = api.campus.approvals[0]
    changes = {
        "nce.query_access_approvals": {"keyWord": "", "siteIds": []},
        # One that comes over and one that fails, so that both lists have a row.
        "nce.approve_access": {"deviceIds": [known["id"], row(api, STUBBORN_ESN)["id"]]},
        "nce.update_access_approvals": {"devices": [known["id"]], "siteId": known["siteId"]},
    }
    body = operation["body"]["example"] | changes[operation["id"]]
    answer = api.call(operation["method"], operation["path"], body)
    assert answer.status_code == 200, answer.text
    assert answer.json()["errorCode"] == "0"
    assert documented_names(operation) - names(answer.json()) == set()
    assert api.vendor.journal.entries[-1].operation == operation["id"]
    assert api.complaints() == []


def test_a_token_lives_until_its_expired_date(api: Any) -> None:
    assert api.sign_in()["expiredDate"] == "2026-11-18 11:36:40"
    api.clock.now += 1801
    assert api.call("POST", f"{DOORS}/action/batch-query", {}).status_code == 401
    assert api.complaints() == []


def test_a_wrong_password_is_refused(api: Any) -> None:
    wrong = {"userName": "northbound", "password": "other"}
    assert api.http.post("/controller/v2/tokens", json=wrong).status_code == 401


@pytest.mark.parametrize("name", ["X-ACCESS-TOKEN", "X-AUTH-TOKEN"])
def test_the_token_goes_in_either_header(api: Any, name: str) -> None:
    answer = api.http.post(f"{DOORS}/action/batch-query", json={}, headers={name: api.token})
    assert answer.json()["errorCode"] == "0"


def test_no_token_or_a_strange_one_is_refused_and_told(api: Any) -> None:
    assert api.http.post(f"{DOORS}/action/batch-query", json={}).status_code == 401
    api.token = "x-nobody"
    assert api.call("POST", f"{DOORS}/action/batch-query", {}).status_code == 401
    assert api.complaints() == ["X-ACCESS-TOKEN is missing", "X-ACCESS-TOKEN was never given"]


def test_a_token_can_be_given_back(api: Any) -> None:
    answer = api.http.request("DELETE", "/controller/v2/tokens", json={"token": api.token})
    assert answer.json()["errcode"] == "0"
    assert api.call("POST", f"{DOORS}/action/batch-query", {}).status_code == 401


def test_pages_together_are_the_whole_list_once(api: Any) -> None:
    pages = [api.query(pageIndex=n, pageSize=20) for n in (1, 2, 3)]
    assert [len(page["deviceList"]) for page in pages] == [20, 20, 2]
    assert {page["totalCounts"] for page in pages} == {42}
    assert len({one["id"] for page in pages for one in page["deviceList"]}) == 42


def test_filters_narrow_the_list(api: Any) -> None:
    found = api.query(status=[2], deviceTypes=["AP"], discoveryType=[1, 2], pageSize=300)["deviceList"]
    assert {(one["approvalStatus"], one["deviceType"]) for one in found} <= {(2, "AP")}
    assert {one["approvalStatus"] for one in api.query(pageSize=300)["deviceList"]} == {0, 1, 2}
    assert [one["name"] for one in api.query(keyWord="4c-fa-ca-11-22-07")["deviceList"]] == ["Switch rack 7"]


def test_the_shared_hardware_waits_with_dashes_in_its_mac(api: Any) -> None:
    known = {(one["esn"], one["mac"]) for one in api.query(pageSize=300)["deviceList"]}
    assert {(box.identifier, box.mac.replace(":", "-")) for box in HARDWARE} <= known


def test_one_refused_leaves_the_others_approved(api: Any) -> None:
    good, bad = api.campus.approvals[0], row(api, STUBBORN_ESN)
    unknown = "00000000-0000-0000-0000-000000000001"
    answer = approve(api, good["id"], bad["id"], unknown, forceRegister=True).json()
    assert [one["deviceId"] for one in answer["success"]] == [good["id"]]
    assert [one["deviceId"] for one in answer["fail"]] == [bad["id"], unknown]
    assert (good["approvalStatus"], bad["approvalStatus"]) == (1, 2)
    assert answer["errorCode"] == "0"


def test_nothing_approved_is_a_failure_under_200(api: Any) -> None:
    answer = approve(api, row(api, STUBBORN_ESN)["id"])
    assert (answer.status_code, answer.json()["errorCode"]) == (200, "1")


def test_another_tenants_device_comes_over_by_force_alone(api: Any) -> None:
    foreign = row(api, FOREIGN_ESN)
    assert approve(api, foreign["id"]).json()["fail"][0]["oldTenantName"] == "te***1"
    assert approve(api, foreign["id"], forceRegister=True).json()["success"][0]["deviceId"] == foreign["id"]
    assert foreign["approvalStatus"] == 1


def test_site_and_role_change_for_every_device_named(api: Any) -> None:
    rows = api.campus.approvals[:2]
    site = "00000000-0000-0000-0000-0000000000a3"
    body = {"siteId": site, "role": "CORE", "devices": [one["id"] for one in rows]}
    assert api.call("PUT", DOORS, body).json()["errorCode"] == "0"
    assert {(one["siteName"], one["role"], one["siteModifyFlag"]) for one in rows} == {
        ("Test hall", "CORE", "true")
    }


def test_a_role_that_there_is_not_is_left_out_silently_and_told(api: Any) -> None:
    known = api.campus.approvals[0]
    role = known["role"]
    assert api.call("PUT", DOORS, {"role": "KING", "devices": [known["id"]]}).status_code == 200
    assert known["role"] == role
    assert api.complaints() == ["role is none of ACC, AGG, CORE, AP"]


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/action/batch-query", {"pageIndex": 0}),
        ("/action/batch-query", {"pageSize": 301}),
        ("/action/batch-query", {"pageIndex": "1"}),
        ("/action/batch-query", {"status": [3]}),
        ("/action/batch-query", {"siteIds": ["north"]}),
        ("/action/batch-approve", {"actionType": 1}),
        ("/action/batch-approve", {"actionType": 2, "deviceIds": ["00000000-0000-0000-0000-000000000001"]}),
        ("/action/batch-approve", {"actionType": 1, "deviceIds": ["1"]}),
        ("/action/batch-approve", {"actionType": 1, "deviceIds": []}),
    ],
)
def test_a_request_against_the_document_is_refused_and_told(api: Any, path: str, body: Any) -> None:
    answer = api.call("POST", DOORS + path, body)
    assert (answer.status_code, answer.json()["errorCode"]) == (400, "0x00c80035")
    assert len(api.complaints()) == 1


def test_a_body_that_is_not_called_json_is_refused(api: Any) -> None:
    headers = {"X-ACCESS-TOKEN": api.token, "Content-Type": "text/plain"}
    assert api.http.post(f"{DOORS}/action/batch-query", content="{}", headers=headers).status_code == 400


def test_failures_come_as_the_knobs_say(api: Any) -> None:
    api.vendor.turn(fail_next=1, fail_status=500)
    assert api.call("POST", f"{DOORS}/action/batch-query", {}).status_code == 500
    api.vendor.turn(code_zero=True)
    answer = api.call("POST", f"{DOORS}/action/batch-query", {})
    assert (answer.status_code, answer.json()["errorCode"]) == (200, "0x00c80035")


def test_all_tokens_can_be_made_to_expire(api: Any) -> None:
    api.vendor.expire_tokens()
    assert api.call("POST", f"{DOORS}/action/batch-query", {}).status_code == 401
