"""Accounts of the OMC's own staff."""

from adapters.exchange import FileDownload, FileUpload
from adapters.omc.departments import Department
from adapters.omc.marks import Flag, Id, Ids, Sex
from adapters.omc.positions import Position
from adapters.omc.roles import Role
from adapters.omc.verbs import OmcRecord, delete, get, post, put
from adapters.operation import Content, Effect
from adapters.record import Millis, Rows, SecretText, Whole


class User(OmcRecord, frozen=True):
    """An account; passwords are never given back."""

    user_id: str | None = None
    dept_id: str | None = None
    user_name: str | None = None
    nick_name: str | None = None
    user_type: str | None = None
    email: str | None = None
    phonenumber: str | None = None
    sex: str | None = None
    """1 male, 2 female, else not told."""
    avatar: str | None = None
    """A path below the OMC's base URL."""
    status: str | None = None
    """0 inactive, 1 active."""
    del_flag: str | None = None
    login_ip: str | None = None
    login_date: Millis | None = None
    create_by: str | None = None
    create_time: Millis | None = None
    update_by: str | None = None
    update_time: Millis | None = None
    remark: str | None = None
    dept: Department | None = None
    roles: list[Role] | None = None
    whole: Whole = None


class UserDetail(OmcRecord, frozen=True):
    """A user with the roles and positions held, beside all that could be held."""

    user: User | None = None
    role_ids: list[str] | None = None
    """Roles that the user holds."""
    post_ids: list[str] | None = None
    """Positions that the user holds."""
    roles: list[Role] | None = None
    """All roles to choose from."""
    posts: list[Position] | None = None
    """All positions to choose from."""


class UserDraft(OmcRecord, frozen=True):
    """An account to create."""

    user_name: str
    password: SecretText
    nick_name: str
    email: str
    phonenumber: str
    sex: Sex
    status: Flag
    remark: str
    dept_id: str
    role_ids: list[str]
    post_ids: list[str]
    user_type: str | None = None
    avatar: str | None = None


class UserUpdate(OmcRecord, frozen=True):
    """An account as it shall be; roles and positions are replaced."""

    user_id: Id
    user_name: str
    nick_name: str
    email: str
    phonenumber: str
    sex: Sex
    status: Flag
    remark: str
    dept_id: str
    role_ids: list[str]
    post_ids: list[str]
    user_type: str | None = None
    avatar: str | None = None


class UserQuery(OmcRecord, frozen=True):
    """Which users to export."""

    page_num: int
    page_size: int
    user_name: str | None = None
    phonenumber: str | None = None
    status: Flag | None = None
    begin_time: str | None = None
    end_time: str | None = None
    dept_id: str | None = None


class PasswordReset(OmcRecord, frozen=True):
    """A new password for an account."""

    user_id: Id
    password: SecretText


class UserStatus(OmcRecord, frozen=True):
    """Switches an account on or off."""

    user_id: Id
    status: Flag


@get("/system/user/list")
def list_users(
    *,
    user_name: str | None = None,
    phonenumber: str | None = None,
    status: Flag | None = None,
    begin_time: str | None = None,
    end_time: str | None = None,
    dept_id: str | None = None,
    page_num: int | None = None,
    page_size: int | None = None,
) -> Rows[User]:
    """Users, page by page. (Security / User information)"""


@get("/system/user/{userId}")
def get_user(user_id: Id) -> UserDetail:
    """One user with posts and roles. (Security / User information)"""


@post("/system/user")
def create_user(body: UserDraft) -> None:
    """Creates an account. (Security / User information)"""


@put("/system/user")
def update_user(body: UserUpdate) -> None:
    """Replaces what is known of an account, roles and positions included. (Security / User information)"""


@post("/system/user/export", effect=Effect.READ)
def export_users(body: UserQuery) -> FileDownload:
    """Users as a spreadsheet; an empty one is refused. (Security / User information)"""


@post("/system/user/importData", content=Content.MULTIPART, envelope="message")
def import_users(file: FileUpload, *, update_support: bool | None = None) -> str:
    """Creates users from a spreadsheet; tells in HTML what was taken and what was not. (Security / User information)"""


@delete("/system/user/{userIds}")
def delete_users(user_ids: Ids) -> None:
    """Deletes accounts. (Security / User information)"""


@put("/system/user/resetPwd")
def reset_user_password(body: PasswordReset) -> None:
    """Sets a new password. (Security / User information)"""


@put("/system/user/changeStatus")
def update_user_status(body: UserStatus) -> None:
    """Switches an account on or off; the status it has already is refused. (Security / User information)"""
