"""What roles open: the tree of menus, cut down to those that are checked."""

import asyncio

from adapters import records
from adapters.gateway import Gateway
from adapters.omc.menus import RoleMenus, get_role_menu_tree
from adapters.omc.staff_view import menus_of

EVERYTHING = frozenset({"admin"})
"""Keys of roles that open every menu, whatever is checked."""


async def menus_of_roles(gateway: Gateway, roles: tuple[records.Role, ...]) -> tuple[records.Menu, ...]:
    """The menus that any of the roles opens."""
    trees = await asyncio.gather(*(gateway.send(get_role_menu_tree(role.native_id)) for role in roles))
    told = [tree for tree in trees if tree is not None]
    if not told:
        return ()
    if any(role.code in EVERYTHING for role in roles):
        return menus_of(_widest(told).menus or (), None)
    opened = {key for tree in told for key in tree.checked_keys or ()}
    return menus_of(_widest(told).menus or (), opened)


def _widest(trees: list[RoleMenus]) -> RoleMenus:
    """Each tree has all menus; should they differ, the one with the most at its top."""
    return max(trees, key=lambda tree: len(tree.menus or ()))
