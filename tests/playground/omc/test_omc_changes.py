"""What changes in the pretend OMC when somebody writes, and what it refuses."""

import base64
from typing import Any

import pytest
from omc_cases import DEPARTMENT, JOB, MENU, ROLE, USER
from omc_client import Api


def test_a_new_user_can_be_read_changed_and_deleted(api: Api) -> None:
    assert api.send("POST", "/system/user", USER | {"password": "Sandbox@1234"})["code"] == 1
    made = api.get("/system/user/list", userName="night-desk")["rows"][0]
    name = made["userId"]
    assert (made["deptId"], made["createBy"], made["dept"]["deptName"]) == ("104", "admin", "NOC")
    api.send("PUT", "/system/user", USER | {"userId": name, "nickName": "Late desk", "roleIds": ["4"]})
    told = api.get(f"/system/user/{name}")["data"]
    assert (told["user"]["nickName"], told["roleIds"], told["user"]["updateBy"]) == (
        "Late desk",
        ["4"],
        "admin",
    )
    assert api.send("DELETE", f"/system/user/{name},30") == {"code": 1, "msg": "Deleted successfully: 2"}
    assert api.get(f"/system/user/{name}") == {"code": 0, "msg": "No accessible user data!"}


@pytest.mark.parametrize(
    ("method", "path", "body", "msg"),
    [
        (
            "POST",
            "/system/user",
            USER | {"userName": "admin", "password": "x"},
            "login account already exists",
        ),
        (
            "POST",
            "/system/user",
            USER | {"phonenumber": "12", "password": "x"},
            "phone number format is wrong",
        ),
        ("PUT", "/system/user/changeStatus", {"status": "1", "userId": "3"}, "equal to the old value"),
        (
            "PUT",
            "/system/user/profile",
            {"nickName": "a", "sex": "1", "phonenumber": "1"},
            "phone number format",
        ),
        (
            "PUT",
            "/system/user/profile/updatePwd",
            {"oldPassword": "x", "newPassword": "y"},
            "old password is wrong",
        ),
        ("POST", "/system/dept", DEPARTMENT | {"deptName": "NOC", "parentId": "101"}, "name already exists"),
        ("DELETE", "/system/dept/100", None, "departments below"),
        ("DELETE", "/system/role/3", None, "held by users"),
        ("PUT", "/system/role/changeStatus", {"roleId": "77", "status": "0"}, "no accessible role data"),
        ("POST", "/system/menu", MENU | {"menuType": "Z"}, "menuType is D, M or B"),
        ("POST", "/monitor/job", JOB | {"cronExpression": "often"}, "incorrect Cron expression"),
        ("DELETE", "/system/config/1", None, "built-in parameter"),
        ("DELETE", "/system/dict/type/1", None, "has values"),
        ("PUT", "/system/log/login/unlock/admin", None, "not locked"),
        ("POST", "/helpDoc", {"uploadPath": "/etc/passwd", "language": "en_US"}, "file does not exist"),
    ],
)
def test_what_the_documents_forbid_is_refused_under_200(
    api: Api, method: str, path: str, body: Any, msg: str
) -> None:
    answer = api.http.request(method, path, json=body)
    assert answer.status_code == 200
    assert answer.json()["code"] in {0, 500}
    assert msg in answer.json()["msg"]


@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        ({"deptName": "x"}, "body field orderNum is missing"),
        (DEPARTMENT | {"orderNum": "four"}, "body field orderNum is no integer"),
        ([DEPARTMENT], "the body is no object"),
    ],
)
def test_a_body_that_the_documents_forbid_is_a_400_and_a_complaint(
    api: Api, body: Any, complaint: str
) -> None:
    answer = api.http.post("/system/dept", json=body)
    assert (answer.status_code, answer.json()["code"]) == (400, 400)
    assert complaint in api.last_request()["complaints"]


def test_names_that_no_document_has_are_complaints(api: Api) -> None:
    api.get("/system/user/list", pageNo=2)
    assert api.last_request()["complaints"] == ["query parameter pageNo is not documented"]
    api.send("POST", "/system/dept", DEPARTMENT | {"colour": "red"})
    assert api.last_request()["complaints"] == ["body field colour is not documented"]


def test_a_department_that_moves_takes_those_below_along(api: Api) -> None:
    moved = api.get("/system/dept/102")["data"]
    api.send("PUT", "/system/dept", moved | {"parentId": "103"})
    assert api.get("/system/dept/106")["data"]["ancestors"] == "0,100,103,102"
    left = [row["deptId"] for row in api.get("/system/dept/list/exclude/103")["data"]]
    assert left == ["100", "101", "104", "105"]


