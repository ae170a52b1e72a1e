"""What the dropdown among the added fields offer."""

from adapters.idaas.marks import Flag, Key, PathText
from adapters.idaas.verbs import IdaasRecord, get, post
from adapters.operation import Content, Effect


class DropdownOption(IdaasRecord, frozen=True):
    """A choice of a dropdown."""

    id: str | None = None
    extended_field_id: str | None = None
    field_name: str | None = None
    label: str | None = None
    value: str | None = None
    status: str | None = None
    """0 off, 1 on."""


class DropdownOptionDraft(IdaasRecord, frozen=True):
    """A choice to add."""

    extended_field_id: Key
    label: str
    value: str
    field_name: str | None = None
    status: Flag | None = None


class DropdownOptionStatus(IdaasRecord, frozen=True):
    """Switches a choice on or off."""

    id: Key
    status: Flag


@post("/idaas/v1/dropdownlist/batch")
def batch_create_dropdown_options(body: list[DropdownOptionDraft]) -> list[DropdownOption]:
    """Adds several choices. (Extended fields: dropdown options)"""


@post("/idaas/v1/dropdownlist")
def create_dropdown_option(body: DropdownOptionDraft) -> DropdownOption:
    """Adds a choice. (Extended fields: dropdown options)"""


@post("/idaas/v1/dropdownlist/update")
def update_dropdown_option_status(body: DropdownOptionStatus) -> DropdownOption:
    """Switches a choice on or off. (Extended fields: dropdown options)"""


@get("/idaas/v1/dropdownlist/{listId}")
def list_dropdown_options(list_id: Key) -> list[DropdownOption]:
    """All choices of a field, found by the field's id. (Extended fields: dropdown options)"""


@post(
    "/idaas/v1/dropdownlist/{fieldId}/action/verify-labelname/{name}",
    effect=Effect.READ,
    content=Content.FORM,
)
def verify_dropdown_option_label(field_id: Key, name: PathText) -> bool:
    """Asks whether a label is there or free; the document does not say which. (Extended fields: dropdown options)"""
