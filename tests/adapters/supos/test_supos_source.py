"""supOS users, roles and menus in the graph, over a real socket."""

from collections.abc import AsyncIterator

import pytest
from msgspec import UNSET
from msgspec.structs import replace

from adapters.errors import BadInput, ErrorCode, NotFound, Unsupported, UpstreamUnauthenticated
from adapters.exchange import FileUpload
from adapters.ports import PageRequest, RoleFilter, Source, SourceStatus, UserFilter
from adapters.ports.people import UserChange, UserDraft
from adapters.records import UserStatus
from adapters.supos import users
from tests.adapters.supos.supos_plant import ALL, FIVE, Plant

WORD = "Sandbox1"


async def test_signed_requests_are_taken(plant: Plant, source: Source) -> None:
    assert (await source.probe()).status is SourceStatus.UP
    assert plant.asked() == [("list_users", 200)]


async def test_another_content_type_is_sent_and_signed(plant: Plant) -> None:
    source = plant.source(options={"content_type": "application/json"})
    assert (await source.users.set_status("auditor", UserStatus.LOCKED)).status is UserStatus.LOCKED
    sent = {row["headers"].get("content-type") for row in plant.vendor.journal.requests()}
    assert sent == {"application/json"}


async def test_a_token_is_taken_in_place_of_a_signature(plant: Plant) -> None:
    source = plant.source(access_key="", token="supos-sandbox-token")
    assert (await source.probe()).status is SourceStatus.UP


async def test_a_wrong_secret_key_is_told_as_the_gateways_own(plant: Plant) -> None:
    source = plant.source(secret_key="another")
    with pytest.raises(UpstreamUnauthenticated):
        await source.users.page(UserFilter(), FIVE)
    plant.forget()


async def test_a_user_shows_its_person_lock_and_roles(source: Source) -> None:
    user = await source.users.get("field-north")
    assert (user.username, user.display_name, user.status) == (
        "field-north",
        "Field team north",
        UserStatus.ACTIVE,
    )
    assert [(role.native_id, role.name) for role in user.roles] == [("role1", "operator")]
    assert user.created_at.utcoffset().total_seconds() == 0
    assert user.raw["personCode"] == "person03"


async def test_users_are_searched_by_supos(plant: Plant, source: Source) -> None:
    page = await source.users.page(UserFilter(search="lead 1"), FIVE)
    assert page.records[0].username == "shift-lead-01"
    assert page.more
    assert plant.asked() == [("list_users", 200)]


async def test_a_word_that_cannot_be_signed_is_looked_for_here(plant: Plant, source: Source) -> None:
    assert (await source.users.page(UserFilter(search="{lead}"), FIVE)).records == ()
    assert plant.asked() == [("list_users", 200)]


async def test_a_username_is_read_directly(plant: Plant, source: Source) -> None:
    page = await source.users.page(UserFilter(username="auditor"), FIVE)
    assert [user.username for user in page.records] == ["auditor"]
    assert plant.asked() == [("get_user", 200)]


async def test_a_user_who_is_not_there_is_none_and_a_malformed_name_is_never_sent(
    plant: Plant, source: Source
) -> None:
    assert await source.users.get("nobody") is None
    plant.forget()
    assert await source.users.get("a/../b") is None
    assert plant.asked() == []


@pytest.mark.parametrize(
    "where", [UserFilter(email="a@b.c"), UserFilter(phone="1"), UserFilter(organization="1")]
)
async def test_what_supos_does_not_keep_matches_nobody(
    plant: Plant, source: Source, where: UserFilter
) -> None:
    assert (await source.users.page(where, FIVE)).records == ()
    assert plant.asked() == []


async def test_users_are_locked_unlocked_and_found_by_it(source: Source) -> None:
    assert (await source.users.set_status("auditor", UserStatus.LOCKED)).status is UserStatus.LOCKED
    page = await source.users.page(UserFilter(status=(UserStatus.LOCKED,)), ALL)
    assert "auditor" in [user.username for user in page.records]
    assert {user.status for user in page.records} == {UserStatus.LOCKED}
    assert (await source.users.set_status("auditor", UserStatus.ACTIVE)).status is UserStatus.ACTIVE
    with pytest.raises(Unsupported):
        await source.users.set_status("auditor", UserStatus.DISABLED)


async def test_a_change_sends_back_what_it_does_not_change(source: Source) -> None:
    await source.users.set_status("auditor", UserStatus.LOCKED)
    changed = await source.users.update("auditor", UserChange(description="Audits"))
    assert (changed.description, changed.status, changed.raw["personCode"]) == (
        "Audits",
        UserStatus.LOCKED,
        (await source.users.get("auditor")).raw["personCode"],
    )


async def test_a_field_that_supos_does_not_know_is_refused(plant: Plant, source: Source) -> None:
    with pytest.raises(BadInput):
        await source.users.update("auditor", UserChange(native={"planet": "x"}))
    with pytest.raises(BadInput, match="personCode"):
        await source.users.create(UserDraft(username="new", password=WORD))
    with pytest.raises(Unsupported):
        await source.users.create(UserDraft(username="new", password=WORD, email="a@b.c"))
    assert plant.asked() == []


async def test_a_deleted_user_is_created_again_where_that_is_asked_for(source: Source) -> None:
    old = await source.users.get("shift-lead-02")
    assert (await source.users.delete(("shift-lead-02",))).done == ("shift-lead-02",)
    draft = UserDraft(
        username="shift-lead-02",
        password=WORD,
        description="Back",
        roles=("role1",),
        native={"personCode": old.raw["personCode"], "recoveryDeleted": True},
    )
    user = await source.users.create(draft)
    assert (user.username, user.description, user.created_at) == ("shift-lead-02", "Back", old.created_at)
    assert [role.native_id for role in user.roles] == ["role1"]


