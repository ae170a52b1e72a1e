"""Accounts. Their passwords, which the service sends along, are dropped as soon as an answer is read."""

from typing import Annotated

from adapters.exchange import FileDownload, FileUpload
from adapters.idaas.marks import Bound, Key, PageNo, PageSize, TenantId
from adapters.idaas.verbs import IdaasRecord, get, post
from adapters.operation import Content, Effect
from adapters.record import In, Joined, LocalTime, Matches, OneOf, Rows, SecretText, Whole, Wire

AccountStatus = Annotated[str, OneOf(("0", "1", "2"))]
"""0 deleted, 1 active, 2 disabled."""

Password = Annotated[SecretText, Wire("p6d")]
"""The document masks the name of the field."""


class User(IdaasRecord, frozen=True):
    """An account."""

    id: str | None = None
    account_name: str | None = None
    nick_name: str | None = None
    email: str | None = None
    phone: str | None = None
    description: str | None = None
    status: str | None = None
    """0 deleted, 1 active, 2 disabled."""
    organization_id: str | None = None
    organ_name: str | None = None
    user_type: str | None = None
    """The id of the account's type."""
    user_type_name: str | None = None
    created_type: str | None = None
    expiration_time: LocalTime | None = None
    created_time: LocalTime | None = None
    updated_time: Annotated[LocalTime | None, Wire("updateTime", also=("updatedTime",))] = None
    creator: str | None = None
    account_id: TenantId = None
    is_bound: Bound = None
    whole: Whole = None


class UserDraft(IdaasRecord, frozen=True):
    """An account to create."""

    account_name: str
    nick_name: str
    phone: str
    organization_id: str
    user_type: Key
    """The id of the account's type."""
    password: Password
    expiration_time: LocalTime
    email: str | None = None
    description: str | None = None
    external_id: str | None = None


class UserUpdate(IdaasRecord, frozen=True):
    """What to change of an account; what is left out stays."""

    id: Key
    account_name: str | None = None
    nick_name: str | None = None
    email: str | None = None
    phone: str | None = None
    expiration_time: LocalTime | None = None
    description: str | None = None
    external_id: Annotated[str | None, Wire("externald")] = None
    """The document misspells it."""
    organization_id: str | None = None
    user_type: Key | None = None
    password: Password | None = None
    status: AccountStatus | None = None


class UserIds(IdaasRecord, frozen=True):
    """Several accounts."""

    id_list: list[str]


@post("/idaas/v1/user/updateUser")
def update_user(body: UserUpdate) -> None:
    """Changes an account, its status or its password. (Accounts)"""


@post("/idaas/v1/user/page/{pageNo}/{pageSize}", effect=Effect.READ)
def page_users(
    page_no: PageNo,
    page_size: PageSize,
    *,
    account_name: str | None = None,
    organization_id: str | None = None,
    status: AccountStatus | None = None,
    user_type_id: str | None = None,
    nick_name: str | None = None,
    phone: str | None = None,
    email: str | None = None,
    app_id: str | None = None,
) -> Rows[User]:
    """Accounts, page by page; with an application, whether each is bound to it. (Accounts)"""


@post("/idaas/v1/user/delete")
def delete_users(body: UserIds) -> None:
    """Deletes accounts for good. (Accounts)"""


@get("/idaas/v1/user/modelDown")
def download_user_import_template() -> FileDownload:
    """The empty spreadsheet for accounts. (Accounts)"""


@get("/idaas/v1/user/userInfoImport", effect=Effect.WRITE)
def import_users(file: FileUpload) -> None:
    """Creates accounts off a filled-in spreadsheet. (Accounts)"""


@post("/idaas/v1/user/createUser")
def create_user(body: UserDraft) -> None:
    """Creates an account; its id is not told. (Accounts)"""


@post("/idaas/v1/user/dimission")
def dismiss_users(body: UserIds) -> str:
    """Marks accounts as deleted, and keeps them. (Accounts)"""


@post("/idaas/v1/user/remove", content=Content.FORM)
def remove_users_to_root(
    id_list: Annotated[
        list[str],
        In("form"),
        Joined(),
        Matches(r"[A-Za-z0-9\-]{1,64}", "an id has letters, digits and dashes"),
    ],
) -> None:
    """Moves accounts to the root. The document names no parameter: they are sent as elsewhere, in a form. (Accounts)"""


@get("/idaas/v1/user/userInfoDetail")
def get_user(id: Key) -> User:
    """One account. (Accounts)"""
