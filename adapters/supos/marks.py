"""What names, codes and words must look like before they are sent."""

from typing import Annotated

from adapters.record import Joined, Matches

USERNAME = r"[A-Za-z0-9*()\-_.]{1,50}"
ROLE_CODE = r"[^\s/?#%,&={}]{1,200}"

_username = Matches(USERNAME, "a user name has up to 50 letters, digits and *()-_.")
_role = Matches(ROLE_CODE, "a role code has no blanks, commas, braces or slashes")

Username = Annotated[str, _username]
"""The login name, which is the id of a user."""

Usernames = Annotated[list[str], Joined(), _username]
"""Several names, joined by commas on the wire."""

RoleCode = Annotated[str, _role]
RoleCodes = Annotated[list[str], _role]

IdentityIds = Annotated[list[str], Joined(), _role]
"""Codes of third-party roles, joined by commas on the wire."""

Word = Annotated[
    str, Matches(r"[^{}&=]{0,100}", "a word has no braces, `&` or `=`: no signature is known for them")
]
"""Something to search for."""

TimeZone = Annotated[str, Matches(r"GMT[+-][0-9]{4}", "a time zone looks like GMT+0800")]

PictureName = Annotated[
    str,
    Matches(
        r"(?i)(?=.{5,20}$)[^/\\]+\.(jpg|jpeg|gif|png)",
        "a picture is jpg, gif or png, its name has up to 20 characters",
    ),
]
