"""Huawei iMaster NCE-Campus: devices that ask to be let onto the campus network."""

from types import ModuleType

from adapters.nce import access_approvals
from adapters.operation import operations_of

CHAPTERS: tuple[ModuleType, ...] = (access_approvals,)
"""The modules of the document's chapters."""

OPERATIONS = operations_of(*CHAPTERS)
"""Every declared operation, chapter by chapter."""
