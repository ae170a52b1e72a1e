"""Every declared operation is sent over a real socket, accepted without a complaint, and its answer is read whole."""

from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from idaas_tenant import Tenant

from adapters import idaas
from adapters.exchange import FileUpload
from adapters.gateway import Gateway
from adapters.idaas import (
    app_types,
    apps,
    dictionaries,
    dictionary_items,
    dropdowns,
    extended_fields,
    field_values,
    files,
    grants,
    groups,
    organs,
    themes,
    tokens,
    user_types,
    users,
)
from adapters.idaas.dialect import IdaasDialect
from adapters.observing import Silent
from adapters.operation import Call
from adapters.record import Rows
from adapters.transport import network_transport
from playground.upstreams.idaas import workbook
from playground.upstreams.idaas.seed import CLIENT_ID, CLIENT_SECRET, MAIN_ACCOUNT

LATER = datetime(2031, 1, 1, tzinfo=UTC)
NEW_USER = ["import-1", "Import 1", "13900000001", "import-1@example.net", "2031-01-01 00:00:00"]


class Noting(Silent):
    """Keeps the odd fields that were seen."""

    def __init__(self) -> None:
        self.odd: dict[str, str] = {}

    def odd_fields(self, source: str, operation: str, problems: dict[str, str]) -> None:
        self.odd |= {f"{operation} {place}": text for place, text in problems.items()}


def upload(content: bytes, name: str) -> FileUpload:
    async def chunks() -> AsyncIterator[bytes]:
        yield content

    return FileUpload(name=name, size=len(content), chunks=chunks)


def first(table: dict[str, Any]) -> str:
    return next(iter(table))


def workbook_of(t: Tenant) -> FileUpload:
    row = [*NEW_USER, t.organ("shift-a"), first(t.realm.user_types), "Sandbox-Pass-1"]
    return upload(workbook.write([workbook.COLUMNS, row]), "users.xlsx")


def stored(t: Tenant) -> str:
    t.realm.files["20210822992108131159373501004797"] = ("icon.png", "image/png", b"icon")
    return "20210822992108131159373501004797"


def value_draft(t: Tenant) -> field_values.FieldValueDraft:
    field = next(key for key, row in t.realm.fields.items() if row["fieldName"] == "desk")
    return field_values.FieldValueDraft(
        external_id=t.user("staff-009"),
        field_classification=0,
        extended_field_id=field,
        field_type=0,
        field_value="Hall 2",
    )


def option_draft(t: Tenant) -> dropdowns.DropdownOptionDraft:
    return dropdowns.DropdownOptionDraft(
        extended_field_id=first(t.realm.fields), label="Hall 9", value="Hall 9", status=1
    )


def app(t: Tenant) -> str:
    return list(t.realm.apps)[1]


def unused_type(t: Tenant) -> str:
    return list(t.realm.user_types)[2]


def user_draft(t: Tenant) -> users.UserDraft:
    return users.UserDraft(
        account_name="noc-shift-z",
        nick_name="Shift Z",
        phone="13900000002",
        organization_id=t.organ("shift-a"),
        user_type=first(t.realm.user_types),
        password="Sandbox-Pass-1",
        expiration_time=LATER,
    )


