"""The tenant's groups as roles, read and changed over a real socket."""

import pytest
from idaas_tenant import Tenant

from adapters.errors import BadInput, NotFound, Unsupported, UpstreamRejected
from adapters.ports import PageRequest, RoleFilter, Roles, Source
from adapters.ports.people import RoleChange, RoleDraft
from adapters.records import RoleKind


def roles(source: Source) -> Roles:
    assert source.roles is not None
    return source.roles


async def names(source: Source, where: RoleFilter) -> list[str]:
    page = await roles(source).page(where, PageRequest(first=50))
    return [str(role.name) for role in page.records]


async def test_a_group_is_a_role_of_its_own_kind(source: Source, tenant: Tenant) -> None:
    key = tenant.group("On call")
    role = await roles(source).get(key)
    assert role is not None
    assert (role.native_id, role.kind, role.name, role.description) == (
        key,
        RoleKind.GROUP,
        "On call",
        "On call group",
    )
    assert (role.code, role.enabled) == (None, None)
    assert role.created_at is not None


async def test_the_list_of_groups_is_paged(source: Source) -> None:
    first = await roles(source).page(RoleFilter(), PageRequest(first=3))
    rest = await roles(source).page(RoleFilter(), PageRequest(first=3, after=first.positions[-1]))
    assert (len(first.records), first.more, first.total) == (3, True, 4)
    assert (len(rest.records), rest.more) == (1, False)


async def test_groups_are_searched_by_name_and_description(source: Source) -> None:
    assert await names(source, RoleFilter(search="ENERGY")) == ["Energy desk"]
    assert await names(source, RoleFilter(search="desk group")) == ["Energy desk"]


async def test_roles_proper_and_switched_ones_are_none(source: Source, tenant: Tenant) -> None:
    assert await names(source, RoleFilter(kind=RoleKind.ROLE)) == []
    assert await names(source, RoleFilter(enabled=True)) == []
    assert tenant.asked() == []


async def test_a_group_that_is_not_there_is_none(source: Source) -> None:
    assert await roles(source).get("0" * 32) is None
    assert await roles(source).get("page") is None


async def test_the_members_of_a_group_are_read_page_by_page(source: Source, tenant: Tenant) -> None:
    group = tenant.group("On call")
    role = await roles(source).get(group)
    assert role is not None
    first = await roles(source).users_of(role, PageRequest(first=10))
    assert first is not None
    rest = await roles(source).users_of(role, PageRequest(first=50, after=first.positions[-1]))
    assert rest is not None
    found = [user.native_id for user in (*first.records, *rest.records)]
    wanted = [
        one for key, one in tenant.realm.members if key == group and tenant.realm.users[one]["status"] != "0"
    ]
    assert found == wanted
    assert all("p6d" not in user.raw for user in first.records)


async def test_a_group_is_created_in_an_organization(source: Source, tenant: Tenant) -> None:
    draft = RoleDraft(name="Night desk", description="at night", native={"organId": tenant.organ("energy")})
    role = await roles(source).create(draft)
    row = tenant.realm.groups[role.native_id]
    assert (row["name"], row["description"], row["organId"]) == (
        "Night desk",
        "at night",
        tenant.organ("energy"),
    )


async def test_a_group_without_an_organization_is_refused_by_field(source: Source) -> None:
    with pytest.raises(BadInput) as refused:
        await roles(source).create(RoleDraft(name="Night desk"))
    assert refused.value.field == ("native", "organId")


async def test_a_group_that_is_there_is_a_conflict(source: Source, tenant: Tenant) -> None:
    with pytest.raises(UpstreamRejected) as refused:
        await roles(source).create(RoleDraft(name="On call", native={"organId": tenant.organ("netops")}))
    assert refused.value.code.value == "CONFLICT"


async def test_a_group_is_renamed_and_keeps_its_description(source: Source, tenant: Tenant) -> None:
    key = tenant.group("On call")
    role = await roles(source).update(key, RoleChange(name="On duty"))
    assert (role.name, role.description) == ("On duty", "On call group")


async def test_a_group_has_neither_code_nor_switch(source: Source, tenant: Tenant) -> None:
    for change in (RoleChange(code="x"), RoleChange(enabled=False)):
        with pytest.raises(Unsupported):
            await roles(source).update(tenant.group("On call"), change)


async def test_a_change_of_no_group_is_told(source: Source) -> None:
    with pytest.raises(NotFound):
        await roles(source).update("0" * 32, RoleChange(name="x"))


async def test_groups_are_deleted_and_those_left_are_told(source: Source, tenant: Tenant) -> None:
    key = tenant.group("On call")
    outcome = await roles(source).delete((key, "0" * 32))
    assert outcome.done == (key,)
    assert [(one.native_id, one.code.value) for one in outcome.refusals] == [("0" * 32, "NOT_FOUND")]
