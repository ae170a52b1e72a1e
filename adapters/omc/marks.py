"""What ids, flags and file names of the administration chapters must look like before they are sent."""

from typing import Annotated

from adapters.record import Joined, Matches, OneOf

Id = Annotated[str, Matches(r"[0-9]{1,20}", "an id has digits alone")]
"""Digits alone: a word in its place would reach another route, as `profile` does among the users."""

Ids = Annotated[list[str], Joined(), Matches(r"[0-9]{1,20}", "an id has digits alone")]
"""Several ids, joined by commas on the wire."""

Flag = Annotated[str, OneOf(("0", "1"))]
"""0 inactive, 1 active."""

Sex = Annotated[str, OneOf(("0", "1", "2"))]
"""0 not told, 1 male, 2 female."""

DataScope = Annotated[str, OneOf(("1", "2", "3", "4", "5"))]
"""1 all data, 2 chosen departments, 3 own department, 4 own department and below, 5 own data."""

Word = Annotated[str, Matches(r"[A-Za-z0-9_.:\-]{1,128}", "letters, digits, `_`, `.`, `:` and `-`")]
"""A key or type that ends in a path."""
