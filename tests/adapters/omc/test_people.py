"""Users, roles and departments of an OMC over a real socket."""

from datetime import UTC, datetime
from typing import Any

import pytest
from core_network import Core

from adapters.errors import BadInput, NotFound, Unsupported, UpstreamRejected
from adapters.omc.menu_trees import menus_of_roles
from adapters.omc.staff_view import avatar_url, menus_of
from adapters.omc.tree import TreeNode
from adapters.picking import Short
from adapters.ports import (
    OrganizationFilter,
    Organizations,
    PageRequest,
    RoleFilter,
    Roles,
    Source,
    UserFilter,
    Users,
)
from adapters.ports.people import (
    OrganizationChange,
    OrganizationDraft,
    RoleChange,
    RoleDraft,
    UserChange,
    UserDraft,
)
from adapters.records import Organization, RoleKind, User, UserStatus

ALL = PageRequest(first=100)


def users(source: Source) -> Users:
    assert source.users is not None
    return source.users


def roles(source: Source) -> Roles:
    assert source.roles is not None
    return source.roles


def departments(source: Source) -> Organizations:
    assert source.organizations is not None
    return source.organizations


async def names(source: Source, **conditions: Any) -> list[str]:
    page = await users(source).page(UserFilter(**conditions), ALL)
    return [user.username for user in page.records]


async def named(source: Source, username: str) -> User:
    page = await users(source).page(UserFilter(username=username), PageRequest(first=1))
    found = await users(source).get(page.records[0].native_id)
    assert found is not None
    return found


async def walked(source: Source, size: int) -> list[str]:
    found: list[str] = []
    after: Any = None
    while True:
        page = await users(source).page(UserFilter(), PageRequest(first=size, after=after))
        found.extend(user.native_id for user in page.records)
        if not page.more:
            return found
        after = page.positions[-1]


@pytest.mark.parametrize("size", [3, 40, 100])
async def test_every_user_is_listed_once(source: Source, size: int) -> None:
    found = await walked(source, size)
    assert len(found) == len(set(found)) == 40


async def test_a_page_of_users_tells_the_total(source: Source) -> None:
    page = await users(source).page(UserFilter(), PageRequest(first=5))
    assert (len(page.records), page.total, page.more) == (5, 40, True)


async def test_a_username_matches_exactly(source: Source) -> None:
    assert await names(source, username="admin") == ["admin"]
    assert await names(source, username="adm") == []


async def test_an_email_matches_though_the_omc_has_no_filter_for_it(source: Source) -> None:
    found = await named(source, "noc-shift-a")
    assert isinstance(found.email, str)
    assert await names(source, email=found.email) == ["noc-shift-a"]


async def test_a_status_is_a_condition(source: Source) -> None:
    disabled = await names(source, status=(UserStatus.DISABLED,))
    assert disabled
    assert all("desk" in name for name in disabled)
    assert await names(source, status=(UserStatus.LOCKED,)) == []
    assert len(await names(source, status=(UserStatus.DISABLED, UserStatus.ACTIVE))) == 40


async def test_a_department_is_not_those_below_it(source: Source) -> None:
    page = await users(source).page(UserFilter(organization="101"), ALL)
    assert page.records
    assert all(
        isinstance(user.organization, Organization) and user.organization.native_id == "101"
        for user in page.records
    )


async def test_a_role_is_a_condition(source: Source) -> None:
    assert await names(source, role="2") == ["admin"]


async def test_a_search_looks_at_names_and_addresses(source: Source) -> None:
    assert "noc-shift-a" in await names(source, search="NOC-SHIFT")
    assert await names(source, search="nobody-like-it") == []


async def test_a_user_is_told_with_roles_and_department(source: Source) -> None:
    found = await named(source, "noc-shift-a")
    assert found.status is UserStatus.ACTIVE
    assert isinstance(found.organization, Organization)
    assert isinstance(found.organization.name, str)
    assert isinstance(found.roles, tuple)
    assert all(isinstance(role.code, str) for role in found.roles)


async def test_a_user_without_a_department_has_none(source: Source) -> None:
    assert (await named(source, "admin")).organization is None


@pytest.mark.parametrize("native_id", ["0", "999", "profile", "", "1/2"])
async def test_there_is_no_user_of_a_strange_id(source: Source, native_id: str) -> None:
    assert await users(source).get(native_id) is None


