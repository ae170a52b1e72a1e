"""Kinds of accounts."""

from adapters.idaas.marks import Key, OptionalKey, PageNo, PageSize, PathText
from adapters.idaas.verbs import IdaasRecord, delete, get, post
from adapters.operation import Content, Effect
from adapters.record import Rows


class UserType(IdaasRecord, frozen=True):
    """A kind of account."""

    id: str | None = None
    code: str | None = None
    name: str | None = None
    description: str | None = None
    order: int | None = None


class UserTypeSave(IdaasRecord, frozen=True):
    """A kind of account to create, or with its `id` to change."""

    name: str
    code: str
    description: str
    order: int
    id: OptionalKey | None = None


@delete("/idaas/v1/idaas/v1/userType/{id}", content=Content.FORM)
def delete_user_type(id: Key) -> None:
    """Deletes a kind of account. (Account types)"""


@post("/idaas/v1/idaas/v1/userType")
def save_user_type(body: UserTypeSave) -> str:
    """Creates a kind of account, or changes the one whose id is given. (Account types)"""


@get("/idaas/v1/idaas/v1/userType/list")
def list_user_types(*, name: str | None = None) -> list[UserType]:
    """All kinds of accounts. (Account types)"""


@get("/idaas/v1/idaas/v1/userType/page/{pageNo}/{pageSize}")
def page_user_types(page_no: PageNo, page_size: PageSize, *, name: str | None = None) -> Rows[UserType]:
    """Kinds of accounts, page by page. (Account types)"""


@get("/idaas/v1/idaas/v1/userType/action/verify-name/{name}")
def verify_user_type_name(name: PathText) -> bool:
    """Asks whether a name is there or free; the document does not say which. (Account types)"""


@post("/idaas/v1/idaas/v1/userType/{id}/action/start", content=Content.FORM)
def enable_user_type(id: Key) -> None:
    """Switches a kind of account on. (Account types)"""


@get("/idaas/v1/idaas/v1/userType/{id}")
def get_user_type(id: Key) -> UserType:
    """One kind of account. (Account types)"""


@post("/idaas/v1/idaas/v1/userType/{id}/action/stop", content=Content.FORM)
def disable_user_type(id: Key) -> None:
    """Switches a kind of account off. (Account types)"""


@post("/idaas/v1/idaas/v1/userType/action/verify-code/{code}", effect=Effect.READ, content=Content.FORM)
def verify_user_type_code(code: PathText) -> bool:
    """Asks whether a code is there or free; the document does not say which. (Account types)"""
