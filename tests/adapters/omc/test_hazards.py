"""What the OMC's administration chapters would let out or in, and does not."""

from datetime import UTC
from typing import Any

import orjson
import pytest

from adapters.decoding import Decoding, decode, marks_of
from adapters.encoding import request_of
from adapters.errors import BadInput
from adapters.exchange import FileUpload, Response
from adapters.omc import caches, configs, files, general, jobs, operation_logs, roles, user_sessions, users
from adapters.omc.dialect import OmcDialect
from adapters.operation import Call, Operation
from adapters.record import Secret
from adapters.settings import SourceSettings

DIALECT = OmcDialect(SourceSettings(name="core", dialect="omc", base_url="http://127.0.0.1:1"))


def told(operation: Operation[Any, Any], body: Any) -> Any:
    response = Response(status=200, headers={}, body=orjson.dumps(body))
    payload = DIALECT.answer(operation, response)
    if operation.shape is not None:
        payload = operation.shape(payload)
    return decode(operation.answer, payload, Decoding(UTC))


def target(call: Call[Any]) -> str:
    return request_of(call, call.operation.path, UTC).target


def sent(call: Call[Any]) -> Any:
    return orjson.loads(request_of(call, call.operation.path, UTC).body or b"null")


def log_entry(**facts: str) -> dict[str, Any]:
    return {"code": 1, "msg": "success", "rows": [{"operId": "1", **facts}], "total": 1}


def job(**facts: str) -> jobs.JobDraft:
    given: dict[str, Any] = {
        "job_name": "nightly",
        "job_group": "SYSTEM",
        "invoke_target": "deleteExpiredRecord",
        "target_params": '{"duration":90,"tableName":"alarm","colName":"event_time","extras":"alarm_status=\'0\'"}',
        "cron_expression": "0 10 0 * * ?",
        "misfire_policy": "3",
        "concurrent": "0",
        "status": "1",
        "remark": "",
    }
    return jobs.JobDraft(**given | facts)


def test_the_value_of_an_ordinary_parameter_is_told() -> None:
    row = {"configId": "7", "configKey": "sys.account.captchaType", "configValue": "math"}
    assert told(configs.get_config, {"code": 1, "data": row}).config_value == "math"


def test_the_initial_password_is_not_told_nor_the_remark_that_quotes_it() -> None:
    row = {"configKey": "sys.user.initPassword", "configValue": "Sandbox@1234", "remark": "it is 123456"}
    found = told(configs.get_config, {"code": 1, "data": row})
    assert (found.config_value, found.remark) == (None, None)


def test_the_initial_password_is_not_told_in_the_list_either() -> None:
    rows = [{"configKey": "sys.user.initPassword", "configValue": "Sandbox@1234"}]
    page = told(configs.list_configs, {"code": 1, "rows": rows, "total": 1})
    assert [row.config_value for row in page.rows] == [None]
    assert page.total == 1


def test_the_initial_password_is_not_asked_for_by_its_key() -> None:
    with pytest.raises(BadInput):
        target(configs.get_config_value("sys.user.initPassword"))


def test_an_ordinary_parameter_is_asked_for_by_its_key() -> None:
    assert target(configs.get_config_value("sys.title")) == "/system/config/configKey/sys.title"


def test_a_cached_parameter_is_told() -> None:
    entry = {"cacheName": "sys_config", "cacheKey": "sys.account.captchaType", "cacheValue": "math"}
    assert told(caches.get_cache_value, {"code": 1, "data": entry}).cache_value == "math"


def test_a_cached_password_is_not_told() -> None:
    entry = {
        "cacheName": "sys_config",
        "cacheKey": "sys_config:sys.user.initPassword",
        "cacheValue": "Sandbox@1234",
    }
    assert told(caches.get_cache_value, {"code": 1, "data": entry}).cache_value is None


