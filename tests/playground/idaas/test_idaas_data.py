"""What the pretend IDaaS keeps, how it pages, and what it refuses."""

from typing import Any

import pytest
from idaas_client import API, FORM, TWICE

from playground.upstreams.idaas import workbook
from playground.upstreams.world import PEOPLE

JSON = "application/json"


def accounts(api: Any, **asked: str) -> list[dict[str, Any]]:
    return api.data("POST", f"{API}/user/page/1/500", params=asked, sends=JSON)["data"]


def children(api: Any, parent: str) -> list[dict[str, Any]]:
    return api.data("GET", f"{API}/organs/{parent}/sub-organs/list")


def test_the_roots_of_the_tree_are_read_with_minus_one(api: Any) -> None:
    assert [row["code"] for row in children(api, "-1")] == ["netops", "plant"]


def test_the_tree_is_at_least_three_levels_deep(api: Any) -> None:
    level, depth = ["-1"], 0
    while level := [row["id"] for parent in level for row in children(api, parent)]:
        depth += 1
    assert depth == 4


def test_switched_off_organizations_are_in_pages_and_not_in_the_tree(api: Any) -> None:
    field = api.organ("field")
    paged = api.data("GET", f"{API}/organs/{field}/sub-organs/page/1/10")["data"]
    assert {row["name"] for row in paged} - {row["name"] for row in children(api, field)} == {"Closed team"}


def test_the_page_of_children_has_rows_and_no_count(api: Any) -> None:
    page = api.data("GET", f"{API}/organs/-1/sub-organs/page/1/1")
    assert (page["totalCount"], page["pages"], len(page["data"])) == (0, 0, 1)


def test_an_organization_with_children_is_not_deleted(api: Any) -> None:
    answer = api.call("DELETE", f"{API}/organs/{api.organ('netops')}", sends=FORM)
    assert (answer.status_code, answer.json()["code"]) == (200, "409")


def test_an_organization_does_not_move_below_itself(api: Any) -> None:
    body = {"id": api.organ("netops"), "parentId": api.organ("shift-a")}
    assert api.call("POST", f"{API}/organs/action/move", body).json()["code"] == "409"


def test_an_organization_comes_changes_and_goes(api: Any) -> None:
    new = {"name": "New", "parentId": api.organ("core"), "code": "new", "order": 1}
    made = api.data("POST", f"{API}/organs", new)
    assert made["path"] == "/Network operations/Core network/New"
    api.data("POST", f"{API}/organs", {"id": made["id"], "name": "Newer"})
    assert api.data("GET", f"{API}/organs/{made['id']}")["name"] == "Newer"
    assert api.data("DELETE", f"{API}/organs/{made['id']}", sends=FORM)["status"] == "0"
    assert api.call("GET", f"{API}/organs/{made['id']}").json()["code"] == "404"


def test_a_new_organization_needs_its_code(api: Any) -> None:
    answer = api.call("POST", f"{API}/organs", {"name": "New", "parentId": "-1", "order": 1})
    assert answer.status_code == 400
    assert api.complaints() == ["missing on create: code"]


def test_sixty_accounts_and_the_shared_people_are_there(api: Any) -> None:
    rows = {row["accountName"]: (row["email"], row["phone"]) for row in accounts(api)}
    assert len(rows) >= 60
    for person in PEOPLE:
        if "idaas" in person.systems:
            assert rows[person.username] == (person.email, person.phone)


def test_pages_of_accounts_together_are_the_whole_list_once(api: Any) -> None:
    first = api.data("POST", f"{API}/user/page/1/20", sends=JSON)
    pages = [first["data"]] + [
        api.data("POST", f"{API}/user/page/{number}/20", sends=JSON)["data"]
        for number in range(2, first["pages"] + 1)
    ]
    assert len({row["id"] for page in pages for row in page}) == first["totalCount"]


def test_accounts_are_filtered_by_the_query(api: Any) -> None:
    assert [row["nickName"] for row in accounts(api, email="AUDITOR")] == ["Auditor"]
    assert {row["status"] for row in accounts(api, status="2")} == {"2"}
    organ = api.organ("shift-a")
    assert {row["organizationId"] for row in accounts(api, organizationId=organ)} == {organ}


