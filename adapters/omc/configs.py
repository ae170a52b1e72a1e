"""Parameters by which the OMC itself is configured; the values of passwords stay where they are."""

from typing import Annotated, Any

from adapters.exchange import FileDownload
from adapters.omc.marks import Id, Ids, Word
from adapters.omc.verbs import OmcRecord, delete, get, post, put
from adapters.operation import Effect
from adapters.record import Matches, Millis, OneOf, Rows, SecretText
from adapters.redaction import secret_name

YesNo = Annotated[str, OneOf(("Y", "N"))]
"""Whether a parameter is built in."""

OpenKey = Annotated[
    str,
    Matches(
        r"(?i)(?!.*(?:pass|pwd|secret|token|private))[a-z0-9_.\-]{1,128}",
        "a parameter's key has letters, digits, `_`, `.` and `-`; those of passwords and tokens are not read",
    ),
]


class Config(OmcRecord, frozen=True):
    """A parameter; a password has no value here."""

    config_id: str | None = None
    config_name: str | None = None
    config_key: str | None = None
    config_value: str | None = None
    config_type: str | None = None
    """Y built in, N not."""
    create_by: str | None = None
    create_time: Millis | None = None
    update_by: str | None = None
    update_time: Millis | None = None
    remark: str | None = None


class ConfigDraft(OmcRecord, frozen=True):
    """A parameter to create."""

    config_name: str
    config_key: str
    config_value: SecretText
    config_type: YesNo
    remark: str


class ConfigUpdate(OmcRecord, frozen=True):
    """A parameter as it shall be; the whole of it is replaced. The id is a number here."""

    config_id: int
    config_name: str
    config_key: str
    config_value: SecretText
    config_type: YesNo
    remark: str


class ConfigValue(OmcRecord, frozen=True):
    """The new value of a parameter, found by its key; it may be empty."""

    key: Word
    value: SecretText


class ConfigQuery(OmcRecord, frozen=True):
    """Which parameters to export."""

    page_num: int
    page_size: int
    config_name: str | None = None
    config_key: str | None = None
    begin_time: str | None = None
    end_time: str | None = None


def _told(row: Any) -> Any:
    """A parameter without the value, and the remark that quotes it, where its key names a secret."""
    if isinstance(row, dict) and secret_name(str(row.get("configKey", ""))):
        return {name: value for name, value in row.items() if name not in ("configValue", "remark")}
    return row


def _all_told(page: Rows[Any]) -> Rows[Any]:
    return Rows(rows=tuple(_told(row) for row in page.rows), total=page.total)


@get("/system/config/list", shape=_all_told)
def list_configs(
    *,
    config_name: str | None = None,
    config_key: str | None = None,
    config_type: YesNo | None = None,
    begin_time: str | None = None,
    end_time: str | None = None,
    page_num: int | None = None,
    page_size: int | None = None,
) -> Rows[Config]:
    """Parameters, page by page. (System / Parameter configuration Information)"""


@post("/system/config/export", effect=Effect.READ)
def export_configs(body: ConfigQuery) -> FileDownload:
    """Parameters as a spreadsheet; an empty one is refused. (System / Parameter configuration Information)"""


@get("/system/config/configKey/{configKey}")
def get_config_value(config_key: OpenKey) -> str:
    """The value of one parameter, by its key. (System / Parameter configuration Information)"""


@get("/system/config/{configId}", shape=_told)
def get_config(config_id: Id) -> Config:
    """One parameter. (System / Parameter configuration Information)"""


@post("/system/config")
def create_config(body: ConfigDraft) -> None:
    """Creates a parameter; a key that is taken is refused. (System / Parameter configuration Information)"""


@put("/system/config")
def update_config(body: ConfigUpdate) -> None:
    """Replaces a parameter. (System / Parameter configuration Information)"""


@put("/system/config/changeValue")
def update_config_value(body: ConfigValue) -> None:
    """Changes the value of a parameter, by its key. (System / Parameter configuration Information)"""


@delete("/system/config/{configIds}")
def delete_configs(config_ids: Ids) -> None:
    """Deletes parameters; those built in are refused. (System / Parameter configuration Information)"""


@put("/system/config/refreshCache")
def refresh_config_cache() -> None:
    """Makes the OMC read its parameters again. (System / Parameter configuration Information)"""
