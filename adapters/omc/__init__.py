"""The OMC: operation and maintenance centre of a 4G/5G core and IMS network."""

from types import ModuleType

from adapters.omc import departments, menus, positions, roles, users
from adapters.operation import operations_of

CHAPTERS: tuple[ModuleType, ...] = (
    departments,
    menus,
    positions,
    roles,
    users,
)
"""The modules of the document's chapters."""

OPERATIONS = operations_of(*CHAPTERS)
"""Every declared operation, chapter by chapter."""