def test_filters_in_the_body_are_not_read(api: Any) -> None:
    answer = api.call("POST", f"{API}/user/page/1/500", {"email": "auditor"})
    assert len(answer.json()["data"]["data"]) > 60


def test_accounts_show_which_of_them_an_application_is_bound_to(api: Any) -> None:
    app = next(iter(api.realm.apps))
    assert {row["idBind"] for row in accounts(api, appId=app)} == {"0", "1"}


def test_passwords_come_back_in_the_documented_places(api: Any) -> None:
    user = api.user("auditor")
    group = next(iter(api.realm.groups))
    detail = api.data("GET", f"{API}/user/userInfoDetail", params={"id": user}, sends=JSON)
    candidate = api.data("GET", f"{API}/groups/{group}/users/page/1/1")["data"][0]
    assert all(row["p6d"].startswith("sandbox-hash") for row in (detail, candidate, accounts(api)[0]))


def test_client_secrets_come_back_when_an_application_is_written(api: Any) -> None:
    made = api.data("POST", f"{TWICE}/apps", {"appName": "New", "appCode": "new", "appStatus": 1})
    assert made["c4tId"] == "new"
    assert made["c4tS4t"]
    changed = api.data("POST", f"{TWICE}/apps/updateapp", {"id": made["id"], "appCode": "newer"})
    assert (changed["c4tId"], changed["c4tS4t"]) == ("new", made["c4tS4t"])
    assert "c4tS4t" not in api.data("GET", f"{TWICE}/apps/{made['id']}")


def test_numbers_sent_come_back_as_texts(api: Any) -> None:
    body = {"fieldName": "floor", "fieldClassification": 2, "fieldType": 1, "isRequired": 1}
    made = api.data("POST", f"{API}/extendedfields", body)
    assert (made["fieldClassification"], made["fieldType"], made["isRequired"]) == ("2", "1", "1")


def test_an_account_is_made_changed_dismissed_and_deleted(api: Any) -> None:
    new = {
        "accountName": "new",
        "phone": "13700009999",
        "nickName": "New",
        "expirationTime": "2027-01-01 00:00:00",
        "organizationId": api.organ("core"),
        "userType": next(iter(api.realm.user_types)),
        "p6d": "Sandbox-Pass-2",
    }
    assert api.data("POST", f"{API}/user/createUser", new) is None
    user = accounts(api, accountName="new")[0]["id"]
    api.data("POST", f"{API}/user/updateUser", {"id": user, "nickName": "Newer"})
    api.data("POST", f"{API}/user/dimission", {"idList": [user]})
    row = accounts(api, accountName="new")[0]
    assert (row["nickName"], row["status"]) == ("Newer", "0")
    api.data("POST", f"{API}/user/delete", {"idList": [user]})
    assert accounts(api, accountName="new") == []


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("user/createUser", {"accountName": "new"}, 400),
        ("user/updateUser", {"id": "x", "status": "3"}, 400),
        ("user/delete", {"idList": "x"}, 400),
        ("user/addUserAppAuth", {"userIdList": [], "appIdList": []}, 400),
        ("organs/auth-app/x/page/1/10", {"type": "3"}, 400),
        ("extendedfields", {"fieldName": "x", "fieldClassification": "0", "fieldType": 0}, 400),
        ("dropdownlist/batch", {"extendedFieldId": "x", "label": "x", "value": "x"}, 400),
        ("dropdownlist", [{"extendedFieldId": "x", "label": "x", "value": "x"}], 400),
    ],
)
def test_a_request_against_the_document_is_refused_and_told(
    api: Any, path: str, body: Any, status: int
) -> None:
    answer = api.call("POST", f"{API}/{path}", body)
    assert (answer.status_code, answer.json()["code"]) == (status, str(status))
    assert api.complaints() != []


@pytest.mark.parametrize("page", ["0/10", "1/0", "one/10"])
def test_pages_are_numbered_from_one(api: Any, page: str) -> None:
    assert api.call("GET", f"{API}/groups/page/{page}").status_code == 400


