import pytest

from adapters.errors import BadInput, Conflict, NotFound
from adapters.ports import (
    PageRequest,
    UserFilter,
)
from adapters.ports.people import OrganizationChange, OrganizationDraft, RoleChange, UserChange
from adapters.records import UserStatus


async def test_users_come_with_their_roles_and_organization(source):
    user = await source.users.get("noc-shift-a")

    assert ([role.name for role in user.roles], user.organization.native_id) == (["Operator"], "noc")


async def test_users_are_found_by_role_and_by_organization(source):
    by_role = await source.users.page(UserFilter(role="auditor"), PageRequest())
    by_organization = await source.users.page(UserFilter(organization="energy"), PageRequest())

    assert ([u.username for u in by_role.records], [u.username for u in by_organization.records]) == (
        ["auditor"],
        ["energy-desk"],
    )


async def test_an_address_must_match_in_full(source):
    whole = await source.users.page(UserFilter(email="AUDITOR@example.net"), PageRequest())
    part = await source.users.page(UserFilter(email="auditor@example"), PageRequest())

    assert (whole.total, part.total) == (1, 0)


async def test_a_user_is_changed_where_the_change_says_so(either):
    await either.users.update("auditor", UserChange(display_name="Audit desk", organization="noc"))
    user = await either.users.get("auditor")

    assert (user.display_name, user.organization.native_id, user.email) == (
        "Audit desk",
        "noc",
        "auditor@example.net",
    )


async def test_roles_are_granted_and_taken_away(either):
    await either.users.assign_roles("auditor", ("viewer", "auditor"))
    user = await either.users.unassign_roles("auditor", ("auditor",))

    assert [role.native_id for role in user.roles] == ["viewer"]


async def test_a_role_that_is_not_there_cannot_be_granted(either):
    with pytest.raises(BadInput):
        await either.users.assign_roles("auditor", ("nothing",))


async def test_switching_a_user_off_shows_in_the_list(source):
    await source.users.set_status("auditor", UserStatus.DISABLED)
    page = await source.users.page(UserFilter(search="auditor", status=(UserStatus.DISABLED,)), PageRequest())

    assert page.total == 1


async def test_deleting_tells_each_on_its_own(either):
    outcome = await either.users.delete(("auditor", "nothing"))

    assert (outcome.done, [r.native_id for r in outcome.refusals]) == (("auditor",), ["nothing"])


async def test_changing_what_is_not_there_is_told(source):
    with pytest.raises(NotFound):
        await source.roles.update("nothing", RoleChange(name="x"))


async def test_a_deleted_role_is_taken_from_who_held_it(source):
    await source.roles.delete(("auditor",))

    assert (await source.users.get("auditor")).roles == ()


async def test_departments_form_a_tree(source):
    operations = await source.organizations.get("operations")
    children = await source.organizations.children_of(operations)

    assert {child.native_id for child in children} == {"noc", "field"}


async def test_a_department_cannot_be_moved_below_itself(source):
    with pytest.raises(BadInput):
        await source.organizations.update("operations", OrganizationChange(parent="field-north"))


async def test_a_department_in_use_is_not_deleted(either):
    outcome = await either.organizations.delete("noc")

    assert (outcome.done, len(outcome.refusals)) == ((), 1)


async def test_a_department_below_one_that_is_not_there_is_refused(source):
    with pytest.raises(Conflict):
        await source.organizations.create(OrganizationDraft(name="x", parent="nothing"))
