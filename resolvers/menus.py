"""Menus and functions that may be opened."""

import strawberry

from adapters import records
from resolvers.leaves import from_record


@from_record(records.Menu, without=("children",))
class Menu:
    children: list["Menu"] = strawberry.field(description="Those below it.")
