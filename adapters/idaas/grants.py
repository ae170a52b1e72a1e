"""Which accounts may use which applications."""

from typing import Annotated

from adapters.idaas.marks import Action, Key, PageNo, PageSize
from adapters.idaas.verbs import IdaasRecord, get, post
from adapters.record import LocalTime, Rows, Wire


class UserApp(IdaasRecord, frozen=True):
    """An application that an account may use; `id` is the grant's own."""

    id: str | None = None
    user_id: str | None = None
    app_auth_flag: Annotated[str | None, Wire("appAuthflag", also=("appAuthFlag",))] = None
    created_time: LocalTime | None = None
    updated_time: Annotated[LocalTime | None, Wire("updateTime", also=("updatedTime",))] = None
    creator: str | None = None
    app_name: str | None = None
    app_status: str | None = None


class GrantIds(IdaasRecord, frozen=True):
    """Grants to take back, by their own ids."""

    id_list: list[str]


class UserApps(IdaasRecord, frozen=True):
    """Accounts and applications, to be granted or revoked."""

    action: Action
    user_id_list: list[str] | None = None
    app_id_list: list[str] | None = None


@get("/idaas/v1/user/userAuth/page/{pageNo}/{pageSize}")
def page_user_apps(page_no: PageNo, page_size: PageSize, id: Key) -> Rows[UserApp]:
    """Applications of an account, page by page. (Accounts)"""


@post("/idaas/v1/user/delAppAuth")
def delete_user_app_auth(body: GrantIds) -> None:
    """Takes back grants, found by their own ids. (Accounts)"""


@post("/idaas/v1/user/addUserAppAuth")
def authorize_user_apps(body: UserApps) -> None:
    """Lets accounts use applications, or no longer. (Accounts)"""


@get("/idaas/v1/user/userAppAuthList")
def list_user_apps(id: Key) -> list[UserApp]:
    """All applications of an account. (Accounts)"""
