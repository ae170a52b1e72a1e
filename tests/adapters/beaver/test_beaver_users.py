"""The platform's accounts and roles as users and roles of the graph."""

import pytest

from adapters.errors import BadInput, ErrorCode, NotFound, Unsupported
from adapters.picking import Short
from adapters.ports import PageRequest, RoleFilter, Source, UserFilter
from adapters.ports.people import RoleChange, RoleDraft, UserChange, UserDraft
from adapters.records import ObjectKind, RoleKind, User, UserStatus
from tests.adapters.beaver.iot_platform import ALL, FIVE, Index, Platform

PASSWORD = "Sandbox-word-1"


async def someone(source: Source, email: str = "noc-shift-a@example.net") -> User:
    page = await source.users.page(UserFilter(email=email), FIVE)
    return page.records[0]


async def role_named(source: Source, name: str) -> str:
    page = await source.roles.page(RoleFilter(), ALL)
    return next(role.native_id for role in page.records if role.name == name)


async def test_a_user_goes_by_its_email(source: Source) -> None:
    user = await someone(source)
    assert (user.username, user.display_name, user.email) == (
        "noc-shift-a@example.net",
        "NOC shift A",
        "noc-shift-a@example.net",
    )
    assert user.status is UserStatus.UNKNOWN
    assert user.created_at is not None
    assert [role.name for role in user.roles] == ["Operator"]
    assert user.raw["user_id"] == user.native_id


async def test_pages_follow_each_other_without_gap_or_repetition(source: Source) -> None:
    seen, after = [], None
    while True:
        page = await source.users.page(UserFilter(), PageRequest(first=7, after=after))
        seen += [user.native_id for user in page.records]
        if not page.more:
            break
        after = page.positions[-1]
    assert len(seen) == len(set(seen)) == page.total


async def test_an_email_matches_whatever_its_case_and_blanks_and_nothing_else(source: Source) -> None:
    page = await source.users.page(UserFilter(email=" NOC-Shift-A@EXAMPLE.net "), FIVE)
    assert [user.display_name for user in page.records] == ["NOC shift A"]
    assert (await source.users.page(UserFilter(email="shift-a@example.net"), FIVE)).records == ()


async def test_a_search_is_the_platforms_own(platform: Platform, source: Source) -> None:
    page = await source.users.page(UserFilter(search="iot USER 0"), FIVE)
    assert (len(page.records), page.total, page.more) == (5, 9, True)
    assert platform.asked() == [("search_users", 200)]


@pytest.mark.parametrize(
    "where",
    [
        UserFilter(phone="13900000001"),
        UserFilter(organization="7"),
        UserFilter(status=(UserStatus.ACTIVE,)),
        UserFilter(role="no-id"),
    ],
)
async def test_a_condition_on_what_the_platform_does_not_keep_matches_nobody(
    platform: Platform, source: Source, where: UserFilter
) -> None:
    assert (await source.users.page(where, FIVE)).records == ()
    assert platform.asked() == []


async def test_the_holders_of_a_role_can_be_searched(source: Source) -> None:
    role = await role_named(source, "Installer")
    page = await source.users.page(UserFilter(role=role, search="field"), FIVE)
    assert page.total == len(page.records) <= 3
    everybody = await source.users.page(UserFilter(role=role), FIVE)
    assert everybody.total == 3


async def test_a_malformed_id_is_never_sent(platform: Platform, source: Source) -> None:
    assert await source.users.get("../user") is None
    assert await source.users.get("12345678901234567890") is None
    assert platform.asked() == []


async def test_a_user_is_found_by_what_the_directory_remembers_in_one_call(platform: Platform) -> None:
    index = Index()
    source = platform.source(directory=index)
    user = await someone(source)
    index.put(ObjectKind.USER, user.native_id, email=user.email)
    platform.forget()
    assert await source.users.get(user.native_id) == user
    assert platform.asked() == [("search_users", 200)]


async def test_a_user_is_found_without_a_directory(source: Source) -> None:
    user = await someone(source)
    assert await source.users.get(user.native_id) == user
    assert await source.users.get("1") is None


async def test_the_menus_of_a_user_are_nested(source: Source) -> None:
    menus = await source.users.menus_of(await someone(source))
    device = next(menu for menu in menus if menu.code == "device")
    assert [child.code for child in device.children] == [
        "device.view",
        "device.add",
        "device.edit",
        "device.delete",
    ]


async def test_a_created_user_is_found_though_its_id_is_not_told(source: Source) -> None:
    role = await role_named(source, "Viewer")
    draft = UserDraft(username="new@example.net", password=PASSWORD, display_name="New", roles=(role,))
    user = await source.users.create(draft)
    assert (user.email, user.display_name) == ("new@example.net", "New")
    assert [one.native_id for one in user.roles] == [role]


async def test_an_email_that_is_taken_is_a_conflict(source: Source) -> None:
    with pytest.raises(Exception, match="email") as caught:
        await source.users.create(UserDraft(username="noc-shift-a@example.net", password=PASSWORD))
    assert caught.value.code is ErrorCode.CONFLICT


async def test_what_the_platform_does_not_keep_of_a_user_is_refused(
    platform: Platform, source: Source
) -> None:
    with pytest.raises(Unsupported, match="iot keeps no phone of its users"):
        await source.users.create(UserDraft(username="n@example.net", password=PASSWORD, phone="1"))
    with pytest.raises(BadInput, match="email"):
        await source.users.create(UserDraft(username="nobody", password=PASSWORD))
    assert platform.asked() == []


async def test_a_change_sends_back_what_it_does_not_change(source: Source) -> None:
    user = await someone(source)
    changed = await source.users.update(user.native_id, UserChange(display_name="NOC one"))
    assert (changed.display_name, changed.email) == ("NOC one", user.email)


