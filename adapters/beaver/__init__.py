"""Milesight Beaver IoT: devices, their entities and values, workflows, and the accounts that use them."""

from types import ModuleType

from adapters.beaver import (
    dashboards,
    devices,
    entities,
    grants,
    integrations,
    menus,
    roles,
    tokens,
    users,
    workflows,
)
from adapters.operation import operations_of

CHAPTERS: tuple[ModuleType, ...] = (
    tokens,
    users,
    menus,
    roles,
    grants,
    integrations,
    devices,
    entities,
    dashboards,
    workflows,
)
"""The modules of the document's chapters."""

OPERATIONS = operations_of(*CHAPTERS)
"""Every declared operation, chapter by chapter."""
