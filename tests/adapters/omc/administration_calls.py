"""A call of every operation of the OMC's administration, with a body that the OMC takes, and what it refuses."""

from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from typing import Any

from core_network import Core

from adapters.exchange import FileUpload
from adapters.omc import (
    caches,
    configs,
    departments,
    dictionaries,
    dictionary_values,
    files,
    general,
    job_logs,
    jobs,
    login_logs,
    menus,
    operation_logs,
    positions,
    profile,
    roles,
    server,
    user_sessions,
    users,
)
from adapters.operation import Call
from playground.upstreams.omc.workbook import workbook

CHAPTERS = (
    caches,
    configs,
    departments,
    dictionaries,
    dictionary_values,
    files,
    general,
    job_logs,
    jobs,
    login_logs,
    menus,
    operation_logs,
    positions,
    profile,
    roles,
    server,
    user_sessions,
    users,
)
DAY = datetime(2026, 5, 1, tzinfo=UTC)


def upload(content: bytes, name: str) -> FileUpload:
    async def chunks() -> AsyncIterator[bytes]:
        yield content

    return FileUpload(name=name, size=len(content), chunks=chunks)


def id_of(table: Any, **facts: Any) -> str:
    """The id of the first row with these facts."""
    row = table.first(lambda row: all(row[name] == value for name, value in facts.items()))
    return str(row[table.key])


def last(table: Any) -> str:
    return str(table.all()[-1][table.key])


def added(table: Any) -> str:
    """The id of a row that nothing else is about."""
    row = table.all()[-1]
    fresh = {
        name: "" if name == table.key else f"{text}-fresh"
        for name, text in row.items()
        if isinstance(text, str)
    }
    return str(table.add(row | fresh)[table.key])


def department(**given: Any) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "dept_name": "Shift team C",
        "parent_id": "100",
        "order_num": 9,
        "leader": "",
        "phone": "",
        "email": "",
        "status": "1",
    }
    return facts | given


def menu(**given: Any) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "parent_id": "0",
        "menu_name": "Boards",
        "menu_type": "D",
        "menu_sort": 9,
        "is_frame": "0",
        "is_cache": "0",
        "visible": "1",
        "status": "1",
        "icon": "#",
        "path": "boards",
    }
    return facts | given


def role(**given: Any) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "role_name": "Night shift",
        "role_key": "night",
        "role_sort": 9,
        "status": "1",
        "remark": "",
        "data_scope": "1",
        "menu_check_strictly": "1",
        "menu_ids": [],
    }
    return facts | given


def user(**given: Any) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "user_name": "noc-shift-z",
        "nick_name": "Shift Z",
        "email": "noc-shift-z@example.net",
        "phonenumber": "13900000009",
        "sex": "0",
        "status": "1",
        "remark": "",
        "dept_id": "100",
        "role_ids": ["3"],
        "post_ids": [],
    }
    return facts | given


def position(**given: Any) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "post_code": "night",
        "post_name": "Night",
        "post_sort": 9,
        "status": "1",
        "remark": "",
    }
    return facts | given


def job(**given: Any) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "job_name": "Nightly",
        "job_group": "SYSTEM",
        "invoke_target": "deleteExpiredRecord",
        "target_params": '{"duration":90,"tableName":"alarm","colName":"event_time"}',
        "cron_expression": "0 10 0 * * ?",
        "misfire_policy": "3",
        "concurrent": "0",
        "status": "1",
        "remark": "",
    }
    return facts | given


def config(**given: Any) -> dict[str, Any]:
    facts = {
        "config_name": "Lamp",
        "config_key": "lamp.on",
        "config_value": "1",
        "config_type": "N",
        "remark": "",
    }
    return facts | given


def value(**given: Any) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "dict_type": "sys_user_sex",
        "dict_label": "Other",
        "dict_value": "9",
        "dict_sort": 9,
        "tag_class": "",
        "tag_type": "",
        "status": "1",
        "remark": "",
    }
    return facts | given


def plain_user(c: Core) -> str:
    return last(c.omc.users)


