"""Menus and buttons of the OMC's web pages: what a role can open."""

from typing import Annotated, Any

from adapters.omc.marks import Flag, Id
from adapters.omc.tree import TreeNode
from adapters.omc.verbs import OmcRecord, delete, get, post, put
from adapters.record import Matches, Millis, OneOf

MenuType = Annotated[str, OneOf(("D", "M", "B"))]
"""D directory, M menu, B button."""

ParentId = Annotated[str, Matches(r"[0-9]{1,20}", "a menu's id has digits alone; 0 is above all")]


class Menu(OmcRecord, frozen=True):
    """A directory, menu or button. The examples show `visible` and `status` the other way round: 0 where it shows."""

    menu_id: str | None = None
    menu_name: str | None = None
    parent_id: str | None = None
    menu_sort: int | None = None
    path: str | None = None
    component: str | None = None
    is_frame: str | None = None
    is_cache: str | None = None
    menu_type: str | None = None
    """D directory, M menu, B button."""
    visible: str | None = None
    status: str | None = None
    perms: str | None = None
    """The permission that opens it."""
    icon: str | None = None
    create_by: str | None = None
    create_time: Millis | None = None
    update_by: str | None = None
    update_time: Millis | None = None
    remark: str | None = None


class RoleMenus(OmcRecord, frozen=True):
    """The tree of menus, and which of them a role opens."""

    menus: list[TreeNode] | None = None
    checked_keys: list[str] | None = None


class MenuDraft(OmcRecord, frozen=True):
    """A menu to create; what a directory, menu or button needs of the optional ones depends on its type."""

    parent_id: ParentId
    menu_name: str
    menu_type: MenuType
    menu_sort: int
    is_frame: Flag | None = None
    is_cache: Flag | None = None
    visible: Flag | None = None
    status: Flag | None = None
    icon: str | None = None
    path: str | None = None
    component: str | None = None
    perms: str | None = None
    remark: str | None = None


class MenuUpdate(OmcRecord, frozen=True):
    """A menu as it shall be; the whole of it is replaced."""

    menu_id: Id
    parent_id: ParentId
    menu_name: str
    menu_type: MenuType
    menu_sort: int
    is_frame: Flag | None = None
    is_cache: Flag | None = None
    visible: Flag | None = None
    status: Flag | None = None
    icon: str | None = None
    path: str | None = None
    component: str | None = None
    perms: str | None = None
    remark: str | None = None


def _tree(payload: Any) -> Any:
    """The nodes alone: the schema shows them below `menus`, as the tree of a role does; the trees elsewhere are bare."""
    return payload["menus"] if isinstance(payload, dict) else payload


@get("/system/menu/list")
def list_menus(*, menu_name: str | None = None, status: Flag | None = None) -> list[Menu]:
    """All menus in a flat list. (Security / Menu Management)"""


@get("/system/menu/{menuId}")
def get_menu(menu_id: Id) -> Menu:
    """One menu. (Security / Menu Management)"""


@delete("/system/menu/{menuId}")
def delete_menu(menu_id: Id) -> None:
    """Deletes one menu. (Security / Menu Management)"""


@put("/system/menu")
def update_menu(body: MenuUpdate) -> None:
    """Replaces what is known of a menu. (Security / Menu Management)"""


@post("/system/menu")
def create_menu(body: MenuDraft) -> None:
    """Creates a menu. (Security / Menu Management)"""


@get("/system/menu/roleMenuTreeSelect/{roleId}")
def get_role_menu_tree(role_id: Id) -> RoleMenus:
    """Menus as a tree, with those that a role opens. (Security / Menu Management)"""


@get("/system/menu/treeSelect", shape=_tree)
def get_menu_tree(*, menu_name: str | None = None, status: Flag | None = None) -> list[TreeNode]:
    """Menus as a tree. (Security / Menu Management)"""
