"""The tenant's accounts as users, read and changed over a real socket."""

from collections import Counter
from datetime import UTC, datetime
from typing import Any

import pytest
from idaas_tenant import Tenant

from adapters.errors import BadInput, NotFound, Unsupported, UpstreamRejected
from adapters.ports import PageRequest, Source, UserFilter, Users
from adapters.ports.people import UserChange, UserDraft
from adapters.records import UNSET, Organization, RoleKind, User, UserStatus

LATER = datetime(2031, 1, 1, 12, tzinfo=UTC)


def users(source: Source) -> Users:
    assert source.users is not None
    return source.users


async def all_users(source: Source, where: UserFilter | None = None, first: int = 7) -> list[User]:
    """Every user of a filter, page by page."""
    found: list[User] = []
    after: Any = None
    while True:
        page = await users(source).page(where or UserFilter(), PageRequest(first=first, after=after))
        found.extend(page.records)
        if not page.more:
            return found
        after = page.positions[-1]


def draft(tenant: Tenant, **given: Any) -> UserDraft:
    facts: dict[str, Any] = {
        "username": "noc-shift-z",
        "password": "Sandbox-Pass-9",
        "display_name": "Shift Z",
        "email": "noc-shift-z@example.net",
        "phone": "13900000009",
        "organization": tenant.organ("shift-a"),
        "expires_at": LATER,
        "native": {"userType": next(iter(tenant.realm.user_types))},
    }
    return UserDraft(**facts | given)


async def test_every_account_is_read_once_page_by_page(source: Source, tenant: Tenant) -> None:
    found = await all_users(source)
    assert [user.native_id for user in found] == list(tenant.realm.users)


async def test_a_page_costs_one_call_and_tells_the_count(source: Source, tenant: Tenant) -> None:
    page = await users(source).page(UserFilter(), PageRequest(first=20, after=20))
    assert (len(page.records), page.total, tenant.asked()) == (20, len(tenant.realm.users), ["page_users"])


async def test_an_account_becomes_a_user(source: Source, tenant: Tenant) -> None:
    key = tenant.user("noc-shift-a")
    row = tenant.realm.users[key]
    user = await users(source).get(key)
    assert user is not None
    assert (user.source, user.native_id, user.username, user.status) == (
        "staff",
        key,
        "noc-shift-a",
        UserStatus.ACTIVE,
    )
    assert (user.display_name, user.email, user.phone) == (row["nickName"], row["email"], row["phone"])
    assert isinstance(user.organization, Organization)
    assert user.organization.native_id == tenant.organ("shift-a")
    assert user.roles is UNSET
    assert user.created_at == datetime.strptime(row["createdTime"] + "+0000", "%Y-%m-%d %H:%M:%S%z")
    assert (user.last_login_at, user.avatar_url, user.menus) == (None, None, None)


async def test_a_password_is_kept_nowhere(source: Source, tenant: Tenant) -> None:
    user = await users(source).get(tenant.user("noc-shift-a"))
    assert user is not None
    assert user.raw["accountName"] == "noc-shift-a"
    assert "p6d" not in user.raw


async def test_the_three_states_of_an_account_are_told(source: Source) -> None:
    states = Counter(user.status for user in await all_users(source))
    assert states[UserStatus.DISABLED] == 1
    assert states[UserStatus.DELETED] == 1
    assert set(states) == {UserStatus.ACTIVE, UserStatus.DISABLED, UserStatus.DELETED}


async def test_an_account_without_a_name_goes_by_its_id(source: Source, tenant: Tenant) -> None:
    key = next(key for key, row in tenant.realm.users.items() if row["accountName"] is None)
    user = await users(source).get(key)
    assert user is not None
    assert user.username == key


@pytest.mark.parametrize("native_id", ["list", "../1", "", "a b", "x" * 80])
async def test_an_id_that_can_be_none_is_never_asked_about(
    source: Source, tenant: Tenant, native_id: str
) -> None:
    assert await users(source).get(native_id) is None
    assert tenant.asked() == []


async def test_an_account_that_is_not_there_is_none(source: Source) -> None:
    assert await users(source).get("0" * 32) is None


async def test_a_username_matches_exactly_though_the_service_searches(source: Source, tenant: Tenant) -> None:
    found = await all_users(source, UserFilter(username="staff-00"))
    assert found == []
    found = await all_users(source, UserFilter(username="staff-001"))
    assert [user.native_id for user in found] == [tenant.user("staff-001")]


