"""The pretend supOS: users, roles, menus and icons, and what it refuses."""

import base64
import hashlib
from typing import Any

import httpx
import pytest
from cryptography.hazmat.primitives import padding
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from supos_client import RBAC, USERS
from vendor_table import documented_names, filled, names, operations

from playground.upstreams.supos import create_app
from playground.upstreams.supos.plant import PIXEL
from playground.upstreams.vendor import running
from playground.upstreams.world import PEOPLE

PAGE = {"pageIndex": 1, "pageSize": 20, "companyCode": "default"}
NEW = {
    "username": "test",
    "password": "Test1234",
    "userDesc": "general user",
    "timeZone": "GMT+0800",
    "personCode": "guest01",
    "companyCode": "default",
    "accountType": 0,
    "roleNameList": ["role1"],
    "recoveryDeleted": False,
}
QUERIES: dict[str, dict[str, Any]] = {
    "list_users": PAGE,
    "batch_delete_users": {"usernames": "shift-lead-02,shift-lead-03"},
    "unbind_third_party_roles": {"identityIds": "12131231,123123123"},
    "list_user_menus": {"companyCode": "default", "source": "IDE"},
    "list_role_menus": {"companyCode": "default", "scope": "0"},
    "get_user_avatar": {},
    "upload_user_avatar": {"fileName": "face.png"},
}


@pytest.mark.parametrize("operation", operations("supos"))
def test_a_documented_operation_answers_with_the_documented_names(
    api: Any, operation: dict[str, Any]
) -> None:
    name = operation["id"].removeprefix("supos.")
    user = "noc-shift-a" if "role" in name or "update" in name else "admin"
    path = filled(
        operation["path"],
        {"username": "admin" if name == "reset_admin_password" else user, "rolecode": "role1"},
    )
    body = operation["body"]["example"]
    changes = {"add_user": NEW, "update_user": {"personCode": "guest02"}}.get(name, {})
    more: dict[str, Any] = {"params": QUERIES.get(name, {})}
    if name == "upload_user_avatar":
        more["files"] = {"file": ("face.png", PIXEL, "image/png")}
    answer = api.call(operation["method"], path, body | changes if body else None, **more)
    assert answer.status_code == 200, answer.text
    assert api.vendor.journal.entries[-1].operation == operation["id"]
    assert api.complaints() == []
    kind = operation["response"]["kind"]
    if kind == "empty":
        assert answer.content == b""
    elif kind == "file":
        assert answer.content == PIXEL
    else:
        assert documented_names(operation) - names(answer.json()) == set()


def users(api: Any, **asked: Any) -> list[dict[str, Any]]:
    return api.call("GET", USERS, params=PAGE | {"pageSize": 500} | asked).json()["list"]


def refusal(answer: httpx.Response) -> tuple[int, int]:
    return answer.status_code, answer.json()["code"]


def test_there_are_sixty_users_and_the_shared_people(api: Any) -> None:
    known = {row["username"] for row in users(api)}
    assert len(known) >= 60
    assert {person.username for person in PEOPLE if "supos" in person.systems} <= known


def test_pages_together_are_the_whole_list_once(api: Any) -> None:
    pages = [api.call("GET", USERS, params=PAGE | {"pageIndex": n}).json() for n in (1, 2, 3, 4)]
    total = pages[0]["pagination"]["total"]
    assert len({row["username"] for page in pages for row in page["list"]}) == total
    assert pages[1]["pagination"] == {"total": total, "pageSize": 20, "pageIndex": 2}


def test_times_have_an_offset_without_a_colon(api: Any) -> None:
    assert users(api)[0]["createTime"] == "2025-03-01T07:38:13.893+0800"


def test_users_are_filtered_by_word_role_and_change(api: Any) -> None:
    assert {row["username"] for row in users(api, keyword="NOC")} == {"noc-shift-a"}
    assert {row["username"] for row in users(api, roleCode="systemRole")} == {"admin"}
    since = users(api, modifyTime="2025-04-01T00:00:00.000+0800")
    assert 0 < len(since) < len(users(api))


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"pageIndex": None}, 100106500),
        ({"pageIndex": 0}, 100106500),
        ({"pageSize": 501}, 100106500),
        ({"companyCode": None}, 100106500),
        ({"modifyTime": "2025-04-01 00:00:00"}, 100106500),
    ],
)
def test_a_list_against_the_document_is_refused_and_told(api: Any, asked: dict[str, Any], code: int) -> None:
    params = {name: value for name, value in (PAGE | asked).items() if value is not None}
    assert refusal(api.call("GET", USERS, params=params)) == (400, code)
    assert len(api.complaints()) == 1


