"""Users of supOS; each is bound to a person of a company."""

from typing import Annotated

from adapters.exchange import FileDownload, FileUpload
from adapters.record import OneOf, Rows, Secret, SecretText, Whole, ZonedTime
from adapters.supos.marks import PictureName, RoleCode, RoleCodes, TimeZone, Username, Usernames, Word
from adapters.supos.verbs import SuposRecord, delete, get, post, put


class UserRole(SuposRecord, frozen=True):
    """A role that a user has."""

    name: str | None = None
    """The code of the role."""
    showname: str | None = None
    """What the role is called."""
    description: str | None = None


class User(SuposRecord, frozen=True):
    """A user with the person behind it and the roles held."""

    username: str | None = None
    user_desc: str | None = None
    account_type: int | None = None
    lock_status: int | None = None
    """0 not locked, 1 locked."""
    person_code: str | None = None
    person_name: str | None = None
    modify_time: ZonedTime | None = None
    create_time: ZonedTime | None = None
    user_role_list: list[UserRole] | None = None
    avatar: str | None = None
    """Path of the picture below `/open-api`."""
    whole: Whole = None


class UserDraft(SuposRecord, frozen=True):
    """A user to create."""

    username: Username
    password: SecretText
    time_zone: TimeZone
    person_code: str
    """The person to bind; a person has one user."""
    account_type: int = 0
    company_code: str | None = None
    """The configured company where left out."""
    user_desc: str | None = None
    role_name_list: RoleCodes | None = None
    """Codes of roles."""
    recovery_deleted: bool | None = None
    """Brings a deleted user of this name back."""


class UserUpdate(SuposRecord, frozen=True):
    """What to change of a user."""

    user_desc: str | None = None
    time_zone: TimeZone | None = None
    person_code: str | None = None
    lock_status: Annotated[int, OneOf((0, 1))] | None = None


class NewPassword(SuposRecord, frozen=True):
    """The password that supOS chose for its administrator."""

    password: Annotated[str, Secret("user:secrets")] | None = None


class StoredPicture(SuposRecord, frozen=True):
    """Where a picture went; the path on the server is not told."""

    file_name: str | None = None
    file_download_url: str | None = None


@post("/open-api/auth/v2/users")
def add_user(body: UserDraft) -> None:
    """Creates a user for a person of a company. (Users / Add User)"""


@get("/open-api/auth/v2/users")
def list_users(
    page_index: int,
    *,
    page_size: int | None = None,
    company_code: str | None = None,
    keyword: Word | None = None,
    role_code: RoleCode | None = None,
    modify_time: ZonedTime | None = None,
) -> Rows[User]:
    """Users of a company, at most 500 a page. (Users / Get User List)"""


@delete("/open-api/auth/v2/users")
def batch_delete_users(usernames: Usernames) -> None:
    """Deletes users; their names stay taken. (Users / Delete User in Batches)"""


@get("/open-api/auth/v2/users/{username}")
def get_user(username: Username) -> User:
    """One user. (Users / Get User Details)"""


@put("/open-api/auth/v2/users/{username}")
def update_user(username: Username, body: UserUpdate) -> None:
    """Changes description, time zone, person or lock of a user. (Users / Edit User)"""


@put("/open-api/auth/v2/users/{username}/role")
def reset_admin_password(username: Username) -> NewPassword:
    """Gives the administrator a new password each time it is called. (Users / Reset Default Admin Password)"""


@get("/open-api/auth/v2/users/{username}/avatar")
def get_user_avatar(
    username: Username, *, company_code: str | None = None, source: str | None = None
) -> FileDownload:
    """The picture of a user. (Users / Load User Icon)"""


@post("/open-api/auth/v2/users/{username}/avatar")
def upload_user_avatar(username: Username, file_name: PictureName, file: FileUpload) -> StoredPicture:
    """Gives a user a picture of at most 5 MB. (Users / Upload User Icon)"""
