"""Accounts of the platform."""

from typing import Annotated

from adapters.beaver.marks import Id, Ids, KeywordSearch, ResourceType
from adapters.beaver.menus import Menu
from adapters.beaver.verbs import BeaverRecord, delete, get, post, put
from adapters.operation import Effect
from adapters.record import MillisText, Rows, SecretText, Whole, Wire


class RoleOfUser(BeaverRecord, frozen=True):
    """A role that a user has."""

    role_id: str | None = None
    role_name: str | None = None


class User(BeaverRecord, frozen=True):
    """An account, as lists show it."""

    tenant_id: str | None = None
    user_id: str | None = None
    nickname: str | None = None
    email: str | None = None
    """What the user signs in with."""
    created_at: MillisText | None = None
    roles: list[RoleOfUser] | None = None
    whole: Whole = None


class CurrentUser(BeaverRecord, frozen=True):
    """The account that is signed in, with what it may open."""

    tenant_id: str | None = None
    user_id: str | None = None
    nickname: str | None = None
    email: str | None = None
    created_at: MillisText | None = None
    roles: list[RoleOfUser] | None = None
    menus: list[Menu] | None = None
    super_admin: Annotated[bool | None, Wire("super_admin", also=("is_super_admin",))] = None


class PlatformStatus(BeaverRecord, frozen=True):
    """Whether the platform has its first account yet."""

    init: bool | None = None


class UserDraft(BeaverRecord, frozen=True):
    """An account to create."""

    email: str
    nickname: str
    password: SecretText


class UserUpdate(BeaverRecord, frozen=True):
    """An account as it shall be."""

    email: str
    nickname: str


class PasswordReset(BeaverRecord, frozen=True):
    """A new password for somebody else."""

    password: SecretText


class PasswordChange(BeaverRecord, frozen=True):
    """A new password of one's own."""

    old_password: SecretText
    new_password: SecretText


class UserIdList(BeaverRecord, frozen=True):
    """Accounts to delete."""

    user_id_list: Ids


class PermissionCheck(BeaverRecord, frozen=True):
    """What a user wants to reach."""

    resource_type: ResourceType
    resource_id: str


class Permission(BeaverRecord, frozen=True):
    """Whether a user may reach it."""

    has_permission: bool | None = None


@post("/user/register")
def register_user(body: UserDraft) -> None:
    """Makes the platform's first account; refused once there is one. (Authentication / user)"""


@get("/user")
def get_current_user() -> CurrentUser:
    """The account that the gateway uses. (Authentication / user)"""


@get("/user/status")
def get_user_status() -> PlatformStatus:
    """Whether the platform has an account yet; asks for no sign-in. (Authentication / user)"""


@post("/user/members/search", effect=Effect.READ)
def search_users(body: KeywordSearch | None = None) -> Rows[User]:
    """Accounts; the keyword stands somewhere in nickname or email. (Authentication / user)"""


@post("/user/members")
def create_user(body: UserDraft) -> None:
    """Creates an account; its id is not told. (Authentication / user)"""


@put("/user/members/{userId}")
def update_user(user_id: Id, body: UserUpdate) -> None:
    """Changes email and nickname of an account. (Authentication / user)"""


@put("/user/members/{userId}/change-password")
def reset_user_password(user_id: Id, body: PasswordReset) -> None:
    """Sets somebody's password. (Authentication / user)"""


@delete("/user/members/{user_id}")
def delete_user(user_id: Id) -> None:
    """Deletes an account. (Authentication / user)"""


@post("/user/batch-delete")
def batch_delete_users(body: UserIdList) -> None:
    """Deletes several accounts. (Authentication / user)"""


@put("/user/password")
def change_own_password(body: PasswordChange) -> None:
    """Changes the password of the account that the gateway uses. (Authentication / user)"""


@post("/user/members/{userId}/permission", effect=Effect.READ)
def check_user_permission(user_id: Id, body: PermissionCheck) -> Permission:
    """Whether a user may reach a resource. (Authentication / user)"""
