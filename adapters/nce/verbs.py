"""How NCE-Campus operations and records are declared: camelCase on the wire."""

from adapters.operation import Rename, verbs
from adapters.record import Record

get, post, put, patch, delete = verbs(Rename.CAMEL)


class NceRecord(Record, frozen=True, rename="camel"):
    """Base of what the controller sends and takes."""
