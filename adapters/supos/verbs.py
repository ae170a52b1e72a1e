"""How supOS operations and records are declared: camelCase on the wire."""

from adapters.operation import Rename, verbs
from adapters.record import Record

get, post, put, patch, delete = verbs(Rename.CAMEL)


class SuposRecord(Record, frozen=True, rename="camel"):
    """Base of what supOS sends and takes."""