Made = Callable[[Tenant], Call[Any]]
CALLS: dict[str, Made] = {
    "delete_organ": lambda t: organs.delete_organ(t.organ("north")),
    "change_organ_status": lambda t: organs.change_organ_status(t.organ("north"), "2"),
    "save_organ": lambda _: organs.save_organ(
        organs.OrganSave(name="Gate", code="gate", parent_id="-1", order=1)
    ),
    "page_sub_organs": lambda t: organs.page_sub_organs(t.organ("field"), 1, 10, name="north"),
    "list_sub_organs": lambda t: organs.list_sub_organs(t.organ("field")),
    "get_organ": lambda t: organs.get_organ(t.organ("field")),
    "move_organ": lambda t: organs.move_organ(
        organs.OrganMove(id=t.organ("north"), parent_id=t.organ("core"))
    ),
    "authorize_organ_apps": lambda t: organs.authorize_organ_apps(
        t.organ("north"), organs.OrganApps(app_id_list=[app(t)], action="auth")
    ),
    "page_app_organs": lambda t: organs.page_app_organs(app(t), 1, 10, organs.AppOrganQuery(type="2")),
    "verify_organ_external_id": lambda _: organs.verify_organ_external_id(
        organs.OrganExternalId(external_id="x")
    ),
    "verify_organ_code": lambda _: organs.verify_organ_code(organs.OrganCode(code="x")),
    "list_login_themes": lambda _: themes.list_login_themes(),
    "delete_extended_field": lambda t: extended_fields.delete_extended_field(first(t.realm.fields)),
    "list_enabled_extended_fields": lambda _: extended_fields.list_enabled_extended_fields("2"),
    "create_extended_field": lambda _: extended_fields.create_extended_field(
        extended_fields.ExtendedFieldDraft(
            field_name="lamp", field_classification=0, field_type=1, is_unique=1
        )
    ),
    "update_extended_field": lambda t: extended_fields.update_extended_field(
        extended_fields.ExtendedFieldUpdate(id=first(t.realm.fields), description="x")
    ),
    "page_extended_fields": lambda _: extended_fields.page_extended_fields(1, 3, field_classification="1"),
    "get_extended_field": lambda t: extended_fields.get_extended_field(first(t.realm.fields)),
    "verify_extended_field_name": lambda _: extended_fields.verify_extended_field_name("0", "desk"),
    "batch_create_dropdown_options": lambda t: dropdowns.batch_create_dropdown_options([option_draft(t)]),
    "create_dropdown_option": lambda t: dropdowns.create_dropdown_option(option_draft(t)),
    "update_dropdown_option_status": lambda t: dropdowns.update_dropdown_option_status(
        dropdowns.DropdownOptionStatus(id=first(t.realm.options), status=0)
    ),
    "list_dropdown_options": lambda t: dropdowns.list_dropdown_options(first(t.realm.fields)),
    "verify_dropdown_option_label": lambda t: dropdowns.verify_dropdown_option_label(
        first(t.realm.fields), "Hall 1"
    ),
    "batch_create_field_values": lambda t: field_values.batch_create_field_values([value_draft(t)]),
    "create_field_value": lambda t: field_values.create_field_value(value_draft(t)),
    "update_field_value": lambda t: field_values.update_field_value(
        field_values.FieldValueUpdate(id=first(t.realm.values), field_value="Outdoors")
    ),
    "delete_field_values": lambda t: field_values.delete_field_values(first(t.realm.users)),
    "list_field_values": lambda t: field_values.list_field_values(first(t.realm.users)),
    "verify_field_value": lambda t: field_values.verify_field_value(first(t.realm.fields), "Hall 1"),
    "page_user_apps": lambda t: grants.page_user_apps(1, 10, first(t.realm.users)),
    "delete_user_app_auth": lambda t: grants.delete_user_app_auth(
        grants.GrantIds(id_list=[first(t.realm.grants)])
    ),
    "authorize_user_apps": lambda t: grants.authorize_user_apps(
        grants.UserApps(action="auth", user_id_list=[t.user("staff-009")], app_id_list=[app(t)])
    ),
    "list_user_apps": lambda t: grants.list_user_apps(first(t.realm.users)),
    "update_user": lambda t: users.update_user(users.UserUpdate(id=t.user("staff-009"), nick_name="Desk")),
    "page_users": lambda t: users.page_users(
        1, 10, nick_name="staff", user_type_id=first(t.realm.user_types)
    ),
    "delete_users": lambda t: users.delete_users(users.UserIds(id_list=[t.user("staff-009")])),
    "import_users": lambda t: users.import_users(workbook_of(t)),
    "create_user": lambda t: users.create_user(user_draft(t)),
    "dismiss_users": lambda t: users.dismiss_users(users.UserIds(id_list=[t.user("staff-009")])),
    "remove_users_to_root": lambda t: users.remove_users_to_root([t.user("staff-009"), t.user("staff-010")]),
    "get_user": lambda t: users.get_user(t.user("staff-009")),
    "list_apps": lambda _: apps.list_apps(),
    "authorize_app_organs": lambda t: apps.authorize_app_organs(
        app(t), apps.AppOrgans(organ_id_list=[t.organ("north")], action="unauth")
    ),
    "page_apps": lambda t: apps.page_apps(1, 10, app_name="App", user_id=first(t.realm.users)),
    "delete_app": lambda t: apps.delete_app(app(t)),
    "create_app": lambda _: apps.create_app(apps.AppDraft(app_name="Board", app_code="board", app_status=1)),
    "update_app": lambda t: apps.update_app(apps.AppUpdate(id=app(t), description="x")),
    "get_app": lambda t: apps.get_app(app(t)),
    "verify_app_code": lambda _: apps.verify_app_code("board"),
    "verify_app_name": lambda _: apps.verify_app_name("Board 板"),
    "page_organ_app_auth": lambda t: apps.page_organ_app_auth(t.organ("netops"), 1, 10, app_name="App"),
    "page_app_types": lambda _: app_types.page_app_types(1, 10, type_name="w"),
    "delete_app_type": lambda t: app_types.delete_app_type(first(t.realm.app_types)),
    "list_app_types": lambda _: app_types.list_app_types(),
    "create_app_type": lambda _: app_types.create_app_type(
        app_types.AppTypeDraft(type_name="Kiosk", type_code="k1")
    ),
    "update_app_type": lambda t: app_types.update_app_type(
        app_types.AppTypeUpdate(id=first(t.realm.app_types), description="x")
    ),
    "get_app_type": lambda t: app_types.get_app_type(first(t.realm.app_types)),
    "get_app_type_by_code": lambda _: app_types.get_app_type_by_code("web123"),
    "verify_app_type_code": lambda _: app_types.verify_app_type_code("web123"),
    "verify_app_type_name": lambda _: app_types.verify_app_type_name("类别"),
    "delete_user_type": lambda t: user_types.delete_user_type(unused_type(t)),
    "save_user_type": lambda _: user_types.save_user_type(
        user_types.UserTypeSave(name="Guest", code="guest", description="x", order=9)
    ),
    "list_user_types": lambda _: user_types.list_user_types(name="a"),
    "page_user_types": lambda _: user_types.page_user_types(1, 10),
    "verify_user_type_name": lambda _: user_types.verify_user_type_name("Staff"),
    "enable_user_type": lambda t: user_types.enable_user_type(unused_type(t)),
    "get_user_type": lambda t: user_types.get_user_type(unused_type(t)),
    "disable_user_type": lambda t: user_types.disable_user_type(unused_type(t)),
    "verify_user_type_code": lambda _: user_types.verify_user_type_code("staff"),
    "upload_file": lambda _: files.upload_file(upload(b"icon", "icon.png")),
    "login_create_realm": lambda _: tokens.login_create_realm(),
    "remove_group_users": lambda t: groups.remove_group_users(
        t.group("On call"), groups.GroupUsers(user_id_list=[first(t.realm.users)])
    ),
    "delete_group": lambda t: groups.delete_group(t.group("Nobody")),
    "add_group_users": lambda t: groups.add_group_users(
        t.group("Nobody"), groups.GroupUsers(user_id_list=[first(t.realm.users)])
    ),
    "save_group": lambda t: groups.save_group(groups.GroupSave(name="Night", organ_id=t.organ("core"))),
    "page_group_candidates": lambda t: groups.page_group_candidates(
        t.group("On call"), 1, 10, nick_name="staff"
    ),
    "page_user_groups": lambda t: groups.page_user_groups(first(t.realm.users), 1, 10, group_name="o"),
    "page_groups": lambda t: groups.page_groups(1, 10, organ_id=t.organ("netops"), name="o"),
    "page_group_members": lambda t: groups.page_group_members(t.group("On call"), 1, 10, account_name="noc"),
    "get_group": lambda t: groups.get_group(t.group("On call")),
    "create_dict": lambda _: dictionaries.create_dict(dictionaries.DictDraft(dict_code="x", dict_name="X")),
    "get_dict": lambda t: dictionaries.get_dict(first(t.realm.dicts)),
    "verify_dict_code": lambda _: dictionaries.verify_dict_code("shift"),
    "verify_dict_name": lambda _: dictionaries.verify_dict_name("Shift"),
    "page_dicts": lambda _: dictionaries.page_dicts(1, 10),
    "update_dict": lambda t: dictionaries.update_dict(
        dictionaries.DictUpdate(id=first(t.realm.dicts), dict_name="Weight")
    ),
    "create_dict_item": lambda t: dictionary_items.create_dict_item(
        dictionary_items.DictItemDraft(dict_id=first(t.realm.dicts), dict_item_tag="x", dict_item_value="y")
    ),
    "get_dict_item": lambda t: dictionary_items.get_dict_item(first(t.realm.items)),
    "verify_dict_item_tag": lambda _: dictionary_items.verify_dict_item_tag("x"),
    "verify_dict_item_value": lambda _: dictionary_items.verify_dict_item_value("y"),
    "verify_token": lambda _: tokens.verify_token("sandbox", CLIENT_ID),
}
FILES: dict[str, Made] = {
    "download_user_import_template": lambda _: users.download_user_import_template(),
    "download_file": lambda t: files.download_file(stored(t)),
}
SIGN_INS: dict[str, Made] = {
    "authorize_code": lambda t: tokens.authorize_code(MAIN_ACCOUNT, first(t.realm.apps)),
    "exchange_code": lambda t: tokens.exchange_code(
        "authorization_code",
        CLIENT_ID,
        CLIENT_SECRET,
        t.vendor.dialect.new_code(CLIENT_ID, t.vendor.clock()),  # type: ignore[attr-defined]
    ),
}


