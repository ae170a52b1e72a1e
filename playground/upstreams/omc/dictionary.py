"""The dictionaries: their types, and the values of each."""

from typing import Any

from playground.upstreams.omc.chapter import Documented
from playground.upstreams.omc.envelope import Json, deleted, ok, paged, refused
from playground.upstreams.omc.rows import Row, ids_of, matching
from playground.upstreams.omc.state import Omc
from playground.upstreams.omc.workbook import exported
from playground.upstreams.vendor import Answer, Call

EMPTY = "Export data record is empty"
NO_TYPE = refused("There is no accessible dictionary type data!")
NO_VALUE = refused("there is no accessible dictionary-encoded data")
TYPE_NAMES = ("dictName", "dictType", "status", "remark")
VALUE_NAMES = (
    "dictType", "dictLabel", "dictValue", "dictSort", "tagClass", "tagType", "status", "remark",
)  # fmt: skip


def chosen_types(omc: Omc, asked: Any) -> list[Row]:
    rows = omc.dictionary_types.all()
    return matching(rows, asked, like=("dictName", "dictType"), exact=("status",), time="createTime")


def list_types(omc: Omc, call: Call) -> Json:
    return paged(call, chosen_types(omc, call.query))


def get_type(omc: Omc, call: Call) -> Json:
    row = omc.dictionary_types.get(call.params["dictId"])
    return ok(row) if row else NO_TYPE


def export_types(omc: Omc, call: Call) -> Answer:
    return exported(call, "dict_type", chosen_types(omc, call.object()), msg=EMPTY)


def _type_problem(omc: Omc, body: Row, own: str = "") -> str:
    for name, word in (("dictName", "name"), ("dictType", "type")):
        twin = omc.dictionary_types.first(lambda row, name=name: row[name] == body[name])  # type: ignore[misc]
        if twin and twin["dictId"] != own:
            return f"Failed to add dictionary entry for [{body[name]}], the dictionary {word} already exists."
    return ""


def create_type(omc: Omc, call: Call) -> Json:
    body = call.object()
    if wrong := _type_problem(omc, body):
        return refused(wrong, 500)
    row = {name: body[name] for name in TYPE_NAMES}
    omc.dictionary_types.add(row | omc.made(call.account.user["userName"]))
    return ok()


def update_type(omc: Omc, call: Call) -> Json:
    body = call.object()
    row = omc.dictionary_types.get(body.get("dictId"))
    if row is None:
        return NO_TYPE
    if wrong := _type_problem(omc, body, row["dictId"]):
        return refused(wrong, 500)
    for value in omc.dictionary_values.all():
        if value["dictType"] == row["dictType"]:
            value["dictType"] = body["dictType"]
    row.update({name: body[name] for name in TYPE_NAMES})
    omc.note_change(row, call.account.user["userName"])
    return ok(msg="Success")


def delete_types(omc: Omc, call: Call) -> Json:
    names = ids_of(call.params["dictIds"])
    rows = [omc.dictionary_types.get(name) for name in names]
    if not names or None in rows:
        return refused("Access to dictionary type data is not authorized!", 500)
    kinds = {row["dictType"] for row in rows if row}
    if omc.dictionary_values.first(lambda value: value["dictType"] in kinds):
        return refused("The dictionary has values, it cannot be deleted", 500)
    omc.dictionary_types.remove(names)
    return ok()


def options(omc: Omc, _call: Call) -> Json:
    return ok([{"label": row["dictName"], "value": row["dictType"]} for row in omc.dictionary_types.all()])


def refresh(omc: Omc, _call: Call) -> Json:
    omc.refresh_cache("sys_dict")
    return ok()


def chosen_values(omc: Omc, asked: Any) -> list[Row]:
    rows = omc.dictionary_values.all()
    return matching(rows, asked, like=("dictLabel",), exact=("dictType", "status"), time="createTime")


def list_values(omc: Omc, call: Call) -> Json:
    return paged(call, chosen_values(omc, call.query))


def get_value(omc: Omc, call: Call) -> Json:
    row = omc.dictionary_values.get(call.params["dictCode"])
    return ok(row) if row else NO_VALUE


