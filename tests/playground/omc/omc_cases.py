"""For each documented operation of the OMC: what to call it with so that it goes well."""

import base64
import io
from typing import Any

from omc_client import START, Api

from playground.upstreams.omc.workbook import workbook

IMSI = "460990110000003"
FREE = "460990110009001"
SUBSCRIBER = {
    "msisdn": "12307559001", "imsi": FREE, "ambr": "def_ambr", "nssai": "def_nssai", "rat": "0", "arfb": "def_arfb",
    "sar": "def_sar", "cn": "3", "smData": "1-000001&cmnet&ims", "smfSel": "def_snssai", "epsDat": "",
    "epsFlag": "1", "epsOdb": "64", "hplmnOdb": "24", "ard": "65", "epstpl": "def_eps", "contextId": "1",
    "apnContext": "010200000000", "staticIp": "-",
}  # fmt: skip
KEYS = {"algoIndex": "0", "amf": "8000", "imsi": FREE, "ki": "0" * 31 + "1", "opc": "-"}
PAGE = {"pageNum": 1, "pageSize": 5}
ROLE = {
    "roleName": "Planners", "roleKey": "planner", "roleSort": 9, "status": "1", "remark": "", "dataScope": "1",
    "menuCheckStrictly": "1", "menuIds": ["5"],
}  # fmt: skip
USER = {
    "userName": "night-desk", "nickName": "Night desk", "email": "night-desk@example.net",
    "phonenumber": "13900009999", "sex": "0", "status": "1", "remark": "", "deptId": 104, "roleIds": [3],
    "postIds": [2],
}  # fmt: skip
JOB = {
    "jobName": "probe", "jobGroup": "DEFAULT", "invokeTarget": "probe", "targetParams": "{}",
    "cronExpression": "0/22 * * * * ?", "misfirePolicy": "3", "concurrent": "0", "status": "1", "remark": "",
}  # fmt: skip
MENU = {
    "parentId": "5", "menuName": "Alarm sounds", "menuType": "M", "menuSort": 3, "isFrame": "1", "isCache": "1",
    "visible": "1", "status": "1", "icon": "#", "path": "sounds", "component": "fault/sounds", "perms": "fault:sounds",
}  # fmt: skip
DEPARTMENT = {
    "orderNum": 4, "deptName": "Night shift", "leader": "", "phone": "", "email": "", "status": "1",
    "parentId": "104",
}  # fmt: skip
POSITION = {"postCode": "night", "postName": "Night", "postSort": 9, "phone": "1", "remark": ""}
PARAMETER = {
    "configName": "Sound",
    "configKey": "alarm.sound",
    "configValue": "on",
    "configType": "N",
    "remark": "",
}
WORD = {
    "dictType": "trace_type", "dictLabel": "Slice", "dictValue": "Slice", "dictSort": 9, "tagClass": "",
    "tagType": "", "status": "1", "remark": "",
}  # fmt: skip
POLICY = {"imsi": IMSI, "msisdn": "12307551003", "pccRules": "internet", "rfsp": 2}
ALL_POLICY = POLICY | dict.fromkeys(
    ("sar", "sessRules", "uePolicy", "qosAudio", "qosVideo", "hdrEnrich"), "x"
)
SHEET = workbook([["userName", "nickName"], ["sheet-desk", "Sheet desk"]])
SENT_PATH = base64.b64encode(b"/upload/download/sandbox.txt").decode()
INFO = {"pvFlag": "VNF", "province": "GD", "vendorName": "Sandbox", "dn": "lab"}
NEW_ELEMENT = {
    "neType": "UDM",
    "neId": "003",
    "neName": "UDM_003",
    "ip": "192.168.10.43",
    "port": "8080",
    **INFO,
}
CAPTURE = {"neType": "UDM", "neId": "001", "timeout": 10, "cmd": "sctp", "timestamp": "t1"}
SYSTEM = "/api/rest/systemManagement/v1"
CHUNK = {"index": "0", "identifier": "abc"}


def _backup(api: Api) -> None:
    api.http.get(f"{SYSTEM}/elementType/udm/objectType/cm", params={"ne_id": "001"})


def _distribute(api: Api) -> None:
    api.send("POST", f"{SYSTEM}/AMF/software/2.2404.1/001")


def _activate(api: Api) -> None:
    _distribute(api)
    api.send("PUT", f"{SYSTEM}/AMF/software/2.2404.1/001", {})


def _pushed(api: Api) -> None:
    line = f"{FREE};12307559001;1;;internet;internet;;;;"
    sent = api.http.post("/file/upload", files={"file": ("pcf.txt", io.BytesIO(line.encode()))}).json()
    body = {"uploadPath": sent["data"]["fileName"], "neType": "PCF", "neId": "001"}
    assert api.send("POST", "/ne/action/pushFile", body)["code"] == 1


def _lock(api: Api) -> None:
    for _ in range(5):
        api.send("POST", "/login", {"username": "noc-shift-b", "password": "wrong"})