@pytest.fixture
def noting() -> Noting:
    return Noting()


@pytest.fixture
async def gateway(tenant: Tenant, noting: Noting) -> AsyncIterator[Gateway]:
    opened = Gateway(IdaasDialect(tenant.settings()), network_transport(tenant.settings()), observer=noting)
    yield opened
    await opened.close()


def test_no_operation_is_left_out() -> None:
    assert set(CALLS) | set(FILES) | set(SIGN_INS) == {operation.name for operation in idaas.OPERATIONS}


@pytest.mark.parametrize("name", [*CALLS, *SIGN_INS])
async def test_an_operation_is_accepted_and_its_answer_read(
    gateway: Gateway, tenant: Tenant, noting: Noting, name: str
) -> None:
    made = (CALLS | SIGN_INS)[name](tenant)
    answer = await gateway.send(made)
    assert tenant.asked() == [name]
    assert (tenant.complaints(), noting.odd) == ([], {})
    if isinstance(answer, Rows):
        assert answer.rows


@pytest.mark.parametrize("name", FILES)
async def test_a_file_comes_as_a_stream(gateway: Gateway, tenant: Tenant, name: str) -> None:
    answer = await gateway.open(FILES[name](tenant))
    assert b"".join([chunk async for chunk in answer.chunks])
    assert tenant.complaints() == []


async def test_accounts_are_taken_off_a_spreadsheet(gateway: Gateway, tenant: Tenant) -> None:
    await gateway.send(CALLS["import_users"](tenant))
    assert tenant.realm.users[tenant.user("import-1")]["nickName"] == "Import 1"


async def test_a_setting_sends_the_spreadsheet_by_post(tenant: Tenant) -> None:
    settings = tenant.settings(options={"import_method": "POST"})
    gateway = Gateway(IdaasDialect(settings), network_transport(settings))
    await gateway.send(CALLS["import_users"](tenant))
    await gateway.close()
    assert tenant.asked() == ["import_users_posted"]


async def test_accounts_move_to_the_root(gateway: Gateway, tenant: Tenant) -> None:
    await gateway.send(CALLS["remove_users_to_root"](tenant))
    assert tenant.realm.users[tenant.user("staff-010")]["organizationId"] == "-1"


async def test_numbers_as_texts_and_texts_as_numbers_cost_no_row(gateway: Gateway, tenant: Tenant) -> None:
    tenant.vendor.turn(wrong_types=True)
    page = await gateway.send(users.page_users(1, 10))
    assert [row.id for row in page.rows] == list(tenant.realm.users)[:10]