async def test_a_person_has_one_user(source: Source) -> None:
    draft = UserDraft(username="second", password=WORD, native={"personCode": "person01"})
    with pytest.raises(Exception, match="already bound") as caught:
        await source.users.create(draft)
    assert caught.value.code is ErrorCode.CONFLICT


async def test_of_users_to_delete_the_refused_are_told_each(source: Source) -> None:
    outcome = await source.users.delete(("shift-lead-01", "shift-lead-02", "admin", "no/name"))
    assert outcome.done == ("shift-lead-02",)
    assert {(one.native_id, one.code, one.upstream_code) for one in outcome.refusals} == {
        ("shift-lead-01", ErrorCode.CONFLICT, "100106017"),
        ("admin", ErrorCode.FORBIDDEN, "100106018"),
        ("no/name", ErrorCode.NOT_FOUND, None),
    }


async def test_roles_are_given_and_taken(source: Source) -> None:
    more = await source.users.assign_roles("auditor", ("role2",))
    assert "role2" in [role.native_id for role in more.roles]
    fewer = await source.users.unassign_roles("auditor", ("role2",))
    assert "role2" not in [role.native_id for role in fewer.roles]
    with pytest.raises(NotFound):
        await source.users.assign_roles("no/name", ("role2",))


@pytest.mark.parametrize("unbind_by_put", [True])
async def test_roles_are_taken_by_put_where_supos_wants_it(plant: Plant) -> None:
    source = plant.source(options={"unbind_method": "PUT"})
    user = await source.users.unassign_roles("field-north", ("role1",))
    assert user.roles == ()


async def test_roles_are_those_seen_on_users(source: Source) -> None:
    page = await source.roles.page(RoleFilter(), ALL)
    assert [role.native_id for role in page.records] == ["systemRole", "role1", "viewer"]
    found = await source.roles.page(RoleFilter(search="RUNS"), ALL)
    assert [role.name for role in found.records] == ["operator"]
    assert await source.roles.get("role1") == replace(found.records[0], holders=UNSET)
    assert await source.roles.get("no/role") is None


async def test_a_role_tells_its_users_and_its_menus(source: Source) -> None:
    role = await source.roles.get("viewer")
    page = await source.roles.users_of(role, FIVE)
    assert (len(page.records), page.total, page.more) == (5, 23, True)
    assert [menu.code for menu in await source.roles.menus_of(role)] == ["alarmBoard", "reports"]


async def test_the_list_of_roles_tells_their_users_with_them(plant: Plant, source: Source) -> None:
    viewer = (await source.roles.page(RoleFilter(), ALL)).records[2]
    plant.forget()
    first = await source.roles.users_of(viewer, FIVE)
    rest = await source.roles.users_of(viewer, PageRequest(first=50, after=first.positions[-1]))
    assert plant.asked() == []
    alone = await source.roles.users_of(await source.roles.get("viewer"), ALL)
    assert first.records + rest.records == alone.records
    assert (first.total, first.more) == (23, True)


async def test_several_users_are_read_out_of_one_page(plant: Plant, source: Source) -> None:
    names = ("admin", "field-north", "auditor")
    alone = {name: await source.users.get(name) for name in names}
    plant.forget()
    assert await source.users.get_many((*names, "no/name")) == alone
    assert plant.asked() == [("list_users", 200)]
    assert await source.users.get_many((*names, "nobody")) == alone
    assert plant.asked() == [("list_users", 200)] * 2 + [("get_user", 400)]


async def test_a_user_opens_menus(source: Source) -> None:
    menus = await source.users.menus_of(await source.users.get("admin"))
    assert [(menu.native_id, menu.path) for menu in menus][:1] == [
        ("bisDesigner", "/project/compute-engine/datadump")
    ]


async def test_a_picture_goes_up_and_comes_back(source: Source) -> None:
    async def chunks() -> AsyncIterator[bytes]:
        yield b"\x89PNG"
        yield b" and the rest"

    file = FileUpload(name="a.png", media_type="image/png", chunks=chunks)
    stored = await source.gateway.send(users.upload_user_avatar("auditor", "a.png", file))
    assert stored.file_name == "a.png"
    picture = await source.gateway.open(users.get_user_avatar("auditor"))
    assert (picture.media_type, b"".join([one async for one in picture.chunks])) == (
        "image/png",
        b"\x89PNG and the rest",
    )


async def test_a_picture_that_is_not_there_is_told(source: Source) -> None:
    with pytest.raises(Exception, match="avatar file does not exist") as caught:
        await source.gateway.open(users.get_user_avatar("shift-lead-03"))
    assert caught.value.code is ErrorCode.NOT_FOUND


async def test_the_administrators_new_password_is_read_where_the_reset_is_on(plant: Plant) -> None:
    source = plant.source(options={"enable_reset": True})
    told = await source.gateway.send(users.reset_admin_password("admin"))
    assert told.password == plant.vendor.dialect.plant.users["admin"].password
    assert told.password not in repr(told)


async def test_the_reset_is_off_as_it_comes(plant: Plant, source: Source) -> None:
    with pytest.raises(Unsupported):
        await source.gateway.send(users.reset_admin_password("admin"))
    assert plant.asked() == []
