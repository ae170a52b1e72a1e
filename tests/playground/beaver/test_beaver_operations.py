"""Every documented Beaver IoT operation answers its documented request."""

from typing import Any

import pytest
from vendor_table import documented_names, filled, names, operations

SPAN = {"start_timestamp": 1_794_900_000_000, "end_timestamp": 1_795_000_000_000}
# Names that the running platform writes in its own way or leaves out while they are null.
APART = {
    "get_integration": {"deviceCount", "entityCount", "integration_entities.parent"},
    # Only menus below another have a parent.
    "list_menus": {"parent_id"},
    "get_current_user": {"menus.parent_id"},
    "aggregate_entity_history": {"value", "value_type"},
}


def ids(house: Any) -> dict[str, str]:
    """Ids for the braces of the documented paths."""
    user, role = list(house.users)[5], next(iter(house.roles))
    flow = next(iter(house.workflows))
    entity = next(e.id for e in house.entities.values() if e.measured and e.value_type == "DOUBLE")
    return {
        "userId": user,
        "user_id": user,
        "role_id": role,
        "menu_id": next(iter(house.menus)),
        "integration_id": next(iter(house.integrations)),
        "device_id": list(house.devices)[-1],
        "entity_id": entity,
        "dashboard_id": next(iter(house.dashboards)),
        "flowId": flow,
        "logId": next(run.id for run in house.runs.values() if run.status == "ERROR"),
    }


def bodies(house: Any) -> dict[str, Any]:
    """Bodies for the operations whose documented example names nothing that there is."""
    known = ids(house)
    fields = {"email": "new@example.net", "nickname": "New", "password": "New-User-1"}
    resources = {"resources": [{"id": known["device_id"], "type": "DEVICE"}]}
    users = {"user_ids": [known["user_id"]]}
    service = "milesight-gateway.integration.add_device"
    return {
        "register_user": fields,
        "create_user": fields,
        "update_user": {"email": "other@example.net", "nickname": "Other"},
        "reset_user_password": {"password": "Other-User-1"},
        "batch_delete_users": {"user_id_list": [known["user_id"]]},
        "change_own_password": {"old_password": "Beaver-Admin-1", "new_password": "Beaver-Admin-2"},
        "check_user_permission": {"resource_type": "DEVICE", "resource_id": known["device_id"]},
        "associate_role_users": users,
        "disassociate_role_users": users,
        "associate_role_resources": resources,
        "disassociate_role_resources": resources,
        "associate_role_menus": {"menu_ids": [known["menu_id"]]},
        "create_menu": {"code": "new", "name": "New", "type": "MENU"},
        "update_menu": {"name": "New", "type": "MENU"},
        "create_device": {
            "name": "New",
            "integration": "milesight-gateway",
            "param_entities": {f"{service}.eui": "24E124650AFFFFFF"},
        },
        "batch_delete_devices": {"device_id_list": [known["device_id"]]},
        "search_users": {"keyword": "shift"},
        "search_entities": {"entity_type": ["PROPERTY"], "exclude_children": True, "keyword": "temp"},
        "search_entity_history": {"entity_id": int(known["entity_id"]), **SPAN},
        "aggregate_entity_history": {
            "entity_id": int(known["entity_id"]),
            "aggregate_type": "COUNT",
            **SPAN,
        },
        "update_workflow": {"name": "New", "remark": "New"},
        "batch_delete_workflows": {"workflow_id_list": [known["flowId"]]},
    }


def prepared(name: str, api: Any) -> dict[str, str]:
    """Bring the platform to where the operation can succeed, and choose the ids of its path."""
    known = ids(api.house)
    if name == "delete_role":
        known["role_id"] = list(api.house.roles)[3]
    if name == "list_role_undistributed_devices":
        known["role_id"] = list(api.house.roles)[1]
    if name == "list_entity_children":
        known["entity_id"] = next(e.id for e in api.house.entities.values() if e.key.endswith(".config"))
    return known


# These have a form of their own: see the tests on signing in and on pushing.
OWN_FORM = {"beaver.oauth_token", "beaver.register_user", "beaver.connect_websocket"}


@pytest.mark.parametrize("operation", [one for one in operations("beaver") if one.id not in OWN_FORM])
def test_a_documented_operation_answers_with_the_documented_names(
    api: Any, operation: dict[str, Any]
) -> None:
    name = operation["id"].removeprefix("beaver.")
    path = filled(operation["path"], prepared(name, api))
    body = bodies(api.house).get(name, operation["body"]["example"] or {})
    body = body if operation["body"]["fields"] else None
    answer = api.call(operation["method"], path, body)
    assert answer.status_code == 200, answer.text
    assert answer.json()["status"] == "Success"
    assert api.vendor.journal.entries[-1].operation == operation["id"]
    assert api.complaints() == []
    data = answer.json().get("data")
    rows = data["content"] if isinstance(data, dict) and "content" in data else data
    wanted = {one.removeprefix("data.") for one in documented_names(operation)} - {"data"}
    wanted = {one.removeprefix("content.") for one in wanted} - APART.get(name, set())
    wanted -= {"content", "page_size", "page_number", "total"}
    assert wanted - names(rows) == set()


def test_the_documented_paths_are_all_declared(api: Any) -> None:
    declared = {(one.method, one.path, one.name) for one in api.vendor.routes.operations()}
    documented = {
        (one.values[0]["method"], one.values[0]["path"], one.values[0]["id"]) for one in operations("beaver")
    }
    assert documented - declared == set()


def test_a_path_that_no_document_has_is_refused_and_told(api: Any) -> None:
    assert api.call("GET", "/device/nowhere/else").status_code == 404
    assert api.call("PUT", "/user/status").json()["error_code"] == "method_not_allowed"
    assert api.complaints() == ["no document has this path and method"] * 2
