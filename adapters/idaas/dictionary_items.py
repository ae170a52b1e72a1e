"""The values in the service's dictionaries."""

from adapters.idaas.marks import Key, PathText
from adapters.idaas.verbs import IdaasRecord, get, post
from adapters.operation import Content, Effect
from adapters.record import LocalTime


class DictItem(IdaasRecord, frozen=True):
    """A value of a dictionary, with the tag that people see."""

    id: str | None = None
    dict_id: str | None = None
    dict_item_tag: str | None = None
    dict_item_value: str | None = None
    dict_item_order: str | None = None
    created_time: LocalTime | None = None
    updated_time: LocalTime | None = None
    creator: str | None = None
    description: str | None = None


class DictItemDraft(IdaasRecord, frozen=True):
    """A value to add to a dictionary."""

    dict_id: Key
    dict_item_tag: str | None = None
    dict_item_value: str | None = None
    dict_item_order: str | None = None
    dict_status: str | None = None
    description: str | None = None


@post("/idaas/v1/dictitems")
def create_dict_item(body: DictItemDraft) -> DictItem:
    """Adds a value to a dictionary. (Dictionary items)"""


@get("/idaas/v1/dictitems/{dictItemId}")
def get_dict_item(dict_item_id: Key) -> DictItem:
    """One value of a dictionary. (Dictionary items)"""


@post("/idaas/v1/dictitems/action/verify-dictitemtag/{tag}", effect=Effect.READ, content=Content.FORM)
def verify_dict_item_tag(tag: PathText) -> bool:
    """Asks whether a tag is there or free; the document does not say which. (Dictionary items)"""


@post("/idaas/v1/dictitems/action/verify-dictitemvalue/{value}", effect=Effect.READ, content=Content.FORM)
def verify_dict_item_value(value: PathText) -> bool:
    """Asks whether a value is there or free; the document does not say which. (Dictionary items)"""