def test_a_company_that_there_is_not_is_refused(api: Any) -> None:
    assert refusal(api.call("GET", USERS, params=PAGE | {"companyCode": "other"})) == (400, 100106014)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"password": "simple"}, 100106021),
        ({"username": "admin"}, 100106004),
        ({"personCode": "person01"}, 100106005),
        ({"personCode": "nobody"}, 100106012),
        ({"personCode": "guest04"}, 100106020),
        ({"roleNameList": ["role7"]}, 100106013),
        ({"roleNameList": ["role9"]}, 100106022),
        ({"companyCode": "other"}, 100106014),
        ({"timeZone": "UTC"}, 100106500),
        ({"accountType": 1}, 100106500),
        ({"accountType": "0"}, 100106500),
        ({"username": "with space"}, 100106500),
        ({"username": None}, 100106500),
    ],
)
def test_a_user_that_breaks_a_rule_is_refused_by_its_code(
    api: Any, change: dict[str, Any], code: int
) -> None:
    body = {name: value for name, value in (NEW | change).items() if value is not None}
    assert refusal(api.call("POST", USERS, body)) == (400, code)
    assert "test" not in api.plant.users


def test_a_deleted_name_comes_back_by_recovery_alone(api: Any) -> None:
    assert api.call("POST", USERS, NEW).status_code == 200
    assert api.call("DELETE", USERS, params={"usernames": "test"}).status_code == 200
    assert refusal(api.call("POST", USERS, NEW)) == (400, 100106004)
    assert api.call("POST", USERS, NEW | {"recoveryDeleted": True}).status_code == 200


@pytest.mark.parametrize(("name", "code"), [("admin", 100106018), ("shift-lead-01", 100106017)])
def test_one_that_cannot_go_keeps_all_of_a_deletion(api: Any, name: str, code: int) -> None:
    answer = api.call("DELETE", USERS, params={"usernames": f"shift-lead-02,{name}"})
    assert refusal(answer) == (400, code)
    assert "shift-lead-02" in api.plant.users


def test_an_edit_leaves_what_is_not_sent(api: Any) -> None:
    before = api.call("GET", f"{USERS}/noc-shift-a").json()
    api.call("PUT", f"{USERS}/noc-shift-a", {"lockStatus": 1})
    after = api.call("GET", f"{USERS}/noc-shift-a").json()
    assert after == before | {"lockStatus": 1, "modifyTime": after["modifyTime"]}


def test_a_lock_status_that_there_is_not_is_refused(api: Any) -> None:
    assert refusal(api.call("PUT", f"{USERS}/noc-shift-a", {"lockStatus": 2})) == (400, 100106500)


def roles(api: Any, name: str) -> list[str]:
    row = api.call("GET", f"{USERS}/{name}").json()
    return [role["name"] for role in row["userRoleList"]]


def test_roles_are_bound_and_unbound(api: Any) -> None:
    path = f"{USERS}/shift-lead-05/role"
    api.call("POST", path, {"roleCodes": ["role2"]})
    assert "role2" in roles(api, "shift-lead-05")
    api.call("DELETE", path, {"roleCodes": ["role2"]})
    assert "role2" not in roles(api, "shift-lead-05")


@pytest.mark.parametrize(
    ("name", "codes", "code"),
    [
        ("shift-lead-05", ["role7", "role8"], 100106013),
        ("shift-lead-05", ["role9"], 100106022),
        ("admin", ["role1"], 100106019),
        ("nobody", ["role1"], 100106013),
        ("shift-lead-05", [], 100106500),
        ("shift-lead-05", ["role1"] * 11, 100106500),
        ("shift-lead-05", [1], 100106500),
    ],
)
def test_roles_that_cannot_be_bound_are_refused(api: Any, name: str, codes: list[Any], code: int) -> None:
    assert refusal(api.call("POST", f"{USERS}/{name}/role", {"roleCodes": codes})) == (400, code)


