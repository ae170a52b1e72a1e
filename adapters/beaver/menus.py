"""Menus and functions that roles open to their users."""

from typing import Annotated

from adapters.beaver.marks import Id, Ids
from adapters.beaver.verbs import BeaverRecord, delete, get, post, put
from adapters.record import OneOf

MenuType = Annotated[str, OneOf(("MENU", "FUNCTION"))]


class Menu(BeaverRecord, frozen=True):
    """A menu, or a function within one; lists are flat and linked by `parent_id`, the tree nests."""

    menu_id: str | None = None
    code: str | None = None
    """Permission code, e.g. `device.view`."""
    name: str | None = None
    type: str | None = None
    parent_id: str | None = None
    children: list["Menu"] | None = None


class MenuDraft(BeaverRecord, frozen=True):
    """A menu to create."""

    code: str
    name: str
    type: MenuType
    parent_id: Id | None = None


class MenuUpdate(BeaverRecord, frozen=True):
    """A menu as it shall be; code and parent stay."""

    name: str
    type: MenuType


class MenuCreated(BeaverRecord, frozen=True):
    """The id of a new menu."""

    menu_id: str | None = None


class MenuIds(BeaverRecord, frozen=True):
    """Menus that a role opens."""

    menu_ids: Ids


@get("/user/menus")
def list_menus() -> list[Menu]:
    """All menus as a tree. (Authentication / menu)"""


@post("/user/menus")
def create_menu(body: MenuDraft) -> MenuCreated:
    """Creates a menu. (Authentication / menu)"""


@put("/user/menus/{menu_id}")
def update_menu(menu_id: Id, body: MenuUpdate) -> None:
    """Renames a menu or changes its type. (Authentication / menu)"""


@delete("/user/menus/{menu_id}")
def delete_menu(menu_id: Id) -> None:
    """Deletes a menu. (Authentication / menu)"""


@get("/user/members/{user_id}/menus")
def list_user_menus(user_id: Id) -> list[Menu]:
    """The menus that a user may open, flat. (Authentication / user)"""


@get("/user/roles/{role_id}/menus")
def list_role_menus(role_id: Id) -> list[Menu]:
    """The menus that a role opens, flat. (Authentication / role)"""


@post("/user/roles/{role_id}/associate-menu")
def associate_role_menus(role_id: Id, body: MenuIds) -> None:
    """Sets which menus a role opens. (Authentication / role)"""