def test_a_name_that_there_is_already_is_a_failure_under_200(api: Any) -> None:
    user_type = next(iter(api.realm.user_types.values()))
    body = {"name": user_type["name"], "code": "new", "description": "", "order": 1}
    answer = api.call("POST", f"{TWICE}/userType", body)
    assert (answer.status_code, answer.json()["code"]) == (200, "409")
    assert api.complaints() == []


def test_a_type_that_is_switched_off_leaves_the_list_and_stays_in_pages(api: Any) -> None:
    kind = list(api.realm.user_types)[2]
    api.data("POST", f"{TWICE}/userType/{kind}/action/stop", sends=FORM)
    assert kind not in [row["id"] for row in api.data("GET", f"{TWICE}/userType/list")]
    assert kind in [row["id"] for row in api.data("GET", f"{TWICE}/userType/page/1/10")["data"]]
    api.data("POST", f"{TWICE}/userType/{kind}/action/start", sends=FORM)
    assert kind in [row["id"] for row in api.data("GET", f"{TWICE}/userType/list")]


def test_members_join_and_leave_a_group(api: Any) -> None:
    group, user = list(api.realm.groups)[3], api.user("auditor")

    def members() -> list[str]:
        return [row["id"] for row in api.data("GET", f"{API}/groups/{group}/members/page/1/10")["data"]]

    api.data("POST", f"{API}/groups/{group}/users", {"userIdList": [user]})
    assert members() == [user]
    groups = api.data("GET", f"{API}/users/{user}/groups/page/1/10")["data"]
    assert group in [row["id"] for row in groups]
    api.data("POST", f"{API}/groups/{group}/users/remove", {"userIdList": [user]})
    assert members() == []


def test_an_application_is_granted_and_revoked(api: Any) -> None:
    user, app = api.user("staff-050"), next(iter(api.realm.apps))
    asked = {"userIdList": [user], "appIdList": [app]}

    def grants() -> list[dict[str, Any]]:
        return api.data("GET", f"{API}/user/userAppAuthList", params={"id": user})

    api.data("POST", f"{API}/user/addUserAppAuth", asked | {"action": "auth"})
    assert len(grants()) == 1
    api.data("POST", f"{API}/user/addUserAppAuth", asked | {"action": "unauth"})
    assert grants() == []


def test_an_organizations_applications_are_flagged_in_numbers(api: Any) -> None:
    rows = api.data("GET", f"{TWICE}/apps/{api.organ('netops')}/listapporgauthinfo/page/1/50")["data"]
    assert {(row["authFlag"], "orgId" in row) for row in rows} == {(0, False), (1, True)}


def test_a_file_comes_back_as_it_was_sent(api: Any) -> None:
    file_id = api.data("POST", f"{API}/file/upload", files={"file": ("a.png", b"\x89PNG", "image/png")})
    answer = api.call("GET", f"{API}/file/download/{file_id}")
    assert (answer.content, answer.headers["content-type"], len(file_id)) == (b"\x89PNG", "image/png", 32)


def test_the_filled_in_template_makes_accounts(api: Any) -> None:
    cells = ["imported", "Imported", "13700008888", "i@example.net", "2027-01-01 00:00:00"]
    cells += [api.organ("core"), next(iter(api.realm.user_types)), "Sandbox-Pass-3"]
    file = workbook.write([workbook.COLUMNS, cells])
    api.data("GET", f"{API}/user/userInfoImport", files={"file": ("users.xlsx", file)})
    assert [row["email"] for row in accounts(api, accountName="imported")] == ["i@example.net"]


def test_another_file_is_no_import(api: Any) -> None:
    answer = api.call("GET", f"{API}/user/userInfoImport", files={"file": ("users.xlsx", b"no workbook")})
    assert answer.status_code == 400


def test_only_the_documented_prefixes_are_served(api: Any) -> None:
    assert api.call("GET", f"{API}/apptypes/list").status_code == 404
    assert api.call("GET", f"{TWICE}/apptypes/list").status_code == 200


def test_a_field_is_read_with_two_slashes(api: Any) -> None:
    field = next(iter(api.realm.fields))
    assert api.call("GET", f"{API}/extendedfields//{field}").status_code == 200
    assert api.call("GET", f"{API}/extendedfields/{field}").status_code == 405
