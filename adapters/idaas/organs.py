"""Organizations, as a tree whose roots lie below -1."""

from typing import Annotated

from adapters.idaas.marks import Action, Key, OptionalKey, PageNo, PageSize, TenantId
from adapters.idaas.verbs import IdaasRecord, delete, get, post
from adapters.operation import Content, Effect
from adapters.record import In, LocalTime, OneOf, Rows, Whole, Wire

OrganStatus = Annotated[str, OneOf(("1", "2"))]
"""1 on, 2 off."""


class Organ(IdaasRecord, frozen=True):
    """An organization. The pages of children leave most of it out."""

    id: str | None = None
    external_id: str | None = None
    code: str | None = None
    name: str | None = None
    type: str | None = None
    path: str | None = None
    """The names from the root down, each after a slash."""
    description: str | None = None
    order: int | None = None
    parent_id: Annotated[str | None, Wire("parentId", also=("parent_id",))] = None
    """-1 at a root."""
    region_code: str | None = None
    region_name: str | None = None
    is_leaf: Annotated[bool | None, Wire("isLeaf", also=("is_leaf",))] = None
    creator: str | None = None
    status: str | None = None
    """1 on, 2 off; 0 in the answer to a deletion."""
    created_time: LocalTime | None = None
    updated_time: LocalTime | None = None
    account_id: TenantId = None
    whole: Whole = None


class OrganSave(IdaasRecord, frozen=True):
    """An organization to create, or with its `id` to change. Created ones need name, parent, code and order."""

    id: OptionalKey | None = None
    name: str | None = None
    parent_id: OptionalKey | None = None
    """Empty or -1 for a root; cannot be changed later."""
    external_id: str | None = None
    """The caller's own id; cannot be changed later."""
    description: str | None = None
    code: str | None = None
    order: int | None = None


class OrganMove(IdaasRecord, frozen=True):
    """An organization and its new parent."""

    id: Key
    parent_id: Key


class OrganApps(IdaasRecord, frozen=True):
    """Applications that an organization may use, or no longer."""

    app_id_list: list[str]
    action: Action


class AppOrganQuery(IdaasRecord, frozen=True):
    """Which organizations: type 1 those that may be authorized, 2 those that are."""

    type: OrganStatus
    name: str | None = None


class OrganExternalId(IdaasRecord, frozen=True):
    """An external id, and the organization that wants it where there is one already."""

    external_id: Annotated[str, Wire("erternalId")]
    """The document misspells it."""
    organ_id: OptionalKey | None = None


class OrganCode(IdaasRecord, frozen=True):
    """A code, and the organization that wants it where there is one already."""

    code: str
    organ_id: OptionalKey | None = None


@delete("/idaas/v1/organs/{organId}", content=Content.FORM)
def delete_organ(organ_id: Key) -> Organ:
    """Deletes an organization that has none below it. (Organisations)"""


@post("/idaas/v1/organs/{organId}/action/change-status", content=Content.FORM)
def change_organ_status(organ_id: Key, status: Annotated[OrganStatus, In("query")]) -> str:
    """Switches an organization on (1) or off (2). (Organisations)"""


@post("/idaas/v1/organs")
def save_organ(body: OrganSave) -> Organ:
    """Creates an organization, or changes the one whose id is given. (Organisations)"""


@get("/idaas/v1/organs/{organId}/sub-organs/page/{pageNo}/{pageSize}")
def page_sub_organs(
    organ_id: Key, page_no: PageNo, page_size: PageSize, *, name: str | None = None
) -> Rows[Organ]:
    """Organizations right below one, switched-off ones too. (Organisations)"""


@get("/idaas/v1/organs/{organId}/sub-organs/list")
def list_sub_organs(organ_id: Key) -> list[Organ]:
    """All organizations right below one that are switched on. (Organisations)"""


@get("/idaas/v1/organs/{organId}")
def get_organ(organ_id: Key) -> Organ:
    """One organization with its path. (Organisations)"""


@post("/idaas/v1/organs/action/move")
def move_organ(body: OrganMove) -> Organ:
    """Moves an organization below another. (Organisations)"""


@post("/idaas/v1/organs/{organId}/action/auth")
def authorize_organ_apps(organ_id: Key, body: OrganApps) -> bool:
    """Lets an organization use applications, or no longer. (Organisations)"""


@post("/idaas/v1/organs/auth-app/{appId}/page/{pageNo}/{pageSize}", effect=Effect.READ)
def page_app_organs(app_id: Key, page_no: PageNo, page_size: PageSize, body: AppOrganQuery) -> Rows[Organ]:
    """Organizations that may use, or could use, an application. (Organisations)"""


@post("/idaas/v1/organs/action/verify-externalId", effect=Effect.READ)
def verify_organ_external_id(body: OrganExternalId) -> bool:
    """Asks whether an external id is free. (Organisations)"""


@post("/idaas/v1/organs/action/verify-code", effect=Effect.READ)
def verify_organ_code(body: OrganCode) -> bool:
    """Asks whether a code is free. (Organisations)"""
