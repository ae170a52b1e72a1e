"""The tenant's tree of organizations, read and changed over a real socket."""

from typing import Any

import pytest
from idaas_tenant import Tenant

from adapters.errors import BadInput, NotFound, Unsupported, UpstreamRejected
from adapters.ports import OrganizationFilter, Organizations, PageRequest, Source
from adapters.ports.people import OrganizationChange, OrganizationDraft
from adapters.records import UNSET, Organization


def tree(source: Source) -> Organizations:
    assert source.organizations is not None
    return source.organizations


async def names(source: Source, **where: Any) -> list[str]:
    page = await tree(source).page(OrganizationFilter(**where), PageRequest(first=50))
    return [str(one.name) for one in page.records]


async def organ(source: Source, key: str) -> Organization:
    found = await tree(source).get(key)
    assert found is not None
    return found


async def test_the_whole_tree_is_read_level_by_level(source: Source, tenant: Tenant) -> None:
    page = await tree(source).page(OrganizationFilter(), PageRequest(first=50))
    assert {one.native_id for one in page.records} == set(tenant.realm.organs)
    assert page.total == len(tenant.realm.organs)
    seen: set[Any] = {None}
    for one in page.records:
        assert one.parent_id in seen
        seen.add(one.native_id)


async def test_organizations_without_any_below_them_are_not_asked(source: Source, tenant: Tenant) -> None:
    await tree(source).page(OrganizationFilter(), PageRequest(first=5))
    above = {row["parentId"] for row in tenant.realm.organs.values()}
    assert tenant.asked() == ["page_sub_organs"] * len(above)


async def test_the_tree_is_cut_into_pages(source: Source) -> None:
    first = await tree(source).page(OrganizationFilter(), PageRequest(first=5))
    rest = await tree(source).page(OrganizationFilter(), PageRequest(first=50, after=first.positions[-1]))
    assert (first.more, len(first.records) + len(rest.records)) == (True, first.total)


async def test_an_organization_is_told_with_code_parent_and_state(source: Source, tenant: Tenant) -> None:
    found = await organ(source, tenant.organ("shift-a"))
    assert (found.name, found.code, found.parent_id) == ("Shift A", "shift-a", tenant.organ("shifts"))
    assert (found.enabled, found.leader, found.phone, found.email) == (True, None, None, None)


async def test_a_list_leaves_the_code_to_the_single_read(source: Source) -> None:
    page = await tree(source).page(OrganizationFilter(roots_only=True), PageRequest(first=5))
    assert [one.code for one in page.records] == [UNSET, UNSET]


async def test_the_roots_have_no_parent(source: Source) -> None:
    page = await tree(source).page(OrganizationFilter(roots_only=True), PageRequest(first=5))
    assert [(one.name, one.parent_id) for one in page.records] == [
        ("Network operations", None),
        ("Plant", None),
    ]


async def test_children_are_asked_for_by_their_parent(source: Source, tenant: Tenant) -> None:
    assert await names(source, parent=tenant.organ("shifts")) == ["Shift A", "Shift B"]
    assert await names(source, parent=tenant.organ("shifts"), search="b") == ["Shift B"]
    assert await names(source, parent="0" * 32) == []
    assert await names(source, parent=tenant.organ("shifts"), roots_only=True) == []


async def test_a_count_that_the_service_does_not_tell_is_not_made_up(source: Source, tenant: Tenant) -> None:
    where = OrganizationFilter(parent=tenant.organ("field"))
    page = await tree(source).page(where, PageRequest(first=2))
    assert (len(page.records), page.more, page.total) == (2, True, None)


async def test_a_search_goes_through_the_whole_tree(source: Source) -> None:
    assert await names(source, search="shift") == ["Shift teams", "Shift A", "Shift B"]


async def test_organizations_that_are_switched_off_are_told(source: Source, tenant: Tenant) -> None:
    found = await tree(source).children_of(await organ(source, tenant.organ("field")))
    assert found is not None
    assert [(one.name, one.enabled) for one in found] == [
        ("North", True),
        ("South", True),
        ("Closed team", False),
    ]