def test_roles_can_be_taken_by_put_where_the_server_wants_it() -> None:
    app = create_app(unbind_by_put=True)
    with running(app) as url, httpx.Client(base_url=url) as http:
        headers = {"Authorization": "Bearer supos-sandbox-token"}
        path = f"{USERS}/noc-shift-a/role"
        assert http.put(path, json={"roleCodes": ["role1"]}, headers=headers).status_code == 200
        assert (
            http.request("DELETE", path, json={"roleCodes": ["viewer"]}, headers=headers).status_code == 405
        )


def test_the_administrators_new_password_opens_with_the_digest_of_the_secret_key(api: Any) -> None:
    sent = api.call("PUT", f"{USERS}/admin/role").json()["password"]
    key = hashlib.md5(b"sk00").digest()
    decryptor = Cipher(algorithms.AES(key), modes.ECB()).decryptor()
    padded = decryptor.update(base64.b64decode(sent)) + decryptor.finalize()
    unpadder = padding.PKCS7(128).unpadder()
    assert (unpadder.update(padded) + unpadder.finalize()).decode() == api.plant.users["admin"].password


def test_no_other_password_is_reset(api: Any) -> None:
    assert api.call("PUT", f"{USERS}/noc-shift-a/role").status_code == 400


def test_eleven_third_party_roles_are_too_many(api: Any) -> None:
    ids = ",".join(str(number) for number in range(11))
    path = f"{USERS}/noc-shift-a/role/third/identity"
    assert refusal(api.call("DELETE", path, params={"identityIds": ids})) == (400, 100106500)


@pytest.mark.parametrize(
    ("path", "asked", "code"),
    [
        ("users/admin", {}, 100000001),
        ("users/admin", {"companyCode": "other"}, 100105227),
        ("users/admin", {"companyCode": "plant-two"}, 100105226),
        ("users/nobody", {"companyCode": "default"}, 100105225),
        ("users/admin", {"companyCode": "default", "source": "APP"}, 100000001),
        ("roles/role7", {"companyCode": "default"}, 100105228),
        ("roles/role1", {"companyCode": "default", "scope": "2"}, 100000003),
        ("roles/role1", {}, 100000001),
    ],
)
def test_menus_that_cannot_be_listed_are_refused_by_their_code(
    api: Any, path: str, asked: dict[str, str], code: int
) -> None:
    answer = api.call("GET", f"{RBAC}/{path}/permissions/menus", params=asked)
    assert refusal(answer) == (400, code)


def test_menus_are_those_of_the_users_roles(api: Any) -> None:
    def codes(path: str, **asked: str) -> list[str]:
        params = {"companyCode": "default", **asked}
        answer = api.call("GET", f"{RBAC}/{path}/permissions/menus", params=params).json()
        return [menu["code"] for menu in answer["list"]]

    assert codes("users/admin") == ["bisDesigner", "userCenter", "alarmBoard", "reports"]
    assert codes("users/admin", source="IDE") == ["bisDesigner", "alarmBoard", "reports"]
    assert codes("roles/role1", scope="1") == ["alarmBoard"]


def test_an_icon_comes_back_as_it_was_sent(api: Any) -> None:
    path = f"{USERS}/shift-lead-10/avatar"
    assert refusal(api.call("GET", path)) == (400, 100106114)
    api.call("POST", path, params={"fileName": "a.png"}, files={"file": ("a.png", PIXEL, "image/png")})
    answer = api.call("GET", path)
    assert (answer.content, answer.headers["content-type"]) == (PIXEL, "image/png")


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.bmp", b"BM", 100106112),
        ("a.png", b"no picture", 100106112),
        ("a-name-beyond-twenty.png", PIXEL, 100106111),
        ("a.png", PIXEL + bytes(5 * 1024 * 1024), 100106113),
    ],
)
def test_an_icon_that_breaks_a_rule_is_refused(api: Any, name: str, data: bytes, code: int) -> None:
    files = {"file": (name, data, "image/png")}
    answer = api.call("POST", f"{USERS}/admin/avatar", params={"fileName": name}, files=files)
    assert refusal(answer) == (400, code)


def test_a_query_parameter_that_no_document_has_is_told_but_read_over(api: Any) -> None:
    assert api.call("GET", USERS, params=PAGE | {"current": 1}).status_code == 200
    assert api.complaints() == ["query parameter current is not documented"]