def values_of(omc: Omc, call: Call) -> Json:
    kind = call.params["dictType"]
    rows = [row for row in omc.dictionary_values.all() if row["dictType"] == kind and row["status"] == "1"]
    return ok(sorted(rows, key=lambda row: int(row["dictSort"])))


def export_values(omc: Omc, call: Call) -> Answer:
    return exported(call, "dict_data", chosen_values(omc, call.object()), msg=EMPTY)


def _value_problem(omc: Omc, body: Row, own: str = "") -> Json | None:
    kind = body["dictType"]
    if omc.dictionary_types.first(lambda row: row["dictType"] == kind) is None:
        return NO_TYPE
    others = [
        row for row in omc.dictionary_values.all() if row["dictType"] == kind and row["dictCode"] != own
    ]
    if any(row["dictLabel"] == body["dictLabel"] for row in others):
        # The real one forgot to translate this.
        return refused("dictType.errLabelExists")
    if any(row["dictValue"] == body["dictValue"] for row in others):
        return refused(f"【{body['dictLabel']}】，", 500)
    return None


def create_value(omc: Omc, call: Call) -> Json:
    body = call.object()
    if wrong := _value_problem(omc, body):
        return wrong
    row = {name: body[name] for name in VALUE_NAMES}
    omc.dictionary_values.add(row | omc.made(call.account.user["userName"]))
    return ok()


def update_value(omc: Omc, call: Call) -> Json:
    body = call.object()
    row = omc.dictionary_values.get(body["dictCode"])
    if row is None:
        return NO_VALUE
    if wrong := _value_problem(omc, body, row["dictCode"]):
        return wrong
    row.update({name: body[name] for name in VALUE_NAMES})
    omc.note_change(row, call.account.user["userName"])
    return ok()


def delete_values(omc: Omc, call: Call) -> Json:
    names = ids_of(call.params["dictCodes"])
    if any(omc.dictionary_values.get(name) is None for name in names):
        return NO_VALUE
    return deleted(omc.dictionary_values.remove(names), NO_VALUE)


PAGE = "pageNum:integer? pageSize:integer?"
EXPORT = "status? beginTime? endTime? pageNum:integer pageSize:integer"
TYPE = "dictName dictType status remark"
VALUE = "dictType dictLabel dictValue dictSort:integer tagClass tagType status remark"
ROUTES = (
    Documented("GET", "/system/dict/type/list", "list_dict_types", list_types, query=PAGE),
    Documented("GET", "/system/dict/type/{dictId}", "get_dict_type", get_type),
    Documented(
        "POST",
        "/system/dict/type/export",
        "export_dict_types",
        export_types,
        body=f"dictName? dictType? {EXPORT}",
    ),
    Documented("POST", "/system/dict/type", "create_dict_type", create_type, body=TYPE),
    Documented(
        "PUT", "/system/dict/type", "update_dict_type", update_type, body=f"{TYPE} dictId:string|integer?"
    ),
    Documented("DELETE", "/system/dict/type/{dictIds}", "delete_dict_types", delete_types),
    Documented("GET", "/system/dict/type/getDictOptionselect", "list_dict_type_options", options),
    Documented("PUT", "/system/dict/type/refreshCache", "refresh_dict_cache", refresh),
    Documented("GET", "/system/dict/data/list", "list_dict_data", list_values, query=PAGE),
    Documented(
        "POST",
        "/system/dict/data/export",
        "export_dict_data",
        export_values,
        body=f"dictLabel? dictType? {EXPORT}",
    ),
    Documented("GET", "/system/dict/data/{dictCode}", "get_dict_data", get_value),
    Documented("GET", "/system/dict/data/type/{dictType}", "list_dict_data_by_type", values_of),
    Documented("POST", "/system/dict/data", "create_dict_data", create_value, body=VALUE),
    Documented(
        "PUT", "/system/dict/data", "update_dict_data", update_value, body=f"{VALUE} dictCode:string|integer"
    ),
    Documented("DELETE", "/system/dict/data/{dictCodes}", "delete_dict_data", delete_values),
)
