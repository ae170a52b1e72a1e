"""Kinds of applications. Half of the answers call their fields as those of an application."""

from typing import Annotated

from adapters.idaas.marks import Key, PageNo, PageSize, PathText, TenantId
from adapters.idaas.verbs import IdaasRecord, delete, get, post
from adapters.operation import Content, Effect
from adapters.record import LocalTime, Rows, Wire


class AppType(IdaasRecord, frozen=True):
    """A kind of application."""

    id: str | None = None
    type_name: Annotated[str | None, Wire("typeName", also=("appName",))] = None
    type_code: Annotated[str | None, Wire("typeCode", also=("appCode",))] = None
    app_type: str | None = None
    type_status: str | None = None
    type_delete_flag: Annotated[str | None, Wire("typeDeleteFlag", also=("appDeleteFlag",))] = None
    """1 for one that is deleted."""
    description: str | None = None
    creator: str | None = None
    account_id: TenantId = None
    created_time: LocalTime | None = None
    updated_time: LocalTime | None = None


class AppTypeDraft(IdaasRecord, frozen=True):
    """A kind of application to create."""

    type_name: str
    type_code: str
    account_id: Annotated[str | None, Wire("a5tId")] = None
    description: str | None = None


class AppTypeUpdate(IdaasRecord, frozen=True):
    """What to change of a kind of application."""

    id: Key
    type_name: str | None = None
    type_code: str | None = None
    account_id: Annotated[str | None, Wire("a5tId")] = None
    description: str | None = None


@get("/idaas/v1/idaas/v1/idaas/v1/apptypes/listapptypes/page/{pageNo}/{pageSize}")
def page_app_types(page_no: PageNo, page_size: PageSize, *, type_name: str | None = None) -> Rows[AppType]:
    """Kinds of applications, page by page. (Application types)"""


@delete("/idaas/v1/idaas/v1/apptypes/{appTypeId}", content=Content.FORM)
def delete_app_type(app_type_id: Key) -> AppType:
    """Deletes a kind of application. (Application types)"""


@get("/idaas/v1/idaas/v1/apptypes/list")
def list_app_types() -> list[AppType]:
    """All kinds of applications. (Application types)"""


@post("/idaas/v1/idaas/v1/apptypes")
def create_app_type(body: AppTypeDraft) -> AppType:
    """Creates a kind of application. (Application types)"""


@post("/idaas/v1/idaas/v1/apptypes/updateapptype")
def update_app_type(body: AppTypeUpdate) -> AppType:
    """Changes a kind of application. (Application types)"""


@get("/idaas/v1/idaas/v1/apptypes/{appTypeId}")
def get_app_type(app_type_id: Key) -> AppType:
    """One kind of application. (Application types)"""


@get("/idaas/v1/idaas/v1/apptypes/getapptypeinfo/{typecode}")
def get_app_type_by_code(typecode: PathText) -> list[AppType]:
    """Kinds of applications of one code. (Application types)"""


@post(
    "/idaas/v1/idaas/v1/apptypes/action/verify-appcode/{apptypeCode}",
    effect=Effect.READ,
    content=Content.FORM,
)
def verify_app_type_code(apptype_code: PathText) -> bool:
    """Asks whether a code is there or free; the document does not say which. (Application types)"""


@post(
    "/idaas/v1/idaas/v1/apptypes/action/verify-apptypename/{typename}",
    effect=Effect.READ,
    content=Content.FORM,
)
def verify_app_type_name(typename: PathText) -> bool:
    """Asks whether a name is there or free; the document does not say which. (Application types)"""