@pytest.mark.parametrize("name", ["login_tokens", "captcha_codes", "anything_else"])
def test_neither_the_value_nor_the_key_of_another_cache_is_told(name: str) -> None:
    entry = {"cacheName": name, "cacheKey": "os0t2l1532dhuvqv", "cacheValue": "9"}
    found = told(caches.get_cache_value, {"code": 1, "data": entry})
    assert (found.cache_name, found.cache_key, found.cache_value) == (name, None, None)


def test_the_keys_of_a_cache_of_sessions_are_not_listed() -> None:
    entries = [{"cacheName": "login_tokens", "cacheKey": "os0t2l1532dhuvqv", "cacheValue": ""}]
    assert [e.cache_key for e in told(caches.list_cache_keys, {"code": 1, "data": entries})] == [None]


def test_the_figures_of_the_cache_come_without_the_paths_of_its_files() -> None:
    server = {"config_file": "/etc/redis.conf", "executable": "/opt/redis-server", "arch_bits": "64"}
    found = told(caches.get_cache_info, {"code": 1, "data": {"info": {"server": server}, "dbSize": 66}})
    assert found.info == {"server": {"arch_bits": "64"}}


def test_a_token_in_the_log_of_requests_is_taken_out() -> None:
    quoted = '{"access_token":"eyJhbGciOiJIUzUxMiJ9.eyJ1c2VyX2lkIjoiMiJ9.c2FuZGJveA","language":"en_US"}'
    page = told(operation_logs.list_operation_logs, log_entry(operUrl="/ws", operParam=quoted))
    assert orjson.loads(page.rows[0].oper_param) == {"access_token": "[redacted]", "language": "en_US"}


def test_the_value_of_a_parameter_in_the_log_of_requests_is_taken_out() -> None:
    quoted = '{"key":"sys.user.initPassword","value":"Sandbox@1234"}'
    page = told(
        operation_logs.list_operation_logs, log_entry(operUrl="/system/config/changeValue", operParam=quoted)
    )
    assert "Sandbox@1234" not in page.rows[0].oper_param


def test_a_password_in_a_request_that_is_not_valid_json_is_taken_out() -> None:
    page = told(
        operation_logs.list_operation_logs, log_entry(operUrl="/login", operParam="{password: sandbox-1")
    )
    assert "sandbox-1" not in page.rows[0].oper_param


def test_the_answer_to_a_captcha_is_not_told() -> None:
    body = {"code": 1, "msg": "success", "text": "9", "captchaEnabled": True, "uuid": "s7hf", "img": "data:,"}
    assert not hasattr(told(general.get_captcha, body), "text")


def test_two_callers_never_share_a_captcha() -> None:
    assert general.get_captcha.effect.value == "WRITE"


def test_the_id_of_a_session_needs_a_permission() -> None:
    marks = marks_of(user_sessions.UserSession.__annotations__["token_id"])
    assert Secret("user:secrets") in marks


def test_a_documented_job_is_sent_as_it_is() -> None:
    body = sent(jobs.create_job(job()))
    assert (body["invokeTarget"], orjson.loads(body["targetParams"])["extras"]) == (
        "deleteExpiredRecord",
        "alarm_status='0'",
    )


@pytest.mark.parametrize("params", ["", "{}", '{"interval":5}', '{"alarmCode":10000, "threshold": 30}'])
def test_the_parameters_of_the_other_documented_jobs_pass(params: str) -> None:
    assert sent(jobs.create_job(job(target_params=params)))["targetParams"] == params


@pytest.mark.parametrize(
    "params",
    [
        '{"duration":0,"tableName":"sys_user","colName":"create_time"}',
        '{"duration":90,"tableName":"alarm","colName":"1=1 or event_time"}',
        '{"duration":90,"tableName":"alarm","extras":"1=1"}',
        '{"duration":90,"tableName":"alarm","\\u0065xtras":"1=1"}',
        "{\"alarmTitle\":\"x' or '1'='1\"}",
        '["alarm"]',
        "drop table alarm",
    ],
)
def test_what_would_end_in_sql_is_refused_before_any_call(params: str) -> None:
    with pytest.raises(BadInput) as refused:
        sent(jobs.create_job(job(target_params=params)))
    assert refused.value.field == ("body", "target_params")


