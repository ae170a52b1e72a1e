"""The store's tables, one module a subject."""

from adapters.local.tables import alarms, audit, directory, journal, leases, network, people, things
from adapters.local.tables.base import METADATA

__all__ = [
    "METADATA",
    "alarms",
    "audit",
    "directory",
    "journal",
    "leases",
    "network",
    "people",
    "things",
]