async def test_what_is_no_organization_is_none(source: Source) -> None:
    for key in ("-1", "action", "0" * 32):
        assert await tree(source).get(key) is None


async def test_the_users_of_an_organization_are_paged(source: Source, tenant: Tenant) -> None:
    key = tenant.organ("energy")
    page = await tree(source).users_of(await organ(source, key), PageRequest(first=3))
    wanted = [one for one, row in tenant.realm.users.items() if row["organizationId"] == key]
    assert page is not None
    assert [user.native_id for user in page.records] == wanted[:3]
    assert page.total == len(wanted)


async def test_an_organization_is_created_below_another(source: Source, tenant: Tenant) -> None:
    parent = tenant.organ("plant")
    made = await tree(source).create(OrganizationDraft(name="Gate", code="gate", parent=parent))
    assert (made.name, made.code, made.parent_id, made.enabled) == ("Gate", "gate", parent, True)
    assert tenant.realm.organs[made.native_id]["parentId"] == parent


async def test_an_organization_without_a_parent_is_a_root(source: Source, tenant: Tenant) -> None:
    made = await tree(source).create(OrganizationDraft(name="Gate", code="gate", native={"order": 9}))
    assert (made.parent_id, tenant.realm.organs[made.native_id]["order"]) == (None, 9)


async def test_what_the_service_needs_or_does_not_keep_is_told(source: Source) -> None:
    with pytest.raises(BadInput) as refused:
        await tree(source).create(OrganizationDraft(name="Gate"))
    assert refused.value.field == ("code",)
    with pytest.raises(Unsupported):
        await tree(source).create(OrganizationDraft(name="Gate", code="gate", leader="noc-shift-a"))
    with pytest.raises(BadInput):
        await tree(source).create(OrganizationDraft(name="Gate", code="gate", parent="no organ"))


async def test_an_organization_is_renamed_moved_and_switched_off(source: Source, tenant: Tenant) -> None:
    key = tenant.organ("north")
    change = OrganizationChange(name="Far north", parent=tenant.organ("core"), enabled=False)
    changed = await tree(source).update(key, change)
    assert (changed.name, changed.code, changed.parent_id, changed.enabled) == (
        "Far north",
        "north",
        tenant.organ("core"),
        False,
    )
    assert tenant.asked() == ["get_organ", "save_organ", "move_organ", "change_organ_status", "get_organ"]


async def test_an_organization_becomes_a_root(source: Source, tenant: Tenant) -> None:
    changed = await tree(source).update(tenant.organ("north"), OrganizationChange(parent=None))
    assert changed.parent_id is None
    assert "save_organ" not in tenant.asked()


async def test_what_was_done_before_a_refusal_is_told(source: Source, tenant: Tenant) -> None:
    change = OrganizationChange(name="Core", parent=tenant.organ("shift-a"))
    with pytest.raises(UpstreamRejected) as refused:
        await tree(source).update(tenant.organ("core"), change)
    assert refused.value.message.startswith("Changed are name and code, and then: ")
    assert tenant.realm.organs[tenant.organ("core")]["name"] == "Core"


async def test_a_change_of_no_organization_is_told(source: Source) -> None:
    with pytest.raises(NotFound):
        await tree(source).update("0" * 32, OrganizationChange(name="x"))


async def test_an_organization_with_others_below_it_stays(source: Source, tenant: Tenant) -> None:
    outcome = await tree(source).delete(tenant.organ("field"))
    assert outcome.done == ()
    assert [(one.code.value, one.upstream_code) for one in outcome.refusals] == [("CONFLICT", "409")]


async def test_an_organization_without_any_below_it_is_deleted(source: Source, tenant: Tenant) -> None:
    key = tenant.organ("north")
    assert (await tree(source).delete(key)).done == (key,)
    assert key not in tenant.realm.organs