def test_a_role_is_given_and_taken_away(api: Api) -> None:
    api.send("POST", "/system/role", ROLE)
    body = {"roleId": "7", "userIds": "3,4", "checked": True}
    api.send("PUT", "/system/role/authUser/checked", body)
    assert api.get("/system/role/authUser/allocatedList", roleId="7", allocated="true")["total"] == 2
    api.send("PUT", "/system/role/authUser/checked", body | {"checked": False, "userIds": "3"})
    assert "7" not in api.get("/system/user/3")["data"]["roleIds"]


def test_a_job_that_is_run_leaves_a_log(api: Api) -> None:
    before = api.get("/monitor/jobLog/list")["total"]
    api.send("PUT", "/monitor/job/run/5")
    after = api.get("/monitor/jobLog/list")
    assert (after["total"], after["rows"][0]["jobName"]) == (before + 1, "Delete expired NE State Record")


def test_writes_stand_in_the_operation_log_with_what_was_sent(api: Api) -> None:
    api.send("PUT", "/system/user/changeStatus", {"status": "0", "userId": "3"})
    first = api.get("/system/log/operate/list")["rows"][0]
    assert (first["operUrl"], first["operName"]) == ("/system/user/changeStatus", "admin")
    assert first["operParam"] == '{"status":"0","userId":"3"}'


def test_old_operations_hold_access_tokens_and_text_that_is_no_json(api: Api) -> None:
    rows = api.get("/system/log/operate/list", pageSize=30)["rows"]
    assert any("access_token" in row["operParam"] for row in rows)
    assert any('filename="' in row["operMsg"] for row in rows)


def test_clearing_the_token_cache_ends_the_sign_ins(api: Api) -> None:
    assert api.get("/monitor/cache/getKeys/login_tokens")["data"]
    assert api.send("DELETE", "/monitor/cache/clearCacheName/login_tokens")["code"] == 1
    assert api.http.get("/getInfo").status_code == 401


def test_the_same_write_within_five_seconds_is_too_frequent_where_the_knob_says_so(
    api: Api, clock: Any
) -> None:
    api.turn(refuse_repeats=True)
    answers = [api.send("PUT", "/system/config/refreshCache")["code"] for _ in range(2)]
    clock.now += 6
    assert [*answers, api.send("PUT", "/system/config/refreshCache")["code"]] == [1, 0, 1]


def test_chunks_become_a_file_that_is_downloaded_in_ranges(api: Api) -> None:
    for index, data in ((1, b"world"), (0, b"hello ")):
        sent = api.http.post(
            "/file/chunkUpload",
            data={"index": str(index), "identifier": "k1"},
            files={"file": ("a.txt", data)},
        )
        assert sent.status_code == 206
    assert api.send("POST", "/file/chunkCheck", {"identifier": "k1", "fileName": "a.txt"})["data"] == [
        "0",
        "1",
    ]
    told = api.send(
        "POST", "/file/chunkMerge", {"identifier": "k1", "fileName": "a.txt", "subPath": "common"}
    )
    name = base64.b64encode(told["data"]["fileName"].encode()).decode()
    path = f"/file/download/{name.replace('/', '%2F')}"
    assert api.http.get(path).content == b"hello world"
    part = api.http.get(path, headers={"Range": "bytes=6-8"})
    assert (part.status_code, part.content, part.headers["content-range"]) == (206, b"wor", "bytes 6-8/11")


@pytest.mark.parametrize("name", ["é", "zz", "L2V0Yy9wYXNzd2Q="])
def test_a_file_that_is_not_there_is_json_in_place_of_the_file(api: Api, name: str) -> None:
    assert api.get(f"/file/download/{name}")["code"] == 0


def test_a_file_above_ten_megabytes_is_refused(api: Api) -> None:
    answer = api.http.post("/file/upload", files={"file": ("a.bin", b"x" * (10 * 1024 * 1024 + 1))}).json()
    assert answer == {"code": 0, "msg": "maximum upload file size 10.00MB"}


def test_a_reset_goes_back_to_the_start(api: Api) -> None:
    api.send("DELETE", "/system/user/30")
    api.http.post("/__sandbox__/reset")
    api.sign_in()
    assert api.get("/system/user/list")["total"] == 40
