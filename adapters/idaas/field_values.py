"""What users, groups and organizations have in the added fields."""

from adapters.idaas.marks import Classification, FieldType, Key, PathText
from adapters.idaas.verbs import IdaasRecord, delete, get, post
from adapters.operation import Content, Effect


class FieldValue(IdaasRecord, frozen=True):
    """A value of an added field; its external id is the id of whom it belongs to."""

    id: str | None = None
    external_id: str | None = None
    """The id of the user, group or organization."""
    field_classification: str | None = None
    """0 users, 1 groups, 2 organizations."""
    field_name: str | None = None
    extended_field_id: str | None = None
    field_type: str | None = None
    field_value: str | None = None


class FieldValueDraft(IdaasRecord, frozen=True):
    """A value to write."""

    external_id: Key
    """The id of the user, group or organization."""
    field_classification: Classification
    extended_field_id: Key
    field_type: FieldType
    field_value: str


class FieldValueUpdate(IdaasRecord, frozen=True):
    """A new value in the place of another."""

    id: Key
    field_value: str


@post("/idaas/v1/fieldvalue/batch")
def batch_create_field_values(body: list[FieldValueDraft]) -> list[FieldValue]:
    """Writes several values. (Extended fields: values)"""


@post("/idaas/v1/fieldvalue")
def create_field_value(body: FieldValueDraft) -> FieldValue:
    """Writes a value. (Extended fields: values)"""


@post("/idaas/v1/fieldvalue/update")
def update_field_value(body: FieldValueUpdate) -> FieldValue:
    """Changes a value. (Extended fields: values)"""


@delete("/idaas/v1/fieldvalue/externalId/{externalId}", content=Content.FORM)
def delete_field_values(external_id: Key) -> list[FieldValue]:
    """Deletes all values of a user, group or organization. (Extended fields: values)"""


@get("/idaas/v1/fieldvalue/{externalId}")
def list_field_values(external_id: Key) -> list[FieldValue]:
    """All values of a user, group or organization. (Extended fields: values)"""


@post("/idaas/v1/fieldvalue/{fieldId}/action/verify-value/{value}", effect=Effect.READ, content=Content.FORM)
def verify_field_value(field_id: Key, value: PathText) -> bool:
    """Asks whether a value is there or free; the document does not say which. (Extended fields: values)"""
