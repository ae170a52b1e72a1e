"""Roles of the OMC's staff: what they open, whose data they see, who holds them."""

from typing import Annotated

from adapters.exchange import FileDownload
from adapters.omc.departments import Department
from adapters.omc.marks import DataScope, Flag, Id, Ids
from adapters.omc.verbs import OmcRecord, delete, get, post, put
from adapters.operation import Effect
from adapters.record import Joined, Matches, Millis, Rows, Whole, Wire


class Role(OmcRecord, frozen=True):
    """A role."""

    role_id: str | None = None
    role_name: str | None = None
    role_key: str | None = None
    role_sort: int | None = None
    data_scope: str | None = None
    """1 all data, 2 chosen departments, 3 own department, 4 own department and below, 5 own data."""
    menu_check_strictly: str | None = None
    dept_check_strictly: str | None = None
    status: str | None = None
    """0 inactive, 1 active."""
    del_flag: str | None = None
    create_by: str | None = None
    create_time: Millis | None = None
    update_by: str | None = None
    update_time: Millis | None = None
    remark: str | None = None
    whole: Whole = None


class RoleUser(OmcRecord, frozen=True):
    """A user in the list of those who hold a role, or of those who do not."""

    user_id: str | None = None
    dept_id: str | None = None
    user_name: str | None = None
    nick_name: str | None = None
    email: str | None = None
    phonenumber: str | None = None
    status: str | None = None
    """0 inactive, 1 active."""
    create_time: Millis | None = None
    dept: Department | None = None
    roles: list[Role] | None = None
    whole: Whole = None


class RoleDraft(OmcRecord, frozen=True):
    """A role to create."""

    role_name: str
    role_key: str
    role_sort: int
    status: Flag
    remark: str
    data_scope: DataScope
    menu_check_strictly: Flag
    """Whether choosing a menu chooses those below it."""
    menu_ids: list[str]


class RoleUpdate(OmcRecord, frozen=True):
    """A role as it shall be; its menus are replaced."""

    role_id: Id
    role_name: str
    role_key: str
    role_sort: int
    status: Flag
    remark: str
    data_scope: DataScope
    menu_check_strictly: Flag
    """Whether choosing a menu chooses those below it."""
    menu_ids: list[str]


class RoleStatus(OmcRecord, frozen=True):
    """Switches a role on or off."""

    role_id: Id
    status: Flag


class RoleScope(OmcRecord, frozen=True):
    """Whose data a role sees; scope 2 needs the departments."""

    role_id: Id
    data_scope: DataScope
    dept_check_strictly: Flag
    """Whether choosing a department chooses those below it."""
    dept_ids: Annotated[list[str] | None, Wire("menuIds")] = None
    """Ids of departments; the document calls the field `menuIds`."""


class RoleQuery(OmcRecord, frozen=True):
    """Which roles to export."""

    role_name: str | None = None
    role_key: str | None = None
    status: Flag | None = None
    begin_time: str | None = None
    end_time: str | None = None


class RoleAssignment(OmcRecord, frozen=True):
    """Gives a role to users (`checked`), or takes it away."""

    role_id: Id
    user_ids: Annotated[list[str], Joined(), Matches(r"[0-9]{1,20}", "an id has digits alone")]
    checked: bool


@get("/system/role/list")
def list_roles(
    *,
    role_name: str | None = None,
    role_key: str | None = None,
    status: Flag | None = None,
    begin_time: str | None = None,
    end_time: str | None = None,
) -> Rows[Role]:
    """All roles; the document has no paging here. (Security / Role Management)"""


@get("/system/role/authUser/allocatedList")
def list_role_users(
    role_id: Id,
    allocated: bool,
    *,
    user_name: str | None = None,
    phonenumber: str | None = None,
    status: Flag | None = None,
    page_num: int | None = None,
    page_size: int | None = None,
) -> Rows[RoleUser]:
    """Users who hold a role, or with `allocated` false those who do not. (Security / Role Management)"""


@get("/system/role/{roleId}")
def get_role(role_id: Id) -> Role:
    """One role. (Security / Role Management)"""


@put("/system/role")
def update_role(body: RoleUpdate) -> None:
    """Replaces what is known of a role, menus included. (Security / Role Management)"""


@post("/system/role")
def create_role(body: RoleDraft) -> None:
    """Creates a role. (Security / Role Management)"""


@delete("/system/role/{roleIds}")
def delete_roles(role_ids: Ids) -> None:
    """Deletes roles. (Security / Role Management)"""


@put("/system/role/changeStatus")
def update_role_status(body: RoleStatus) -> None:
    """Switches a role on or off. (Security / Role Management)"""


@put("/system/role/dataScope")
def update_role_data_scope(body: RoleScope) -> None:
    """Changes whose data a role sees. (Security / Role Management)"""


@post("/system/role/export", effect=Effect.READ)
def export_roles(body: RoleQuery) -> FileDownload:
    """Roles as a spreadsheet; an empty one is refused. (Security / Role Management)"""


@put("/system/role/authUser/checked")
def assign_role_users(body: RoleAssignment) -> None:
    """Gives a role to users, or takes it away from them. (Security / Role Management)"""