def merged(core: Core) -> Call[Any]:
    core.omc.chunks["ab12"] = {0: b"one", 1: b"two"}
    return files.merge_file_chunks(files.ChunkMerge(identifier="ab12", file_name="a.bin", sub_path="common"))


def users_sheet(core: Core) -> FileUpload:
    """A spreadsheet of one new account, and one whose phone is taken."""
    taken = core.omc.users.all()[-1]["phonenumber"]
    lines = (
        ("userName", "nickName", "phonenumber", "deptId"),
        ("import-1", "Import 1", "13911110001", "100"),
        ("import-2", "Import 2", taken, "100"),
    )
    return upload(workbook(lines), "users.xlsx")


Made = Callable[[Core], Call[Any]]
CALLS: dict[str, Made] = {
    "list_departments": lambda _: departments.list_departments(status="1"),
    "list_departments_excluding": lambda _: departments.list_departments_excluding("101"),
    "get_department_tree": lambda _: departments.get_department_tree(),
    "get_role_department_tree": lambda _: departments.get_role_department_tree("2"),
    "create_department": lambda _: departments.create_department(departments.DepartmentDraft(**department())),
    "update_department": lambda c: departments.update_department(
        departments.DepartmentUpdate(**department(dept_id=last(c.omc.departments)))
    ),
    "get_department": lambda _: departments.get_department("100"),
    "list_menus": lambda _: menus.list_menus(),
    "get_menu": lambda c: menus.get_menu(last(c.omc.menus)),
    "delete_menu": lambda c: menus.delete_menu(last(c.omc.menus)),
    "update_menu": lambda c: menus.update_menu(
        menus.MenuUpdate(**menu(menu_id=last(c.omc.menus), menu_type="B", perms="boards:list"))
    ),
    "create_menu": lambda _: menus.create_menu(menus.MenuDraft(**menu())),
    "get_role_menu_tree": lambda _: menus.get_role_menu_tree("3"),
    "get_menu_tree": lambda _: menus.get_menu_tree(),
    "list_positions": lambda _: positions.list_positions(page_num=1, page_size=5),
    "get_position": lambda _: positions.get_position("1"),
    "create_position": lambda _: positions.create_position(positions.PositionDraft(**position())),
    "update_position": lambda _: positions.update_position(positions.PositionUpdate(**position(post_id="1"))),
    "delete_positions": lambda c: positions.delete_positions([added(c.omc.positions)]),
    "list_roles": lambda _: roles.list_roles(status="1"),
    "list_role_users": lambda _: roles.list_role_users("3", allocated=False, page_num=1, page_size=5),
    "get_role": lambda _: roles.get_role("3"),
    "update_role": lambda _: roles.update_role(roles.RoleUpdate(**role(role_id="4"))),
    "create_role": lambda _: roles.create_role(roles.RoleDraft(**role())),
    "update_role_status": lambda _: roles.update_role_status(roles.RoleStatus(role_id="4", status="0")),
    "update_role_data_scope": lambda _: roles.update_role_data_scope(
        roles.RoleScope(role_id="4", data_scope="2", dept_check_strictly="1", dept_ids=["101"])
    ),
    "assign_role_users": lambda c: roles.assign_role_users(
        roles.RoleAssignment(role_id="4", user_ids=[plain_user(c)], checked=True)
    ),
    "list_users": lambda _: users.list_users(status="1", page_num=1, page_size=5),
    "get_user": lambda _: users.get_user("1"),
    "create_user": lambda _: users.create_user(users.UserDraft(**user(password="Sandbox@1234"))),
    "update_user": lambda c: users.update_user(users.UserUpdate(**user(user_id=plain_user(c)))),
    "import_users": lambda c: users.import_users(users_sheet(c), update_support=False),
    "delete_users": lambda c: users.delete_users([plain_user(c)]),
    "reset_user_password": lambda c: users.reset_user_password(
        users.PasswordReset(user_id=plain_user(c), password="Sandbox@5678")
    ),
    "update_user_status": lambda c: users.update_user_status(
        users.UserStatus(user_id=plain_user(c), status="0")
    ),
    "get_user_profile": lambda _: profile.get_user_profile(),
    "update_user_profile": lambda _: profile.update_user_profile(
        profile.ProfileUpdate(nick_name="Desk", sex="1", phonenumber="13911119999")
    ),
    "upload_avatar": lambda _: profile.upload_avatar(upload(b"png", "face.png")),
    "update_own_password": lambda _: profile.update_own_password(
        profile.PasswordChange(old_password="supervisor", new_password="Sandbox@1234")
    ),
    "list_online_users": lambda _: user_sessions.list_online_users(),
    "force_logout_user": lambda c: user_sessions.force_logout_user(c.omc.sessions.online()[-1].token_id),
    "list_dict_types": lambda _: dictionaries.list_dict_types(page_num=1, page_size=5),
    "get_dict_type": lambda _: dictionaries.get_dict_type("1"),
    "create_dict_type": lambda _: dictionaries.create_dict_type(
        dictionaries.DictTypeDraft(dict_name="Lamps", dict_type="lamps", status="1", remark="")
    ),
    "update_dict_type": lambda _: dictionaries.update_dict_type(
        dictionaries.DictTypeUpdate(dict_id="1", dict_name="Lamps", dict_type="lamps", status="1", remark="")
    ),
    "delete_dict_types": lambda c: dictionaries.delete_dict_types([added(c.omc.dictionary_types)]),
    "list_dict_type_options": lambda _: dictionaries.list_dict_type_options(),
    "refresh_dict_cache": lambda _: dictionaries.refresh_dict_cache(),
    "list_dict_data": lambda _: dictionary_values.list_dict_data(dict_type="sys_user_sex"),
    "get_dict_data": lambda _: dictionary_values.get_dict_data("1"),
    "list_dict_data_by_type": lambda _: dictionary_values.list_dict_data_by_type("sys_user_sex"),
    "create_dict_data": lambda _: dictionary_values.create_dict_data(
        dictionary_values.DictValueDraft(**value())
    ),
    "update_dict_data": lambda _: dictionary_values.update_dict_data(
        dictionary_values.DictValueUpdate(**value(dict_code="1"))
    ),
    "delete_dict_data": lambda _: dictionary_values.delete_dict_data(["1", "2"]),
    "list_configs": lambda _: configs.list_configs(page_num=1, page_size=20),
    "get_config_value": lambda _: configs.get_config_value("sys.title"),
    "get_config": lambda _: configs.get_config("1"),
    "create_config": lambda _: configs.create_config(configs.ConfigDraft(**config())),
    "update_config": lambda c: configs.update_config(
        configs.ConfigUpdate(**config(config_id=int(last(c.omc.parameters))))
    ),
    "update_config_value": lambda _: configs.update_config_value(
        configs.ConfigValue(key="sys.title", value="Desk")
    ),
    "delete_configs": lambda c: configs.delete_configs([last(c.omc.parameters)]),
    "refresh_config_cache": lambda _: configs.refresh_config_cache(),
    "get_cache_info": lambda _: caches.get_cache_info(),
    "list_cache_names": lambda _: caches.list_cache_names(),
    "list_cache_keys": lambda _: caches.list_cache_keys("sys_config"),
    "get_cache_value": lambda _: caches.get_cache_value("sys_config", "sys.title"),
    "delete_cache_key": lambda _: caches.delete_cache_key("sys_config", "sys.title"),
    "delete_cache_name": lambda _: caches.delete_cache_name("sys_config"),
    "clear_cache_safe": lambda _: caches.clear_cache_safe(),
    "list_jobs": lambda _: jobs.list_jobs(page_num=1, page_size=20),
    "get_job": lambda _: jobs.get_job("1"),
    "create_job": lambda _: jobs.create_job(jobs.JobDraft(**job())),
    "update_job": lambda _: jobs.update_job(jobs.JobUpdate(**job(job_id="1"))),
    "delete_jobs": lambda _: jobs.delete_jobs(["1"]),
    "update_job_status": lambda _: jobs.update_job_status(jobs.JobStatus(job_id="1", status="0")),
    "run_job_once": lambda _: jobs.run_job_once("1"),
    "reset_job_queue": lambda _: jobs.reset_job_queue(),
    "list_job_logs": lambda _: job_logs.list_job_logs(page_num=1, page_size=5),
    "get_job_log": lambda c: job_logs.get_job_log(last(c.omc.job_logs)),
    "delete_job_logs": lambda c: job_logs.delete_job_logs([last(c.omc.job_logs)]),
    "clean_job_logs": lambda _: job_logs.clean_job_logs(),
    "list_operation_logs": lambda _: operation_logs.list_operation_logs(page_num=1, page_size=20),
    "delete_operation_logs": lambda c: operation_logs.delete_operation_logs([last(c.omc.operations)]),
    "clean_operation_logs": lambda _: operation_logs.clean_operation_logs(),
    "list_login_logs": lambda _: login_logs.list_login_logs(page_num=1, page_size=5),
    "delete_login_logs": lambda c: login_logs.delete_login_logs([last(c.omc.sign_ins)]),
    "clean_login_logs": lambda _: login_logs.clean_login_logs(),
    "get_server_info": lambda _: server.get_server_info(),
    "get_server_load": lambda _: server.get_server_load("all", DAY, DAY),
    "upload_file": lambda _: files.upload_file(upload(b"png", "icon.png"), "common"),
    "check_file_chunks": lambda _: files.check_file_chunks(
        files.Chunks(identifier="ab12", file_name="a.bin")
    ),
    "upload_file_chunk": lambda _: files.upload_file_chunk(upload(b"part", "part.bin"), 0, "ab12"),
    "merge_file_chunks": merged,
    "get_home": lambda _: general.get_home(),
    "get_captcha": lambda _: general.get_captcha(),
    "get_system_config": lambda _: general.get_system_config(),
    "upload_help_document": lambda _: general.upload_help_document(
        general.HelpDocument(upload_path="/upload/download/sandbox.txt", language="en_US")
    ),
}
REFUSED: dict[str, tuple[Made, str]] = {
    "delete_department": (lambda _: departments.delete_department("100"), "0"),
    "delete_roles": (lambda _: roles.delete_roles(["999"]), "0"),
    "unlock_login_user": (lambda _: login_logs.unlock_login_user("supervisor"), "0"),
    "register_account": (
        lambda _: general.register_account(
            general.Registration(
                username="noc-shift-z", password="Sandbox@1", confirm_password="Sandbox@1", code="1", uuid="u"
            )
        ),
        "0",
    ),
}
"""These are refused, and that is told."""
FILES: dict[str, Made] = {
    "export_roles": lambda _: roles.export_roles(roles.RoleQuery()),
    "export_users": lambda _: users.export_users(users.UserQuery(page_num=1, page_size=5)),
    "export_positions": lambda _: positions.export_positions(
        positions.PositionQuery(page_num=1, page_size=5)
    ),
    "export_dict_types": lambda _: dictionaries.export_dict_types(
        dictionaries.DictTypeQuery(page_num=1, page_size=5, status="1")
    ),
    "export_dict_data": lambda _: dictionary_values.export_dict_data(
        dictionary_values.DictValueQuery(page_num=1, page_size=5)
    ),
    "export_configs": lambda _: configs.export_configs(configs.ConfigQuery(page_num=1, page_size=5)),
    "export_jobs": lambda _: jobs.export_jobs(jobs.JobQuery()),
    "export_job_logs": lambda _: job_logs.export_job_logs(job_logs.JobLogQuery()),
    "export_operation_logs": lambda _: operation_logs.export_operation_logs(
        operation_logs.OperationLogQuery(page_num=1, page_size=5)
    ),
    "export_login_logs": lambda _: login_logs.export_login_logs(
        login_logs.LoginLogQuery(page_num=1, page_size=5)
    ),
    "download_file": lambda _: files.download_file("/upload/download/sandbox.txt"),
}
