"""The parameters of the system, by id and by key."""

from typing import Any

from playground.upstreams.omc.chapter import Documented
from playground.upstreams.omc.envelope import Json, ok, paged, refused
from playground.upstreams.omc.rows import Row, ids_of, matching
from playground.upstreams.omc.state import Omc
from playground.upstreams.omc.workbook import exported
from playground.upstreams.vendor import Answer, Call

NONE = refused("No permission to access parameter configuration data！")
NAMES = ("configName", "configKey", "configValue", "configType", "remark")


def chosen(omc: Omc, asked: Any) -> list[Row]:
    rows = omc.parameters.all()
    return matching(rows, asked, like=("configName", "configKey"), exact=("configType",), time="createTime")


def list_parameters(omc: Omc, call: Call) -> Json:
    return paged(call, chosen(omc, call.query))


def export_parameters(omc: Omc, call: Call) -> Answer:
    return exported(call, "config", chosen(omc, call.object()), code=0, msg="Export data record is empty")


def get_value(omc: Omc, call: Call) -> Json:
    key = call.params["configKey"]
    row = omc.parameters.first(lambda row: row["configKey"] == key)
    return ok(row["configValue"]) if row else refused("error")


def get_parameter(omc: Omc, call: Call) -> Json:
    row = omc.parameters.get(call.params["configId"])
    return ok(row) if row else refused("error")


def _problem(omc: Omc, body: Row, own: str = "") -> str:
    twin = omc.parameters.first(lambda row: row["configKey"] == body["configKey"])
    if twin and twin["configId"] != own:
        return f"Failed to manipulate parameter configuration [{body['configKey']}], parameter key name already exists!"
    return "" if body["configType"] in {"Y", "N"} else "configType is Y or N"


def create_parameter(omc: Omc, call: Call) -> Json:
    body = call.object()
    if wrong := _problem(omc, body):
        return refused(wrong)
    omc.parameters.add({name: body[name] for name in NAMES} | omc.made(call.account.user["userName"]))
    return ok()


def update_parameter(omc: Omc, call: Call) -> Json:
    body = call.object()
    row = omc.parameters.get(body["configId"])
    if row is None:
        return NONE
    if wrong := _problem(omc, body, row["configId"]):
        return refused(wrong)
    row.update({name: body[name] for name in NAMES})
    omc.note_change(row, call.account.user["userName"])
    return ok()


def change_value(omc: Omc, call: Call) -> Json:
    body = call.object()
    row = omc.parameters.first(lambda row: row["configKey"] == body["key"])
    if row is None:
        # All that the translation left of the text.
        return refused("！")
    row["configValue"] = body["value"]
    omc.note_change(row, call.account.user["userName"])
    return ok()


def delete_parameters(omc: Omc, call: Call) -> Json:
    names = ids_of(call.params["configIds"])
    rows = [omc.parameters.get(name) for name in names]
    for row in rows:
        if row is None:
            return NONE
        if row["configType"] == "Y":
            return refused(f"The built-in parameter [{row['configKey']}] cannot be deleted")
    omc.parameters.remove(names)
    return ok()


def refresh(omc: Omc, _call: Call) -> Json:
    omc.refresh_cache("sys_config")
    return ok()


BODY = "configName configKey configValue configType remark"
ROUTES = (
    Documented(
        "GET",
        "/system/config/list",
        "list_configs",
        list_parameters,
        query="pageNum:integer? pageSize:integer?",
    ),
    Documented(
        "POST",
        "/system/config/export",
        "export_configs",
        export_parameters,
        body="configName? configKey? beginTime? endTime? pageNum:integer pageSize:integer",
    ),
    Documented("GET", "/system/config/configKey/{configKey}", "get_config_value", get_value),
    Documented("GET", "/system/config/{configId}", "get_config", get_parameter),
    Documented("POST", "/system/config", "create_config", create_parameter, body=BODY),
    Documented(
        "PUT", "/system/config", "update_config", update_parameter, body=f"{BODY} configId:integer|string"
    ),
    Documented("PUT", "/system/config/changeValue", "update_config_value", change_value, body="key value"),
    Documented("DELETE", "/system/config/{configIds}", "delete_configs", delete_parameters),
    Documented("PUT", "/system/config/refreshCache", "refresh_config_cache", refresh),
)