async def test_an_email_matches_trimmed_and_in_any_case(source: Source, tenant: Tenant) -> None:
    found = await all_users(source, UserFilter(email=" Staff-001@Example.net "))
    assert [user.native_id for user in found] == [tenant.user("staff-001")]


async def test_a_phone_matches_exactly(source: Source, tenant: Tenant) -> None:
    found = await all_users(source, UserFilter(phone="13700000001"))
    assert [user.native_id for user in found] == [tenant.user("staff-001")]
    assert await all_users(source, UserFilter(phone="1370000")) == []


async def test_a_search_looks_into_names_addresses_and_phones(source: Source, tenant: Tenant) -> None:
    word = tenant.realm.users[tenant.user("staff-007")]["phone"]
    for search in ("STAFF-007", "staff 7", word):
        found = await all_users(source, UserFilter(search=search), first=1)
        assert tenant.user("staff-007") in [user.native_id for user in found]


async def test_several_states_are_checked_here(source: Source) -> None:
    where = UserFilter(status=(UserStatus.DISABLED, UserStatus.DELETED))
    assert {user.status for user in await all_users(source, where)} == {
        UserStatus.DISABLED,
        UserStatus.DELETED,
    }


async def test_one_state_is_checked_by_the_service(source: Source, tenant: Tenant) -> None:
    page = await users(source).page(UserFilter(status=(UserStatus.DISABLED,)), PageRequest(first=5))
    assert (len(page.records), page.total, tenant.asked()) == (1, 1, ["page_users"])


async def test_a_state_that_the_service_has_not_matches_nobody(source: Source) -> None:
    assert await all_users(source, UserFilter(status=(UserStatus.LOCKED,))) == []


async def test_users_of_an_organization_and_of_a_group_at_once(source: Source, tenant: Tenant) -> None:
    organ, group = tenant.organ("shift-a"), tenant.group("On call")
    found = await all_users(source, UserFilter(organization=organ, role=group), first=2)
    inside = {user for one, user in tenant.realm.members if one == group}
    wanted = [k for k, row in tenant.realm.users.items() if row["organizationId"] == organ and k in inside]
    assert wanted
    assert [user.native_id for user in found] == [k for k in wanted if tenant.realm.users[k]["status"] != "0"]


async def test_users_of_a_group_that_is_not_there_are_none(source: Source) -> None:
    assert await all_users(source, UserFilter(role="0" * 32)) == []
    assert await all_users(source, UserFilter(role="no group", organization="1")) == []


async def test_the_groups_of_a_user_are_its_roles(source: Source, tenant: Tenant) -> None:
    user = await users(source).get(tenant.user("noc-shift-a"))
    assert user is not None
    roles = await users(source).roles_of(user)
    wanted = [group for group, one in tenant.realm.members if one == user.native_id]
    assert roles is not None
    assert [role.native_id for role in roles] == wanted
    assert {role.kind for role in roles} == {RoleKind.GROUP}


async def test_an_account_is_created_with_its_groups(source: Source, tenant: Tenant) -> None:
    group = tenant.group("Nobody")
    user = await users(source).create(draft(tenant, roles=(group,)))
    row = tenant.realm.users[user.native_id]
    assert (row["accountName"], row["nickName"], row["expirationTime"]) == (
        "noc-shift-z",
        "Shift Z",
        "2031-01-01 12:00:00",
    )
    assert (group, user.native_id) in tenant.realm.members
    assert user.expires_at == LATER


async def test_an_account_is_created_disabled(source: Source, tenant: Tenant) -> None:
    user = await users(source).create(draft(tenant, status=UserStatus.DISABLED))
    assert user.status is UserStatus.DISABLED


async def test_a_name_that_is_taken_is_refused(source: Source, tenant: Tenant) -> None:
    with pytest.raises(UpstreamRejected) as refused:
        await users(source).create(draft(tenant, username="noc-shift-a"))
    assert refused.value.code.value == "CONFLICT"


