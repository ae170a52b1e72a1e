"""The operation log, the login log, who is online, and accounts locked by wrong passwords."""

from typing import Any

from playground.upstreams.omc.chapter import Documented
from playground.upstreams.omc.envelope import Json, deleted, listed, ok, paged, refused
from playground.upstreams.omc.rows import Row, ids_of, matching
from playground.upstreams.omc.state import Omc
from playground.upstreams.omc.workbook import exported
from playground.upstreams.vendor import Answer, Call


def operations(omc: Omc, asked: Any) -> list[Row]:
    rows = matching(
        omc.operations.all(),
        asked,
        like=("title", "operName"),
        exact=("businessType", "status"),
        time="operTime",
    )
    return rows[::-1]


def list_operations(omc: Omc, call: Call) -> Json:
    return paged(call, operations(omc, call.query))


def export_operations(omc: Omc, call: Call) -> Answer:
    return exported(call, "sys_log_operate", operations(omc, call.object()))


def clean_operations(omc: Omc, _call: Call) -> Json:
    omc.operations.clear()
    return ok()


def delete_operations(omc: Omc, call: Call) -> Json:
    return deleted(omc.operations.remove(ids_of(call.params["operIds"])), refused("error"))


def sign_ins(omc: Omc, asked: Any) -> list[Row]:
    rows = matching(
        omc.sign_ins.all(), asked, like=("ipaddr", "userName"), exact=("status",), time="loginTime"
    )
    return rows[::-1]


def list_sign_ins(omc: Omc, call: Call) -> Json:
    return paged(call, sign_ins(omc, call.query))


def export_sign_ins(omc: Omc, call: Call) -> Answer:
    rows = sign_ins(omc, call.object())
    return exported(call, "sys_log_login", rows, msg="Export data record is empty")


def clean_sign_ins(omc: Omc, _call: Call) -> Json:
    omc.sign_ins.clear()
    return ok()


def delete_sign_ins(omc: Omc, call: Call) -> Json:
    return ok() if omc.sign_ins.remove(ids_of(call.params["infoIds"])) else refused("", 500)


def unlock(omc: Omc, call: Call) -> Json:
    return ok() if omc.sessions.unlock(call.params["userName"]) else refused("The user is not locked")


def list_online(omc: Omc, call: Call) -> Json:
    rows = [
        {
            "tokenId": session.token_id,
            "deptName": (omc.departments.get(session.user["deptId"]) or {"deptName": ""})["deptName"],
            "userName": session.user["userName"],
            "ipaddr": session.ip,
            "loginLocation": "Intranet",
            "browser": session.browser,
            "os": "Unknown",
            "loginTime": int(session.since * 1000),
        }
        for session in omc.sessions.online()
    ]
    found = matching(rows, call.query, like=("userName", "ipaddr"))
    return listed(found, len(found))


def force_out(omc: Omc, call: Call) -> Json:
    return ok() if omc.sessions.end(call.params["tokenId"]) else refused("error")


PAGE = "pageNum:integer? pageSize:integer?"
EXPORT = "status? beginTime? endTime? pageNum:integer pageSize:integer"
OPERATE, LOGIN = "/system/log/operate", "/system/log/login"
ROUTES = (
    Documented("GET", f"{OPERATE}/list", "list_operation_logs", list_operations, query=PAGE),
    Documented(
        "POST",
        f"{OPERATE}/export",
        "export_operation_logs",
        export_operations,
        body=f"title? operName? businessType? {EXPORT}",
    ),
    Documented("DELETE", f"{OPERATE}/clean", "clean_operation_logs", clean_operations),
    Documented("DELETE", f"{OPERATE}/{{operIds}}", "delete_operation_logs", delete_operations),
    Documented("GET", f"{LOGIN}/list", "list_login_logs", list_sign_ins, query=PAGE),
    Documented(
        "POST", f"{LOGIN}/export", "export_login_logs", export_sign_ins, body=f"ipaddr? userName? {EXPORT}"
    ),
    Documented("DELETE", f"{LOGIN}/clean", "clean_login_logs", clean_sign_ins),
    Documented("PUT", f"{LOGIN}/unlock/{{userName}}", "unlock_login_user", unlock),
    Documented("DELETE", f"{LOGIN}/{{infoIds}}", "delete_login_logs", delete_sign_ins),
    Documented("GET", "/monitor/online/list", "list_online_users", list_online),
    Documented("DELETE", "/monitor/online/{tokenId}", "force_logout_user", force_out),
)
