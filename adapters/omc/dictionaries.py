"""Dictionaries: the lists of values that the OMC's pages offer, by type."""

from adapters.exchange import FileDownload
from adapters.omc.marks import Flag, Id, Ids
from adapters.omc.verbs import OmcRecord, delete, get, post, put
from adapters.operation import Effect
from adapters.record import Millis, Rows


class DictType(OmcRecord, frozen=True):
    """A list of values by its type."""

    dict_id: str | None = None
    dict_name: str | None = None
    dict_type: str | None = None
    status: str | None = None
    """0 inactive, 1 active."""
    create_by: str | None = None
    create_time: Millis | None = None
    update_by: str | None = None
    update_time: Millis | None = None
    remark: str | None = None


class DictOption(OmcRecord, frozen=True):
    """A dictionary as one chooses it: its name, and its type as the value."""

    label: str | None = None
    value: str | None = None


class DictTypeDraft(OmcRecord, frozen=True):
    """A dictionary to create."""

    dict_name: str
    dict_type: str
    status: Flag
    remark: str


class DictTypeUpdate(OmcRecord, frozen=True):
    """A dictionary as it shall be. The document marks the id as optional, which says which one is meant."""

    dict_id: Id
    dict_name: str
    dict_type: str
    status: Flag
    remark: str


class DictTypeQuery(OmcRecord, frozen=True):
    """Which dictionaries to export. The document says the status the other way round here, and here alone."""

    page_num: int
    page_size: int
    dict_name: str | None = None
    dict_type: str | None = None
    status: Flag | None = None
    begin_time: str | None = None
    end_time: str | None = None


@get("/system/dict/type/list")
def list_dict_types(
    *,
    dict_name: str | None = None,
    dict_type: str | None = None,
    status: Flag | None = None,
    begin_time: str | None = None,
    end_time: str | None = None,
    page_num: int | None = None,
    page_size: int | None = None,
) -> Rows[DictType]:
    """Dictionaries, page by page. (System / Dictionary type information)"""


@get("/system/dict/type/{dictId}")
def get_dict_type(dict_id: Id) -> DictType:
    """One dictionary. (System / Dictionary type information)"""


@post("/system/dict/type/export", effect=Effect.READ)
def export_dict_types(body: DictTypeQuery) -> FileDownload:
    """Dictionaries as a spreadsheet; an empty one is refused. (System / Dictionary type information)"""


@post("/system/dict/type")
def create_dict_type(body: DictTypeDraft) -> None:
    """Creates a dictionary; a name or type that is taken is refused. (System / Dictionary type information)"""


@put("/system/dict/type")
def update_dict_type(body: DictTypeUpdate) -> None:
    """Replaces what is known of a dictionary. (System / Dictionary type information)"""


@delete("/system/dict/type/{dictIds}")
def delete_dict_types(dict_ids: Ids) -> None:
    """Deletes dictionaries. (System / Dictionary type information)"""


@get("/system/dict/type/getDictOptionselect")
def list_dict_type_options() -> list[DictOption]:
    """All dictionaries to choose from. (System / Dictionary type information)"""


@put("/system/dict/type/refreshCache")
def refresh_dict_cache() -> None:
    """Makes the OMC read its dictionaries again. (System / Dictionary type information)"""
