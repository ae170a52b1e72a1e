"""Applications that sign in through the service. Their secrets are dropped as soon as an answer is read."""

from typing import Annotated

from adapters.idaas.marks import Action, Bound, Flag, Key, PageNo, PageSize, PathText, TenantId
from adapters.idaas.verbs import IdaasRecord, delete, get, post
from adapters.operation import Content, Effect
from adapters.record import LocalTime, Rows, Wire


class App(IdaasRecord, frozen=True):
    """An application. What is written as a number comes back as a text."""

    id: str | None = None
    app_name: str | None = None
    app_code: str | None = None
    app_icon: str | None = None
    """The id of a file."""
    description: str | None = None
    app_auth_type: str | None = None
    authinfo_sync_type: str | None = None
    app_type_code: str | None = None
    equip_type: str | None = None
    app_status: str | None = None
    app_auth_status: str | None = None
    app_owner: str | None = None
    creator: str | None = None
    account_id: TenantId = None
    app_delete_flag: str | None = None
    """1 for one that is deleted."""
    created_time: LocalTime | None = None
    updated_time: LocalTime | None = None
    access_token_timeout: int | None = None
    """Seconds."""
    refresh_token_timeout: int | None = None
    """Seconds."""
    redirect_uri: str | None = None
    homepage_url: str | None = None
    client_id: Annotated[str | None, Wire("c4tId")] = None
    """The first code of the application; the document masks the name of the field."""
    is_bound: Bound = None
    realm: str | None = None
    login_theme: str | None = None


class OrganApp(IdaasRecord, frozen=True):
    """An application, and whether an organization may use it."""

    app_id: str | None = None
    app_name: str | None = None
    auth_flag: bool | None = None
    org_id: str | None = None
    """Told where it may."""


class AppDraft(IdaasRecord, frozen=True):
    """An application to create."""

    app_name: str
    app_code: str
    account_id: Annotated[str | None, Wire("a5tId")] = None
    description: str | None = None
    authinfo_sync_type: int | None = None
    app_auth_type: int | None = None
    app_status: Flag | None = None
    app_auth_status: int | None = None
    redirect_uri: str | None = None
    homepage_url: str | None = None
    access_token_timeout: int | None = None
    refresh_token_timeout: int | None = None
    app_type_code: str | None = None
    app_owner: int | None = None
    login_theme: str | None = None


class AppUpdate(IdaasRecord, frozen=True):
    """What to change of an application."""

    id: Key
    app_name: str | None = None
    account_id: Annotated[str | None, Wire("a5tId")] = None
    app_code: str | None = None
    description: str | None = None
    authinfo_sync_type: int | None = None
    app_auth_type: int | None = None
    app_status: Flag | None = None
    app_auth_status: int | None = None
    redirect_uri: str | None = None
    homepage_url: str | None = None
    access_token_timeout: int | None = None
    refresh_token_timeout: int | None = None
    app_type_code: str | None = None
    app_owner: int | None = None
    login_theme: str | None = None


class AppOrgans(IdaasRecord, frozen=True):
    """Organizations that may use an application, or no longer."""

    organ_id_list: list[str]
    action: Action


@get("/idaas/v1/apps/list")
def list_apps() -> list[App]:
    """All applications. (Applications)"""


@post("/idaas/v1/apps/{appId}/action/auth/organs")
def authorize_app_organs(app_id: Key, body: AppOrgans) -> bool:
    """Lets organizations use an application, or no longer. (Applications)"""


@get("/idaas/v1/apps/listapps/page/{pageNo}/{pageSize}")
def page_apps(
    page_no: PageNo, page_size: PageSize, *, app_name: str | None = None, user_id: Key | None = None
) -> Rows[App]:
    """Applications, page by page; with an account, whether each is bound to it. (Applications)"""


@delete("/idaas/v1/idaas/v1/apps/{appId}", content=Content.FORM)
def delete_app(app_id: Key) -> App:
    """Deletes an application. (Applications)"""


@post("/idaas/v1/idaas/v1/apps")
def create_app(body: AppDraft) -> App:
    """Creates an application; its secret is read at the service's own pages. (Applications)"""


@post("/idaas/v1/idaas/v1/apps/updateapp")
def update_app(body: AppUpdate) -> App:
    """Changes an application. (Applications)"""


@get("/idaas/v1/idaas/v1/apps/{appId}")
def get_app(app_id: Key) -> App:
    """One application. (Applications)"""


@post("/idaas/v1/idaas/v1/apps/action/verify-appcode/{appcode}", effect=Effect.READ, content=Content.FORM)
def verify_app_code(appcode: PathText) -> bool:
    """Asks whether a code is there or free; the document does not say which. (Applications)"""


@post("/idaas/v1/idaas/v1/apps/action/verify-appname/{appname}", effect=Effect.READ, content=Content.FORM)
def verify_app_name(appname: PathText) -> bool:
    """Asks whether a name is there or free; the document does not say which. (Applications)"""


@get("/idaas/v1/idaas/v1/apps/{orgId}/listapporgauthinfo/page/{pageNo}/{pageSize}")
def page_organ_app_auth(
    org_id: Key, page_no: PageNo, page_size: PageSize, *, app_name: str | None = None
) -> Rows[OrganApp]:
    """Applications, and whether an organization may use each. (Applications)"""