async def test_a_user_who_is_not_there_cannot_be_changed(source: Source) -> None:
    with pytest.raises(NotFound):
        await source.users.update("7", UserChange(display_name="x"))


async def test_a_password_is_reset(source: Source, platform: Platform) -> None:
    user = await someone(source)
    await source.users.reset_password(user.native_id, PASSWORD)
    assert platform.vendor.dialect.house.users[user.native_id].password == PASSWORD


async def test_switching_users_off_is_no_thing_of_the_platform(source: Source) -> None:
    with pytest.raises(Unsupported, match="iot offers no way to change the status of users"):
        await source.users.set_status("7", UserStatus.DISABLED)


async def test_of_users_to_delete_the_refused_are_told_each(source: Source) -> None:
    user = await someone(source)
    admin = await someone(source, "admin@example.net")
    outcome = await source.users.delete((user.native_id, admin.native_id, "7", "no-id"))
    assert outcome.done == (user.native_id,)
    assert {(one.native_id, one.code) for one in outcome.refusals} == {
        (admin.native_id, ErrorCode.FORBIDDEN),
        ("7", ErrorCode.NOT_FOUND),
        ("no-id", ErrorCode.NOT_FOUND),
    }


async def test_several_users_are_deleted_in_one_call(platform: Platform, source: Source) -> None:
    page = await source.users.page(UserFilter(search="iot-user-0"), FIVE)
    ids = tuple(user.native_id for user in page.records)
    platform.forget()
    assert (await source.users.delete(ids)).done == ids
    assert platform.asked() == [("batch_delete_users", 200)]


async def test_roles_are_given_and_taken(source: Source) -> None:
    user = await someone(source)
    viewer = await role_named(source, "Viewer")
    more = await source.users.assign_roles(user.native_id, (viewer,))
    assert [role.name for role in more.roles] == ["Operator", "Viewer"]
    fewer = await source.users.unassign_roles(user.native_id, (viewer,))
    assert [role.name for role in fewer.roles] == ["Operator"]


async def test_roles_are_listed_searched_and_found_by_id(source: Source) -> None:
    page = await source.roles.page(RoleFilter(search="WORKFLOWS"), FIVE)
    (role,) = page.records
    assert (role.name, role.description) == ("Operator", "Runs devices and workflows")
    assert await source.roles.get(role.native_id) == role
    assert (await source.roles.page(RoleFilter(kind=RoleKind.GROUP), FIVE)).records == ()


async def test_a_role_tells_its_members_page_by_page(source: Source) -> None:
    role = await source.roles.get(await role_named(source, "Operator"))
    page = await source.roles.users_of(role, FIVE)
    assert (len(page.records), page.total, page.more) == (5, 22, True)


async def test_members_are_read_by_post_where_a_platform_wants_it(platform: Platform) -> None:
    source = platform.source(options={"members_method": "POST"})
    source.users._people = Short(source.users._fetch(None), 10)
    role = await source.roles.get(await role_named(source, "Operator"))
    page = await source.roles.users_of(role, FIVE)
    assert (len(page.records), page.total) == (5, 22)
    assert platform.asked("search_role_members") == [("search_role_members", 200)]


async def test_the_users_of_a_role_stand_in_the_list_of_all_where_that_is_short(
    platform: Platform, source: Source
) -> None:
    role = await source.roles.get(await role_named(source, "Operator"))
    platform.forget()
    whole = await source.roles.users_of(role, ALL)
    assert platform.asked() == [("search_users", 200)]
    source.users._people = Short(source.users._fetch(None), 10)
    platform.forget()
    listed = await source.roles.users_of(role, ALL)
    again = await source.roles.users_of(role, ALL)
    assert [one.native_id for one in whole.records] == [one.native_id for one in listed.records]
    assert listed == again
    members = ("list_role_members", 200)
    assert platform.asked() == [("search_users", 200), members, members]


async def test_what_a_role_grants_has_kind_and_name(source: Source) -> None:
    role = await source.roles.get(await role_named(source, "Operator"))
    granted = await source.roles.resources_of(role, None)
    assert [(one.kind, one.name) for one in granted] == [
        ("INTEGRATION", "Gateway"),
        ("INTEGRATION", "Campus bridge"),
        ("DASHBOARD", "Halls"),
    ]
    boards = await source.roles.resources_of(role, "dashboard")
    assert [one.name for one in boards] == ["Halls"]
    with pytest.raises(BadInput):
        await source.roles.resources_of(role, "planet")


async def test_a_role_opens_menus(source: Source) -> None:
    role = await source.roles.get(await role_named(source, "Installer"))
    assert [menu.code for menu in await source.roles.menus_of(role)] == ["dashboard", "device"]


async def test_a_role_is_created_changed_and_deleted(source: Source) -> None:
    role = await source.roles.create(RoleDraft(name="Night", description="Nights"))
    changed = await source.roles.update(role.native_id, RoleChange(name="Night shift"))
    assert (changed.name, changed.description) == ("Night shift", "Nights")
    operator = await role_named(source, "Operator")
    outcome = await source.roles.delete((role.native_id, operator))
    assert outcome.done == (role.native_id,)
    assert [(one.native_id, one.code) for one in outcome.refusals] == [(operator, ErrorCode.CONFLICT)]


async def test_roles_have_neither_code_nor_switch(source: Source) -> None:
    with pytest.raises(Unsupported):
        await source.roles.create(RoleDraft(name="x", code="x"))
    with pytest.raises(Unsupported):
        await source.roles.update("7", RoleChange(enabled=False))
