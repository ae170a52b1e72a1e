"""Lists of the pretend OMC: pages, filters, sorting, and workbooks."""

from typing import Any

import pytest
from omc_client import Api

from playground.upstreams.omc.workbook import read
from playground.upstreams.world import PEOPLE


def test_ten_rows_come_where_nobody_sends_a_page_size(api: Api) -> None:
    answer = api.get("/system/user/list")
    assert (len(answer["rows"]), answer["total"]) == (10, 40)


def test_pages_cover_every_row_once(api: Api) -> None:
    pages = [api.get("/system/user/list", pageNum=page, pageSize=15)["rows"] for page in (1, 2, 3, 4)]
    names = [row["userName"] for page in pages for row in page]
    assert [len(page) for page in pages] == [15, 15, 10, 0]
    assert len(set(names)) == 40


def test_the_people_of_the_world_have_their_mail_and_phone_here(api: Api) -> None:
    rows = {row["userName"]: row for row in api.get("/system/user/list", pageSize=100)["rows"]}
    for person in PEOPLE:
        if "omc" in person.systems:
            row = rows[person.username]
            assert (row["email"], row["phonenumber"]) == (person.email, person.phone)
        else:
            assert person.username not in rows


def test_users_hold_six_roles_and_departments_have_three_levels(api: Api) -> None:
    users = api.get("/system/user/list", pageSize=100)["rows"]
    assert {role["roleId"] for user in users for role in user["roles"]} == {"1", "2", "3", "4", "5", "6"}
    tree = api.get("/system/dept/treeSelect")["data"]
    assert tree[0]["children"][0]["children"][0]["children"] == []


@pytest.mark.parametrize(
    ("path", "query", "count"),
    [
        ("/system/user/list", {"userName": "noc-shift"}, 2),
        ("/system/user/list", {"status": "0"}, 3),
        ("/system/user/list", {"phonenumber": "13900000001"}, 1),
        ("/system/user/list", {"beginTime": "2030-01-01 00:00:00"}, 0),
        ("/system/dict/data/list", {"dictType": "sys_user_sex"}, 3),
        ("/monitor/job/list", {"status": "0"}, 1),
        ("/system/config/list", {"configType": "N"}, 1),
        ("/system/role/authUser/allocatedList", {"roleId": "6", "allocated": "true"}, 1),
        ("/system/role/authUser/allocatedList", {"roleId": "6", "allocated": "false"}, 39),
    ],
)
def test_filters_choose_rows(api: Api, path: str, query: dict[str, Any], count: int) -> None:
    assert api.get(path, **query)["total"] == count


def test_a_department_means_those_below_it_too(api: Api) -> None:
    own = {row["deptId"] for row in api.get("/system/user/list", deptId="101", pageSize=100)["rows"]}
    assert own == {"101", "104", "105"}


def test_roles_and_online_users_come_without_pages(api: Api) -> None:
    assert len(api.get("/system/role/list")["rows"]) == 6
    assert {row["userName"] for row in api.get("/monitor/online/list")["rows"]} == {
        "supervisor",
        "noc-shift-a",
        "admin",
    }


def test_an_export_is_a_workbook_of_the_asked_page(api: Api) -> None:
    answer = api.http.post("/system/user/export", json={"pageNum": 2, "pageSize": 15})
    head, *lines = read(answer.content)
    assert (head[:2], len(lines), lines[0][0]) == (["userId", "userName"], 15, "16")
    assert answer.headers["content-disposition"].endswith('.xlsx"')


@pytest.mark.parametrize(
    ("path", "code"), [("/system/post/export", 0), ("/system/user/export", 500), ("/system/config/export", 0)]
)
def test_an_export_of_nothing_is_json_with_the_code_of_that_export(api: Api, path: str, code: int) -> None:
    names = {"postCode": "none", "userName": "none", "configName": "none"}
    answer = api.send("POST", path, {"pageNum": 1, "pageSize": 10, **names})
    assert (answer["code"], answer["msg"]) == (code, "Export data record is empty")


def test_an_import_that_fails_still_says_code_1(api: Api) -> None:
    sheet = api.http.post("/system/user/export", json={"pageNum": 1, "pageSize": 3}).content
    answer = api.http.post("/system/user/importData", files={"file": ("users.xlsx", sheet)}).json()
    assert answer["code"] == 1
    assert answer["msg"].startswith("Sorry, the import failed!")
    assert "<br/>" in answer["msg"]
