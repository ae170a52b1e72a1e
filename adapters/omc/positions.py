"""Positions (posts) that the OMC's staff may hold."""

from typing import Annotated

from adapters.exchange import FileDownload
from adapters.omc.marks import Flag, Id, Ids
from adapters.omc.verbs import OmcRecord, delete, get, post, put
from adapters.operation import Effect
from adapters.record import Millis, Rows, Wire


class Position(OmcRecord, frozen=True):
    """A position."""

    post_id: str | None = None
    post_code: str | None = None
    post_name: str | None = None
    post_sort: int | None = None
    status: str | None = None
    """0 inactive, 1 active."""
    create_by: str | None = None
    create_time: Millis | None = None
    update_by: str | None = None
    update_time: Millis | None = None
    remark: str | None = None


class PositionQuery(OmcRecord, frozen=True):
    """Which positions to export."""

    page_num: int
    page_size: int
    post_name: Annotated[str | None, Wire("configName")] = None
    """The document calls the field `configName`, as the export of parameters does."""
    post_code: str | None = None
    status: Flag | None = None


class PositionDraft(OmcRecord, frozen=True):
    """A position to create."""

    post_code: str
    post_name: str
    post_sort: int
    status: Annotated[Flag, Wire("phone")]
    """The document calls the field `phone`, and describes a status."""
    remark: str


class PositionUpdate(OmcRecord, frozen=True):
    """A position as it shall be; the whole of it is replaced."""

    post_id: Id
    post_code: str
    post_name: str
    post_sort: int
    status: Annotated[Flag, Wire("phone")]
    """The document calls the field `phone`, and describes a status."""
    remark: str


@get("/system/post/list")
def list_positions(
    *,
    post_code: str | None = None,
    post_name: str | None = None,
    status: Flag | None = None,
    page_num: int | None = None,
    page_size: int | None = None,
) -> Rows[Position]:
    """Positions, page by page. (Security / Position Management)"""


@post("/system/post/export", effect=Effect.READ)
def export_positions(body: PositionQuery) -> FileDownload:
    """Positions as a spreadsheet; an empty one is refused. (Security / Position Management)"""


@get("/system/post/{postId}")
def get_position(post_id: Id) -> Position:
    """One position. (Security / Position Management)"""


@post("/system/post")
def create_position(body: PositionDraft) -> None:
    """Creates a position. (Security / Position Management)"""


@put("/system/post")
def update_position(body: PositionUpdate) -> None:
    """Replaces what is known of a position. (Security / Position Management)"""


@delete("/system/post/{postIds}")
def delete_positions(post_ids: Ids) -> None:
    """Deletes positions. (Security / Position Management)"""