# What a parameter is called with where the operation has nothing of its own.
VALUES: dict[str, Any] = {
    "neId": "001", "ne_id": "001", "imsi": IMSI, "num": "2", "number": "2", "neType": "SMF", "deptId": "109",
    "roleId": "3", "menuId": "113", "postId": "1", "userId": "3", "dictId": "1", "dictCode": "1", "configId": "1",
    "configKey": "sys.title", "cacheName": "sys_config", "cacheKey": "sys.title", "jobId": "1", "jobLogId": "1",
    "dictType": "trace_type", "elementTypeValue": "smf", "jobLogIds": "1,2", "jobIds": "8", "operIds": "4241",
    "infoIds": "1189", "userIds": "30,31", "configIds": "12", "dictCodes": "2", "filePath": SENT_PATH,
    "nbId": "1", "fileType": "txt", "allocated": "true", "loc": "0", "subsys_no": "0", "id": "28", "taskId": "28",
}  # fmt: skip

CASES: dict[str, dict[str, Any]] = {
    "login": {"json": {"username": "admin", "password": "admin"}},
    "query_kpi_data": {
        "query": {"startTime": "2026-09-21 00:00:00", "endTime": "2026-09-21 01:00:00", "interval": "900"}
    },
    "create_measure_task_amf": {"query": {"id": "29"}},
    "update_trace_task": {"patch": {"id": 2}},
    "delete_trace_task": {"query": {"id": ["1", "2"]}},
    "capture_ne_pcap": {"json": CAPTURE},
    "capture_upf_pcap": {
        "json": {
            "neType": "UPF",
            "neId": "001",
            "runType": "stop_str",
            "cmd": "pcap trace rx tx off",
            "timestamp": "t1",
        }
    },
    "download_pcap": {
        "before": lambda api: api.send("POST", "/tcpdump/ne", CAPTURE),
        "query": {"neType": "UDM", "neId": "001", "fileName": "t1_UDM_001.pcap"},
    },
    "create_ne_info": {"query": {"ne_id": "003"}, "json": NEW_ELEMENT, "headers": {"Scheme": "http"}},
    "get_software": {"path": f"{SYSTEM}/AMF/software/2.2404.1"},
    "import_ne_cm": {
        "before": _backup,
        "patch": {"fileName": "udm-001-etc-20260921221320.zip"},
    },
    "delete_ne_cm_file": {
        "before": _backup,
        "patch": {"fileName": "udm-001-etc-20260921221320.zip"},
    },
    "distribute_software": {"path": f"{SYSTEM}/AMF/software/2.2404.1/001"},
    "activate_software": {
        "before": _distribute,
        "path": f"{SYSTEM}/AMF/software/2.2404.1/001",
    },
    "rollback_software": {
        "before": _activate,
        "path": f"{SYSTEM}/AMF/software/2.2404.1/001",
    },
    "create_udm_config_system": {"query": {"subsys_no": "1"}},
    "add_subscriber": {"json": SUBSCRIBER},
    "update_subscriber": {"json": SUBSCRIBER | {"imsi": IMSI}},
    "batch_add_subscribers": {"json": SUBSCRIBER},
    "export_subscribers": {"json": {"neId": "001", "type": "csv"}},
    "import_subscribers": {
        "data": {"neId": "002"},
        "file": ("subs.txt", (";".join(SUBSCRIBER.values()) + "\n").encode()),
    },
    # The second data manager words it as the first example does.
    "get_subscriber": {"params": {"neId": "002", "imsi": "460990120000003"}},
    "list_subscribers": {"query": {"neId": "001"}},
    "list_auth_data": {"query": {"neId": "001"}},
    "add_auth_data": {"json": KEYS},
    "update_auth_data": {"json": KEYS | {"imsi": IMSI}},
    "batch_add_auth_data": {"json": KEYS},
    "export_auth_data": {"json": {"neId": "001", "type": "txt"}},
    "import_auth_data": {
        "data": {"neId": "002"},
        "file": ("auth.txt", (";".join(KEYS.values()) + "\nnothing;of;use\n").encode()),
    },
    "add_pcf_ue": {"patch": {"imsi": FREE}},
    "update_pcf_ue": {"json": POLICY},
    "batch_add_pcf_ue": {"patch": {"imsi": FREE}},
    "batch_update_pcf_ue": {"json": ALL_POLICY},
    "import_pcf_ue": {
        "before": _pushed,
        "query": {"filePath": "pcf_000001.txt"},
        "json": {"neId": "001", "type": "txt", "filePath": "pcf_000001.txt"},
    },
    "get_ims_ue_info": {"query": {"imsi": "460990110000004"}},
    "push_file_to_ne": {
        "json": {"uploadPath": "/upload/download/sandbox.txt", "neType": "UDM", "neId": "001"}
    },
    "create_department": {"json": DEPARTMENT},
    "update_department": {"json": DEPARTMENT | {"deptId": "109"}},
    "delete_department": {
        "before": lambda api: api.send("POST", "/system/dept", DEPARTMENT),
        "params": {"deptId": "110"},
    },
    "delete_menu": {"params": {"menuId": "1003"}},
    "update_menu": {"json": MENU | {"menuId": "2089"}},
    "create_menu": {"json": MENU},
    "export_positions": {"json": PAGE},
    "create_position": {"json": POSITION},
    "update_position": {"json": POSITION | {"postId": "5"}},
    "delete_positions": {
        "before": lambda api: api.send("POST", "/system/post", POSITION),
        "params": {"postIds": "6"},
    },
    "update_user_profile": {"json": {"nickName": "Chief", "sex": "0"}},
    "upload_avatar": {"file": ("face.png", b"\x89PNG")},
    "update_own_password": {"json": {"oldPassword": "admin", "newPassword": "Sandbox@9999"}},
    "create_role": {"json": ROLE},
    "update_role": {"json": ROLE | {"roleId": "3"}},
    "delete_roles": {
        "before": lambda api: api.send("POST", "/system/role", ROLE),
        "params": {"roleIds": "7"},
    },
    "update_role_status": {"json": {"roleId": "5", "status": "0"}},
    "update_role_data_scope": {
        "json": {"dataScope": "2", "deptCheckStrictly": "1", "menuIds": ["101"], "roleId": "3"}
    },
    "export_roles": {"json": {}},
    "assign_role_users": {"json": {"roleId": "5", "userIds": "3,4", "checked": True}},
    "create_user": {"json": USER | {"password": "Sandbox@1234"}},
    "update_user": {"json": USER | {"userId": "3"}},
    "export_users": {"json": PAGE},
    "import_users": {"file": ("users.xlsx", SHEET), "data": {"updateSupport": "false"}},
    "reset_user_password": {"json": {"password": "Sandbox@9999", "userId": "3"}},
    "update_user_status": {"json": {"status": "0", "userId": "3"}},
    "force_logout_user": {
        "params": lambda api: {
            "tokenId": api.get("/monitor/online/list", userName="noc")["rows"][0]["tokenId"]
        }
    },
    "export_dict_types": {"json": PAGE},
    "create_dict_type": {"json": {"dictName": "Sounds", "dictType": "sounds", "status": "1", "remark": ""}},
    "update_dict_type": {
        "json": {"dictName": "Gender", "dictType": "sys_user_sex", "remark": "", "status": "1", "dictId": "1"}
    },
    "delete_dict_types": {
        "before": lambda api: api.send(
            "POST", "/system/dict/type", {"dictName": "x", "dictType": "x", "status": "1", "remark": ""}
        ),
        "params": {"dictIds": "22"},
    },
    "export_dict_data": {"json": PAGE},
    "create_dict_data": {"json": WORD},
    "update_dict_data": {"json": WORD | {"dictCode": "1"}},
    "export_configs": {"json": PAGE},
    "create_config": {"json": PARAMETER},
    "update_config": {"json": PARAMETER | {"configId": 12}},
    "update_config_value": {"json": {"key": "sys.title", "value": ""}},
    "export_job_logs": {"json": PAGE},
    "export_jobs": {"json": PAGE},
    "create_job": {"json": JOB},
    "update_job": {"json": JOB | {"jobId": "2"}},
    "update_job_status": {"json": {"jobId": "2", "status": "0"}},
    "export_operation_logs": {"json": PAGE},
    "export_login_logs": {"json": PAGE},
    "unlock_login_user": {"before": _lock, "params": {"userName": "noc-shift-b"}},
    "get_server_load": {
        "query": {
            "type": "all",
            "startTime": str(int(START * 1000)),
            "endTime": str(int(START * 1000) + 600_000),
        }
    },
    "upload_help_document": {"json": {"uploadPath": "/upload/download/sandbox.txt", "language": "en_US"}},
    "upload_file": {"data": {"subPath": "common"}, "file": ("a.png", b"picture")},
    "upload_file_chunk": {"data": CHUNK, "file": ("a.png", b"picture")},
    "merge_file_chunks": {
        "before": lambda api: api.http.post(
            "/file/chunkUpload", data=CHUNK, files={"file": ("a.png", b"picture")}
        ),
        "json": {"identifier": "abc", "fileName": "a.png", "subPath": "common"},
    },
    "register_account": {
        "before": lambda api: api.send(
            "PUT", "/system/config/changeValue", {"key": "sys.account.registerUser", "value": "true"}
        ),
        "json": dict.fromkeys(("password", "confirmPassword"), "Sandbox@1234")
        | {"username": "newcomer", "code": "", "uuid": ""},
    },
    "query_table_alarm_sql": {"query": {"SQL": "select * from alarm limit 3"}},
    "query_table_ne_info_where": {"query": {"WHERE": "ne_type = 'UDM'"}},
    "query_table_ne_state_multi_sql": {
        "query": {"SQL": ["select * from ne_state", "select ne_id from ne_state"], "PAGE": "1", "LIMIT": "5"}
    },
    "update_table_user": {"query": {"WHERE": "id = 9"}},
    "delete_table_alarm": {"query": {"WHERE": "alarm_status = '0'"}},
}
