"""supOS: the users of an industrial operating system, their roles and menus."""

from types import ModuleType

from adapters.operation import operations_of
from adapters.supos import menus, roles, users

CHAPTERS: tuple[ModuleType, ...] = (users, roles, menus)
"""The modules of the document's chapters."""

OPERATIONS = operations_of(*CHAPTERS)
"""Every declared operation, chapter by chapter."""
