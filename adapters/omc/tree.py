"""A tree of things to choose from, as departments and menus are shown."""

from adapters.omc.verbs import OmcRecord


class TreeNode(OmcRecord, frozen=True):
    """A department or menu in a tree, with those below it."""

    id: str | None = None
    label: str | None = None
    children: list["TreeNode"] | None = None
