"""The OMC: operation and maintenance centre of a 4G/5G core and IMS network."""

from types import ModuleType

from adapters.omc import (
    caches,
    configs,
    departments,
    dictionaries,
    dictionary_values,
    files,
    general,
    job_logs,
    jobs,
    login_logs,
    menus,
    operation_logs,
    positions,
    profile,
    roles,
    server,
    user_sessions,
    users,
)
from adapters.operation import operations_of

CHAPTERS: tuple[ModuleType, ...] = (
    departments,
    menus,
    positions,
    roles,
    users,
    profile,
    user_sessions,
    dictionaries,
    dictionary_values,
    configs,
    caches,
    jobs,
    job_logs,
    operation_logs,
    login_logs,
    server,
    files,
    general,
)
"""The modules of the document's chapters."""

OPERATIONS = operations_of(*CHAPTERS)
"""Every declared operation, chapter by chapter."""
