"""Groups of accounts. The document shows no answer of a group: the fields are those that it takes."""

from typing import Annotated

from adapters.idaas.marks import Key, OptionalKey, PageNo, PageSize
from adapters.idaas.verbs import IdaasRecord, delete, get, post
from adapters.operation import Content
from adapters.record import LocalTime, Rows, Whole, Wire


class Group(IdaasRecord, frozen=True):
    """A group."""

    id: str | None = None
    name: str | None = None
    external_id: str | None = None
    description: str | None = None
    organ_id: str | None = None
    """The organization that it belongs to."""
    created_time: LocalTime | None = None
    updated_time: LocalTime | None = None
    creator: str | None = None
    whole: Whole = None


class GroupUser(IdaasRecord, frozen=True):
    """An account, as the lists of a group show it."""

    id: str | None = None
    account_name: str | None = None
    nick_name: str | None = None
    email: str | None = None
    phone: str | None = None
    description: str | None = None
    status: str | None = None
    """0 deleted, 1 active, 2 disabled."""
    is_member: bool | None = None
    organization_id: str | None = None
    path: str | None = None
    """The names of the organizations above, each after a slash."""
    user_type: str | None = None
    user_type_name: str | None = None
    created_type: str | None = None
    expiration_time: LocalTime | None = None
    created_time: LocalTime | None = None
    updated_time: Annotated[LocalTime | None, Wire("updatedTime", also=("updateTime",))] = None
    whole: Whole = None


class GroupSave(IdaasRecord, frozen=True):
    """A group to create, or with its `id` to change. Created ones need a name and an organization."""

    id: OptionalKey | None = None
    name: str | None = None
    external_id: str | None = None
    """Cannot be changed later."""
    description: str | None = None
    organ_id: OptionalKey | None = None
    """Cannot be changed later."""


class GroupUsers(IdaasRecord, frozen=True):
    """Accounts to put into a group, or to take out."""

    user_id_list: list[str]


@post("/idaas/v1/groups/{groupId}/users/remove")
def remove_group_users(group_id: Key, body: GroupUsers) -> None:
    """Takes accounts out of a group. (User groups)"""


@delete("/idaas/v1/groups/{groupId}", content=Content.FORM)
def delete_group(group_id: Key) -> None:
    """Deletes a group. (User groups)"""


@post("/idaas/v1/groups/{groupId}/users")
def add_group_users(group_id: Key, body: GroupUsers) -> None:
    """Puts accounts into a group. (User groups)"""


@post("/idaas/v1/groups")
def save_group(body: GroupSave) -> Group:
    """Creates a group, or changes the one whose id is given. (User groups)"""


@get("/idaas/v1/groups/{groupId}/users/page/{pageNo}/{pageSize}")
def page_group_candidates(
    group_id: Key,
    page_no: PageNo,
    page_size: PageSize,
    *,
    account_name: str | None = None,
    nick_name: str | None = None,
) -> Rows[GroupUser]:
    """Accounts that can join a group, and whether each is in it. (User groups)"""


@get("/idaas/v1/users/{userId}/groups/page/{pageNo}/{pageSize}")
def page_user_groups(
    user_id: Key, page_no: PageNo, page_size: PageSize, *, group_name: str | None = None
) -> Rows[Group]:
    """Groups that an account is in. (User groups)"""


@get("/idaas/v1/groups/page/{pageNo}/{pageSize}")
def page_groups(
    page_no: PageNo, page_size: PageSize, *, organ_id: Key | None = None, name: str | None = None
) -> Rows[Group]:
    """Groups, page by page. (User groups)"""


@get("/idaas/v1/groups/{groupId}/members/page/{pageNo}/{pageSize}")
def page_group_members(
    group_id: Key,
    page_no: PageNo,
    page_size: PageSize,
    *,
    account_name: str | None = None,
    nick_name: str | None = None,
) -> Rows[GroupUser]:
    """Accounts in a group. (User groups)"""


@get("/idaas/v1/groups/{groupId}")
def get_group(group_id: Key) -> Group:
    """One group. (User groups)"""