async def test_a_user_is_created_changed_and_deleted(source: Source, core: Core) -> None:
    draft = UserDraft(
        username="night-desk",
        password="Sandbox@1234",
        display_name="Night desk",
        email="night-desk@example.net",
        organization="104",
        roles=("3",),
        native={"postIds": [2]},
    )
    made = await users(source).create(draft)
    assert (made.username, made.email) == ("night-desk", "night-desk@example.net")
    row = core.omc.users.get(made.native_id)
    assert row is not None
    assert (row["deptId"], row["roleIds"], row["postIds"]) == ("104", ["3"], ["2"])
    changed = await users(source).update(made.native_id, UserChange(display_name="Desk", description="x"))
    assert (changed.display_name, changed.email, changed.description) == (
        "Desk",
        "night-desk@example.net",
        "x",
    )
    assert (row["deptId"], row["roleIds"], row["postIds"]) == ("104", ["3"], ["2"])
    outcome = await users(source).delete((made.native_id,))
    assert outcome.done == (made.native_id,)
    assert await users(source).get(made.native_id) is None


async def test_a_name_that_is_taken_is_refused(source: Source) -> None:
    with pytest.raises(UpstreamRejected) as caught:
        await users(source).create(UserDraft(username="admin", password="Sandbox@1234"))
    assert caught.value.upstream_code == "0"


async def test_accounts_do_not_expire(source: Source, core: Core) -> None:

    draft = UserDraft(username="x-desk", password="Sandbox@1234", expires_at=datetime(2030, 1, 1, tzinfo=UTC))
    with pytest.raises(Unsupported):
        await users(source).create(draft)
    assert core.asked() == []


async def test_fields_of_other_systems_are_refused(source: Source) -> None:
    with pytest.raises(BadInput) as caught:
        await users(source).create(UserDraft(username="x-desk", password="x", native={"personCode": "p"}))
    assert caught.value.field == ("native", "personCode")


async def test_a_user_is_switched_off_and_on(source: Source, core: Core) -> None:
    found = await named(source, "noc-shift-a")
    assert (
        await users(source).set_status(found.native_id, UserStatus.DISABLED)
    ).status is UserStatus.DISABLED
    assert (
        await users(source).set_status(found.native_id, UserStatus.DISABLED)
    ).status is UserStatus.DISABLED
    assert core.asked().count("update_user_status") == 1


async def test_nobody_can_be_locked(source: Source) -> None:
    with pytest.raises(Unsupported):
        await users(source).set_status("3", UserStatus.LOCKED)


async def test_a_password_is_reset(source: Source, core: Core) -> None:
    found = await named(source, "noc-shift-a")
    await users(source).reset_password(found.native_id, "Another@1234")
    row = core.omc.users.get(found.native_id)
    assert row is not None
    assert row["password"] == "Another@1234"


async def test_of_several_users_those_that_cannot_go_are_told(source: Source) -> None:
    desk = (await names(source, search="desk"))[0]
    found = await named(source, desk)
    outcome = await users(source).delete((found.native_id, "1", "x"))
    assert outcome.done == (found.native_id,)
    assert [refused.native_id for refused in outcome.refusals] == ["1", "x"]


async def test_roles_are_given_and_taken_away(source: Source) -> None:
    found = await named(source, "noc-shift-a")
    given = await users(source).assign_roles(found.native_id, ("6",))
    assert isinstance(given.roles, tuple)
    assert "6" in {role.native_id for role in given.roles}
    taken = await users(source).unassign_roles(found.native_id, ("6",))
    assert isinstance(taken.roles, tuple)
    assert "6" not in {role.native_id for role in taken.roles}


async def test_an_unknown_user_cannot_be_changed(source: Source) -> None:
    with pytest.raises(NotFound):
        await users(source).update("999", UserChange(display_name="x"))


async def test_roles_come_whole(source: Source) -> None:
    page = await roles(source).page(RoleFilter(), ALL)
    assert (len(page.records), page.total) == (6, 6)
    found = await roles(source).page(RoleFilter(search="AUDIT", kind=RoleKind.ROLE, enabled=True), ALL)
    assert [role.code for role in found.records] == ["auditor"]
    assert (await roles(source).page(RoleFilter(kind=RoleKind.GROUP), ALL)).records == ()


async def test_a_role_tells_who_holds_it(source: Source) -> None:
    role = await roles(source).get("2")
    assert role is not None
    page = await roles(source).users_of(role, ALL)
    assert page is not None
    assert [user.username for user in page.records] == ["admin"]


