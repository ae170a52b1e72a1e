"""Who is signed in at the OMC's web pages."""

from typing import Annotated

from adapters.omc.verbs import OmcRecord, delete, get
from adapters.record import Matches, Millis, Rows, Secret

TokenId = Annotated[
    str, Secret("user:secrets"), Matches(r"[A-Za-z0-9_\-]{1,128}", "a session's id has letters and digits")
]
"""The id of somebody's session: whoever knows it can end that session."""


class UserSession(OmcRecord, frozen=True):
    """A session of a user."""

    token_id: TokenId | None = None
    user_name: str | None = None
    dept_name: str | None = None
    ipaddr: str | None = None
    login_location: str | None = None
    browser: str | None = None
    os: str | None = None
    login_time: Millis | None = None


@get("/monitor/online/list")
def list_online_users(*, user_name: str | None = None, ipaddr: str | None = None) -> Rows[UserSession]:
    """Sessions of users, all at once. (Security / Online user information)"""


@delete("/monitor/online/{tokenId}")
def force_logout_user(token_id: TokenId) -> None:
    """Ends somebody's session. (Security / Online user information)"""
