"""What ids, page numbers, flags and texts in a path must look like before they are sent."""

from typing import Annotated

from adapters.record import Matches, OneOf, Wire

_KEY = Matches(
    r"(?=[^0-9]*[0-9])[A-Za-z0-9_\-]{1,64}", "an id has letters, digits and dashes, with a digit among them"
)
Key = Annotated[str, _KEY]
"""32 hexadecimal digits, or a UUID. A word without a digit would reach another route, as `list` does."""

OptionalKey = Annotated[
    str, Matches(r"(?:[A-Za-z0-9_\-]{1,64})?", "an id has letters, digits and dashes, or is empty")
]

PathText = Annotated[
    str, Matches(r"[^\x00-\x1f\x7f/\\]{1,200}", "a text without slashes and control characters")
]

PageNo = Annotated[int, Matches(r"[1-9][0-9]{0,8}", "pages are numbered from 1")]
PageSize = Annotated[int, Matches(r"[1-9][0-9]{0,5}", "a page has at least one row")]

Action = Annotated[str, OneOf(("auth", "unauth"))]
"""auth grants, unauth revokes."""

Classification = Annotated[int, OneOf((0, 1, 2))]
"""0 users, 1 groups, 2 organizations."""

FieldType = Annotated[int, OneOf((0, 1, 2))]
"""0 dropdown, 1 text box, 2 text area."""

Flag = Annotated[int, OneOf((0, 1))]

TenantId = Annotated[str | None, Wire("a5tId", also=("accountId",))]
"""The account of the tenant; the document masks its name."""

Bound = Annotated[bool | None, Wire("idBind", also=("isBind",))]
"""Whether bound to the application that was asked about; the document misspells it."""


def is_key(text: str) -> bool:
    """Whether a text can be an id at all."""
    return _KEY.compiled.fullmatch(text) is not None