def test_a_processor_that_no_document_names_is_refused() -> None:
    with pytest.raises(BadInput):
        sent(jobs.create_job(job(invoke_target="runShell")))


@pytest.mark.parametrize("cron", ["* * * * *", "0 0 0 * * ?; rm", "0/5 * * * * ? *"])
def test_a_clock_that_is_none_is_refused(cron: str) -> None:
    with pytest.raises(BadInput):
        sent(jobs.create_job(job(cron_expression=cron)))


def test_a_stored_path_goes_out_in_base64() -> None:
    assert (
        target(files.download_file("/upload/common/a.png")) == "/file/download/L3VwbG9hZC9jb21tb24vYS5wbmc%3D"
    )


@pytest.mark.parametrize(
    "path", ["/upload/../etc/passwd", "/upload/..", "upload/a", "/upload//a", "/", "", "/.ssh/id", "/a/\nb"]
)
def test_a_path_that_leaves_its_folder_is_refused(path: str) -> None:
    with pytest.raises(BadInput):
        target(files.download_file(path))
    with pytest.raises(BadInput):
        sent(general.upload_help_document(general.HelpDocument(upload_path=path, language="en_US")))


def test_some_bytes_of_a_file_are_asked_for_in_a_header() -> None:
    call = files.download_file("/upload/common/a.png", range="bytes=0-1023")
    assert request_of(call, call.operation.path, UTC).headers == {"Range": "bytes=0-1023"}


@pytest.mark.parametrize("name", ["../a.png", "a/b.png", ".htaccess", "a..png", "a", "a\\b.png"])
def test_a_name_with_a_path_in_it_is_refused(name: str) -> None:
    with pytest.raises(BadInput):
        sent(files.check_file_chunks(files.Chunks(identifier="ab12", file_name=name)))


@pytest.mark.parametrize("identifier", ["../ab12", "ab/12", "", "a.b"])
def test_a_block_stays_in_its_folder(identifier: str) -> None:
    with pytest.raises(BadInput):
        sent(files.check_file_chunks(files.Chunks(identifier=identifier, file_name="a.png")))


async def no_bytes() -> Any:
    yield b""


def test_a_folder_that_no_document_names_is_refused() -> None:
    call = files.upload_file(FileUpload(name="a.png", chunks=no_bytes), sub_path="../static")
    with pytest.raises(BadInput):
        target(call)


@pytest.mark.parametrize("user_id", ["profile", "list", "1/2", "..", "1,2", ""])
def test_an_id_never_reaches_another_route(user_id: str) -> None:
    with pytest.raises(BadInput):
        target(users.get_user(user_id))


def test_several_ids_are_joined_by_commas() -> None:
    assert target(users.delete_users(["7", "8"])) == "/system/user/7,8"


def test_the_users_of_an_assignment_are_one_text() -> None:
    body = sent(
        roles.assign_role_users(roles.RoleAssignment(role_id="2", user_ids=["7", "8"], checked=False))
    )
    assert body == {"roleId": "2", "userIds": "7,8", "checked": False}


def test_a_spreadsheet_of_users_that_was_refused_is_told_in_its_own_words() -> None:
    body = {"code": 1, "msg": "Sorry, the import failed!<br/>User ID: 107 Existing"}
    assert told(users.import_users, body).startswith("Sorry, the import failed!")


def test_whether_to_overwrite_is_a_part_beside_the_file() -> None:
    call = users.import_users(FileUpload(name="users.xlsx", chunks=no_bytes), update_support=False)
    request = request_of(call, call.operation.path, UTC)
    assert [(part.name, part.text) for part in request.parts] == [("file", None), ("updateSupport", "false")]