async def test_who_holds_a_role_is_the_same_by_the_list_of_all_and_by_its_own(source: Source) -> None:
    port: Any = users(source)
    for role in (await roles(source).page(RoleFilter(), ALL)).records:
        port._staff = Short(port._fetch(UserFilter(), None), 500)
        out_of_all = await roles(source).users_of(role, ALL)
        port._staff = Short(port._fetch(UserFilter(), None), 10)
        its_own = await roles(source).users_of(role, ALL)
        assert out_of_all is not None
        assert its_own is not None
        assert [one.native_id for one in out_of_all.records] == [one.native_id for one in its_own.records]


async def test_a_role_opens_the_menus_that_are_checked(source: Source) -> None:
    role = await roles(source).get("3")
    assert role is not None
    menus = await roles(source).menus_of(role)
    assert menus


async def test_the_menus_of_a_user_are_those_of_the_roles(source: Source) -> None:
    found = await named(source, "noc-shift-a")
    assert isinstance(found.roles, tuple)
    assert source.gateway is not None
    assert await users(source).menus_of(found) == await menus_of_roles(source.gateway, found.roles)


async def test_a_role_is_created_changed_and_deleted(source: Source, core: Core) -> None:
    draft = RoleDraft(name="Planners", code="planner", description="x", native={"menuIds": [1, "4"]})
    made = await roles(source).create(draft)
    assert (made.name, made.code, made.enabled) == ("Planners", "planner", True)
    changed = await roles(source).update(made.native_id, RoleChange(name="Planning", enabled=False))
    assert (changed.name, changed.code, changed.enabled, changed.description) == (
        "Planning",
        "planner",
        False,
        "x",
    )
    row = core.omc.roles.get(made.native_id)
    assert row is not None
    assert sorted(row["menuIds"]) == ["1", "4"]
    assert (await roles(source).delete((made.native_id,))).done == (made.native_id,)
    assert await roles(source).get(made.native_id) is None


async def test_a_role_needs_its_key(source: Source) -> None:
    with pytest.raises(BadInput) as caught:
        await roles(source).create(RoleDraft(name="x"))
    assert caught.value.field == ("code",)


async def test_the_omc_has_no_groups(source: Source) -> None:
    with pytest.raises(Unsupported):
        await roles(source).create(RoleDraft(name="x", code="x", kind=RoleKind.GROUP))


async def test_departments_are_a_tree(source: Source) -> None:
    roots = await departments(source).page(OrganizationFilter(roots_only=True), ALL)
    assert [one.native_id for one in roots.records] == ["100"]
    below = await departments(source).children_of(roots.records[0])
    assert [one.native_id for one in below or ()] == ["101", "102", "103"]
    page = await departments(source).page(OrganizationFilter(parent="101"), ALL)
    assert [one.native_id for one in page.records] == ["104", "105"]
    assert (await departments(source).page(OrganizationFilter(search="noc"), ALL)).total == 1


async def test_a_department_is_created_moved_and_deleted(source: Source) -> None:
    made = await departments(source).create(OrganizationDraft(name="Night", parent="104", leader="x"))
    assert (made.name, made.parent_id, made.enabled) == ("Night", "104", True)
    moved = await departments(source).update(made.native_id, OrganizationChange(parent="105", phone="1"))
    assert (moved.name, moved.parent_id, moved.leader, moved.phone) == ("Night", "105", "x", "1")
    assert (await departments(source).delete(made.native_id)).done == (made.native_id,)
    assert await departments(source).get(made.native_id) is None


async def test_a_department_with_others_below_stays(source: Source) -> None:
    outcome = await departments(source).delete("101")
    assert [refused.native_id for refused in outcome.refusals] == ["101"]


async def test_a_department_has_no_code(source: Source) -> None:
    with pytest.raises(Unsupported):
        await departments(source).create(OrganizationDraft(name="x", code="x"))


async def test_a_department_tells_who_belongs_to_it(source: Source) -> None:
    found = await departments(source).get("104")
    assert found is not None
    page = await departments(source).users_of(found, ALL)
    assert page is not None
    assert page.records


def test_a_menu_stays_for_what_is_opened_below_it() -> None:
    tree = [TreeNode(id="1", label="A", children=[TreeNode(id="2", label="B"), TreeNode(id="3", label="C")])]
    (menu,) = menus_of(tree, {"3"})
    assert (menu.native_id, [child.native_id for child in menu.children]) == ("1", ["3"])


@pytest.mark.parametrize(
    ("path", "url"),
    [(None, None), ("", None), ("/a.png", "http://omc/a.png"), ("https://x/a.png", "https://x/a.png")],
)
def test_pictures_lie_below_the_base_url(path: str | None, url: str | None) -> None:
    assert avatar_url("http://omc/", path) == url
