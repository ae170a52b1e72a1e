"""The values of the OMC's dictionaries, with their labels."""

from adapters.exchange import FileDownload
from adapters.omc.marks import Flag, Id, Ids, Word
from adapters.omc.verbs import OmcRecord, delete, get, post, put
from adapters.operation import Effect
from adapters.record import Millis, Rows


class DictValue(OmcRecord, frozen=True):
    """A value of a dictionary. A label may be an untranslated key."""

    dict_code: str | None = None
    dict_sort: int | None = None
    dict_label: str | None = None
    dict_value: str | None = None
    dict_type: str | None = None
    tag_class: str | None = None
    tag_type: str | None = None
    status: str | None = None
    """0 inactive, 1 active."""
    create_by: str | None = None
    create_time: Millis | None = None
    update_by: str | None = None
    update_time: Millis | None = None
    remark: str | None = None


class DictValueDraft(OmcRecord, frozen=True):
    """A value to add to a dictionary."""

    dict_type: str
    dict_label: str
    dict_value: str
    dict_sort: int
    tag_class: str
    tag_type: str
    status: Flag
    remark: str


class DictValueUpdate(OmcRecord, frozen=True):
    """A value as it shall be; the whole of it is replaced."""

    dict_code: Id
    dict_type: str
    dict_label: str
    dict_value: str
    dict_sort: int
    tag_class: str
    tag_type: str
    status: Flag
    remark: str


class DictValueQuery(OmcRecord, frozen=True):
    """Which values to export."""

    page_num: int
    page_size: int
    dict_label: str | None = None
    dict_type: str | None = None
    status: Flag | None = None
    begin_time: str | None = None
    end_time: str | None = None


@post("/system/dict/data/export", effect=Effect.READ)
def export_dict_data(body: DictValueQuery) -> FileDownload:
    """Values of dictionaries as a spreadsheet; an empty one is refused. (System / Dictionary data information)"""


@get("/system/dict/data/list")
def list_dict_data(
    *,
    dict_type: str | None = None,
    dict_label: str | None = None,
    status: Flag | None = None,
    page_num: int | None = None,
    page_size: int | None = None,
) -> Rows[DictValue]:
    """Values of all dictionaries, page by page. (System / Dictionary data information)"""


@get("/system/dict/data/{dictCode}")
def get_dict_data(dict_code: Id) -> DictValue:
    """One value of a dictionary. (System / Dictionary data information)"""


@get("/system/dict/data/type/{dictType}")
def list_dict_data_by_type(dict_type: Word) -> list[DictValue]:
    """All values of one dictionary. (System / Dictionary data information)"""


@post("/system/dict/data")
def create_dict_data(body: DictValueDraft) -> None:
    """Adds a value to a dictionary. (System / Dictionary data information)"""


@put("/system/dict/data")
def update_dict_data(body: DictValueUpdate) -> None:
    """Replaces a value of a dictionary. (System / Dictionary data information)"""


@delete("/system/dict/data/{dictCodes}")
def delete_dict_data(dict_codes: Ids) -> None:
    """Deletes values of dictionaries. (System / Dictionary data information)"""
