"""Inspur Cloud IDaaS: accounts, groups, organizations and applications of a tenant."""

from types import ModuleType

from adapters.idaas import (
    app_types,
    apps,
    dictionaries,
    dictionary_items,
    dropdowns,
    extended_fields,
    field_values,
    files,
    grants,
    groups,
    organs,
    themes,
    tokens,
    user_types,
    users,
)
from adapters.operation import operations_of

CHAPTERS: tuple[ModuleType, ...] = (
    organs,
    themes,
    extended_fields,
    dropdowns,
    field_values,
    grants,
    users,
    apps,
    app_types,
    user_types,
    files,
    groups,
    dictionaries,
    dictionary_items,
    tokens,
)
"""The modules of the document's chapters."""

OPERATIONS = operations_of(*CHAPTERS)
"""Every declared operation, chapter by chapter."""
