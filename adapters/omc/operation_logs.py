"""Who did what in the OMC. The log quotes requests with the tokens and passwords in them: those are taken out."""

from typing import Any

import orjson

from adapters.exchange import FileDownload
from adapters.omc.marks import Ids
from adapters.omc.verbs import OmcRecord, delete, get, post
from adapters.operation import Effect
from adapters.record import Millis, Rows
from adapters.redaction import HIDDEN, scrubbed, scrubbed_text


class OperationLog(OmcRecord, frozen=True):
    """One request that somebody made."""

    oper_id: str | None = None
    title: str | None = None
    business_type: str | None = None
    method: str | None = None
    request_method: str | None = None
    operator_type: str | None = None
    oper_name: str | None = None
    dept_name: str | None = None
    oper_url: str | None = None
    oper_ip: str | None = None
    oper_location: str | None = None
    oper_param: str | None = None
    """What was asked, mostly JSON in a text; without tokens and passwords."""
    oper_msg: str | None = None
    """What was answered; not always valid JSON."""
    status: str | None = None
    oper_time: Millis | None = None
    cost_time: int | None = None
    """Milliseconds."""


class OperationLogQuery(OmcRecord, frozen=True):
    """Which entries to export."""

    page_num: int
    page_size: int
    title: str | None = None
    oper_name: str | None = None
    business_type: str | None = None
    status: str | None = None
    begin_time: str | None = None
    end_time: str | None = None


def _quoted(text: str, *, parameters: bool) -> str:
    """A quoted request without its secrets; values of the OMC's own parameters may be passwords, too."""
    try:
        asked = scrubbed(orjson.loads(text))
    except orjson.JSONDecodeError:
        return HIDDEN if parameters else scrubbed_text(text)
    if parameters and isinstance(asked, dict):
        asked = {k: HIDDEN if k in ("configValue", "value") and v else v for k, v in asked.items()}
    return orjson.dumps(asked).decode()


def _told(row: Any) -> Any:
    if not isinstance(row, dict):
        return row
    parameters = str(row.get("operUrl", "")).startswith("/system/config")
    return {
        name: _quoted(value, parameters=parameters)
        if name in ("operParam", "operMsg") and isinstance(value, str)
        else scrubbed(value)
        for name, value in row.items()
    }


def _all_told(page: Rows[Any]) -> Rows[Any]:
    return Rows(rows=tuple(_told(row) for row in page.rows), total=page.total)


@get("/system/log/operate/list", shape=_all_told)
def list_operation_logs(
    *,
    title: str | None = None,
    oper_name: str | None = None,
    business_type: str | None = None,
    status: str | None = None,
    begin_time: str | None = None,
    end_time: str | None = None,
    page_num: int | None = None,
    page_size: int | None = None,
) -> Rows[OperationLog]:
    """Requests that were made, page by page. (System / Operation log information)"""


@post("/system/log/operate/export", effect=Effect.READ)
def export_operation_logs(body: OperationLogQuery) -> FileDownload:
    """Requests that were made, as a spreadsheet; an empty one is refused. (System / Operation log information)"""


@delete("/system/log/operate/clean")
def clean_operation_logs() -> None:
    """Deletes the whole log of requests. (System / Operation log information)"""


@delete("/system/log/operate/{operIds}")
def delete_operation_logs(oper_ids: Ids) -> None:
    """Deletes entries from the log of requests. (System / Operation log information)"""
