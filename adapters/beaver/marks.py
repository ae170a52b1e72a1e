"""What ids, words and pages must look like before they are sent."""

from typing import Annotated

from adapters.beaver.verbs import BeaverRecord
from adapters.record import Matches, OneOf

_DIGITS = Matches(r"[0-9]{1,19}", "an id has up to 19 digits")

Id = Annotated[str, _DIGITS]
"""Up to 19 digits, more than a float can hold: a text all the way."""

Ids = Annotated[list[str], _DIGITS]

IntegrationId = Annotated[str, Matches(r"[A-Za-z0-9_.\-]{1,128}", "letters, digits, `_`, `.` and `-`")]
"""The name that an integration goes by, e.g. `milesight-gateway`."""

ResourceType = Annotated[str, OneOf(("ENTITY", "DEVICE", "INTEGRATION", "DASHBOARD", "WORKFLOW"))]
"""What a role may grant."""

EntityTypes = Annotated[list[str], Matches(r"PROPERTY|SERVICE|EVENT", "PROPERTY, SERVICE or EVENT")]

ValueTypes = Annotated[
    list[str],
    Matches(r"STRING|LONG|DOUBLE|BOOLEAN|BINARY|OBJECT", "STRING, LONG, DOUBLE, BOOLEAN, BINARY or OBJECT"),
]

AccessModes = Annotated[list[str], Matches(r"R|W|RW", "R, W or RW")]


class PageSearch(BeaverRecord, frozen=True):
    """Which page of a list; the dialect fills in what is left out, else ten rows would come."""

    page_number: int | None = None
    """From 1."""
    page_size: int | None = None


class KeywordSearch(PageSearch, frozen=True):
    """A page of a list that can be searched in."""

    keyword: str | None = None
    """Somewhere in a name, whatever its case."""
