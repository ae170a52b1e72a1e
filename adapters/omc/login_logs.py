"""Who signed in and out of the OMC, and unlocking an account that failed too often."""

from typing import Annotated

from adapters.exchange import FileDownload
from adapters.omc.marks import Flag, Ids, Word
from adapters.omc.verbs import OmcRecord, delete, get, post, put
from adapters.operation import Effect
from adapters.record import Millis, Rows, Wire


class LoginLog(OmcRecord, frozen=True):
    """Somebody signing in or out."""

    login_id: Annotated[str | None, Wire("loginId", also=("infoId",))] = None
    """The schema calls it `infoId`."""
    user_name: str | None = None
    ipaddr: str | None = None
    login_location: str | None = None
    browser: str | None = None
    os: str | None = None
    status: str | None = None
    """0 failed, 1 successful."""
    msg: str | None = None
    login_time: Millis | None = None


class LoginLogQuery(OmcRecord, frozen=True):
    """Which entries to export."""

    page_num: int
    page_size: int
    ipaddr: str | None = None
    user_name: str | None = None
    status: Flag | None = None
    begin_time: str | None = None
    end_time: str | None = None


@get("/system/log/login/list")
def list_login_logs(
    *,
    ipaddr: str | None = None,
    user_name: str | None = None,
    status: Flag | None = None,
    begin_time: str | None = None,
    end_time: str | None = None,
    page_num: int | None = None,
    page_size: int | None = None,
) -> Rows[LoginLog]:
    """Who signed in and out, page by page. (System / Security log information)"""


@post("/system/log/login/export", effect=Effect.READ)
def export_login_logs(body: LoginLogQuery) -> FileDownload:
    """Who signed in and out, as a spreadsheet; an empty one is refused. (System / Security log information)"""


@delete("/system/log/login/clean")
def clean_login_logs() -> None:
    """Deletes the whole log of sign-ins. (System / Security log information)"""


@put("/system/log/login/unlock/{userName}")
def unlock_login_user(user_name: Word) -> None:
    """Unlocks an account that failed too often; one that is not locked is refused. (System / Security log information)"""


@delete("/system/log/login/{infoIds}")
def delete_login_logs(info_ids: Ids) -> None:
    """Deletes entries from the log of sign-ins. (System / Security log information)"""
