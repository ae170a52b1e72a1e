"""Fields that a tenant adds to users, groups and organizations."""

from typing import Annotated

from adapters.idaas.marks import Classification, FieldType, Flag, Key, PageNo, PageSize, PathText
from adapters.idaas.verbs import IdaasRecord, delete, get, post
from adapters.operation import Content
from adapters.record import LocalTime, OneOf, Rows

ClassText = Annotated[str, OneOf(("0", "1", "2"))]
"""0 users, 1 groups, 2 organizations."""


class ExtendedField(IdaasRecord, frozen=True):
    """A field. What is written as a number comes back as a text."""

    id: str | None = None
    field_name: str | None = None
    field_value: str | None = None
    field_classification: str | None = None
    """0 users, 1 groups, 2 organizations."""
    field_type: str | None = None
    """0 dropdown, 1 text box, 2 text area."""
    is_required: bool | None = None
    is_editable: bool | None = None
    is_unique: bool | None = None
    field_status: str | None = None
    """0 off, 1 on."""
    description: str | None = None
    created_time: LocalTime | None = None
    updated_time: LocalTime | None = None
    creator: str | None = None


class ExtendedFieldDraft(IdaasRecord, frozen=True):
    """A field to add."""

    field_name: str
    field_classification: Classification
    field_type: FieldType
    field_value: str | None = None
    is_required: Flag | None = None
    is_editable: Flag | None = None
    is_unique: Flag | None = None
    field_status: Flag | None = None
    description: str | None = None


class ExtendedFieldUpdate(IdaasRecord, frozen=True):
    """What to change of a field; what it belongs to and its type stay."""

    id: Key
    field_name: str | None = None
    field_value: str | None = None
    is_required: Flag | None = None
    is_editable: Flag | None = None
    is_unique: Flag | None = None
    field_status: Flag | None = None
    description: str | None = None


@delete("/idaas/v1/extendedfields/{id}", content=Content.FORM)
def delete_extended_field(id: Key) -> ExtendedField:
    """Deletes a field. (Extended fields: definitions)"""


@get("/idaas/v1/extendedfields/listfields")
def list_enabled_extended_fields(field_classification: ClassText) -> list[ExtendedField]:
    """All fields of users, groups or organizations that are switched on. (Extended fields: definitions)"""


@post("/idaas/v1/extendedfields")
def create_extended_field(body: ExtendedFieldDraft) -> ExtendedField:
    """Adds a field. (Extended fields: definitions)"""


@post("/idaas/v1/extendedfields/updateExtendedField")
def update_extended_field(body: ExtendedFieldUpdate) -> ExtendedField:
    """Changes a field. (Extended fields: definitions)"""


@get("/idaas/v1/extendedfields/listextendedfields/page/{pageNo}/{pageSize}")
def page_extended_fields(
    page_no: PageNo,
    page_size: PageSize,
    *,
    field_name: str | None = None,
    field_classification: ClassText | None = None,
) -> Rows[ExtendedField]:
    """Fields, page by page. (Extended fields: definitions)"""


@get("/idaas/v1/extendedfields//{fieldId}")
def get_extended_field(field_id: Key) -> ExtendedField:
    """One field; the document's path has two slashes. (Extended fields: definitions)"""


@get("/idaas/v1/extendedfields/{class}/action/verify-fieldname/{name}")
def verify_extended_field_name(class_: ClassText, name: PathText) -> bool:
    """Asks whether a field of that name is there or free; the document does not say which. (Extended fields: definitions)"""
