"""Dictionaries: lists of values that the service's pages offer."""

from adapters.idaas.marks import Key, PageNo, PageSize, PathText
from adapters.idaas.verbs import IdaasRecord, get, post
from adapters.operation import Content, Effect
from adapters.record import LocalTime, Rows


class Dict(IdaasRecord, frozen=True):
    """A dictionary."""

    id: str | None = None
    dict_code: str | None = None
    dict_name: str | None = None
    dict_type: str | None = None
    reference_standard: str | None = None
    dict_order: str | None = None
    dict_status: str | None = None
    created_time: LocalTime | None = None
    updated_time: LocalTime | None = None
    creator: str | None = None
    description: str | None = None


class DictDraft(IdaasRecord, frozen=True):
    """A dictionary to create."""

    dict_code: str
    dict_name: str
    dict_order: str | None = None
    dict_status: str | None = None
    description: str | None = None


class DictUpdate(IdaasRecord, frozen=True):
    """What to change of a dictionary."""

    id: Key
    dict_code: str | None = None
    dict_name: str | None = None
    dict_order: str | None = None
    dict_status: str | None = None
    description: str | None = None


@post("/idaas/v1/dict")
def create_dict(body: DictDraft) -> Dict:
    """Creates a dictionary. (Dictionaries)"""


@get("/idaas/v1/dict/{dictId}")
def get_dict(dict_id: Key) -> Dict:
    """One dictionary. (Dictionaries)"""


@post("/idaas/v1/dict/action/verify-dictcode/{code}", effect=Effect.READ, content=Content.FORM)
def verify_dict_code(code: PathText) -> bool:
    """Asks whether a code is there or free; the document does not say which. (Dictionaries)"""


@post("/idaas/v1/dict/action/verify-dictname/{name}", effect=Effect.READ, content=Content.FORM)
def verify_dict_name(name: PathText) -> bool:
    """Asks whether a name is there or free; the document does not say which. (Dictionaries)"""


@get("/idaas/v1/dict/listdicts/page/{pageNo}/{pageSize}")
def page_dicts(page_no: PageNo, page_size: PageSize) -> Rows[Dict]:
    """Dictionaries, page by page. (Dictionaries)"""


@post("/idaas/v1/dict/updatedict")
def update_dict(body: DictUpdate) -> Dict:
    """Changes a dictionary. (Dictionaries)"""
