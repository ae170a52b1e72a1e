"""Every documented IDaaS operation answers its documented request."""

from typing import Any

import pytest
from idaas_client import FORM, Api
from vendor_table import documented_names, filled, names, operations

NEW_USER = {
    "accountName": "new",
    "phone": "13700009999",
    "nickName": "New",
    "expirationTime": "2027-01-01 00:00:00",
    "p6d": "Sandbox-Pass-2",
}


class Known:
    """Ids of what there is, by the names that the documented paths and bodies give them."""

    def __init__(self, api: Api) -> None:
        realm = api.realm
        self.api = api
        self.field = next(row["id"] for row in realm.fields.values() if row["fieldName"] == "desk")
        self.user, self.other = list(realm.users)[:2]
        self.app = list(realm.apps)[1]
        self.group = next(iter(realm.groups))
        self.kind = next(iter(realm.user_types))
        self.app_type = next(iter(realm.app_types))
        self.dict, self.item = next(iter(realm.dicts)), next(iter(realm.items))
        self.option = next(iter(realm.options))
        self.value = next(iter(realm.values))
        self.grant = next(iter(realm.grants))

    def params(self, name: str) -> dict[str, Any]:
        leaf = name == "delete_organ"
        ids = {
            "organId": self.api.organ("shift-a" if leaf else "netops"),
            "orgId": self.api.organ("netops"),
            "appId": self.app,
            "应用ID": self.app,
            "主账号": "sandbox-main",
            "appTypeId": self.app_type,
            "id": self.field,
            "fieldId": self.field,
            "listId": self.field,
            "externalId": self.user,
            "userId": self.user,
            "groupId": self.group,
            "dictId": self.dict,
            "dictItemId": self.item,
            "pageNo": 1,
            "pageSize": 10,
            "class": "0",
            "typecode": "web123",
        }
        if "user_type" in name:
            ids["id"] = list(self.api.realm.user_types)[2]
        words = ("name", "value", "appcode", "appname", "apptypeCode", "typename", "code", "tag")
        return ids | dict.fromkeys(words, "中国 1")

    def query(self, name: str) -> dict[str, Any]:
        client = {"client_id": "gql-ems"}
        return {
            "change_organ_status": {"status": "1"},
            "list_enabled_extended_fields": {"fieldClassification": "0"},
            "page_user_apps": {"id": self.user},
            "list_user_apps": {"id": self.user},
            "get_user": {"id": self.user},
            "page_users": {"status": "1", "phone": "139"},
            "exchange_code": client
            | {
                "grant_type": "authorization_code",
                "client_secret": "idaas-sandbox-secret",
                "code": self.api.vendor.dialect.new_code("gql-ems", self.api.clock.now),
            },
            "verify_token": client | {"accessToken": self.api.token},
        }.get(name, {})

    def body(self, name: str) -> Any:
        realm, root = self.api.realm, self.api.organ("netops")
        value = {"externalId": self.user, "fieldClassification": 0, "extendedFieldId": self.field}
        value |= {"fieldType": 0, "fieldValue": "Hall 2"}
        users = {"userIdList": [self.user]}
        option = {
            "extendedFieldId": self.field,
            "fieldName": "desk",
            "label": "越南",
            "value": "越南",
            "status": 1,
        }
        return {
            "save_organ": {"name": "New", "parentId": "-1", "code": "new", "order": 9},
            "move_organ": {"id": self.api.organ("shift-a"), "parentId": root},
            "authorize_organ_apps": {"appIdList": [self.app], "action": "auth"},
            "page_app_organs": {"type": "2"},
            "verify_organ_external_id": {"erternalId": "new"},
            "verify_organ_code": {"code": "new"},
            "update_extended_field": {"id": self.field, "isUnique": 0},
            "batch_create_dropdown_options": [option],
            "create_dropdown_option": option,
            "update_dropdown_option_status": {"id": self.option, "status": 1},
            "batch_create_field_values": [value],
            "create_field_value": value,
            "update_field_value": {"id": self.value, "fieldValue": "加拿大"},
            "delete_user_app_auth": {"idList": [self.grant]},
            "update_user": {"id": self.user, "nickName": "New", "status": "1"},
            "delete_users": {"idList": [self.user]},
            "dismiss_users": {"idList": [self.user, self.other]},
            "authorize_user_apps": {**users, "appIdList": [self.app], "action": "auth"},
            "create_user": NEW_USER | {"organizationId": root, "userType": self.kind},
            "authorize_app_organs": {"organIdList": [root], "action": "unauth"},
            "update_app": {"id": self.app, "appName": "New", "appStatus": 1},
            "update_app_type": {"id": self.app_type, "typeName": "New"},
            "save_user_type": {"name": "New", "code": "new", "description": "New", "order": 9},
            "remove_group_users": users,
            "add_group_users": users,
            "save_group": {"name": "New", "organId": root},
            "update_dict": {"id": self.dict, "dictName": "字典33"},
            "create_dict_item": {"dictId": next(iter(realm.dicts)), "dictItemTag": "T", "dictItemValue": "V"},
        }.get(name)


@pytest.mark.parametrize("operation", operations("idaas"))
def test_a_documented_operation_answers_with_the_documented_names(
    api: Any, operation: dict[str, Any]
) -> None:
    name = operation["id"].removeprefix("idaas.")
    known = Known(api)
    more: dict[str, Any] = {"params": known.query(name)}
    if name in {"import_users", "upload_file"}:
        template = api.call("GET", "/idaas/v1/user/modelDown").content
        more["files"] = {"file": ("users.xlsx", template)}
    elif operation["headers"]:
        more["sends"] = operation["body"]["content_type"]
    params = known.params(name)
    if name == "download_file":
        upload = api.call("POST", "/idaas/v1/file/upload", files={"file": ("a.txt", b"abc")})
        params["fileId"] = upload.json()["data"]
    body = known.body(name) or operation["body"]["example"]
    answer = api.call(operation["method"], filled(operation["path"], params), body, **more)
    assert api.vendor.journal.entries[-1].operation == operation["id"]
    assert api.complaints() == []
    kind = operation["response"]["kind"]
    if kind == "redirect":
        assert (answer.status_code, "code=" in answer.headers["location"]) == (302, True)
    elif kind == "file":
        assert (answer.status_code, len(answer.content) > 0) == (200, True)
    else:
        assert (answer.status_code, answer.json()["code"]) == (200, "200"), answer.text
        found = names(answer.json())
        if name == "page_group_candidates":
            # Its table leaves the page around the rows out.
            found = {one.replace("data.data", "data") for one in found}
        assert documented_names(operation) - found == set()


def test_the_documented_paths_are_all_declared(api: Any) -> None:
    declared = {(one.method, one.path, one.name) for one in api.vendor.routes.operations()}
    documented = {
        (one.values[0]["method"], one.values[0]["path"], one.values[0]["id"]) for one in operations("idaas")
    }
    assert documented - declared == set()


@pytest.mark.parametrize("operation", [one for one in operations("idaas") if one.values[0]["headers"]])
def test_a_documented_content_type_is_asked_for_also_without_a_body(
    api: Any, operation: dict[str, Any]
) -> None:
    name = operation["id"].removeprefix("idaas.")
    known = Known(api)
    path = filled(operation["path"], known.params(name))
    answer = api.call(operation["method"], path, params=known.query(name), sends="text/plain", content=b"{}")
    assert answer.status_code == 415
    assert "not" in api.complaints()[0]


def test_a_form_where_the_document_has_json_is_refused(api: Any) -> None:
    assert api.call("POST", "/idaas/v1/user/page/1/10", sends=FORM).status_code == 415