async def test_what_could_not_be_done_after_the_creation_is_told_with_the_id(
    source: Source, tenant: Tenant
) -> None:
    with pytest.raises(UpstreamRejected) as refused:
        await users(source).create(draft(tenant, roles=("0" * 32,)))
    assert tenant.user("noc-shift-z") in refused.value.message


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"expires_at": None}, ("expiresAt",)),
        ({"phone": None}, ("phone",)),
        ({"organization": "no organ"}, ("organization",)),
        ({"roles": ("no group",)}, ("roles",)),
        ({"native": {}}, ("native", "userType")),
        ({"native": {"shoe": 1}}, ("native", "shoe")),
    ],
)
async def test_what_the_service_needs_and_lacks_is_told_by_field(
    source: Source, tenant: Tenant, given: dict[str, Any], field: tuple[str, ...]
) -> None:
    with pytest.raises(BadInput) as refused:
        await users(source).create(draft(tenant, **given))
    assert refused.value.field == field
    assert "create_user" not in tenant.asked()


async def test_a_change_leaves_the_rest_alone(source: Source, tenant: Tenant) -> None:
    key = tenant.user("staff-003")
    before = dict(tenant.realm.users[key])
    user = await users(source).update(
        key, UserChange(display_name="Desk 3", organization=tenant.organ("energy"))
    )
    after = tenant.realm.users[key]
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"nickName", "organizationId", "updateTime"}
    assert user.display_name == "Desk 3"


async def test_a_text_is_taken_away(source: Source, tenant: Tenant) -> None:
    user = await users(source).update(tenant.user("staff-003"), UserChange(email=None))
    assert user.email is None


async def test_an_end_cannot_be_taken_away(source: Source, tenant: Tenant) -> None:
    with pytest.raises(Unsupported):
        await users(source).update(tenant.user("staff-003"), UserChange(expires_at=None))


async def test_a_change_of_nobody_is_told(source: Source, tenant: Tenant) -> None:
    with pytest.raises(NotFound):
        await users(source).update("0" * 32, UserChange(display_name="x"))
    assert "update_user" not in tenant.asked()


@pytest.mark.parametrize(
    ("status", "code"), [(UserStatus.DISABLED, "2"), (UserStatus.ACTIVE, "1"), (UserStatus.DELETED, "0")]
)
async def test_a_status_is_set(source: Source, tenant: Tenant, status: UserStatus, code: str) -> None:
    key = tenant.user("staff-003")
    assert (await users(source).set_status(key, status)).status is status
    assert tenant.realm.users[key]["status"] == code


async def test_a_status_that_the_service_has_not_is_refused(source: Source, tenant: Tenant) -> None:
    with pytest.raises(Unsupported):
        await users(source).set_status(tenant.user("staff-003"), UserStatus.LOCKED)


async def test_a_password_is_set(source: Source, tenant: Tenant) -> None:
    key = tenant.user("staff-003")
    await users(source).reset_password(key, "Sandbox-Pass-77")
    assert tenant.realm.users[key]["p6d"] == "Sandbox-Pass-77"


async def test_accounts_are_deleted_in_one_call(source: Source, tenant: Tenant) -> None:
    keys = (tenant.user("staff-003"), tenant.user("staff-004"))
    outcome = await users(source).delete(keys)
    assert (outcome.done, outcome.refusals) == (keys, ())
    assert tenant.asked() == ["delete_users"]
    assert not set(keys) & set(tenant.realm.users)


async def test_a_deletion_that_succeeds_in_part_tells_whom_it_left(source: Source, tenant: Tenant) -> None:
    there, gone = tenant.user("staff-003"), "0" * 32
    outcome = await users(source).delete((there, gone, "no id"))
    assert outcome.done == (there,)
    assert {(one.native_id, one.code.value) for one in outcome.refusals} == {
        (gone, "NOT_FOUND"),
        ("no id", "NOT_FOUND"),
    }


async def test_groups_are_joined_and_left(source: Source, tenant: Tenant) -> None:
    key, group = tenant.user("staff-050"), tenant.group("Nobody")
    await users(source).assign_roles(key, (group,))
    assert (group, key) in tenant.realm.members
    await users(source).unassign_roles(key, (group,))
    assert (group, key) not in tenant.realm.members


async def test_groups_that_were_joined_before_a_refusal_are_told(source: Source, tenant: Tenant) -> None:
    key, group = tenant.user("staff-050"), tenant.group("Nobody")
    with pytest.raises(UpstreamRejected) as refused:
        await users(source).assign_roles(key, (group, "0" * 32))
    assert group in refused.value.message
    assert (group, key) in tenant.realm.members
